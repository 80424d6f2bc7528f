import { splitKey } from '../identity/identity.ts'
import type { OrderState } from './order-state.ts'

/**
 * The words for where an order stands (MODEL §3.1). `awaited`: something came for an order that itself has not come yet;
 * `unordered-goods`: the place of goods nobody ordered.
 */
export const orderStatuses = [
  'awaited',
  'unordered-goods',
  'draft',
  'pending-approval',
  'approved',
  'sent',
  'delivered',
  'partially-acknowledged',
  'acknowledged',
  'acknowledged-with-changes',
  'rejected',
  'in-fulfilment',
  'fulfilled',
  'on-hold',
  'cancel-pending',
  'cancelled',
  'completed',
  'archived',
] as const
/** The one word a desk uses for where an order is. */
export type OrderStatus = (typeof orderStatuses)[number]

/** Where an order stands, in one word for lists and its audit trail: how it ended, what stops it, else how far it is. */
export function orderStatus({ key, facts, standing }: OrderState): OrderStatus {
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
