import { type Answer, duplicate, parked, refused } from '../message/answer.ts'
import type { LineCancelAnswered, LineCancelRequested } from './order-events.ts'
import type { OrderFacts } from './order-facts.ts'
import type { OrderState } from './order-state.ts'
import { wholeLine } from './record-cancellation.ts'
import { isAnythingToCome } from './record-control.ts'

/** Why the buyer may not ask to let a line or schedule go; null when it may. Whoever was refused may ask again. */
export function answerToLineCancel(
  { facts, standing }: OrderState,
  { orderLineNumber, scheduleNumber }: LineCancelRequested,
): Answer | null {
  const line = standing.lines.find((one) => one.orderLineNumber === orderLineNumber)
  const schedules = (line?.schedules ?? []).filter(
    (one) => scheduleNumber === undefined || one.scheduleNumber === scheduleNumber,
  )
  if (schedules.length === 0) {
    const place = scheduleNumber === undefined ? '' : `/${scheduleNumber}`
    return refused('unknown-place', `the order has no line ${orderLineNumber}${place}`)
  }
  const control = facts.lineControl[orderLineNumber]
  const known = control?.cancelAsked?.[scheduleNumber ?? wholeLine]
  if (
    control?.cancelled !== undefined ||
    (known !== undefined && known.answer?.accepted !== false)
  ) {
    return duplicate('it is to be cancelled already')
  }
  return schedules.some(isAnythingToCome)
    ? null
    : refused('nothing-open', 'everything was delivered: send the goods back instead')
}

/** Why the supplier may not answer that; null when it may. What it agreed to it does not take back. */
export function answerToCancelAnswer(
  facts: OrderFacts,
  { orderLineNumber, scheduleNumber, accepted }: LineCancelAnswered,
): Answer | null {
  const known = facts.lineControl[orderLineNumber]?.cancelAsked?.[scheduleNumber ?? wholeLine]
  if (known === undefined) {
    return parked('cancel-not-requested', 'nobody asked to cancel that line or schedule yet')
  }
  if (known.answer === undefined) return null
  if (known.answer.accepted === accepted) return duplicate('the supplier said so before')
  return accepted
    ? null
    : refused('already-agreed', 'the supplier agreed to cancel it, so it is not owed any more')
}
