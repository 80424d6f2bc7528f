import { describe, expect, it } from 'vitest'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { newOrderState, type OrderStates } from './order-state.ts'
import { orderStatus, orderStatuses } from './order-status.ts'

const known = newOrderState('acme/0001/4711')
const sent: Partial<OrderStates> = { issuing: 'sent' }

/** Order 4711 with its regions in these states. */
function anOrder(states: Partial<OrderStates>) {
  const { standing } = known
  const order = aPurchaseOrder()
  return { ...known, standing: { ...standing, order, states: { ...standing.states, ...states } } }
}

describe('the word for where an order stands', () => {
  it.each([
    [{}, 'sent'],
    [{ issuing: 'delivered' }, 'delivered'],
    [{ acknowledgment: 'acknowledged' }, 'acknowledged'],
    [{ acknowledgment: 'rejected' }, 'rejected'],
    [{ acknowledgment: 'acknowledged', fulfilment: 'in-fulfilment' }, 'in-fulfilment'],
    [{ fulfilment: 'fulfilled', billing: 'part-invoiced' }, 'fulfilled'],
    [{ fulfilment: 'in-fulfilment', control: 'on-hold' }, 'on-hold'],
    [{ control: 'on-hold', cancellation: 'cancel-pending' }, 'cancel-pending'],
    [{ cancellation: 'cancel-refused', acknowledgment: 'acknowledged' }, 'acknowledged'],
    [{ fulfilment: 'fulfilled', completion: 'completed' }, 'completed'],
    [{ cancellation: 'cancelled', completion: 'completed' }, 'cancelled'],
    [{ cancellation: 'cancelled', completion: 'archived' }, 'archived'],
  ] satisfies readonly (readonly [Partial<OrderStates>, string])[])(
    'with %o is %s',
    (states, word) => {
      expect(orderStatus(anOrder({ ...sent, ...states }))).toBe(word)
      expect(orderStatuses).toContain(word)
    },
  )

  it('is awaited before the order came, and unordered goods at their place', () => {
    expect(orderStatus(known)).toBe('awaited')
    expect(orderStatus(newOrderState('acme/0001/unordered-goods/S100'))).toBe('unordered-goods')
  })
})
