import { type Backlog, type StoreStanding, takenOftenMin, type Waiting } from '@counterfoil/runtime'
import { type Query, statement } from './connections.ts'
import { schemaVersions } from './schema.ts'
import { momentOf, numberOf, type SqlRow, textOf, textOrNull } from './stored.ts'

type Answers = readonly (readonly SqlRow[])[]

/** What to ask for the work that waits for a process. */
export const backlogQueries: readonly Query[] = [
  messagesThat('queued', "body ->> 'receivedAt'"),
  statement(`SELECT waiting.tenant, waiting.destination, waiting.count, effect.body ->> 'decidedAt' AS oldest
    FROM (SELECT tenant, destination, count(*) AS count, min(position) AS first FROM effect
      WHERE state = 'waiting' GROUP BY tenant, destination) AS waiting
    JOIN effect ON effect.position = waiting.first ORDER BY waiting.tenant, waiting.destination`),
]

/** The work that waits for a process, as those answers say. */
export function backlogFrom([queued = [], effects = []]: Answers): Backlog {
  return {
    queued: waitingOf(queued[0]),
    effects: effects.map((row) => ({
      tenant: textOf(row, 'tenant'),
      destination: textOf(row, 'destination'),
      ...waitingOf(row),
    })),
  }
}

/** What to ask for how the tables stand, and what waits in them for time and for people. */
export function standingQueries(now: string): readonly Query[] {
  return [
    statement('SELECT max(version) AS version FROM schema_version'),
    {
      sql: `SELECT count(*) AS count, (SELECT body ->> 'dueAt' FROM timer ORDER BY due LIMIT 1) AS oldest
        FROM timer WHERE due <= $1`,
      values: [momentOf(now)],
    },
    messagesThat('parked', 'parked_at'),
    waitingEffects(`attempts >= ${takenOftenMin}`),
    recordsThat('dead_letter', 'waiting', 'at'),
    recordsThat('quarantined', 'quarantined', 'receivedAt'),
  ]
}

/** How the tables stand, as those answers say. */
export function standingFrom(
  [
    version = [],
    timers = [],
    parked = [],
    takenOften = [],
    deadLetters = [],
    quarantined = [],
  ]: Answers,
  share: StoreStanding['share'],
): StoreStanding {
  return {
    schema: { known: schemaVersions.length, found: numberOf(version[0] ?? {}, 'version') },
    share,
    timersLate: waitingOf(timers[0]),
    parked: waitingOf(parked[0]),
    takenOften: waitingOf(takenOften[0]),
    deadLetters: waitingOf(deadLetters[0]),
    quarantined: waitingOf(quarantined[0]),
  }
}

function messagesThat(status: string, since: string): Query {
  return statement(`SELECT count(*) AS count, (SELECT ${since} FROM message WHERE status = '${status}'
    ORDER BY position LIMIT 1) AS oldest FROM message WHERE status = '${status}'`)
}

function waitingEffects(which: string): Query {
  return statement(`SELECT count(*) AS count, (SELECT body ->> 'decidedAt' FROM effect
    WHERE state = 'waiting' AND ${which} ORDER BY position LIMIT 1) AS oldest
    FROM effect WHERE state = 'waiting' AND ${which}`)
}

function recordsThat(table: string, state: string, since: string): Query {
  return statement(`SELECT count(*) AS count, (SELECT body ->> '${since}' FROM ${table} WHERE state = '${state}'
    ORDER BY position LIMIT 1) AS oldest FROM ${table} WHERE state = '${state}'`)
}

function waitingOf(row: SqlRow | undefined): Waiting {
  const count = row === undefined ? 0 : numberOf(row, 'count')
  return { count, oldestAt: count === 0 || row === undefined ? null : textOrNull(row, 'oldest') }
}
