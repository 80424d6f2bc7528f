import {
  conductDecision,
  type Conducting,
  outstandingDecisions,
  unchanged,
} from '../message/conduct-decision.ts'
import type { Aggregate, Decision, DecisionContext } from '../message/decision.ts'
import { type Message, messageData } from '../message/message.ts'
import { readMessage } from '../message/read-message.ts'
import { askOrderAuthority } from './ask-order-authority.ts'
import { checkOrderMessage } from './check-order-message.ts'
import { deriveOrderDecision } from './derive-order-decision.ts'
import { type OrderMessage, orderMessages } from './order-events.ts'
import { orderIntents } from './order-intents.ts'
import { newOrderState, orderMachine, type OrderState } from './order-state.ts'
import { orderStatus } from './order-status.ts'
import { orderFactOf, recordOrderEvent } from './record-order-event.ts'
import { replayOrder } from './replay-order.ts'

/** What an order is told, and its state: its new state, events, intents and audit entries. Pure. */
export function decideOrder(
  state: OrderState | null,
  message: Message,
  context: DecisionContext,
): Decision<OrderState | null> {
  const read = readMessage<OrderMessage>(message, {
    aggregate: 'an order',
    schemas: orderMessages,
  })
  if (read.kind !== 'read') return unchanged(state, read)
  const current = state ?? newOrderState(message.aggregate.key)
  const answer = checkOrderMessage(current, message, read.message)
  if (answer !== null) return unchanged(state, answer)
  return conductDecision(conducting, current, message, context)
}

/** The order aggregate: what an order is told in, its new state, events, intents and audit entries out. */
export const orderAggregate: Aggregate<OrderState> = {
  kind: 'order',
  machine: orderMachine,
  decide: decideOrder,
  askAuthority: askOrderAuthority,
  replay: replayOrder,
  outstanding: (state, tenant, context) => outstandingDecisions(conducting, state, tenant, context),
}

const conducting: Conducting<OrderState> = {
  kind: 'order',
  record: recordOrderEvent,
  derive: (state, context, { recordId, told }) => {
    const fact = told === null ? null : orderFactOf(told)
    const decision = deriveOrderDecision({ state, context, recordId, told: fact })
    return decision === null ? null : { type: decision.type, data: messageData(decision.data) }
  },
  intentsOf: ({ before, after, event }) =>
    orderIntents({ before, after, fact: orderFactOf(event) }),
  statusOf: (state) => (state.sequence === 0 ? null : orderStatus(state)),
}
