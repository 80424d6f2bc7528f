import {
  type AggregateReference,
  type CalendarDate,
  CounterfoilError,
  type InvoiceState,
  type OrderState,
  type ShipmentState,
} from '@counterfoil/core'
import { isTombstone } from '../retention/tombstone.ts'
import type { Page, Store, ViewRequest } from '../store/store.ts'
import type { Disruption } from './disruption.ts'
import { touchInvoice } from './touch-invoice.ts'
import { touchOrder } from './touch-order.ts'
import { touchShipment } from './touch-shipment.ts'
import type { Touched } from './touched.ts'

/** A disruption, and the day it is looked at: what should have come before is expected that day at the earliest. */
export type DisruptionReview = {
  readonly disruption: Disruption
  readonly today: CalendarDate
}

/** Rows of a list read at once where nothing else is asked for. */
const pageRows = 200
const pageRowsMax = 500

/**
 * Everything a disruption touches: orders with goods still to come, orders written and not sent, shipments on their way,
 * and open invoices, each in the order of its keys. An invoice is touched where its supplier is struck, or one of the
 * orders it bills is, whatever its dates: money is to be paid for it. Reads page by page, and nothing is kept in memory.
 */
export async function* reviewDisruption(
  store: Store,
  review: DisruptionReview,
): AsyncGenerator<Touched> {
  let cursor: string | undefined
  do {
    const page = await touchedPage(store, { ...review, limit: pageRows, cursor })
    yield* page.rows
    cursor = page.cursor ?? undefined
  } while (cursor !== undefined)
}

/**
 * One page of what `reviewDisruption` gives. `limit` (1 to 500) open orders, shipments or invoices are looked at, so a page
 * may have fewer rows, or none, and still not be the last: only a null cursor says so. A cursor that no page gave throws
 * `COMMAND_INVALID`.
 */
export async function touchedPage(
  store: Store,
  {
    disruption,
    today,
    limit,
    cursor,
  }: DisruptionReview & { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<Touched>> {
  const review = { disruption, today }
  const lists = listsOf(disruption)
  const [index, rest] = readCursor(cursor, lists.length)
  const list = lists[index]
  if (list === undefined) return { rows: [], cursor: null }
  const size = Math.min(Math.max(1, limit), pageRowsMax)
  const page = await store.rows({ ...list, limit: size, cursor: rest })
  const rows = await touchedAmong(store, review, referencesIn(page.rows))
  if (page.cursor !== null) return { rows, cursor: `${index}:${page.cursor}` }
  return { rows, cursor: index + 1 < lists.length ? `${index + 1}:` : null }
}

/** The lists to go through. Only an order that was issued has a supplier in its row, so drafts are looked for by state. */
function listsOf({ tenant, what }: Disruption): readonly Omit<ViewRequest, 'limit' | 'cursor'>[] {
  const open = { tenant, open: true } as const
  if (what.kind !== 'supplier') {
    return (['order', 'shipment', 'invoice'] as const).map((view) => ({ ...open, view }))
  }
  const { supplier } = what
  return [
    { ...open, view: 'order', supplier },
    ...draftStates.map((state) => ({ ...open, view: 'order' as const, state })),
    { ...open, view: 'shipment', supplier },
    { ...open, view: 'invoice', supplier },
  ]
}

const draftStates = ['draft', 'pending-approval', 'approved'] as const

function readCursor(
  cursor: string | undefined,
  lists: number,
): readonly [number, string | undefined] {
  if (cursor === undefined) return [0, undefined]
  const [, index = '', rest = ''] = /^(\d):(.*)$/s.exec(cursor) ?? []
  if (index === '' || Number(index) >= lists) {
    throw new CounterfoilError(
      'COMMAND_INVALID',
      `no page gave the cursor \`${cursor}\`: give the one that came with the last page`,
    )
  }
  return [Number(index), rest === '' ? undefined : rest]
}

function referencesIn(
  rows: readonly { readonly aggregate: { readonly kind: string; readonly key: string } }[],
): readonly AggregateReference[] {
  return rows.flatMap(({ aggregate: { kind, key } }) =>
    kind === 'order' || kind === 'shipment' || kind === 'invoice' ? [{ kind, key }] : [],
  )
}

/** Those of some aggregates that are touched, in the same order. */
async function touchedAmong(
  store: Store,
  review: DisruptionReview,
  references: readonly AggregateReference[],
): Promise<readonly Touched[]> {
  const { tenant } = review.disruption
  const loaded = await store.load(
    references.map((reference) => ({ tenant, reference, messageIds: [] })),
  )
  const touched: Touched[] = []
  for (const { reference, state } of loaded) {
    if (state === null || isTombstone(state)) continue
    const found = await touch(store, review, { reference, state })
    if (found !== null) touched.push(found)
  }
  return touched
}

type Loaded = {
  readonly reference: AggregateReference
  readonly state: NonNullable<Awaited<ReturnType<Store['load']>>[number]['state']>
}

/** A state that was stored under a kind is one of that kind. */
async function touch(
  store: Store,
  review: DisruptionReview,
  { reference, state }: Loaded,
): Promise<Touched | null> {
  switch (reference.kind) {
    case 'order':
      return touchOrder(state as OrderState, review)
    case 'shipment':
      return touchShipment(state as ShipmentState, review)
    case 'invoice': {
      const invoice = touchInvoice(state as InvoiceState)
      if (invoice === null) return null
      return (await isInvoiceStruck(store, review, reference)) ? invoice : null
    }
    case 'agreement':
      // What was released from it is touched as the orders it became.
      return null
  }
}

/** The supplier's own invoices came by its name; those of others are touched through the orders they bill. */
async function isInvoiceStruck(
  store: Store,
  review: DisruptionReview,
  reference: AggregateReference,
): Promise<boolean> {
  const { tenant, what } = review.disruption
  if (what.kind === 'supplier') return true
  const linked = await store.linked({ tenant, reference })
  const orders = linked.filter(({ kind }) => kind === 'order')
  if (orders.length === 0) return false
  const loaded = await store.load(orders.map((one) => ({ tenant, reference: one, messageIds: [] })))
  return loaded.some(
    ({ state }) =>
      state !== null && !isTombstone(state) && touchOrder(state as OrderState, review) !== null,
  )
}
