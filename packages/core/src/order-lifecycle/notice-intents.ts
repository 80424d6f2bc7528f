import type { Intent } from '../message/intent.ts'
import type { MessageData } from '../message/message.ts'
import { nameOfOrder } from './order-change-told.ts'
import type { OrderState } from './order-state.ts'

/** Tells a role of the buyer something about an order. */
export function notify(
  state: OrderState,
  notice: { readonly role: string; readonly topic: string; readonly sentence: string },
): Intent {
  const { role, topic, sentence } = notice
  return {
    kind: 'notify',
    role,
    topic,
    subject: nameOfOrder(state).slice(0, 400),
    sentence: sentence.slice(0, 2000),
  }
}

/** Tells the supplier something about an order. */
export function tellSupplier(
  state: OrderState,
  topic: string,
  sentence: string,
  data: MessageData = {},
): Intent {
  const { order } = state.standing
  return {
    kind: 'send-supplier-notice',
    supplier: order?.supplier ?? '',
    topic,
    subject: nameOfOrder(state).slice(0, 400),
    sentence: sentence.slice(0, 2000),
    data: { orderNumber: order?.orderNumber ?? null, ...data },
  }
}
