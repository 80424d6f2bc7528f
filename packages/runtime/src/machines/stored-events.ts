import {
  type AggregateReference,
  type AuditEntry,
  CounterfoilError,
  type DomainEvent,
} from '@counterfoil/core'
import { pagesOf } from '../store/pages-of.ts'
import type { Page, PageRequest, Store } from '../store/store.ts'

/** Rows read at once, and the most pages that are read of one story. */
const rowsPerPage = 500
const pagesMax = 2000

/** The stored events of some aggregates of a tenant, in the order of their commits. */
export function eventsOf(
  store: Pick<Store, 'events'>,
  about: { readonly tenant: string; readonly aggregates: readonly AggregateReference[] },
): Promise<readonly DomainEvent[]> {
  return allPages((page) => store.events({ ...about, ...page }))
}

/** The audit chain of an aggregate, by the events it is about. */
export async function auditOf(
  store: Pick<Store, 'audit'>,
  about: { readonly tenant: string; readonly aggregate: AggregateReference },
): Promise<ReadonlyMap<string, readonly AuditEntry[]>> {
  const entries = await allPages((page) => store.audit({ ...about, ...page }))
  return Map.groupBy(entries, ({ eventId }) => eventId)
}

/** Every row of a list, page by page. Throws `LIMIT_EXCEEDED` for a list that has no end within reason. */
async function allPages<Row>(
  read: (page: PageRequest) => Promise<Page<Row>>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  let pages = 0
  for await (const page of pagesOf(read, rowsPerPage)) {
    pages += 1
    if (pages > pagesMax) throw tooMany()
    rows.push(...page)
  }
  return rows
}

function tooMany(): CounterfoilError {
  return new CounterfoilError(
    'LIMIT_EXCEEDED',
    `more than ${rowsPerPage * pagesMax} rows were to be read at once: ask for one order`,
  )
}
