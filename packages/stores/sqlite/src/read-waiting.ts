import type {
  ClaimedEffect,
  ClaimRequest,
  Effect,
  QueuedMessage,
  Timer,
} from '@counterfoil/runtime'
import type { SqlRow } from './connection.ts'
import type { Database } from './database.ts'
import { bodyOf, momentOf, numberOf, textOf } from './stored.ts'

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

// The first of its aggregate and destination that still waits; nothing behind it may overtake it.
const ready = "state = 'waiting' AND behind = 0"

const nobodySuspected = { leasesLost: Infinity, limit: 0 }

/** Takes effects that may be delivered now, until `leaseUntil`. */
export function claimEffects(
  database: Database,
  {
    now,
    leaseUntil,
    waitsUntilMax,
    limit,
    destinationMax = limit,
    except = [],
    suspects = nobodySuspected,
  }: ClaimRequest,
): readonly ClaimedEffect[] {
  const each = Math.min(limit, destinationMax)
  const due = {
    moment: momentOf(now),
    latest: waitsUntilMax === undefined ? null : momentOf(waitsUntilMax),
    limit: each,
  }
  const lease = momentOf(leaseUntil)
  return database.transaction('lease', () => {
    const lines = readyLines(database).filter(
      ({ tenant, destination }) =>
        !except.some((one) => one.tenant === tenant && one.destination === destination),
    )
    const found = lines.map((line) => readyIn(database, line, due))
    const left = inOrder(found.flat())
      .filter(({ lost }) => lost >= suspects.leasesLost)
      .slice(suspects.limit)
    const given = found.flatMap((ofLine) =>
      inOrder(ofLine.filter((one) => !left.includes(one))).slice(0, each),
    )
    return inOrder(given)
      .slice(0, limit)
      .flatMap(({ position }) =>
        database
          .all(
            `UPDATE effect SET attempts = attempts + 1, leases_lost = leases_lost + leased, leased = 1,
             not_before = ?, not_before_moment = ? WHERE position = ?
             RETURNING body, attempts, attempts_failed, leases_lost`,
            leaseUntil,
            lease,
            position,
          )
          .map(claimedOf),
      )
  })
}

function inOrder(ones: readonly Ready[]): readonly Ready[] {
  return ones.toSorted((a, b) => a.position - b.position)
}

type Line = { readonly tenant: string; readonly destination: string }

/** The destinations something may be taken for, one look at the index each, however much waits. */
function readyLines(database: Database): readonly Line[] {
  const lines: Line[] = []
  for (let next = lineAfter(database, null); next !== null; next = lineAfter(database, next)) {
    lines.push(next)
  }
  return lines
}

// Asked one column at a time: a comparison of two columns at once would go through all that waits for the last destination.
function lineAfter(database: Database, last: Line | null): Line | null {
  const select = `SELECT tenant, destination FROM effect WHERE ${ready}`
  const row =
    (last === null
      ? undefined
      : database.get(
          `${select} AND tenant = ? AND destination > ? ORDER BY destination LIMIT 1`,
          last.tenant,
          last.destination,
        )) ??
    database.get(
      `${select} AND tenant > ? ORDER BY tenant, destination LIMIT 1`,
      last?.tenant ?? '',
    )
  if (row === undefined) return null
  return { tenant: textOf(row, 'tenant'), destination: textOf(row, 'destination') }
}

/** One that may be taken, and how many leases it has lost with the one that is over now. */
type Ready = { readonly position: number; readonly lost: number }
const lost = 'leases_lost + leased AS lost'

function readyIn(
  database: Database,
  { tenant, destination }: Line,
  {
    moment,
    latest,
    limit,
  }: { readonly moment: number; readonly latest: number | null; readonly limit: number },
): readonly Ready[] {
  const ofLine = `FROM effect WHERE ${ready} AND tenant = ? AND destination = ?`
  return [
    ...database.all(
      `SELECT position, ${lost} ${ofLine} AND not_before_moment IS NULL ORDER BY position LIMIT ?`,
      tenant,
      destination,
      limit,
    ),
    ...database.all(
      `SELECT position, ${lost} ${ofLine} AND not_before_moment <= ? ORDER BY not_before_moment, position LIMIT ?`,
      tenant,
      destination,
      moment,
      limit,
    ),
    // Greater than null is nothing.
    ...database.all(
      `SELECT position, ${lost} ${ofLine} AND not_before_moment > ? ORDER BY not_before_moment, position LIMIT ?`,
      tenant,
      destination,
      latest,
      limit,
    ),
  ].map((row) => ({ position: numberOf(row, 'position'), lost: numberOf(row, 'lost') }))
}

function claimedOf(row: SqlRow): ClaimedEffect {
  return { ...bodyOf<Effect>(row), ...attemptsOf(row) }
}

/** The earliest instant at which a timer is due or an effect may be claimed; null when nothing is to come. */
export function readNextDue(database: Database): string | null {
  return database.transaction('read', () => {
    const timer = database.get('SELECT body FROM timer ORDER BY due LIMIT 1')
    const lines = readyLines(database)
    const untimed = lines
      .flatMap((line) => firstOf(database, line, 'not_before_moment IS NULL ORDER BY position'))
      .toSorted((a, b) => numberOf(a, 'position') - numberOf(b, 'position'))
      .slice(0, 1)
      .map((row) => bodyOf<Effect>(row).decidedAt)
    const timed = lines
      .flatMap((line) =>
        firstOf(
          database,
          line,
          'not_before_moment IS NOT NULL ORDER BY not_before_moment, position',
        ),
      )
      .map((row) => textOf(row, 'not_before'))
    const dueAt = timer === undefined ? [] : [bodyOf<Timer>(timer).dueAt]
    return [...dueAt, ...untimed, ...timed].toSorted((a, b) => momentOf(a) - momentOf(b))[0] ?? null
  })
}

function firstOf(
  database: Database,
  { tenant, destination }: Line,
  which: string,
): readonly SqlRow[] {
  return database.all(
    `SELECT * FROM effect WHERE ${ready} AND tenant = ? AND destination = ? AND ${which} LIMIT 1`,
    tenant,
    destination,
  )
}

/** How often an effect was taken, and what that came to. */
export function attemptsOf(
  row: SqlRow,
): Pick<ClaimedEffect, 'attempts' | 'attemptsFailed' | 'leasesLost'> {
  return {
    attempts: numberOf(row, 'attempts'),
    // Absent in books of an earlier release that are only read.
    attemptsFailed: Number(row['attempts_failed'] ?? 0),
    leasesLost: Number(row['leases_lost'] ?? 0),
  }
}

/** The state an effect is in. */
export function effectStateOf(row: SqlRow): 'waiting' | 'delivered' | 'dead' | 'discarded' {
  const state = textOf(row, 'state')
  return state === 'waiting' || state === 'delivered' || state === 'dead' ? state : 'discarded'
}
