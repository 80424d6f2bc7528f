import type {
  ClaimedEffect,
  ClaimRequest,
  Effect,
  QueuedMessage,
  Timer,
} from '@counterfoil/runtime'
import type { Query } from './connections.ts'
import { attemptsOf } from './known-facts.ts'
import { bodyOf, momentOf, numberOf, type SqlRow, storable, textOrNull } from './stored.ts'

/** A statement about background work, and what its answer means. */
export type WaitingQuery<Answer> = {
  readonly query: Query
  readonly answerFrom: (rows: readonly SqlRow[]) => Answer
}

/** The slots the work must belong to, as a condition on the first two placeholders: shards in all, and those owned. */
const owned = '(slot % $1) = ANY ($2::integer[])'

/** The shards in all, and which of them are asked for. */
export type OwnedShards = { readonly shards: number; readonly owned: readonly number[] }

/** The messages queued longest. */
export function queuedQuery(
  { shards, owned: mine }: OwnedShards,
  limit: number,
): WaitingQuery<readonly QueuedMessage[]> {
  return {
    query: {
      sql: `SELECT position, body FROM message WHERE status = 'queued' AND ${owned} ORDER BY position LIMIT $3`,
      values: [shards, mine, limit],
    },
    answerFrom: (rows) =>
      rows.map((row) => ({ position: numberOf(row, 'position'), message: bodyOf(row) })),
  }
}

/** Timers that are due, earliest first. */
export function dueTimersQuery(
  { shards, owned: mine }: OwnedShards,
  { now, limit }: { readonly now: string; readonly limit: number },
): WaitingQuery<readonly Timer[]> {
  return {
    query: {
      sql: `SELECT body FROM timer WHERE ${owned} AND due <= $3 ORDER BY due, tenant, kind, key, id LIMIT $4`,
      values: [shards, mine, momentOf(now), limit],
    },
    answerFrom: (rows) => rows.map(bodyOf<Timer>),
  }
}

// The first of its aggregate and destination that still waits; nothing behind it may overtake it.
const ready = "state = 'waiting' AND NOT behind"

// The destinations something may be taken for, one look at the index each, however much waits.
const lines = `line AS (
    (SELECT tenant, destination FROM effect WHERE ${ready} ORDER BY tenant, destination LIMIT 1)
    UNION ALL
    SELECT next.tenant, next.destination FROM line CROSS JOIN LATERAL (
      SELECT tenant, destination FROM effect
      WHERE ${ready} AND (tenant, destination) > (line.tenant, line.destination)
      ORDER BY tenant, destination LIMIT 1) AS next)`

const ofLine = `FROM effect WHERE ${ready} AND tenant = line.tenant AND destination = line.destination
  AND ${owned}`

// With the lease that is over now.
const isSuspect = '(leases_lost + leased::integer >= $10) AS suspect'
const nobodySuspected = { leasesLost: 2 ** 31 - 1, limit: 0 }

/** Takes effects that may be delivered now, until `leaseUntil`. */
export function claimQuery(
  { shards, owned: mine }: OwnedShards,
  {
    now,
    leaseUntil,
    waitsUntilMax,
    limit,
    destinationMax = limit,
    except = [],
    suspects = nobodySuspected,
  }: ClaimRequest,
): WaitingQuery<readonly ClaimedEffect[]> {
  // An array is made once. After IN, a plan from when next to nothing waited looks for the first ones anew for each effect.
  return {
    query: {
      sql: `WITH RECURSIVE ${lines}
        UPDATE effect SET attempts = attempts + 1, leases_lost = leases_lost + leased::integer, leased = true,
          not_before = $5, not_before_moment = $6
        WHERE ${ready}
        AND (not_before_moment IS NULL OR not_before_moment <= $3 OR not_before_moment > $9)
        AND position = ANY (ARRAY(
          SELECT position FROM (
           SELECT position, row_number() OVER (PARTITION BY tenant, destination ORDER BY position) AS place
           FROM (
            SELECT line.tenant, line.destination, due.position, due.suspect,
              row_number() OVER (PARTITION BY due.suspect ORDER BY due.position) AS nth
            FROM line CROSS JOIN LATERAL (
              (SELECT position, ${isSuspect} ${ofLine} AND not_before_moment IS NULL
               ORDER BY not_before_moment, position LIMIT $12)
              UNION ALL
              (SELECT position, ${isSuspect} ${ofLine} AND not_before_moment <= $3
               ORDER BY not_before_moment, position LIMIT $12)
              UNION ALL
              (SELECT position, ${isSuspect} ${ofLine} AND not_before_moment > $9
               ORDER BY not_before_moment, position LIMIT $12)) AS due
            WHERE NOT EXISTS (
              SELECT 1 FROM unnest($7::text[], $8::text[]) AS full_one (tenant, destination)
              WHERE full_one.tenant = line.tenant AND full_one.destination = line.destination)) AS found
           WHERE NOT suspect OR nth <= $11) AS allowed
          WHERE place <= $12
          ORDER BY position LIMIT $4))
        RETURNING position, attempts, attempts_failed, leases_lost, body`,
      values: [
        shards,
        mine,
        momentOf(now),
        limit,
        storable(leaseUntil),
        momentOf(leaseUntil),
        except.map(({ tenant }) => storable(tenant)),
        except.map(({ destination }) => storable(destination)),
        waitsUntilMax === undefined ? null : momentOf(waitsUntilMax),
        suspects.leasesLost,
        suspects.limit,
        Math.min(limit, destinationMax),
      ],
    },
    answerFrom: (rows) =>
      rows
        .toSorted((a, b) => numberOf(a, 'position') - numberOf(b, 'position'))
        .map((row) => ({ ...bodyOf<Effect>(row), ...attemptsOf(row) })),
  }
}

/** The earliest instant at which a timer is due or an effect may be claimed; null when nothing is to come. */
export function nextDueQuery({ shards, owned: mine }: OwnedShards): WaitingQuery<string | null> {
  return {
    query: {
      sql: `WITH RECURSIVE ${lines}
        (SELECT body ->> 'dueAt' AS at FROM timer WHERE ${owned} ORDER BY due LIMIT 1)
        UNION ALL
        (SELECT untimed.body ->> 'decidedAt' AS at FROM line CROSS JOIN LATERAL (
           SELECT position, body ${ofLine} AND not_before_moment IS NULL
           ORDER BY not_before_moment, position LIMIT 1) AS untimed
         ORDER BY untimed.position LIMIT 1)
        UNION ALL
        (SELECT timed.not_before AS at FROM line CROSS JOIN LATERAL (
           SELECT not_before ${ofLine} AND not_before_moment IS NOT NULL
           ORDER BY not_before_moment, position LIMIT 1) AS timed)`,
      values: [shards, mine],
    },
    answerFrom: (rows) =>
      rows
        .flatMap((row) => textOrNull(row, 'at') ?? [])
        .toSorted((a, b) => momentOf(a) - momentOf(b))[0] ?? null,
  }
}
