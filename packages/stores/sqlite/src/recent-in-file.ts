import { type AggregateReference, type AggregateState, joinKey } from '@counterfoil/core'
import type { RecentStates } from '@counterfoil/runtime'
import type { Database } from './database.ts'
import { bodyOf, ownerOf, textOf } from './stored.ts'

/** A state as it was written, and how long its text is. */
export type StoredText = {
  readonly tenant: string
  readonly reference: AggregateReference
  readonly state: AggregateState
  readonly characters: number
}

/**
 * What the file is by now, to be asked within a transaction: SQLite counts on whenever another connection committed, and
 * stays for commits of this one. So a state kept under it is what is stored, as long as this connection keeps all it writes.
 */
export function markOf(database: Database): string {
  return String(database.get('PRAGMA data_version')?.['data_version'])
}

/** The state of an aggregate, from memory where it is still what is stored; null for one nobody knows. */
export function readState(
  database: Database,
  recent: RecentStates,
  {
    tenant,
    reference,
    mark,
  }: { readonly tenant: string; readonly reference: AggregateReference; readonly mark: string },
): AggregateState | null {
  const owner = ownerOf(tenant, reference)
  const key = joinKey(owner)
  const known = recent.find(key)
  if (known?.mark === mark) return known.state
  const row = database.get(
    'SELECT body FROM aggregate WHERE tenant = ? AND kind = ? AND key = ?',
    ...owner,
  )
  if (row === undefined) return null
  const state = bodyOf<AggregateState>(row)
  recent.keep(key, { mark, state, characters: textOf(row, 'body').length })
  return state
}

/** Keeps the states that were committed under a mark. */
export function keepStates(
  recent: RecentStates,
  stored: readonly StoredText[],
  mark: string,
): void {
  for (const { tenant, reference, state, characters } of stored) {
    recent.keep(joinKey(ownerOf(tenant, reference)), { mark, state, characters })
  }
}
