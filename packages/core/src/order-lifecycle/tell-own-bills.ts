import { invoiceKey } from '../identity/identity.ts'
import type { Intent } from '../message/intent.ts'
import { messageData } from '../message/message.ts'
import type { OrderChange } from './order-change-told.ts'

/** A bill the buyer wrote itself goes its way like any other, and the supplier gets it instead of writing one. */
export function ownBillIntents({ fact }: OrderChange): Intent[] {
  if (fact.type !== 'goods.billed') return []
  const { document } = fact.data
  return [
    {
      kind: 'tell',
      to: { kind: 'invoice', key: invoiceKey(document) },
      type: 'invoice.received',
      data: messageData({ document }),
    },
    { kind: 'send-document', to: 'supplier', document },
  ]
}
