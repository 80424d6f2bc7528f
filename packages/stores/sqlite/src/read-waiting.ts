import type {
  ClaimedEffect,
  ClaimRequest,
  Effect,
  QueuedMessage,
  Timer,
} from '@counterfoil/runtime'
import type { SqlRow } from './connection.ts'
import type { Database } from './database.ts'
import { bodyOf, momentOf, numberOf, textOf, textOrNull } from './stored.ts'

/** The messages queued longest. */
export function readQueued(database: Database, limit: number): readonly QueuedMessage[] {
  return database
    .all(
      "SELECT position, body FROM message WHERE status = 'queued' ORDER BY position LIMIT ?",
      limit,
    )
    .map((row) => ({ position: numberOf(row, 'position'), message: bodyOf(row) }))
}

/** Timers that are due, earliest first. */
export function readDueTimers(
  database: Database,
  { now, limit }: { readonly now: string; readonly limit: number },
): readonly Timer[] {
  return database
    .all(
      'SELECT body FROM timer WHERE due <= ? ORDER BY due, tenant, kind, key, id LIMIT ?',
      momentOf(now),
      limit,
    )
    .map(bodyOf<Timer>)
}

// What waits longest for one destination of one aggregate; nothing behind it may overtake it.
const firstOfEachLane = `SELECT position, attempts, not_before, not_before_moment, body FROM effect AS first
  WHERE state = 'waiting' AND NOT EXISTS (
    SELECT 1 FROM effect AS earlier WHERE earlier.state = 'waiting' AND earlier.tenant = first.tenant
    AND earlier.kind = first.kind AND earlier.key = first.key AND earlier.destination = first.destination
    AND earlier.position < first.position)`

/** Takes effects that may be delivered now, until `leaseUntil`. */
export function claimEffects(
  database: Database,
  { now, leaseUntil, limit, except = [] }: ClaimRequest,
): readonly ClaimedEffect[] {
  return database.transaction('lease', () => {
    const rows = database.all(
      `${firstOfEachLane} AND (not_before_moment IS NULL OR not_before_moment <= ?)
        AND NOT EXISTS (
          SELECT 1 FROM json_each(?) WHERE value ->> 0 = first.tenant AND value ->> 1 = first.destination)
        ORDER BY position LIMIT ?`,
      momentOf(now),
      JSON.stringify(except.map(({ tenant, destination }) => [tenant, destination])),
      limit,
    )
    for (const row of rows) {
      database.run(
        'UPDATE effect SET attempts = attempts + 1, not_before = ?, not_before_moment = ? WHERE position = ?',
        leaseUntil,
        momentOf(leaseUntil),
        numberOf(row, 'position'),
      )
    }
    return rows.map(claimedOf)
  })
}

function claimedOf(row: SqlRow): ClaimedEffect {
  return { ...bodyOf<Effect>(row), attempts: numberOf(row, 'attempts') + 1 }
}

/** The earliest instant at which a timer is due or an effect may be claimed again; null when nothing is to come. */
export function readNextDue(database: Database): string | null {
  const timer = database.get('SELECT body FROM timer ORDER BY due LIMIT 1')
  const dueAt = timer === undefined ? [] : [bodyOf<Timer>(timer).dueAt]
  const effects = database
    .all(firstOfEachLane)
    .map((row) => textOrNull(row, 'not_before') ?? bodyOf<Effect>(row).decidedAt)
  return [...dueAt, ...effects].toSorted((a, b) => momentOf(a) - momentOf(b))[0] ?? null
}

/** The state an effect is in. */
export function effectStateOf(row: SqlRow): 'waiting' | 'delivered' | 'dead' | 'discarded' {
  const state = textOf(row, 'state')
  return state === 'waiting' || state === 'delivered' || state === 'dead' ? state : 'discarded'
}
