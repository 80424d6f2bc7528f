import type {
  ClaimedEffect,
  ClaimRequest,
  Effect,
  QueuedMessage,
  Timer,
} from '@counterfoil/runtime'
import type { Query } from './connections.ts'
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

// What waits longest for one destination of one aggregate; nothing behind it may overtake it.
const firstOfItsLane = `first.state = 'waiting' AND NOT EXISTS (
    SELECT 1 FROM effect AS earlier WHERE earlier.state = 'waiting' AND earlier.tenant = first.tenant
    AND earlier.kind = first.kind AND earlier.key = first.key AND earlier.destination = first.destination
    AND earlier.position < first.position)`

/** Takes effects that may be delivered now, until `leaseUntil`. */
export function claimQuery(
  { shards, owned: mine }: OwnedShards,
  { now, leaseUntil, limit, except = [] }: ClaimRequest,
): WaitingQuery<readonly ClaimedEffect[]> {
  return {
    query: {
      sql: `UPDATE effect SET attempts = attempts + 1, not_before = $5, not_before_moment = $6
        WHERE state = 'waiting' AND (not_before_moment IS NULL OR not_before_moment <= $3)
        AND position IN (
          SELECT position FROM effect AS first WHERE ${firstOfItsLane} AND ${owned}
          AND (not_before_moment IS NULL OR not_before_moment <= $3)
          AND NOT EXISTS (
            SELECT 1 FROM unnest($7::text[], $8::text[]) AS full_one (tenant, destination)
            WHERE full_one.tenant = first.tenant AND full_one.destination = first.destination)
          ORDER BY position LIMIT $4)
        RETURNING position, attempts, body`,
      values: [
        shards,
        mine,
        momentOf(now),
        limit,
        storable(leaseUntil),
        momentOf(leaseUntil),
        except.map(({ tenant }) => storable(tenant)),
        except.map(({ destination }) => storable(destination)),
      ],
    },
    answerFrom: (rows) =>
      rows
        .toSorted((a, b) => numberOf(a, 'position') - numberOf(b, 'position'))
        .map((row) => ({ ...bodyOf<Effect>(row), attempts: numberOf(row, 'attempts') })),
  }
}

/** The earliest instant at which a timer is due or an effect may be claimed again; null when nothing is to come. */
export function nextDueQuery({ shards, owned: mine }: OwnedShards): WaitingQuery<string | null> {
  return {
    query: {
      sql: `(SELECT body ->> 'dueAt' AS at FROM timer WHERE ${owned} ORDER BY due LIMIT 1)
        UNION ALL
        (SELECT coalesce(not_before, body ->> 'decidedAt') AS at FROM effect AS first
         WHERE ${firstOfItsLane} AND ${owned})`,
      values: [shards, mine],
    },
    answerFrom: (rows) =>
      rows
        .flatMap((row) => textOrNull(row, 'at') ?? [])
        .toSorted((a, b) => momentOf(a) - momentOf(b))[0] ?? null,
  }
}
