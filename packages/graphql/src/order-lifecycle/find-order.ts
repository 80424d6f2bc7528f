import { orderKey } from '@counterfoil/core'
import { type OrderSummary, summariseOrder } from '@counterfoil/runtime'
import { aggregateKeyOf, readNodeIdOf } from '../node/node-id.ts'
import type { Desk } from '../request/desk.ts'
import { oneKeyOf } from '../request/one-key.ts'
import { orderStanding } from '../request/standing.ts'

/** An order as the schema shows it. */
export type OrderNode = OrderSummary & { readonly __typename: 'Order' }

/** How a query names an order. */
export type OrderReference = {
  readonly id?: string | null
  readonly number?: {
    readonly buyerOrganisation: string
    readonly orderNumber: string
  } | null
}

/** An order of a list as the schema shows it. */
export function asOrder(summary: OrderSummary): OrderNode {
  return { __typename: 'Order', ...summary }
}

/** The key of an order that a query names. Refuses a reference that names none or two. */
export function orderKeyIn({ tenant }: Desk, reference: OrderReference): string {
  const named = oneKeyOf('order', reference)
  return named.kind === 'id'
    ? aggregateKeyOf(tenant, readNodeIdOf('Order', named.id))
    : orderKey({ tenant, ...named.number })
}

/** The order under a key; null where there is none. */
export async function findOrder({ tenant, queries }: Desk, key: string): Promise<OrderNode | null> {
  const summary = await queries.order({ tenant, orderKey: key })
  return summary === null ? null : asOrder(summary)
}

/** The order under a key, read together with others of its level; null where there is none. */
export async function orderAt(desk: Desk, key: string): Promise<OrderNode | null> {
  const state = await orderStanding(desk, key)
  return state === null ? null : asOrder(summariseOrder(state))
}
