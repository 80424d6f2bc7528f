import type { AggregateReference, InvoiceState, OrderState, ShipmentState } from '@counterfoil/core'
import type { AggregateStanding } from '@counterfoil/runtime'
import type { Desk } from './desk.ts'

/** An order as it stands; null where there is none, or where the host decides about orders in a way of its own. */
export async function orderStanding(desk: Desk, key: string): Promise<OrderState | null> {
  const standing = await desk.standing({ kind: 'order', key })
  return isOrder(standing?.state) ? standing.state : null
}

/** An invoice as it stands; null where there is none, or where the host decides about invoices in a way of its own. */
export async function invoiceStanding(desk: Desk, key: string): Promise<InvoiceState | null> {
  const standing = await desk.standing({ kind: 'invoice', key })
  return isInvoice(standing?.state) ? standing.state : null
}

/** A shipment as it stands; null where there is none, or where the host decides about shipments in a way of its own. */
export async function shipmentStanding(desk: Desk, key: string): Promise<ShipmentState | null> {
  const standing = await desk.standing({ kind: 'shipment', key })
  return isShipment(standing?.state) ? standing.state : null
}

/** The version of an order, shipment or invoice, which commands may expect; null where there is none. */
export async function versionOf(desk: Desk, reference: AggregateReference): Promise<number | null> {
  return (await desk.standing(reference))?.version ?? null
}

type StoredState = AggregateStanding['state'] | undefined

// A host may decide with aggregates of its own, whose states have other parts.
function isOrder(state: StoredState): state is OrderState {
  return state !== undefined && 'facts' in state && 'desk' in state && 'standing' in state
}

function isInvoice(state: StoredState): state is InvoiceState {
  return hasFacts(state, 'versions')
}

function isShipment(state: StoredState): state is ShipmentState {
  return hasFacts(state, 'notices')
}

function hasFacts(state: StoredState, name: string): boolean {
  if (state === undefined || !('facts' in state)) return false
  const { facts } = state
  return typeof facts === 'object' && facts !== null && name in facts
}
