import { type AggregateReference, type AggregateState, joinKey } from '@counterfoil/core'
import type { AggregateChange, RecentStates } from '@counterfoil/runtime'
import { type Query, statement } from './connections.ts'
import { asText, bodyOf, type SqlRow, textOrNull } from './stored.ts'

/** The number of the transaction under way, as the rows it writes carry it. */
export const askTransaction: Query = statement('SELECT pg_current_xact_id()::xid::text AS mark')

/**
 * The mark of the row of an aggregate: the transaction that wrote it (`xmin`), and the version it wrote. The database
 * compares it with the one asked with, so that a state is given from memory only where it is the one that is stored.
 */
export const markOfRow = "aggregate.xmin::text || ':' || aggregate.version"

/** The key states are kept by. */
export function recentKey(tenant: string, { kind, key }: AggregateReference): string {
  return joinKey([tenant, kind, key])
}

const lengths = new WeakMap<AggregateState, number>()

/** A state as it is stored; its length is remembered until it was kept. */
export function stateText(state: AggregateState): string {
  const text = asText(state)
  lengths.set(state, text.length)
  return text
}

/** Keeps the states that a transaction wrote, once it was committed. */
export function keepWritten(
  recent: RecentStates,
  changes: Iterable<AggregateChange>,
  transaction: string,
): void {
  for (const { tenant, reference, state } of changes) {
    const characters = lengths.get(state)
    if (characters === undefined) continue
    const mark = `${transaction}:${state.sequence}`
    recent.keep(recentKey(tenant, reference), { mark, state, characters })
  }
}

/** The state of a row, read anew where it was not asked for under the mark it has, and kept. */
export function keepRead(recent: RecentStates, key: string, row: SqlRow): AggregateState {
  const state = bodyOf<AggregateState>(row)
  const characters = String(row['body']).length
  recent.keep(key, { mark: textOrNull(row, 'mark') ?? '', state, characters })
  return state
}
