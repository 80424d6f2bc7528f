import { shipmentKey } from '@counterfoil/core'
import { type ShipmentSummary, summariseShipment } from '@counterfoil/runtime'
import { aggregateKeyOf, readNodeIdOf } from '../node/node-id.ts'
import { connectKeys, type CountedConnection, type PageArguments } from '../paging/paging.ts'
import type { Desk } from '../request/desk.ts'
import { oneKeyOf } from '../request/one-key.ts'
import { shipmentStanding } from '../request/standing.ts'

/** A shipment as the schema shows it. */
export type ShipmentNode = ShipmentSummary & { readonly __typename: 'Shipment' }

/** How a query names a shipment. */
export type ShipmentReference = {
  readonly id?: string | null
  readonly number?: {
    readonly buyerOrganisation: string
    readonly supplier: string
    readonly shipNoticeNumber: string
  } | null
}

/** A shipment of a list as the schema shows it. */
export function asShipment(summary: ShipmentSummary): ShipmentNode {
  return { __typename: 'Shipment', ...summary }
}

/** The key of a shipment that a query names. Refuses a reference that names none or two. */
export function shipmentKeyIn({ tenant }: Desk, reference: ShipmentReference): string {
  const named = oneKeyOf('shipment', reference)
  if (named.kind === 'id') return aggregateKeyOf(tenant, readNodeIdOf('Shipment', named.id))
  const { shipNoticeNumber: documentNumber, ...owner } = named.number
  return shipmentKey({ tenant, documentNumber, ...owner })
}

/** The shipment under a key; null where there is none. */
export async function findShipment(
  { tenant, queries }: Desk,
  key: string,
): Promise<ShipmentNode | null> {
  const summary = await queries.shipment({ tenant, shipmentKey: key })
  return summary === null ? null : asShipment(summary)
}

/** The shipment under a key, read together with others of its level; null where there is none. */
export async function shipmentAt(desk: Desk, key: string): Promise<ShipmentNode | null> {
  const state = await shipmentStanding(desk, key)
  return state === null ? null : asShipment(summariseShipment(state))
}

/** A page of the shipments under keys. */
export function shipmentsOf(
  desk: Desk,
  keys: readonly string[],
  args: PageArguments,
): Promise<CountedConnection<ShipmentNode>> {
  return connectKeys(keys, args, (key) => shipmentAt(desk, key))
}
