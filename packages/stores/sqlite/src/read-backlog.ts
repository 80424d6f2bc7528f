import { type Backlog, type StoreStanding, takenOftenMin, type Waiting } from '@counterfoil/runtime'
import type { SqlRow } from './connection.ts'
import type { Database } from './database.ts'
import { schemaVersions } from './schema.ts'
import { momentOf, numberOf, textOf, textOrNull } from './stored.ts'

/** The work that waits for a process. */
export function readBacklog(database: Database): Backlog {
  const unsent = `SELECT tenant, destination, count(*) AS count, min(position) AS first FROM effect
    WHERE state = 'waiting' GROUP BY tenant, destination`
  const effects = database.all(
    `SELECT waiting.tenant, waiting.destination, waiting.count, effect.body ->> 'decidedAt' AS oldest
     FROM (${unsent}) AS waiting JOIN effect ON effect.position = waiting.first
     ORDER BY waiting.tenant, waiting.destination`,
  )
  return {
    queued: messagesThat(database, 'queued', "body ->> 'receivedAt'"),
    effects: effects.map((row) => ({
      tenant: textOf(row, 'tenant'),
      destination: textOf(row, 'destination'),
      ...waitingOf(row),
    })),
  }
}

/** How the tables stand, and what waits in them for time and for people. */
export function readStanding(database: Database, now: string): StoreStanding {
  const version = database.get('SELECT max(version) AS version FROM schema_version')
  const recordsThat = (table: string, state: string, since: string): Waiting =>
    read(
      database,
      `SELECT count(*) AS count, (SELECT body ->> '${since}' FROM ${table} WHERE state = ?
         ORDER BY position LIMIT 1) AS oldest FROM ${table} WHERE state = ?`,
      state,
      state,
    )
  return {
    schema: {
      known: schemaVersions.length,
      found: version === undefined ? 0 : numberOf(version, 'version'),
    },
    share: null,
    timersLate: read(
      database,
      `SELECT count(*) AS count, (SELECT body ->> 'dueAt' FROM timer ORDER BY due LIMIT 1) AS oldest
       FROM timer WHERE due <= ?`,
      momentOf(now),
    ),
    parked: messagesThat(database, 'parked', 'parked_at'),
    takenOften: read(
      database,
      `SELECT count(*) AS count, (SELECT body ->> 'decidedAt' FROM effect
         WHERE state = 'waiting' AND attempts >= ? ORDER BY position LIMIT 1) AS oldest
       FROM effect WHERE state = 'waiting' AND attempts >= ?`,
      takenOftenMin,
      takenOftenMin,
    ),
    deadLetters: recordsThat('dead_letter', 'waiting', 'at'),
    quarantined: recordsThat('quarantined', 'quarantined', 'receivedAt'),
  }
}

function messagesThat(database: Database, status: string, since: string): Waiting {
  return read(
    database,
    `SELECT count(*) AS count, (SELECT ${since} FROM message WHERE status = ?
       ORDER BY position LIMIT 1) AS oldest FROM message WHERE status = ?`,
    status,
    status,
  )
}

function read(database: Database, sql: string, ...values: (string | number)[]): Waiting {
  const row = database.get(sql, ...values)
  return row === undefined ? { count: 0, oldestAt: null } : waitingOf(row)
}

function waitingOf(row: SqlRow): Waiting {
  const count = numberOf(row, 'count')
  return { count, oldestAt: count === 0 ? null : textOrNull(row, 'oldest') }
}
