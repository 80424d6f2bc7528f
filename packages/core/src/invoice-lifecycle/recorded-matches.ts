import { matchResultOf } from '../match/kept-match-result.ts'
import type { MatchResult } from '../match/match-result.ts'
import type { DomainEvent } from '../message/message.ts'
import { newInvoiceState, recordInvoiceEvent } from './decide-invoice.ts'
import { matchDocuments, type MatchDocuments } from './match-attempt.ts'

/** One match that was made: the documents it looked at, and what came of it. */
export type RecordedMatch = {
  readonly documents: MatchDocuments
  readonly result: MatchResult
}

/**
 * Every match of one invoice, from its stored events in their order: the documents as they stood at that moment, so that
 * the same match can be made again under other rules.
 */
export function recordedMatches(
  invoiceKey: string,
  events: readonly DomainEvent[],
): readonly RecordedMatch[] {
  const matches: RecordedMatch[] = []
  let state = newInvoiceState(invoiceKey)
  for (const event of events) {
    const documents =
      event.type === 'invoice.matched' ? matchDocuments(state.facts, event.receivedAt) : null
    state = recordInvoiceEvent(state, event)
    const kept = state.facts.match?.result
    if (documents !== null && kept !== undefined) {
      matches.push({ documents, result: matchResultOf(kept) })
    }
  }
  return matches
}
