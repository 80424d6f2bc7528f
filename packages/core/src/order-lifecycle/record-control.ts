import { hashOf } from '../hash/content-hash.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import type { LineControl, OrderControl, OrderFacts, SaidFact } from './order-facts.ts'
import { isPositiveDecimal } from '../decimal/decimal-arithmetic.ts'
import type { OrderStanding, ScheduleStanding } from './order-state.ts'
import type { Recording } from './recording.ts'

/** Records a decision of a person about the whole order. */
export function withControl(facts: OrderFacts, control: Partial<OrderControl>): Recording {
  const next = { ...facts, control: { ...facts.control, ...control } }
  return { kind: 'recorded', facts: next, touched: 'all' }
}

/** Takes a decision of a person about the whole order back. */
export function withoutControl(
  facts: OrderFacts,
  ...names: readonly (keyof OrderControl)[]
): Recording {
  const control = without(facts.control, names)
  return { kind: 'recorded', facts: { ...facts, control }, touched: 'all' }
}

/** Records a draft of the order; one that says something else has to be approved anew. */
export function recordDraft(facts: OrderFacts, draft: PurchaseOrder, draftedBy: string): Recording {
  const kept = isSameDraft(facts, draft) ? facts.control : without(facts.control, approvalNames)
  return withControl({ ...facts, draft, control: kept }, { draftedBy })
}

/** Whether a draft says what the one before said, or is the first. */
export function isSameDraft(facts: OrderFacts, draft: PurchaseOrder): boolean {
  return facts.draft === null || hashOf(facts.draft) === hashOf(draft)
}

/** A draft that was sent back is approved by nobody any more, whatever it said of itself. */
export function withoutApproval(facts: OrderFacts): Recording {
  const draft = facts.draft === null ? null : { ...facts.draft, approvals: [] }
  return withoutControl({ ...facts, draft }, ...approvalNames)
}

const approvalNames = ['submitted', 'submittedBy', 'approved', 'approvedBy', 'approvedFor'] as const

/** Records a decision of a person about one line. */
export function withLineControl(
  facts: OrderFacts,
  orderLineNumber: string,
  control: Partial<LineControl>,
): Recording {
  const lineControl = {
    ...facts.lineControl,
    [orderLineNumber]: { ...facts.lineControl[orderLineNumber], ...control },
  }
  return { kind: 'recorded', facts: { ...facts, lineControl }, touched: [orderLineNumber] }
}

/** Takes decisions of people about one line back. */
export function withoutLineControl(
  facts: OrderFacts,
  orderLineNumber: string,
  ...names: readonly (keyof LineControl)[]
): Recording {
  const known = without(facts.lineControl[orderLineNumber] ?? {}, names)
  const lineControl = { ...facts.lineControl, [orderLineNumber]: known }
  return { kind: 'recorded', facts: { ...facts, lineControl }, touched: [orderLineNumber] }
}

/** Records that a buyer gave up the rest of a schedule. */
export function shortClose(
  facts: OrderFacts,
  place: { readonly orderLineNumber: string; readonly scheduleNumber: string },
  said: SaidFact,
): Recording {
  const known = facts.lineControl[place.orderLineNumber]?.shortClosed
  const shortClosed = { ...known, [place.scheduleNumber]: said }
  return withLineControl(facts, place.orderLineNumber, { shortClosed })
}

/** Gives up the rest of every schedule of a line of which something is to come. */
export function shortCloseLine(
  { facts, standing }: { readonly facts: OrderFacts; readonly standing: OrderStanding },
  { orderLineNumber }: { readonly orderLineNumber: string },
  said: SaidFact,
): Recording {
  const line = standing.lines.find((one) => one.orderLineNumber === orderLineNumber)
  const open = (line?.schedules ?? []).filter(isAnythingToCome)
  const known = facts.lineControl[orderLineNumber]?.shortClosed
  const closed = Object.fromEntries(open.map(({ scheduleNumber }) => [scheduleNumber, said]))
  return withLineControl(facts, orderLineNumber, { shortClosed: { ...known, ...closed } })
}

/** Something is open, or was refused and nobody gave it up yet. */
export function isAnythingToCome({ quantities, states }: ScheduleStanding): boolean {
  const isRefused = isPositiveDecimal(quantities.rejected) && states.closure === 'open'
  return isRefused || isPositiveDecimal(quantities.open)
}

function without<Control extends object>(
  control: Control,
  names: readonly (keyof Control)[],
): Control {
  const kept = Object.entries(control).filter(([name]) => !names.includes(name as keyof Control))
  return Object.fromEntries(kept) as Control
}
