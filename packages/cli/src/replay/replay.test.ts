import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  addDecimals,
  checkInvariants,
  compareDecimals,
  decimal,
  type Decimal,
  isOpenHold,
  multiplyDecimals,
  subtractDecimals,
  trimDecimal,
  type World,
} from '@counterfoil/core'
import { createPolicy } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { beforeAll, describe, expect, it } from 'vitest'
import { type OrderPlan, planOrder } from './plan-order.ts'
import { readRegister } from './read-register.ts'
import { readTraces, type Trace } from './read-traces.ts'
import { replayTrace } from './replay-trace.ts'

const data =
  process.env['COUNTERFOIL_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data')
const tracesFile = join(data, 'bpic2019-variants.jsonl.gz')
const registerFile = join(data, 'wvu-po-lines-2017-2021.csv')
const isHere = existsSync(tracesFile) && existsSync(registerFile)

if (!isHere) {
  console.warn(
    'skipped: there are no recorded histories to fold, COUNTERFOIL_DATA names their folder',
  )
}

const policy = createPolicy({
  ruleSets: loadRuleSetFolder(
    dirname(fileURLToPath(import.meta.resolve('@counterfoil/rules/rulesets/released.json'))),
  ).filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-')),
})

const zero = decimal('0')

/** One invoice of a trace as a clerk would keep it on a card. */
type Card = { quantity: Decimal; isPosted: boolean; isPaid: boolean }

/** What a clerk with a pencil would say of an order line at the end of its trace. */
type Folded = {
  ordered: Decimal
  versions: number
  received: Decimal
  credits: Decimal[]
  isAnswered: boolean
  isCancelled: boolean
  isHeld: boolean
  invoices: Map<string, Card>
}

/** Folds a trace without any lifecycle: counters, two lists and the latest word on each invoice. */
function fold(trace: Trace, plan: OrderPlan): Folded {
  const { content, orderNumber } = plan
  const folded: Folded = {
    ordered: content.quantity,
    versions: 0,
    received: zero,
    credits: [],
    isAnswered: false,
    isCancelled: false,
    isHeld: false,
    invoices: new Map(),
  }
  const counted: Decimal[] = []
  const standing: string[] = []
  const unpaid: string[] = []
  const paidAhead = new Set<string>()
  const paidUnseen = new Set<string>()
  let receipts = 0
  let takenBackAhead = 0
  let quantityChanges = 0
  let sent = 0
  let known = 0
  const ordered = () =>
    quantityChanges % 2 === 1
      ? multiplyDecimals(content.quantity, decimal('1.1'))
      : content.quantity
  const number = (index: number) => `INV-${orderNumber}-${index}`
  const send = () => {
    sent += 1
    const quantity = plan.invoiced[sent - 1] ?? content.quantity
    const isPaid = paidUnseen.has(number(sent))
    folded.invoices.set(number(sent), { quantity, isPosted: false, isPaid })
  }
  for (const [, activity] of trace.events) {
    switch (activity) {
      case 'Change Price':
        folded.versions += 1
        folded.isAnswered = false
        break
      case 'Create Purchase Order Item':
      case 'Change Delivery Indicator':
      case 'Change Currency':
      case 'Change Storage Location':
      case 'Change payment term':
      case 'Change Final Invoice Indicator':
      case 'Change Rejection Indicator':
        folded.versions += 1
        break
      case 'Change Quantity':
        folded.versions += 1
        quantityChanges += 1
        folded.isAnswered = false
        break
      case 'Receive Order Confirmation':
      case 'Update Order Confirmation':
        folded.isAnswered = true
        break
      case 'Record Goods Receipt':
      case 'Record Service Entry Sheet': {
        const share = plan.received[receipts] ?? content.quantity
        receipts += 1
        const isShort = plan.variance === 'quantity' && receipts === plan.received.length
        const count = isShort ? multiplyDecimals(share, decimal('0.9')) : share
        if (takenBackAhead > 0) takenBackAhead -= 1
        else counted.push(count)
        break
      }
      case 'Cancel Goods Receipt':
        if (counted.pop() === undefined) takenBackAhead += 1
        break
      case 'Vendor creates invoice':
        send()
        break
      case 'Record Invoice Receipt': {
        if (known >= sent) send()
        known += 1
        const card = folded.invoices.get(number(known))
        if (card !== undefined) card.isPosted = true
        standing.push(number(known))
        if (!paidAhead.has(number(known))) unpaid.push(number(known))
        break
      }
      case 'Cancel Invoice Receipt': {
        const last = standing.pop() ?? number(known + 1)
        const card = folded.invoices.get(last)
        if (card !== undefined && !card.isPaid) card.isPosted = false
        if (unpaid.includes(last)) unpaid.splice(unpaid.indexOf(last), 1)
        break
      }
      case 'Clear Invoice': {
        const oldest = unpaid.shift()
        const paid = oldest ?? standing.at(-1) ?? number(Math.max(1, sent))
        if (oldest === undefined) paidAhead.add(paid)
        const card = folded.invoices.get(paid)
        if (card === undefined) paidUnseen.add(paid)
        else card.isPaid = true
        break
      }
      case 'Vendor creates debit memo': {
        const last = Math.max(0, Math.min(sent, plan.invoiced.length) - 1)
        const billed = plan.invoiced[last] ?? content.quantity
        folded.credits.push(multiplyDecimals(billed, decimal('0.1')))
        break
      }
      case 'Delete Purchase Order Item':
        folded.isCancelled ||= compareDecimals(counted.reduce(addDecimals, zero), ordered()) < 0
        break
      case 'Reactivate Purchase Order Item':
        folded.isCancelled = false
        folded.isHeld = false
        break
      case 'Block Purchase Order Item':
        folded.isHeld = true
        break
      default:
    }
  }
  folded.received = counted.reduce(addDecimals, zero)
  folded.ordered = ordered()
  return folded
}

/** What the fold says, in the words of the world; what the matcher refuses does not count as billed. */
function expectedOf(folded: Folded, plan: OrderPlan, world: World) {
  const { ordered, received, isCancelled } = folded
  const bills = [...folded.invoices].filter(([number]) => isCounted(world, number, 'standard'))
  const invoiced = bills.reduce((sum, [, { quantity }]) => addDecimals(sum, quantity), zero)
  const credits = folded.credits.filter((_, index) =>
    isCounted(world, `CR-${plan.orderNumber}-${index + 1}`, 'credit'),
  )
  const given = credits.reduce(addDecimals, zero)
  const credited = isAtLeast(invoiced, given) ? given : invoiced
  const billed = subtractDecimals(invoiced, credited)
  const hasGoods = compareDecimals(received, zero) > 0
  const isEnded = (isCancelled && hasGoods) || (hasGoods && isAtLeast(received, ordered))
  const toInvoice = isEnded ? received : ordered
  const hasBill = compareDecimals(billed, zero) > 0
  return {
    ordered: trimDecimal(ordered),
    received: trimDecimal(received),
    invoiced: trimDecimal(invoiced),
    credited: trimDecimal(credited),
    versions: folded.versions,
    delivery: stage(['not-received', 'part-received', 'received'], {
      has: hasGoods,
      all: isAtLeast(received, ordered),
    }),
    billing: stage(['not-invoiced', 'part-invoiced', 'invoiced'], {
      has: hasBill,
      all: isAtLeast(billed, toInvoice),
    }),
    closure: closureOf({
      isCancelled,
      hasGoods,
      isEnded,
      isBilled: isAtLeast(billed, toInvoice),
      isWaiting: scheduleOf(world).states.resolution === 'awaiting-resolution',
    }),
    isAnswered: folded.isAnswered,
    control: folded.isHeld ? 'held' : 'released',
    invoices: Object.fromEntries(
      [...folded.invoices].map(([number, { isPosted, isPaid }]) => [number, { isPosted, isPaid }]),
    ),
  }
}

function isAtLeast(one: Decimal, other: Decimal): boolean {
  return compareDecimals(one, other) >= 0
}

function stage(
  [none, part, all]: readonly [string, string, string],
  is: { readonly has: boolean; readonly all: boolean },
): string {
  if (!is.has) return none
  return is.all ? all : part
}

function closureOf(line: {
  readonly isCancelled: boolean
  readonly hasGoods: boolean
  readonly isEnded: boolean
  readonly isBilled: boolean
  readonly isWaiting: boolean
}): string {
  if (line.isCancelled && !line.hasGoods) return 'cancelled'
  if (line.isEnded && line.isBilled && !line.isWaiting) return 'closed'
  if (line.isCancelled) return 'short-closed'
  return line.isEnded ? 'delivery-complete' : 'open'
}

/** Whether the matcher lets an invoice or a credit count; that is for the rules to say, not for a fold. A held credit waits. */
function isCounted(world: World, documentNumber: string, invoiceType: string): boolean {
  return Object.values(world.invoices).some(({ facts }) => {
    const [version] = facts.versions
    const decision = facts.match?.result.decision
    return (
      version?.document.documentNumber === documentNumber &&
      version.document.invoiceType === invoiceType &&
      (facts.closing === null || facts.closing.as === 'credited') &&
      decision !== undefined &&
      decision !== 'reject' &&
      (invoiceType !== 'credit' || !isWaiting(facts)) &&
      decision !== 'suspect-duplicate'
    )
  })
}

function isWaiting({ posting, match, holds }: World['invoices'][string]['facts']): boolean {
  const isHere = match !== null && !match.result.decision.startsWith('awaiting')
  return posting === null && (!isHere || holds.some(isOpenHold))
}

/** The same figures and states as the world holds them. */
function actualOf(world: World) {
  const [order] = Object.values(world.orders)
  const { quantities, states, answeredBy } = scheduleOf(world)
  const standard = Object.values(world.invoices).flatMap(({ facts }) => {
    const document = facts.versions[0]?.document
    if (document?.invoiceType !== 'standard') return []
    const isPaid = facts.payments.some(({ reversed }) => !reversed)
    return [[document.documentNumber, { isPosted: facts.posting !== null, isPaid }] as const]
  })
  return {
    ordered: trimDecimal(quantities.ordered),
    received: trimDecimal(quantities.received),
    invoiced: trimDecimal(quantities.invoiced),
    credited: trimDecimal(quantities.credited),
    versions: order?.standing.versions.filter(({ source }) => source === 'issued').length,
    delivery: states.delivery,
    billing: states.billing,
    closure: states.closure,
    isAnswered: answeredBy !== null,
    control: states.control,
    invoices: Object.fromEntries(standard),
  }
}

function scheduleOf(world: World) {
  const schedule = Object.values(world.orders)[0]?.standing.lines[0]?.schedules[0]
  if (schedule === undefined) throw new Error('the trace ordered nothing')
  return schedule
}

const every = 300

// One test over all of them takes longer than a busy machine is given.
const parts = 8

/** Every so-maniest trace, and the ones a replay stumbles over first. */
function sampleOf(traces: readonly Trace[]): readonly (readonly [number, Trace])[] {
  const numbered = traces.map((trace, index) => [index, trace] as const)
  const count = ({ events }: Trace, start: string): number =>
    events.filter(([, activity]) => activity.startsWith(start)).length
  const most = (measure: (trace: Trace) => number) =>
    numbered.toSorted(([, one], [, other]) => measure(other) - measure(one)).slice(0, 3)
  const manageable = ({ events }: Trace): boolean => events.length <= 120
  const most120 = (start: string) => most((trace) => (manageable(trace) ? count(trace, start) : -1))
  const chosen = [
    ...numbered.filter(([index]) => index % every === 0),
    most(({ events }) => (events.length <= 300 ? events.length : 0))[0],
    ...numbered.toSorted(([, one], [, other]) => (begin(one) < begin(other) ? -1 : 1)).slice(0, 1),
    ...most120('Cancel '),
    ...most120('Cancel Goods Receipt'),
    ...most120('Cancel Invoice Receipt'),
    ...most120('Delete '),
    ...most120('Reactivate '),
    ...most120('Block '),
    ...most120('Change Quantity'),
    ...most120('Clear Invoice'),
    ...most120('Vendor creates debit memo'),
    ...most((trace) => (manageable(trace) && isBilledFirst(trace) ? trace.events.length : 0)),
    ...most((trace) => (manageable(trace) && isReversedFirst(trace) ? trace.events.length : 0)),
    ...numbered.filter(([, trace]) => isChangedFirst(trace)),
  ]
  return [...new Map(chosen.flatMap((one) => (one === undefined ? [] : [one])))]
}

function begin({ events }: Trace): string {
  return events[0]?.[0] ?? ''
}

function place({ events }: Trace, start: string): number {
  const found = events.findIndex(([, activity]) => activity.startsWith(start))
  return found < 0 ? Number.POSITIVE_INFINITY : found
}

function isBilledFirst(trace: Trace): boolean {
  return place(trace, 'Record Invoice Receipt') < place(trace, 'Record Goods Receipt')
}

function isReversedFirst(trace: Trace): boolean {
  return place(trace, 'Cancel Goods Receipt') < place(trace, 'Record Goods Receipt')
}

function isChangedFirst(trace: Trace): boolean {
  return place(trace, 'Change Quantity') < place(trace, 'Create Purchase Order Item')
}

describe.skipIf(!isHere)('recorded histories', () => {
  let lines: ReturnType<typeof readRegister>['lines'] = []
  let sample: ReturnType<typeof sampleOf> = []
  beforeAll(() => {
    sample = sampleOf(readTraces(tracesFile).traces)
    lines = readRegister(registerFile).lines
  })

  it('are enough to tell', () => expect(sample.length).toBeGreaterThan(50))

  it.each(Array.from({ length: parts }, (_, part) => part + 1))(
    `end as a fold without lifecycles says they end, with no invariant broken: part %i of ${parts}`,
    (part) => {
      for (const [index, trace] of sample.filter((_, place) => place % parts === part - 1)) {
        const content = lines[index % lines.length]
        if (content === undefined) throw new Error('the register is empty')
        const plan = planOrder(trace, content)
        const { world } = replayTrace(trace, plan, policy)
        const name = `${trace.po}/${trace.line}`
        expect.soft(actualOf(world), name).toEqual(expectedOf(fold(trace, plan), plan, world))
        expect.soft(checkInvariants(world), name).toEqual([])
      }
    },
  )
})
