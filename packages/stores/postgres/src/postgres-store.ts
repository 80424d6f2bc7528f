import { CounterfoilError } from '@counterfoil/core'
import type { Store } from '@counterfoil/runtime'
import { createCommitter } from './commit-together.ts'
import { commitToTables } from './commit-to-tables.ts'
import {
  type Connections,
  openConnections,
  type PostgresConnection,
  type Query,
} from './connections.ts'
import { loadQueries } from './read-aggregates.ts'
import {
  type Ask,
  readAudit,
  readCounts,
  readDeadLetters,
  readEffects,
  readEvents,
  readLinked,
  readParked,
  readQuarantined,
  readRegister,
  readRows,
} from './read-lists.ts'
import {
  claimQuery,
  dueTimersQuery,
  nextDueQuery,
  type OwnedShards,
  queuedQuery,
  type WaitingQuery,
} from './read-waiting.ts'
import { createShare } from './share.ts'
import { lockClassOf } from './slots.ts'
import { guard } from './store-error.ts'
import { bodyOf, type SqlRow, storable, textOf } from './stored.ts'

/** Where the books are kept, and how they are shared. */
export type PostgresStoreSettings = PostgresConnection & {
  /** The schema that holds the tables, made at the first call where there is none; `counterfoil` unless said otherwise. */
  readonly schema?: string
  /** How many connections are open at most, one more for the share of background work aside; 10 unless said otherwise. */
  readonly connectionsMax?: number
  /** Into how many parts the background work of all processes is divided; 16 unless said otherwise. */
  readonly shards?: number
}

// One transaction waits for the disk once for all of its commits; more than this would keep other processes waiting.
const groupMax = 256

/**
 * A store in PostgreSQL 14 or later. One commit is one transaction, and commits that wait while another is under way go
 * together. Any number of processes may use one database. Nothing is opened before the first call, and a connection that
 * was lost is opened again at the next.
 */
export function createPostgresStore(settings: PostgresStoreSettings = {}): Store {
  const { schema = 'counterfoil', connectionsMax = 10, shards = 16, ...connection } = settings
  let opened: Connections | null = null
  let closed = false
  const connections = (): Connections =>
    (opened ??= openConnections(connection, { schema, connectionsMax }))
  const answer = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (closed) {
      throw new CounterfoilError('STORE_UNAVAILABLE', 'the store is closed', { retryable: true })
    }
    return guard(work)
  }
  const ask: Ask = (query) => connections().ask(query)
  const list = <Request, Value>(read: (ask: Ask, request: Request) => Promise<Value>) => {
    return (request: Request) => answer(() => read(ask, request))
  }
  const share = createShare({
    open: () => connections().open(),
    lockClass: lockClassOf(schema),
    shards,
  })
  const waiting = <Value>(queryOf: (owned: OwnedShards) => WaitingQuery<Value>): Promise<Value> =>
    answer(() => share.ask(queryOf))
  const committer = createCommitter(
    (commits) => commitToTables({ connections: connections(), tell: share.tell }, commits),
    groupMax,
  )
  return {
    contract: 'v1',
    load: (requests) =>
      answer(async () => {
        if (requests.length === 0) return []
        const { queries, loadedFrom } = loadQueries(requests)
        return connections().within(async ({ send }) => {
          const [, ...answers] = await send(atOneMoment, ...queries, over)
          return loadedFrom(answers)
        })
      }),
    ...answersByKey(answer, ask),
    commit: (commit) => answer(() => committer.commit(commit)),
    queued: ({ limit }) => waiting((owned) => queuedQuery(owned, limit)),
    dueTimers: (request) => waiting((owned) => dueTimersQuery(owned, request)),
    nextDueAt: () => waiting(nextDueQuery),
    claimEffects: (request) => waiting((owned) => claimQuery(owned, request)),
    watch: share.watch,
    register: list(readRegister),
    rows: list(readRows),
    counts: list(readCounts),
    events: list(readEvents),
    audit: list(readAudit),
    linked: list(readLinked),
    parked: list(readParked),
    effects: list(readEffects),
    quarantined: list(readQuarantined),
    deadLetters: list(readDeadLetters),
    close: async () => {
      closed = true
      await committer.settle()
      await share.close()
      const last = opened
      opened = null
      await last?.close()
    },
  }
}

// What is loaded together is from one moment.
const atOneMoment: Query = { sql: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', values: [] }
const over: Query = { sql: 'COMMIT', values: [] }

type Answer = <Value>(work: () => Promise<Value>) => Promise<Value>

function answersByKey(
  answer: Answer,
  ask: Ask,
): Pick<Store, 'delivery' | 'documents' | 'command' | 'cursor'> {
  const rows = (sql: string, ...keys: readonly string[]): Promise<readonly SqlRow[]> =>
    answer(() => ask({ sql, values: keys.map(storable) }))
  return {
    delivery: async ({ tenant, deliveryKey }) => {
      const sql = 'SELECT body FROM delivery WHERE tenant = $1 AND delivery_key = $2'
      const [row] = await rows(sql, tenant, deliveryKey)
      return row === undefined ? null : bodyOf(row)
    },
    documents: async ({ tenant, documentKey }) => {
      const sql =
        'SELECT body FROM document WHERE tenant = $1 AND document_key = $2 ORDER BY revision, position'
      return (await rows(sql, tenant, documentKey)).map((row) => bodyOf(row))
    },
    command: async ({ tenant, idempotencyKey }) => {
      const sql = 'SELECT body FROM command WHERE tenant = $1 AND idempotency_key = $2'
      const [row] = await rows(sql, tenant, idempotencyKey)
      return row === undefined ? null : bodyOf(row)
    },
    cursor: async ({ connector }) => {
      const [row] = await rows('SELECT cursor FROM cursor WHERE connector = $1', connector)
      return row === undefined ? null : textOf(row, 'cursor')
    },
  }
}
