import { CounterfoilError, joinKey } from '@counterfoil/core'
import { isSameAggregate } from '../store/aggregate-text.ts'
import type { Store } from '../store/store.ts'
import { compareKeys, pageInOrder } from './in-order.ts'
import { backlogOfTables, standingOfTables } from './memory-backlog.ts'
import { commitToTables } from './memory-commit.ts'
import { claimFromTables, nextDueInTables } from './memory-effects.ts'
import { memoryHeads } from './memory-heads.ts'
import { memoryPeople } from './memory-people.ts'
import { unfinishedOf } from './memory-purge.ts'
import {
  allTimers,
  countMachines,
  countRows,
  loadAggregate,
  momentOf,
  rowOrder,
  searchRegister,
  selectRows,
  selectStates,
  timerOrder,
} from './memory-reads.ts'
import { emptyTables, type MemoryTables } from './memory-tables.ts'

/**
 * A store that keeps everything in memory and loses it with the process: for tests, simulations and first steps. It
 * keeps every promise of the contract but the one about disks.
 */
export function createMemoryStore(): Store {
  const tables = emptyTables()
  // Every call is answered in a later turn, as a store on disk or behind a network answers.
  const answer = async <Value>(read: () => Value): Promise<Value> => {
    if (tables.closed) {
      throw new CounterfoilError('STORE_UNAVAILABLE', 'the store is closed', { retryable: true })
    }
    return read()
  }
  return {
    contract: 'v1',
    states: (request) =>
      answer(() =>
        pageInOrder(
          selectStates(tables, request),
          ({ tenant, reference: { kind, key } }) => [tenant, kind, key],
          request,
        ),
      ),
    machines: () => answer(() => countMachines(tables)),
    load: (requests) => answer(() => requests.map((request) => loadAggregate(tables, request))),
    delivery: ({ tenant, deliveryKey }) =>
      answer(() => tables.deliveries.get(joinKey([tenant, deliveryKey])) ?? null),
    documents: ({ tenant, documentKey }) =>
      answer(() =>
        (tables.documents.get(joinKey([tenant, documentKey])) ?? []).toSorted(
          (a, b) => a.revision - b.revision,
        ),
      ),
    command: ({ tenant, idempotencyKey }) =>
      answer(() => tables.commands.get(joinKey([tenant, idempotencyKey])) ?? null),
    register: (request) => answer(() => searchRegister(tables, request)),
    cursor: ({ connector }) => answer(() => tables.cursors.get(connector) ?? null),
    commit: (commit) => answer(() => commitToTables(tables, commit)),
    claimEffects: (request) => answer(() => claimFromTables(tables, request)),
    nextDueAt: () => answer(() => nextDueInTables(tables)),
    backlog: () => answer(() => backlogOfTables(tables)),
    standing: ({ now }) => answer(() => standingOfTables(tables, now)),
    unfinished: (requests) =>
      answer(() =>
        requests.map(({ tenant, reference }) => unfinishedOf(tables, tenant, reference)),
      ),
    counts: (request) => answer(() => countRows(tables, request)),
    ...waitingReads(tables, answer),
    ...pagedReads(tables, answer),
    heads: memoryHeads(tables, answer),
    people: memoryPeople(tables, answer),
    close: async () => {
      tables.closed = true
    },
  }
}

type Answer = <Value>(read: () => Value) => Promise<Value>

function waitingReads(
  tables: MemoryTables,
  answer: Answer,
): Pick<Store, 'queued' | 'dueTimers' | 'parked' | 'linked'> {
  const waiting = (status: 'queued' | 'parked') =>
    [...tables.messages.values()]
      .flatMap((messages) => [...messages.values()])
      .filter((message) => message.status === status)
  return {
    queued: ({ limit }) =>
      answer(() =>
        waiting('queued')
          .toSorted((a, b) => a.position - b.position)
          .slice(0, limit)
          .map(({ position, message }) => ({ position, message })),
      ),
    dueTimers: ({ now, limit }) =>
      answer(() =>
        [...allTimers(tables)]
          .filter((timer) => momentOf(timer.dueAt) <= momentOf(now))
          .toSorted((a, b) => compareKeys(timerOrder(a), timerOrder(b)))
          .slice(0, limit),
      ),
    parked: (request) =>
      answer(() => {
        const parked = waiting('parked').filter(({ message }) => message.tenant === request.tenant)
        const page = pageInOrder(parked, ({ position }) => [position], request)
        const rows = page.rows.map(({ message, reason, sentence, parkedAt }) => ({
          message,
          reason,
          sentence,
          parkedAt,
        }))
        return { ...page, rows }
      }),
    linked: ({ tenant, reference }) =>
      answer(() =>
        [...tables.links.values()]
          .filter((link) => link.tenant === tenant)
          .flatMap(({ from, to }) =>
            isSameAggregate(from, reference) ? [to] : isSameAggregate(to, reference) ? [from] : [],
          )
          .toSorted((a, b) => compareKeys([a.kind, a.key], [b.kind, b.key])),
      ),
  }
}

function pagedReads(
  tables: MemoryTables,
  answer: Answer,
): Pick<
  Store,
  'rows' | 'events' | 'audit' | 'effects' | 'quarantined' | 'deadLetters' | 'originals'
> {
  return {
    rows: (request) =>
      answer(() =>
        pageInOrder(selectRows(tables, request), (row) => rowOrder(row, request.orderBy), request),
      ),
    events: (request) =>
      answer(() => {
        const events = tables.events.filter(
          ({ record }) =>
            record.tenant === request.tenant &&
            (request.aggregates?.some((one) => isSameAggregate(one, record.aggregate)) ?? true),
        )
        return recordsOf(pageInOrder(events, ({ position }) => [position], request))
      }),
    audit: (request) =>
      answer(() => {
        const { tenant, aggregate, eventIds } = request
        const entries = tables.audit.filter(
          (stored) =>
            stored.tenant === tenant &&
            (aggregate === undefined || isSameAggregate(stored.reference, aggregate)) &&
            (eventIds?.includes(stored.entry.eventId) ?? true),
        )
        const page = pageInOrder(
          entries,
          ({ reference, entry }) => [reference.kind, reference.key, entry.sequence],
          request,
        )
        return { ...page, rows: page.rows.map(({ entry }) => entry) }
      }),
    effects: (request) =>
      answer(() => {
        const { tenant, aggregate, state } = request
        const effects = [...tables.effects.values()].filter(
          ({ record }) =>
            record.tenant === tenant &&
            (aggregate === undefined || isSameAggregate(record.aggregate, aggregate)) &&
            (state === undefined || record.state === state),
        )
        return recordsOf(pageInOrder(effects, ({ position }) => [position], request))
      }),
    originals: (request) =>
      answer(() => {
        const found = [...tables.originals.values()].filter(
          ({ tenant, deliveryKey }) =>
            tenant === request.tenant && (request.deliveryKeys?.includes(deliveryKey) ?? true),
        )
        return pageInOrder(found, ({ deliveryKey }) => [deliveryKey], request)
      }),
    quarantined: (request) =>
      answer(() => {
        const found = [...tables.quarantined.values()].filter(
          ({ record }) =>
            record.tenant === request.tenant &&
            (request.quarantineId ?? record.quarantineId) === record.quarantineId &&
            (request.state ?? record.state) === record.state,
        )
        return recordsOf(pageInOrder(found, ({ position }) => [position], request))
      }),
    deadLetters: (request) =>
      answer(() => {
        const found = [...tables.deadLetters.values()].filter(
          ({ record }) =>
            record.tenant === request.tenant &&
            (request.deadLetterId ?? record.deadLetterId) === record.deadLetterId &&
            (request.state ?? record.state) === record.state,
        )
        return recordsOf(pageInOrder(found, ({ position }) => [position], request))
      }),
  }
}

function recordsOf<Record>(page: {
  readonly rows: readonly { readonly record: Record }[]
  readonly cursor: string | null
}): { readonly rows: readonly Record[]; readonly cursor: string | null } {
  return { rows: page.rows.map(({ record }) => record), cursor: page.cursor }
}
