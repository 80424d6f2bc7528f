import type { DomainEvent } from '../message/message.ts'
import { newOrderState, type OrderState } from './order-state.ts'
import { recordOrderEvent } from './record-order-event.ts'

/** The state of an order from its stored events alone: no rule is asked and no clock read again. */
export function replayOrder(key: string, events: readonly DomainEvent[]): OrderState {
  return events.reduce(recordOrderEvent, newOrderState(key))
}
