import { type OrderState, type OrderStates, splitKey } from '@counterfoil/core'

/** The words for where an order stands, MODEL §3.1. */
export const orderWords = [
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
export type OrderWord = (typeof orderWords)[number]

/**
 * Where an order stands, in one word for a list: how it ended, else what stops it, else how far it is. `awaited`: something
 * came for an order that itself has not come yet. `unordered-goods`: the place of goods nobody ordered.
 */
export function orderWord({ key, facts, standing }: OrderState): OrderWord {
  const { states } = standing
  if (splitKey(key).length > orderKeyParts) return 'unordered-goods'
  if (states.completion !== 'open') return states.completion
  if (states.cancellation === 'cancelled' || states.cancellation === 'cancel-pending') {
    return states.cancellation
  }
  if (states.control === 'on-hold') return states.control
  return standing.order === null && facts.draft === null ? 'awaited' : progressOf(states)
}

// `tenant/buyer organisation/order number`; the place of unordered goods has one part more.
const orderKeyParts = 3

function progressOf({ fulfilment, acknowledgment, issuing }: OrderStates): OrderWord {
  if (fulfilment !== 'awaiting-shipment') return fulfilment
  if (acknowledgment !== 'unacknowledged') return acknowledgment
  return issuing
}
