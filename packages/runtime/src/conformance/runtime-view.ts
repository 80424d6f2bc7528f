import type { Queries } from '../queries/queries.ts'

/** All that the questions of a runtime answer about one tenant, without cursors. */
export async function runtimeViewOf(queries: Queries, tenant: string): Promise<unknown> {
  const page = { tenant, limit: 500 }
  const both = { ...page, open: 'both' as const }
  const [orders, shipments, invoices, agreements] = await Promise.all([
    queries.orders(page),
    queries.shipments(page),
    queries.invoices(page),
    queries.agreements(page),
  ])
  const references = [
    ...orders.rows.map(({ orderKey }) => ({ kind: 'order' as const, key: orderKey })),
    ...shipments.rows.map(({ shipmentKey }) => ({ kind: 'shipment' as const, key: shipmentKey })),
    ...invoices.rows.map(({ invoiceKey }) => ({ kind: 'invoice' as const, key: invoiceKey })),
    ...agreements.rows.map(({ agreementKey: key }) => ({ kind: 'agreement' as const, key })),
  ]
  const lists = await Promise.all([
    queries.exceptions(both),
    queries.holds(both),
    queries.quarantined(page),
    queries.parked(page),
    queries.deadLetters(page),
    queries.effects(page),
    queries.events(page),
    queries.audit(page),
    ...references.map((aggregate) => queries.history({ ...page, aggregate })),
    ...orders.rows.map(({ orderKey }) => queries.timeline({ ...page, orderKey })),
    ...orders.rows.map(({ orderKey }) => queries.comparisons({ ...page, orderKey })),
  ])
  const counts = await Promise.all([
    queries.ordersByState({ tenant }),
    queries.shipmentsByState({ tenant }),
    queries.invoicesByState({ tenant }),
    queries.agreementsByState({ tenant }),
    queries.exceptionsByOwner({ tenant }),
    queries.holdsByOwner({ tenant }),
  ])
  const details = references.map((reference) => queries.aggregate({ tenant, reference }))
  return [
    [orders, shipments, invoices, agreements, ...lists].map(({ rows }) => rows),
    counts,
    await Promise.all(details),
  ]
}
