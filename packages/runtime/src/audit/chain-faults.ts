import type { AggregateState, AuditEntry, DomainEvent } from '@counterfoil/core'
import { auditEventBreak, auditLinkBreak, purgedChainOf } from '@counterfoil/core/audit'
import { isTombstone } from '../retention/tombstone.ts'

/** An audit chain and what is stored of its aggregate, all of one moment. */
export type StoredChain = {
  /** The name of the chain. */
  readonly aggregate: string
  readonly entries: readonly AuditEntry[]
  readonly events: readonly DomainEvent[]
  readonly state: AggregateState | null
}

/**
 * What is wrong with a chain and with what is stored of its aggregate, in words: each entry follows from the one before, each
 * event has its entry and each entry its event, and the state stands at the end of both.
 */
export function* chainFaults(chain: StoredChain): Generator<string> {
  const { aggregate, entries, state } = chain
  yield* eventFaults(chain)
  const isOfPurge = entries.length > 0 && entries.every((entry) => purgedChainOf(entry) !== null)
  const isPurged = entries.length === 0 && isTombstone(state)
  if (isOfPurge || isPurged) return
  const end = entries.at(-1)
  if (end === undefined) {
    if (state !== null) yield `\`${aggregate}\` has a state and no audit entry`
    return
  }
  if (state?.sequence !== entries.length || state.auditHead !== end.hash) {
    yield `the state of \`${aggregate}\` does not stand at the end of its audit chain`
  }
}

/** What is wrong with entries and events alone, wherever the state stands. */
export function* eventFaults({
  aggregate,
  entries,
  events,
}: Omit<StoredChain, 'state'>): Generator<string> {
  const byNumber = new Map(events.map((event) => [event.sequence, event]))
  const told = new Set<DomainEvent>()
  let previous: AuditEntry | null = null
  for (const entry of entries) {
    const broken = auditLinkBreak(entry, previous)
    if (broken !== null) yield broken.sentence
    previous = entry
    // Entries of a purge are about no event.
    if (purgedChainOf(entry) !== null) continue
    const event = byNumber.get(entry.sequence)
    if (event !== undefined) told.add(event)
    const sentence =
      event === undefined
        ? `event ${entry.sequence} of \`${aggregate}\`, which an audit entry is about, is missing`
        : auditEventBreak(entry, event)
    if (sentence !== null) yield sentence
  }
  if (events.some(({ sequence }, index) => sequence < (events[index - 1]?.sequence ?? 0))) {
    yield `the events of \`${aggregate}\` do not stand in the order of their numbers`
  }
  for (const event of events) {
    if (told.has(event)) continue
    yield `event ${event.sequence} of \`${aggregate}\`, \`${event.id}\`, has no audit entry`
  }
}
