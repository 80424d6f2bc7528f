import {
  type AggregateReference,
  emptyWorld,
  type InvoiceState,
  type OrderState,
  type ShipmentState,
  type World,
} from '@counterfoil/core'
import type { EffectRecord, Page, Store } from '@counterfoil/runtime'

/** What the books of one tenant say, all of it. */
export type TenantBooks = {
  readonly tenant: string
  /** The aggregates with their whole log and audit, for the invariants of core. */
  readonly world: World
  /** In the order of their decisions. */
  readonly effects: readonly EffectRecord[]
  /** Messages and documents set aside: parked, quarantined, dead letters. */
  readonly setAside: number
}

// Read at once; books of a run have some hundred thousand rows.
const pageRows = 2000

/** Reads everything a tenant has in a store. */
export async function readBooks(store: Store, tenant: string): Promise<TenantBooks> {
  const page = { tenant, limit: pageRows }
  const log = await allRows((cursor) => store.events({ ...page, cursor }))
  const audit = await allRows((cursor) => store.audit({ ...page, cursor }))
  const effects = await allRows((cursor) => store.effects({ ...page, cursor }))
  const aside = [
    await allRows((cursor) => store.parked({ ...page, cursor })),
    await allRows((cursor) => store.quarantined({ ...page, state: 'quarantined', cursor })),
    await allRows((cursor) => store.deadLetters({ ...page, state: 'waiting', cursor })),
  ]
  const references = new Map(
    log.map(({ aggregate }) => [`${aggregate.kind}:${aggregate.key}`, aggregate]),
  )
  const states = await statesOf(store, tenant, [...references.values()])
  return {
    tenant,
    world: { ...emptyWorld, ...states, log, audit, effects },
    effects,
    setAside: aside.reduce((sum, rows) => sum + rows.length, 0),
  }
}

/** Every row of a list that is given in pages. */
export async function allRows<Row>(
  ask: (cursor: string | undefined) => Promise<Page<Row>>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (let cursor: string | undefined; ;) {
    const page = await ask(cursor)
    rows.push(...page.rows)
    if (page.cursor === null) return rows
    cursor = page.cursor
  }
}

async function statesOf(
  store: Store,
  tenant: string,
  references: readonly AggregateReference[],
): Promise<Pick<World, 'orders' | 'shipments' | 'invoices' | 'timers'>> {
  const loaded = await store.load(
    references.map((reference) => ({ tenant, reference, messageIds: [] })),
  )
  const statesOfKind = (kind: AggregateReference['kind']) =>
    Object.fromEntries(
      loaded
        .filter(({ reference }) => reference.kind === kind)
        .map(({ reference, state }) => [reference.key, state]),
    )
  return {
    orders: statesOfKind('order') as Record<string, OrderState>,
    shipments: statesOfKind('shipment') as Record<string, ShipmentState>,
    invoices: statesOfKind('invoice') as Record<string, InvoiceState>,
    timers: loaded.flatMap(({ timers }) => timers),
  }
}
