import type { Commit, EffectResult } from '@counterfoil/runtime'
import type { NextPosition } from './commit-to-file.ts'
import type { Database } from './database.ts'
import { asText, momentOf, ownerOf } from './stored.ts'

/** Stores what is to be carried out outside, and what came of attempts at it. */
export function storeEffects(database: Database, commit: Commit, nextPosition: NextPosition): void {
  for (const effect of commit.effects ?? []) {
    const [tenant, kind, key] = ownerOf(effect.tenant, effect.aggregate)
    database.run(
      `INSERT INTO effect (position, tenant, id, kind, key, destination, state, attempts, body)
       VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, ?)`,
      nextPosition(),
      tenant,
      effect.key,
      kind,
      key,
      effect.destination,
      asText(effect),
    )
  }
  for (const result of commit.effectResults ?? []) storeResult(database, result)
}

// Two processes may have asked at once after a lease ran out: what was done stays done, whatever the slower one says.
const attempted = "state = 'waiting'"
const settledByPerson = "state IN ('waiting', 'dead')"

function storeResult(database: Database, result: EffectResult): void {
  const { tenant, key, at } = result
  const set = (columns: string, from: string, ...values: (string | number | null)[]): void =>
    database.run(
      `UPDATE effect SET ${columns} WHERE tenant = ? AND id = ? AND ${from}`,
      ...values,
      tenant,
      key,
    )
  const free = 'leased = 0, not_before = NULL, not_before_moment = NULL'
  switch (result.kind) {
    case 'delivered':
      return set(
        `${free}, state = 'delivered', settled_at = ?, connector = ?, reference = ?, sentence = NULL`,
        attempted,
        at,
        result.connector,
        result.reference,
      )
    case 'dead':
      return set(
        `${free}, state = 'dead', settled_at = ?, sentence = ?`,
        attempted,
        at,
        result.sentence,
      )
    case 'retry':
      return set(
        `leased = 0, not_before = ?, not_before_moment = ?, sentence = ?,
         attempts_failed = attempts_failed + 1, leases_lost = 0`,
        `${attempted} AND attempts = ${result.attempt}`,
        result.notBefore,
        momentOf(result.notBefore),
        result.sentence,
      )
    case 'given-back':
      return set(
        'leased = 0, not_before = ?, not_before_moment = ?',
        `${attempted} AND attempts = ${result.attempt}`,
        result.notBefore,
        momentOf(result.notBefore),
      )
    case 'discarded':
      return set(
        `${free}, state = 'discarded', settled_at = ?, sentence = ?`,
        settledByPerson,
        at,
        result.sentence,
      )
    case 'redrive':
      return set(
        `${free}, state = 'waiting', attempts_failed = 0, leases_lost = 0, settled_at = NULL`,
        settledByPerson,
      )
  }
}
