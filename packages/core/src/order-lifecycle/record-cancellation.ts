import { isOfSchedule } from '../purchase-order/delivery-order.ts'
import type { LineCancelAnswered, LineCancelRequested } from './order-events.ts'
import type { CancelAsked, LineControl, OrderFacts, SaidFact } from './order-facts.ts'
import { withControl, withLineControl } from './record-control.ts'
import type { Recording } from './recording.ts'

/** What a wish to let a whole line go is kept under. */
export const wholeLine = '*'

/** The wish to let a schedule go, by itself or with its line; undefined where there is none. */
export function cancelAskedOf(
  control: LineControl | undefined,
  scheduleNumber: string,
): CancelAsked | undefined {
  const asked = Object.entries(control?.cancelAsked ?? {})
  const own = asked.find(([named]) => named !== wholeLine && isOfSchedule(scheduleNumber, named))
  const line = control?.cancelAsked?.[wholeLine]
  // What was agreed on stands, whichever of the two it was asked by.
  return line?.answer?.accepted === true ? line : (own?.[1] ?? line)
}

/** Records that the buyer asks to cancel the order; asked again after a refusal, an answer is waited for again. */
export function recordCancelRequest(facts: OrderFacts, cancelRequested: SaidFact): Recording {
  const { cancelAnswered: _, ...control } = facts.control
  return withControl({ ...facts, control }, { cancelRequested })
}

/** Records that the buyer asks the supplier to let a line or schedule go. */
export function recordLineCancelRequest(
  facts: OrderFacts,
  { orderLineNumber, scheduleNumber }: LineCancelRequested,
  asked: SaidFact,
): Recording {
  return withAsked(facts, orderLineNumber, scheduleNumber ?? wholeLine, { asked })
}

/** Records what the supplier says to that. */
export function recordLineCancelAnswer(
  facts: OrderFacts,
  { orderLineNumber, scheduleNumber, accepted, reason }: LineCancelAnswered,
): Recording {
  const place = scheduleNumber ?? wholeLine
  const known = facts.lineControl[orderLineNumber]?.cancelAsked?.[place]
  if (known === undefined) return { kind: 'recorded', facts, touched: [] }
  const answered = { ...known, answer: { accepted, reason: reason ?? null } }
  return withAsked(facts, orderLineNumber, place, answered)
}

function withAsked(
  facts: OrderFacts,
  orderLineNumber: string,
  place: string,
  asked: CancelAsked,
): Recording {
  const known = facts.lineControl[orderLineNumber]?.cancelAsked
  return withLineControl(facts, orderLineNumber, { cancelAsked: { ...known, [place]: asked } })
}
