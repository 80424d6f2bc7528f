import type { AggregateReference } from '@counterfoil/core'
import type { Page, PageRequest, Store } from '../store/store.ts'
import { person } from './people.ts'
import { order } from './records.ts'

/** The keys that tenants use alike in these cases; all that is kept is kept under some of them. */
export const sharedNumbers = ['1', '2', '3'] as const

/** The aggregates of `sharedNumbers`, under the same keys for every tenant. */
export const sharedOrders: readonly AggregateReference[] = sharedNumbers.map((number) =>
  order(number, 'shared'),
)

/** After every instant of these cases. */
export const endOfTime = '2999-01-01T00:00:00Z'

// Small, so that every list is read over several pages.
const pageRows = 3
const pagesMax = 1000

/**
 * All that a store says of one tenant: every question of the contract that names a tenant, by every condition it takes,
 * and its part of those that name none. Places and cursors are left out, because they count what everybody stored.
 */
export async function viewOf(store: Store, tenant: string): Promise<readonly unknown[]> {
  return [
    await aggregatesOf(store, tenant),
    await answersOf(store, tenant),
    await logOf(store, tenant),
    await rowsOf(store, tenant),
    await asideOf(store, tenant),
    await waitingOf(store, tenant),
    await headsOf(store, tenant),
  ]
}

async function aggregatesOf(store: Store, tenant: string): Promise<readonly unknown[]> {
  const messageIds = sharedOrders.flatMap((reference) => messageIdsOf(reference))
  const loaded = await store.load(
    sharedOrders.map((reference) => ({ tenant, reference, messageIds })),
  )
  const standing = loaded.map((one) => ({
    ...one,
    known: one.known.toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1)),
  }))
  const linked = sharedOrders.map((reference) => store.linked({ tenant, reference }))
  return [standing, await Promise.all(linked)]
}

function messageIdsOf({ key }: AggregateReference): readonly string[] {
  return Array.from({ length: messagesMax }, (_, index) => messageIdOf(key, index + 1))
}

/** Messages that these cases tell one order, numbered from 1. */
export const messagesMax = 60

/** The events that the first so many audit entries of an order are about. */
export function auditedIdsOf({ key }: AggregateReference, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${key}-${index}`)
}

/** The id of the message with that number of an order. */
export const messageIdOf = (orderKey: string, number: number): string => `${orderKey}-m${number}`

async function answersOf(store: Store, tenant: string): Promise<readonly unknown[]> {
  const request = {
    tenant,
    buyerOrganisation: '0001',
    invoiceNumbers: [...sharedNumbers],
    invoiceDate: '2026-11-20',
    totalAmount: null,
    exceptInvoiceKey: '',
    limit: 100,
  }
  const byKey = sharedNumbers.map(async (key) => [
    await store.delivery({ tenant, deliveryKey: key }),
    await store.documents({ tenant, documentKey: key }),
    await store.command({ tenant, idempotencyKey: key }),
  ])
  return [await Promise.all(byKey), await store.register(request)]
}

async function logOf(store: Store, tenant: string): Promise<readonly unknown[]> {
  const [first] = sharedOrders
  const eventIds = sharedOrders.flatMap((one) => auditedIdsOf(one, 3))
  return Promise.all([
    all((page) => store.events({ tenant, ...page })),
    all((page) => store.events({ tenant, ...page, aggregates: sharedOrders })),
    all((page) => store.audit({ tenant, ...page })),
    all((page) => store.audit({ tenant, ...page, aggregate: first })),
    all((page) => store.audit({ tenant, ...page, eventIds })),
    all((page) => store.effects({ tenant, ...page })),
    all((page) => store.effects({ tenant, ...page, aggregate: first })),
    all((page) => store.effects({ tenant, ...page, state: 'waiting' })),
  ])
}

async function rowsOf(store: Store, tenant: string): Promise<readonly unknown[]> {
  const view = 'exception' as const
  const conditions = [
    {},
    { aggregate: sharedOrders[0] },
    { id: sharedOrders[0]?.key },
    { buyerOrganisation: '0001', supplier: 'S100', open: true, ownerRole: 'buyer' },
    { dueBefore: endOfTime, orderBy: 'due' as const },
    { openedBefore: endOfTime, orderBy: 'opened' as const },
  ]
  const lists = conditions.map((condition) =>
    all((page) => store.rows({ tenant, view, ...condition, ...page })),
  )
  return [await Promise.all(lists), await store.counts({ tenant, view })]
}

async function asideOf(store: Store, tenant: string): Promise<readonly unknown[]> {
  return Promise.all([
    all((page) => store.parked({ tenant, ...page })),
    all((page) => store.quarantined({ tenant, ...page })),
    all((page) => store.quarantined({ tenant, ...page, quarantineId: '1' })),
    all((page) => store.quarantined({ tenant, ...page, state: 'quarantined' })),
    all((page) => store.originals({ tenant, ...page })),
    store.people.find({ tenant, tokens: sharedNumbers.map((name) => person(name).token) }),
    all((page) => store.deadLetters({ tenant, ...page })),
    all((page) => store.deadLetters({ tenant, ...page, deadLetterId: '1' })),
    all((page) => store.deadLetters({ tenant, ...page, state: 'waiting' })),
  ])
}

async function headsOf({ heads }: Store, tenant: string): Promise<readonly unknown[]> {
  return [
    await heads.last({ tenant }),
    await heads.keys({ tenant }),
    await heads.grown({ tenant, limit: 100 }),
    await all((page) => heads.list({ tenant, ...page })),
    (await heads.tenants({ limit: 100 })).filter((one) => one === tenant),
  ]
}

/** The tenant's part of the work of all tenants. */
async function waitingOf(store: Store, tenant: string): Promise<readonly unknown[]> {
  const limit = pageRows * pagesMax
  const queued = (await store.queued({ limit })).map(({ message }) => message)
  const timers = await store.dueTimers({ now: endOfTime, limit })
  const states = await all((page) => store.states(page))
  return [queued, timers, states].map((list) => list.filter((one) => one.tenant === tenant))
}

/** The rows of every page of a list. */
async function all<Row>(read: (page: PageRequest) => Promise<Page<Row>>): Promise<readonly Row[]> {
  const rows: Row[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const page = await read({ limit: pageRows, cursor })
    rows.push(...page.rows)
    if (page.cursor === null) return rows
    cursor = page.cursor
  }
  throw new Error(`a list does not end after ${pagesMax} pages`)
}
