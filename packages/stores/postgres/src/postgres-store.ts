import { CounterfoilError } from '@counterfoil/core'
import {
  createRecentStates,
  type LoadedAggregate,
  type RecentStates,
  type Store,
} from '@counterfoil/runtime'
import { createCommitter } from './commit-together.ts'
import { commitToTables } from './commit-to-tables.ts'
import { type Connections, openConnections, type PostgresConnection } from './connections.ts'
import { postgresHeads } from './postgres-heads.ts'
import { postgresPeople } from './postgres-people.ts'
import { loadQueries, type LoadRequest } from './read-aggregates.ts'
import { backlogFrom, backlogQueries, standingFrom, standingQueries } from './read-backlog.ts'
import { askUnfinished, unfinishedFrom } from './purge.ts'
import {
  type Ask,
  readAudit,
  readCounts,
  readDeadLetters,
  readEffects,
  readEvents,
  readLinked,
  readOriginals,
  readParked,
  readQuarantined,
  readRegister,
  readRows,
} from './read-lists.ts'
import { countMachines, readStates } from './read-states.ts'
import {
  claimQuery,
  dueTimersQuery,
  nextDueQuery,
  type OwnedShards,
  queuedQuery,
  type WaitingQuery,
} from './read-waiting.ts'
import { createShare } from './share.ts'
import { lockClassOf, slotsMax } from './slots.ts'
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
  /** Reads books that are there, and neither changes nor makes anything: for looking at what others write. */
  readonly readOnly?: boolean
}

// One transaction waits for the disk once for all of its commits; more than this would keep other processes waiting.
const groupMax = 256

/**
 * A store in PostgreSQL 14 or later. One commit is one transaction, and commits that wait while another is under way go
 * together. Any number of processes may use one database. Nothing is opened before the first call, and a connection that
 * was lost is opened again at the next.
 */
export function createPostgresStore(settings: PostgresStoreSettings = {}): Store {
  const {
    schema = 'counterfoil',
    connectionsMax = 10,
    shards = 16,
    readOnly = false,
    ...connection
  } = settings
  if (!Number.isSafeInteger(shards) || shards < 1 || shards > slotsMax) {
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      `\`shards\` is a whole number from 1 to ${slotsMax}, not \`${shards}\``,
    )
  }
  let opened: Connections | null = null
  const recent = createRecentStates()
  let closed = false
  const connections = (): Connections =>
    (opened ??= openConnections(connection, { schema, connectionsMax, readOnly }))
  const answer = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (closed) {
      throw new CounterfoilError('STORE_UNAVAILABLE', 'the store is closed', { retryable: true })
    }
    return guard(work)
  }
  const askAbout =
    (tenant: string): Ask =>
    async (query) =>
      (await connections().askAbout(tenant, [query]))[0] ?? []
  const list = <Request extends { readonly tenant: string }, Value>(
    read: (ask: Ask, request: Request) => Promise<Value>,
  ) => {
    return (request: Request) => answer(() => read(askAbout(request.tenant), request))
  }
  // What names no tenant is for the role that sees all of them.
  const answerOwner = <Value>(work: () => Promise<Value>): Promise<Value> =>
    answer(async () => {
      if (!(await connections().isRestricted())) return work()
      throw new CounterfoilError(
        'STORE_UNAVAILABLE',
        'the role of this connection sees one tenant at a time: writing, and work for all tenants, take the role that owns the tables',
      )
    })
  const share = createShare({
    open: () => connections().open(),
    lockClass: lockClassOf(schema),
    shards,
  })
  const waiting = <Value>(queryOf: (owned: OwnedShards) => WaitingQuery<Value>): Promise<Value> =>
    answerOwner(() => share.ask(queryOf))
  const committer = createCommitter(
    (commits) => commitToTables({ connections: connections(), tell: share.tell, recent }, commits),
    groupMax,
  )
  return {
    contract: 'v1',
    load: (requests) =>
      answer(async () => {
        if (requests.length > 0 && (await connections().isRestricted())) {
          return loadEachTenant(connections(), requests, recent)
        }
        return loadAtOnce(connections(), requests, recent)
      }),
    states: (request) =>
      answerOwner(async () =>
        readStates(connections().ask, request, await connections().version()),
      ),
    machines: () =>
      answerOwner(async () => countMachines(connections().ask, await connections().version())),
    ...answersByKey(list),
    cursor: ({ connector }) => answerOwner(() => readCursor(connections(), connector)),
    commit: (commit) => answerOwner(() => committer.commit(commit)),
    queued: ({ limit }) => waiting((owned) => queuedQuery(owned, limit)),
    dueTimers: (request) => waiting((owned) => dueTimersQuery(owned, request)),
    nextDueAt: () => waiting(nextDueQuery),
    backlog: () =>
      answerOwner(async () => backlogFrom(await connections().askAtOnce(backlogQueries))),
    standing: ({ now }) =>
      answerOwner(async () => {
        const answers = await connections().askAtOnce(standingQueries(now))
        return standingFrom(answers, { owned: share.owned(), of: shards })
      }),
    claimEffects: (request) => waiting((owned) => claimQuery(owned, request)),
    watch: share.watch,
    release: () => guard(share.close),
    register: list(readRegister),
    rows: list(readRows),
    counts: list(readCounts),
    events: list(readEvents),
    audit: list(readAudit),
    unfinished: (requests) =>
      answerOwner(async () => {
        const [rows = []] = await connections().askAtOnce(askUnfinished(requests))
        return unfinishedFrom(rows, requests)
      }),
    linked: list(readLinked),
    parked: list(readParked),
    effects: list(readEffects),
    quarantined: list(readQuarantined),
    deadLetters: list(readDeadLetters),
    heads: postgresHeads({ list, answerOwner, connections }),
    people: postgresPeople({ list, answerOwner, connections }),
    originals: list(readOriginals),
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

async function loadAtOnce(
  connections: Connections,
  requests: readonly LoadRequest[],
  recent: RecentStates,
): Promise<readonly LoadedAggregate[]> {
  const [first] = requests
  if (first === undefined) return []
  const { queries, loadedFrom } = loadQueries(requests, recent)
  return loadedFrom(await connections.askAbout(first.tenant, queries))
}

async function loadEachTenant(
  connections: Connections,
  requests: readonly LoadRequest[],
  recent: RecentStates,
): Promise<readonly LoadedAggregate[]> {
  const loaded = new Map<LoadRequest, LoadedAggregate>()
  for (const own of Map.groupBy(requests, ({ tenant }) => tenant).values()) {
    const found = await loadAtOnce(connections, own, recent)
    for (const [index, one] of found.entries()) {
      const request = own[index]
      if (request !== undefined) loaded.set(request, one)
    }
  }
  return requests.flatMap((request) => loaded.get(request) ?? [])
}

async function readCursor(connections: Connections, connector: string): Promise<string | null> {
  const [row] = await connections.ask({
    sql: 'SELECT cursor FROM cursor WHERE connector = $1',
    values: [storable(connector)],
  })
  return row === undefined ? null : textOf(row, 'cursor')
}

type List = <Request extends { readonly tenant: string }, Value>(
  read: (ask: Ask, request: Request) => Promise<Value>,
) => (request: Request) => Promise<Value>

function answersByKey(list: List): Pick<Store, 'delivery' | 'documents' | 'command'> {
  const rows = (ask: Ask, sql: string, ...keys: readonly string[]): Promise<readonly SqlRow[]> =>
    ask({ sql, values: keys.map(storable) })
  return {
    delivery: list(async (ask, { tenant, deliveryKey }) => {
      const sql = 'SELECT body FROM delivery WHERE tenant = $1 AND delivery_key = $2'
      const [row] = await rows(ask, sql, tenant, deliveryKey)
      return row === undefined ? null : bodyOf(row)
    }),
    documents: list(async (ask, { tenant, documentKey }) => {
      const sql =
        'SELECT body FROM document WHERE tenant = $1 AND document_key = $2 ORDER BY revision, position'
      return (await rows(ask, sql, tenant, documentKey)).map((row) => bodyOf(row))
    }),
    command: list(async (ask, { tenant, idempotencyKey }) => {
      const sql = 'SELECT body FROM command WHERE tenant = $1 AND idempotency_key = $2'
      const [row] = await rows(ask, sql, tenant, idempotencyKey)
      return row === undefined ? null : bodyOf(row)
    }),
  }
}
