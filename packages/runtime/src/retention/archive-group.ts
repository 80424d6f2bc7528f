import {
  type AggregateReference,
  type AggregateState,
  type AuditEntry,
  CounterfoilError,
  type DomainEvent,
  TradeDocument,
} from '@counterfoil/core'
import { readAll } from '../store/pages-of.ts'
import type { DeadLetter } from '../dispatch/dead-letter.ts'
import { contentHashOf, knownDocumentKey } from '../receive/known-document-key.ts'
import { aggregateText } from '../store/aggregate-text.ts'
import type { OriginalText } from '../store/people-ledger.ts'
import type { Store } from '../store/store.ts'
import { readChain } from './stored-chain.ts'

/** Everything of one aggregate that goes into an archive, and where its chain ends. */
export type AggregateToArchive = {
  readonly reference: AggregateReference
  readonly state: AggregateState
  readonly end: AuditEntry
  readonly deadLetters: readonly DeadLetter[]
  readonly originals: readonly OriginalText[]
  /** The lines, in the order in which an archive has them. */
  readonly lines: readonly object[]
}

/**
 * Reads what is archived of an aggregate: `nothing` of one to which nothing ever happened or that was purged, and `moved` where
 * something happened to it meanwhile. Throws `AUDIT_CHAIN_BROKEN` where its chain does not lead to its state: then somebody has
 * to look before anything is taken out.
 */
export async function readToArchive(
  store: Store,
  { tenant, reference }: { readonly tenant: string; readonly reference: AggregateReference },
  letters: readonly DeadLetter[],
): Promise<AggregateToArchive | 'nothing' | 'moved'> {
  const chain = await readChain(store, { tenant, reference })
  if (chain === 'nothing' || chain === 'moved') return chain
  const { state, events, entries, broken } = chain
  const end = entries.at(-1)
  const aggregate = aggregateText(reference)
  if (broken !== null || end === undefined) {
    throw new CounterfoilError(
      'AUDIT_CHAIN_BROKEN',
      `cannot archive \`${aggregate}\`: ${broken ?? 'it has no audit entries'}; check the books`,
    )
  }
  const effects = await readAll((page) => store.effects({ tenant, aggregate: reference, ...page }))
  const linked = await store.linked({ tenant, reference })
  const deadLetters = letters.filter((one) => isAbout(one, aggregate))
  const originals = await originalsOf(store, tenant, events)
  const header = {
    kind: 'aggregate',
    aggregate,
    entries: entries.length,
    events: events.length,
    state,
    linked: linked.map(aggregateText),
  }
  const records = (kind: string, all: readonly object[]) => all.map((record) => ({ kind, record }))
  const lines = [
    header,
    ...entries,
    ...records('event', events),
    ...records('effect', effects),
    ...records('dead-letter', deadLetters),
    ...records('original', originals),
  ]
  return { reference, state, end, deadLetters, originals, lines }
}

const isAbout = ({ content }: DeadLetter, aggregate: string): boolean =>
  aggregateText(
    content.kind === 'effect' ? content.effect.aggregate : content.message.aggregate,
  ) === aggregate

/** The texts that its documents came as. */
async function originalsOf(
  store: Store,
  tenant: string,
  events: readonly DomainEvent[],
): Promise<readonly OriginalText[]> {
  const deliveryKeys = new Set<string>()
  for (const { data } of events) {
    const document = TradeDocument.safeParse(data['document']).data
    if (document === undefined) continue
    const contentHash = contentHashOf(document)
    const known = await store.documents({ tenant, documentKey: knownDocumentKey(document) })
    for (const one of known) {
      const isIt = one.revision === document.revision && one.contentHash === contentHash
      if (isIt) deliveryKeys.add(one.deliveryKey)
    }
  }
  if (deliveryKeys.size === 0) return []
  return readAll((page) => store.originals({ tenant, deliveryKeys: [...deliveryKeys], ...page }))
}
