import { equalDecimals, sumDecimals, trimDecimal } from '../decimal/decimal-arithmetic.ts'
import { isDecimal } from '../decimal/decimal-text.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { OrderSchedule } from '../purchase-order/order-schedule.ts'
import { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import type { OrderDifference } from './order-change.ts'

/** An order with changes made, or the first change that cannot be made and why. */
export type AppliedDifferences =
  | { readonly outcome: 'applied'; readonly order: PurchaseOrder }
  | { readonly outcome: 'refused'; readonly path: string; readonly sentence: string }

type Draft = { [field: string]: unknown }
type LineDraft = Draft & { schedules: Draft[] }

const headerFields: ReadonlySet<string> = new Set([
  'currency',
  'exchangeRate',
  'incoterm',
  'shipTo',
  'matchLevel',
])
const lineFields: ReadonlySet<string> = new Set([
  'description',
  'unitOfMeasure',
  'discountAmount',
  'chargesAmount',
  'taxCode',
  'matchLevel',
  'matchTo',
  'valueLimit',
  'validTo',
  'finalDelivery',
])
const scheduleFields: ReadonlySet<string> = new Set([
  'quantityOrdered',
  'requestedDate',
  'deliverNotBefore',
  'shipTo',
])
/** Fields that hold fields of their own, one level down. */
const groups: ReadonlySet<string> = new Set(['price', 'item', 'deliveryTolerance', 'paymentTerms'])

/**
 * Makes the changes in an order, one after the other, as the next version would carry them. A path names a line and a
 * schedule by number (`lines/10/schedules/1/requestedDate`); `to: null` takes a field, a schedule or a line away; a
 * schedule that is not there yet is added. The line's quantity follows from its schedules. The result is checked like
 * any other order.
 */
export function applyDifferences(
  order: PurchaseOrder,
  differences: readonly OrderDifference[],
): AppliedDifferences {
  const draft = structuredCopy(order)
  for (const difference of differences) {
    const problem = applyOne(draft, difference)
    if (problem !== null) {
      const sentence = `\`${difference.path}\` cannot be changed in order ${order.orderNumber}: ${problem}`
      return { outcome: 'refused', path: difference.path, sentence }
    }
  }
  for (const line of draft.lines) addUpSchedules(line)
  const checked = PurchaseOrder.safeParse(draft)
  if (checked.success) return { outcome: 'applied', order: checked.data }
  const [issue] = checked.error.issues
  const path = issue?.path.join('/') ?? ''
  const sentence = `order ${order.orderNumber} would not be valid at \`${path}\`: ${issue?.message ?? ''}`
  return { outcome: 'refused', path, sentence }
}

type OrderDraft = Draft & { lines: LineDraft[] }

function structuredCopy(order: PurchaseOrder): OrderDraft {
  const lines = order.lines.map((line) => ({
    ...line,
    price: { ...line.price },
    item: { ...line.item },
    deliveryTolerance: { ...line.deliveryTolerance },
    schedules: line.schedules.map((schedule) => ({ ...schedule })),
  }))
  const { paymentTerms, ...rest } = order
  return { ...rest, ...(paymentTerms && { paymentTerms: { ...paymentTerms } }), lines }
}

function applyOne(draft: OrderDraft, difference: OrderDifference): string | null {
  const [head, lineNumber, ...rest] = difference.path.split('/')
  if (head !== 'lines') {
    const parts = lineNumber === undefined ? [head ?? ''] : [head ?? '', lineNumber, ...rest]
    return setField(draft, parts, headerFields, difference.to)
  }
  const line = draft.lines.find(({ orderLineNumber }) => orderLineNumber === lineNumber)
  if (line === undefined) return `there is no line ${lineNumber ?? ''}`
  if (rest.length === 0) {
    if (difference.to !== null) return 'name the field of the line'
    draft.lines = draft.lines.filter((other) => other !== line)
    return null
  }
  if (rest[0] === 'schedules') return changeSchedule(line, rest.slice(1), difference.to)
  if (rest.length === 1 && rest[0] === 'quantityOrdered') return changeQuantity(line, difference.to)
  return setField(line, rest, lineFields, difference.to)
}

function setField(
  target: Draft,
  parts: readonly string[],
  allowed: ReadonlySet<string>,
  to: string | null,
): string | null {
  const [field = '', inner] = parts
  if (parts.length === 1 && allowed.has(field)) {
    assignTo(target, field, to)
    return null
  }
  if (parts.length === 2 && groups.has(field) && inner !== undefined) {
    const group = target[field]
    if (typeof group !== 'object' || group === null) return `it has no ${field}`
    assignTo(group as Draft, inner, to)
    return null
  }
  return 'changes name a field of the order, of a line or of a schedule'
}

// Fields that may be null keep null; others are taken away, so that what must be there is missed by the check.
const nullable: ReadonlySet<string> = new Set([
  'requestedDate',
  'deliverNotBefore',
  'shipTo',
  'overPercent',
  'underPercent',
])
const booleans: ReadonlySet<string> = new Set(['overUnlimited', 'finalDelivery'])
const numbers: ReadonlySet<string> = new Set(['netDays', 'discountDays'])

function assignTo(target: Draft, field: string, to: string | null): void {
  // What the discount was made of says nothing about another discount.
  if (field === 'discountAmount') delete target['discounts']
  if (to !== null && numbers.has(field)) target[field] = Number.parseInt(to, 10)
  else if (booleans.has(field)) target[field] = to === 'true'
  else if (to !== null || nullable.has(field)) target[field] = to
  else delete target[field]
}

function changeSchedule(
  line: LineDraft,
  parts: readonly string[],
  to: string | null,
): string | null {
  const [scheduleNumber = '', field] = parts
  const known = line.schedules.find((schedule) => schedule['scheduleNumber'] === scheduleNumber)
  if (field === undefined) {
    if (to !== null) return 'name the field of the schedule'
    line.schedules = line.schedules.filter((schedule) => schedule !== known)
    return null
  }
  if (parts.length !== 2 || !scheduleFields.has(field)) return 'a schedule has no such field'
  const schedule = known ?? newSchedule(line, scheduleNumber)
  assignTo(schedule, field, to)
  return null
}

/** A schedule added to a line goes where the line's first one goes, unless the changes say otherwise. */
function newSchedule(line: LineDraft, scheduleNumber: string): Draft {
  const schedule: Draft = {
    scheduleNumber,
    deliverNotBefore: null,
    requestedDate: null,
    shipTo: line.schedules[0]?.['shipTo'] ?? null,
  }
  line.schedules = [...line.schedules, schedule]
  return schedule
}

/** A new quantity of a line with one schedule is that schedule's; of several, the change has to name one. */
function changeQuantity(line: LineDraft, to: string | null): string | null {
  const [only] = line.schedules
  if (only === undefined || line.schedules.length > 1) {
    return 'the line has several schedules: name the schedule'
  }
  assignTo(only, 'quantityOrdered', to)
  return null
}

function addUpSchedules(line: LineDraft): void {
  const quantities = line.schedules.map((schedule) => schedule['quantityOrdered'])
  if (!quantities.every((quantity) => typeof quantity === 'string')) return
  if (quantities.length === 0) return
  line['quantityOrdered'] = safeSum(quantities)
}

function safeSum(quantities: readonly string[]): unknown {
  try {
    return trimDecimal(sumDecimals(quantities as OrderSchedule['quantityOrdered'][]))
  } catch {
    return quantities[0]
  }
}

/** True where an order says already what a change would make of it. */
export function isInForce(
  order: Parameters<typeof readPath>[0],
  { path, to }: OrderDifference,
): boolean {
  return isSameText(readPath(order, path), to)
}

/** True for the same text, and for the same number however it is written. */
export function isSameText(a: string | null, b: string | null): boolean {
  if (a === b) return true
  return isDecimal(a) && isDecimal(b) && equalDecimals(a, b)
}

/** What a path says in an order, as text; null where there is nothing. */
export function readPath(
  order: { readonly lines: readonly Pick<OrderLine, 'orderLineNumber' | 'schedules'>[] },
  path: string,
): string | null {
  let place: unknown = order
  const parts = path.split('/')
  for (const part of parts) {
    if (Array.isArray(place)) {
      place = place.find(
        (entry: Draft) => entry['orderLineNumber'] === part || entry['scheduleNumber'] === part,
      )
    } else if (typeof place === 'object' && place !== null) {
      place = (place as Draft)[part]
    } else {
      return null
    }
  }
  return typeof place === 'string' || typeof place === 'number' ? String(place) : null
}
