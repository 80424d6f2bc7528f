import type { AggregateReference, AggregateState, AuditEntry, DomainEvent } from '@counterfoil/core'
import { auditEventBreak, auditLinkBreak } from '@counterfoil/core/audit'
import { auditOf, eventsOf } from '../machines/stored-events.ts'
import { aggregateText } from '../store/aggregate-text.ts'
import type { Store } from '../store/store.ts'
import { isTombstone } from './tombstone.ts'

/** The state of an aggregate with the events and audit entries that led to it. */
export type StoredChain = {
  readonly state: AggregateState
  readonly events: readonly DomainEvent[]
  readonly entries: readonly AuditEntry[]
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
): Promise<StoredChain | 'nothing' | 'moved'> {
  const standing = async (): Promise<AggregateState | null> =>
    (await store.load([{ tenant, reference, messageIds: [] }]))[0]?.state ?? null
  const state = await standing()
  if (state === null || isTombstone(state)) return 'nothing'
  const events = await eventsOf(store, { tenant, aggregates: [reference] })
  const entries = [...(await auditOf(store, { tenant, aggregate: reference })).values()].flat()
  if ((await standing())?.sequence !== state.sequence) return 'moved'
  const chain = { state, events, entries }
  return { ...chain, broken: breakOf(aggregateText(reference), chain) }
}

function breakOf(
  aggregate: string,
  { state, events, entries }: Omit<StoredChain, 'broken'>,
): string | null {
  if (entries.length !== state.sequence || events.length !== state.sequence) {
    return `${events.length} events and ${entries.length} audit entries of \`${aggregate}\` are stored, and its state is after ${state.sequence}`
  }
  for (const [index, entry] of entries.entries()) {
    const link = auditLinkBreak(entry, entries[index - 1] ?? null)
    if (link !== null) return link.sentence
    const event = events[index]
    const changed = event === undefined ? null : auditEventBreak(entry, event)
    if (changed !== null) return changed
  }
  return entries.at(-1)?.hash === state.auditHead
    ? null
    : `the state of \`${aggregate}\` does not stand at the end of its audit chain`
}
