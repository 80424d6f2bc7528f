import { splitKey } from '../identity/identity.ts'
import type { OrderState } from './order-state.ts'

/** Where an order stands, in one word for its audit trail: how it ended, what stops it, else how far it is (MODEL §3.1). */
export function orderStatus({ key, facts, standing }: OrderState): string {
  const { states } = standing
  if (splitKey(key).length > orderKeyParts) return 'unordered-goods'
  if (states.completion === 'archived') return states.completion
  if (states.cancellation === 'cancelled' || states.cancellation === 'cancel-pending') {
    return states.cancellation
  }
  if (states.completion === 'completed') return states.completion
  if (states.control === 'on-hold') return states.control
  if (standing.order === null && facts.draft === null) return 'awaited'
  if (states.fulfilment !== 'awaiting-shipment') return states.fulfilment
  return states.acknowledgment === 'unacknowledged' ? states.issuing : states.acknowledgment
}

// `tenant/buyer organisation/order number`; the place of unordered goods has one part more.
const orderKeyParts = 3
