import { setImmediate as nextTurn } from 'node:timers/promises'
import { CounterfoilError } from '@counterfoil/core'
import { createRecentStates, type Store } from '@counterfoil/runtime'
import { commitToFile } from './commit-to-file.ts'
import type { OpenConnection } from './connection.ts'
import { type Database, openDatabase } from './database.ts'
import { sqliteHeads } from './sqlite-heads.ts'
import { unfinishedOf } from './sqlite-purge.ts'
import { sqlitePeople } from './sqlite-people.ts'
import { readAggregates } from './read-aggregate.ts'
import { readBacklog, readStanding } from './read-backlog.ts'
import {
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
import { claimEffects, readDueTimers, readNextDue, readQueued } from './read-waiting.ts'
import { guardFile } from './store-error.ts'
import { bodyOf, textOf } from './stored.ts'

/** Where the books are kept, and how carefully. */
export type SqliteStoreSettings = {
  /** The file, made with its folder at the first call where there is none. On a local disk. */
  readonly file: string
  /**
   * `full`, unless said otherwise: every commit waits for the disk, so an answer given holds even after a power cut.
   * `normal` is about twice as fast one document at a time, never corrupts and survives a killed process, but a power cut
   * may take the last answers back.
   */
  readonly synchronous?: 'full' | 'normal'
  /** How long a commit waits for another process to finish its own; 5 seconds unless said otherwise. */
  readonly busySeconds?: number
  /** Opens a file that is there, and neither changes it nor makes anything: for looking at books that others write. */
  readonly readOnly?: boolean
}

// SQLite answers within the turn of the event loop it is asked in. After so long the process has one of its own, so that
// a long backlog does not keep it from hearing signals and requests.
const turnMilliseconds = 10

/** A store in a file that is opened as told. */
export function createStoreOn(open: OpenConnection, settings: SqliteStoreSettings): Store {
  const { file, synchronous = 'full', busySeconds = 5, readOnly = false } = settings
  let opened: Database | null = null
  let closed = false
  let turnedAt = performance.now()
  const recent = createRecentStates()
  const answer = async <Value>(work: (database: Database) => Value): Promise<Value> => {
    if (performance.now() - turnedAt > turnMilliseconds) {
      await nextTurn()
      turnedAt = performance.now()
    }
    if (closed) {
      throw new CounterfoilError('STORE_UNAVAILABLE', 'the store is closed', { retryable: true })
    }
    opened ??= openDatabase(open, { file, synchronous, busySeconds, readOnly })
    const database = opened
    return guardFile(() => work(database))
  }
  return {
    contract: 'v1',
    load: (requests) => answer((database) => readAggregates(database, recent, requests)),
    states: (request) => answer((database) => readStates(database, request)),
    machines: () => answer(countMachines),
    ...answersByKey(answer),
    commit: (commit) => answer((database) => commitToFile(database, recent, commit)),
    queued: ({ limit }) => answer((database) => readQueued(database, limit)),
    dueTimers: (request) => answer((database) => readDueTimers(database, request)),
    nextDueAt: () => answer(readNextDue),
    backlog: () => answer((database) => database.transaction('read', () => readBacklog(database))),
    standing: ({ now }) =>
      answer((database) => database.transaction('read', () => readStanding(database, now))),
    claimEffects: (request) => answer((database) => claimEffects(database, request)),
    register: (request) => answer((database) => readRegister(database, request)),
    rows: (request) => answer((database) => readRows(database, request)),
    counts: (request) => answer((database) => readCounts(database, request)),
    events: (request) => answer((database) => readEvents(database, request)),
    audit: (request) => answer((database) => readAudit(database, request)),
    unfinished: (requests) =>
      answer((database) =>
        requests.map(({ tenant, reference }) => unfinishedOf(database, tenant, reference)),
      ),
    linked: (request) => answer((database) => readLinked(database, request)),
    parked: (request) => answer((database) => readParked(database, request)),
    effects: (request) => answer((database) => readEffects(database, request)),
    quarantined: (request) => answer((database) => readQuarantined(database, request)),
    deadLetters: (request) => answer((database) => readDeadLetters(database, request)),
    heads: sqliteHeads(answer),
    people: sqlitePeople(answer),
    originals: (request) => answer((database) => readOriginals(database, request)),
    close: async () => {
      closed = true
      recent.clear()
      opened?.close()
      opened = null
    },
  }
}

type Answer = <Value>(work: (database: Database) => Value) => Promise<Value>

function answersByKey(
  answer: Answer,
): Pick<Store, 'delivery' | 'documents' | 'command' | 'cursor'> {
  return {
    delivery: ({ tenant, deliveryKey }) =>
      answer((database) => {
        const sql = 'SELECT body FROM delivery WHERE tenant = ? AND delivery_key = ?'
        const row = database.get(sql, tenant, deliveryKey)
        return row === undefined ? null : bodyOf(row)
      }),
    documents: ({ tenant, documentKey }) =>
      answer((database) => {
        const sql =
          'SELECT body FROM document WHERE tenant = ? AND document_key = ? ORDER BY revision, position'
        return database.all(sql, tenant, documentKey).map((row) => bodyOf(row))
      }),
    command: ({ tenant, idempotencyKey }) =>
      answer((database) => {
        const sql = 'SELECT body FROM command WHERE tenant = ? AND idempotency_key = ?'
        const row = database.get(sql, tenant, idempotencyKey)
        return row === undefined ? null : bodyOf(row)
      }),
    cursor: ({ connector }) =>
      answer((database) => {
        const row = database.get('SELECT cursor FROM cursor WHERE connector = ?', connector)
        return row === undefined ? null : textOf(row, 'cursor')
      }),
  }
}
