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

function storeResult(database: Database, result: EffectResult): void {
  const { tenant, key, at } = result
  const settle = (columns: string, ...values: (string | null)[]): void =>
    database.run(
      `UPDATE effect SET not_before = NULL, not_before_moment = NULL, ${columns} WHERE tenant = ? AND id = ?`,
      ...values,
      tenant,
      key,
    )
  switch (result.kind) {
    case 'delivered':
      return settle(
        "state = 'delivered', settled_at = ?, connector = ?, reference = ?, sentence = NULL",
        at,
        result.connector,
        result.reference,
      )
    case 'dead':
    case 'discarded':
      return settle('state = ?, settled_at = ?, sentence = ?', result.kind, at, result.sentence)
    case 'redrive':
      return settle("state = 'waiting', attempts = 0, settled_at = NULL")
    case 'retry':
      return database.run(
        'UPDATE effect SET not_before = ?, not_before_moment = ?, sentence = ? WHERE tenant = ? AND id = ?',
        result.notBefore,
        momentOf(result.notBefore),
        result.sentence,
        tenant,
        key,
      )
  }
}
