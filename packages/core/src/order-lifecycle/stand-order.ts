import { isOpenCase } from '../exception/open-case.ts'
import { isPositiveDecimal } from '../decimal/decimal-arithmetic.ts'
import { isSameFacts } from '../lifecycle/is-same-facts.ts'
import { beginLifecycle, moveLifecycle } from '../lifecycle/move-lifecycle.ts'
import { currentOrder } from './current-order.ts'
import { measureOrder } from './measure-order.ts'
import type { OrderFacts } from './order-facts.ts'
import type { OrderFrame } from './order-frame.ts'
import { orderLifecycle, type OrderLifecycleFacts } from './order-lifecycle.machine.ts'
import {
  type LineStanding,
  nothingKnown,
  type OrderDesk,
  type OrderStanding,
  type OrderStates,
} from './order-state.ts'
import type { TouchedLines } from './recording.ts'
import { standChanges } from './stand-changes.ts'
import { isOrderCancelled, standLine } from './stand-line.ts'

/**
 * Where an order stands, worked out from everything it was told and everything that was decided about it. Only the lines
 * that something was said about are worked out again, unless another version counts than did by the facts before.
 */
export function standOrder(
  { facts, desk }: { readonly facts: OrderFacts; readonly desk: OrderDesk },
  touched: TouchedLines,
  {
    facts: factsBefore,
    standing: before,
  }: { readonly facts: OrderFacts; readonly standing: OrderStanding },
): OrderStanding {
  const current = currentOrder(facts)
  if (current === null) return standWithoutOrder(facts, desk, before)
  const { order, versions } = current
  const frame: OrderFrame = { facts, desk, order, current }
  // By the facts and not by the standing: of a state that was read from a store the two are different objects that say the same.
  const isAnother = currentOrder(factsBefore)?.order !== order
  const standings = new Map(before.lines.map((line) => [line.orderLineNumber, line]))
  const named = new Set(touched === 'all' ? [] : touched)
  const lines = order.lines.map((line): LineStanding => {
    const known = standings.get(line.orderLineNumber)
    const isUntouched = !isAnother && touched !== 'all' && !named.has(line.orderLineNumber)
    return isUntouched && known !== undefined ? known : standLine(line, frame, known)
  })
  const lifecycle = lifecycleFacts(frame, lines)
  return {
    order,
    versions,
    lines,
    changes: standChanges(frame, lines, before.changes),
    differences: measureOrder(facts, frame),
    facts: lifecycle,
    states: statesOf(lifecycle, before),
  }
}

function standWithoutOrder(
  facts: OrderFacts,
  desk: OrderDesk,
  before: OrderStanding,
): OrderStanding {
  const lifecycle: OrderLifecycleFacts = {
    ...nothingKnown,
    isSubmitted: facts.control.submitted === true,
    isApproved: isApproved(facts),
    openCases: desk.cases.filter(isOpenCase).length,
  }
  return {
    ...before,
    differences: measureOrder(facts, null),
    facts: lifecycle,
    states: statesOf(lifecycle, before),
  }
}

function lifecycleFacts(
  { facts, desk, order }: OrderFrame,
  lines: readonly LineStanding[],
): OrderLifecycleFacts {
  const all = lines.flatMap(({ schedules }) => schedules)
  const schedules = all.filter(({ states }) => states.closure !== 'cancelled')
  const count = (fits: (schedule: (typeof schedules)[number]) => boolean): number =>
    schedules.reduce((sum, schedule) => (fits(schedule) ? sum + 1 : sum), 0)
  const { control } = facts
  const isAllCancelled = all.length > 0 && schedules.length === 0
  const answered = count(({ states }) => states.acknowledgment !== 'awaiting-acknowledgment')
  return {
    isSubmitted: control.submitted === true,
    isApproved: isApproved(facts),
    isIssued: facts.issued !== null,
    isDelivered: (control.deliveredVersion ?? 0) >= order.version || answered > 0,
    schedules: schedules.length,
    answered,
    changed: count(
      ({ states, isChanged }) => isChanged || changedStates.has(states.acknowledgment),
    ),
    rejected: count(({ states }) => states.acknowledgment === 'rejected'),
    isUnderWay: all.some(
      ({ quantities }) =>
        isPositiveDecimal(quantities.shipped) || isPositiveDecimal(quantities.received),
    ),
    delivered: count(({ states }) => states.delivery === 'received' || states.closure !== 'open'),
    partInvoiced: count(({ states }) => states.billing !== 'not-invoiced'),
    invoiced: count(({ states }) => states.billing === 'invoiced' || isOver(states)),
    closed: count(({ states }) => isOver(states)),
    openCases: desk.cases.filter(isOpenCase).length,
    heldInvoices: Object.values(facts.billings).filter(({ held }) => held === true).length,
    isHeld: control.held !== undefined,
    isCancelRequested: control.cancelRequested !== undefined || isAllCancelled,
    isCancelConsented: isAllCancelled || isOrderCancelled(facts),
    isCancelRefused: control.cancelAnswered?.accepted === false,
    isArchived: control.archived === true,
  }
}

/** Approved here, or in the system the draft comes from. */
export function isApproved({ control, draft }: OrderFacts): boolean {
  return control.approved === true || (draft?.approvals ?? []).length > 0
}

/** Nothing is left to deliver, to bill or to settle, were it that nothing ever came. */
function isOver({ closure }: LineStanding['schedules'][number]['states']): boolean {
  return closure === 'closed' || closure === 'refused'
}

const changedStates: ReadonlySet<string> = new Set([
  'change-proposed',
  'counter-proposed',
  'reconfirm-required',
  'backordered',
  'part-backordered',
])

function statesOf(facts: OrderLifecycleFacts, before: OrderStanding): OrderStates {
  if (before.facts === nothingKnown) {
    return beginLifecycle(orderLifecycle, facts).value as OrderStates
  }
  if (isSameFacts(facts, before.facts)) return before.states
  const position = { value: before.states, context: before.facts }
  const event = { type: 'facts.changed' as const, facts }
  return moveLifecycle(orderLifecycle, position, event).value as OrderStates
}
