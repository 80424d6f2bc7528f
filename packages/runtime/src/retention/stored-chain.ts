import type { AggregateReference, AggregateState } from '@counterfoil/core'
import { chainFaults, type StoredChain } from '../audit/chain-faults.ts'
import { auditOf, eventsOf } from '../machines/stored-events.ts'
import { aggregateText } from '../store/aggregate-text.ts'
import type { Store } from '../store/store.ts'
import { isTombstone } from './tombstone.ts'

/** A chain with the state it led to. */
export type ReadChain = StoredChain & {
  readonly state: AggregateState
  /** Why they do not lead to the state, in words; null where they do. */
  readonly broken: string | null
}

/**
 * Reads an aggregate's chain and holds it against what is stored: `nothing` of one to which nothing ever happened or that was
 * purged, and `moved` where something happened to it meanwhile.
 */
export async function readChain(
  store: Store,
  { tenant, reference }: { readonly tenant: string; readonly reference: AggregateReference },
): Promise<ReadChain | 'nothing' | 'moved'> {
  const standing = async (): Promise<AggregateState | null> =>
    (await store.load([{ tenant, reference, messageIds: [] }]))[0]?.state ?? null
  const state = await standing()
  if (state === null || isTombstone(state)) return 'nothing'
  const events = await eventsOf(store, { tenant, aggregates: [reference] })
  const entries = [...(await auditOf(store, { tenant, aggregate: reference })).values()].flat()
  if ((await standing())?.sequence !== state.sequence) return 'moved'
  const chain = { aggregate: aggregateText(reference), state, events, entries }
  const [broken = null] = chainFaults(chain)
  return { ...chain, broken }
}
