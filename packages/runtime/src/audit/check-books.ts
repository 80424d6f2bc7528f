import {
  AggregateReference,
  type AggregateState,
  type AuditEntry,
  type DomainEvent,
  hashOf,
} from '@counterfoil/core'
import {
  auditEventBreak,
  type AuditHead,
  auditLinkBreak,
  type AuditKey,
  checkHeads,
  type PurgedChain,
  purgedChainOf,
  type VerifySignature,
} from '@counterfoil/core/audit'
import { aggregateText } from '../store/aggregate-text.ts'
import { isTombstone } from '../retention/tombstone.ts'
import { pagesOf, readAll } from '../store/pages-of.ts'
import type { Store } from '../store/store.ts'
import { readHeads } from './export-audit.ts'

/** What a check of books is made against. */
export type BooksCheckRequest = {
  readonly tenant: string
  readonly verify: VerifySignature
  /** Public keys as known elsewhere; without them, those in the books are taken at their word. */
  readonly keys?: readonly AuditKey[] | undefined
  /** Hashes of heads kept elsewhere, each of which has to be among the heads. */
  readonly knownHeads?: readonly string[] | undefined
  /** Faults told at most; 20 unless said otherwise. */
  readonly faultsMax?: number | undefined
}

/** What was found in the books of a tenant. */
export type BooksVerdict = {
  readonly chains: number
  readonly entries: number
  readonly heads: number
  /** Entries that no head speaks of yet. */
  readonly unsigned: number
  /** Entries of earlier releases, which do not hold what was derived. */
  readonly withoutEventHash: number
  /** Chains that were purged, as the log says, each with the archive it is in. */
  readonly purged: readonly PurgedChain[]
  readonly keys: readonly AuditKey[]
  /** How many things are wrong, and the first of them in words. */
  readonly broken: number
  readonly faults: readonly string[]
}

const chainsAtOnce = 50
const faultsMaxDefault = 20

/**
 * Reads the books of a tenant and holds what is stored against the audit log: each chain is whole, each event is the one its
 * entry was written about, each state stands at the end of its chain, and the signed heads speak of these chains. Reads
 * only, and of a few aggregates at a time; others may write meanwhile. What is
 * purged while it reads may be told as a fault: check again.
 */
export async function checkBooks(store: Store, request: BooksCheckRequest): Promise<BooksVerdict> {
  const { tenant, faultsMax = faultsMaxDefault } = request
  // Heads first: they speak of no more than is read after them.
  const { heads, keys } = await readHeads(store, tenant)
  const check = checkHeads(tenant, request.keys ?? keys, { verify: request.verify })
  const found = { broken: 0, faults: [] as string[], withoutEventHash: 0 }
  const tell = (sentence: string): void => {
    found.broken += 1
    if (found.faults.length < faultsMax) found.faults.push(sentence)
  }
  for await (const chains of chainsOf(store, tenant)) {
    const stored = await readStored(store, tenant, chains)
    for (const chain of chains) {
      for (const entry of chain.entries) {
        check.takeEntry(entry)
        const isAboutEvent = purgedChainOf(entry) === null
        if (isAboutEvent && entry.eventHash === undefined) found.withoutEventHash += 1
      }
      for (const sentence of faultsOf(chain, stored)) tell(sentence)
    }
  }
  for (const head of heads) {
    const fault = await check.takeHead(head)
    if (fault === null) continue
    tell(fault.sentence)
    break
  }
  const purged = check.purged()
  const purgeFault = check.purgeFault()
  if (purgeFault !== null) tell(purgeFault.sentence)
  for await (const sentence of leftovers(store, tenant, purged)) tell(sentence)
  for (const hash of missingHeads(heads, request.knownHeads ?? [])) {
    tell(`no head has the hash ${hash}, which is known elsewhere`)
  }
  const counts = check.counts()
  const purgedEntries = purged.reduce((sum, { sequence }) => sum + sequence, 0)
  const unsigned = counts.entries + purgedEntries - (heads.at(-1)?.entries ?? 0)
  if (unsigned < 0) tell(`the last head speaks of ${-unsigned} entries more than there are`)
  return { ...counts, ...found, heads: heads.length, unsigned: Math.max(unsigned, 0), purged, keys }
}

/** The entries of one aggregate. `reference` is null where nothing can have that name. */
type Chain = {
  readonly aggregate: string
  readonly reference: AggregateReference | null
  readonly entries: readonly AuditEntry[]
}

/** Whole chains, some at a time: a store lists entries by aggregate. */
async function* chainsOf(store: Store, tenant: string): AsyncGenerator<readonly Chain[]> {
  let chains: (Chain & { readonly entries: AuditEntry[] })[] = []
  for await (const page of pagesOf((request) => store.audit({ tenant, ...request }))) {
    for (const entry of page) {
      const last = chains.at(-1)
      if (last?.aggregate === entry.aggregate) {
        last.entries.push(entry)
        continue
      }
      if (chains.length === chainsAtOnce) {
        yield chains
        chains = []
      }
      chains.push({ ...namedBy(entry), entries: [entry] })
    }
  }
  yield chains
}

/** What is left of purged aggregates beside their tombstones, or stands where their tombstones belong. */
async function* leftovers(
  store: Store,
  tenant: string,
  purged: readonly PurgedChain[],
): AsyncGenerator<string> {
  for (const { aggregate, archive } of purged) {
    const { reference } = namedBy({ aggregate })
    if (reference === null) continue
    const [loaded] = await store.load([{ tenant, reference, messageIds: [] }])
    const state = loaded?.state ?? null
    if (!isTombstone(state) || state.purged.archive !== archive) {
      yield `\`${aggregate}\` was purged, as the log says, and its tombstone is not there`
    }
    const { rows } = await store.events({ tenant, aggregates: [reference], limit: 1 })
    if (rows.length > 0) yield `\`${aggregate}\` was purged, as the log says, and has events`
  }
}

function namedBy({ aggregate }: Pick<AuditEntry, 'aggregate'>): Omit<Chain, 'entries'> {
  const colon = aggregate.indexOf(':')
  const named = { kind: aggregate.slice(0, colon), key: aggregate.slice(colon + 1) }
  return { aggregate, reference: AggregateReference.safeParse(named).data ?? null }
}

/** What is stored of aggregates, by their names. */
type Stored = {
  readonly events: ReadonlyMap<string, readonly DomainEvent[]>
  readonly states: ReadonlyMap<string, AggregateState | null>
}

async function readStored(store: Store, tenant: string, chains: readonly Chain[]): Promise<Stored> {
  const aggregates = chains.flatMap(({ reference }) => (reference === null ? [] : [reference]))
  if (aggregates.length === 0) return { events: new Map(), states: new Map() }
  const events = await readAll((page) => store.events({ tenant, aggregates, ...page }))
  const loaded = await store.load(
    aggregates.map((reference) => ({ tenant, reference, messageIds: [] })),
  )
  return {
    events: Map.groupBy(events, ({ aggregate }) => aggregateText(aggregate)),
    states: new Map(loaded.map(({ reference, state }) => [aggregateText(reference), state])),
  }
}

/** What is wrong with a chain and with what is stored of its aggregate. */
function* faultsOf({ aggregate, entries }: Chain, stored: Stored): Generator<string> {
  let previous: AuditEntry | null = null
  const events = new Map(
    (stored.events.get(aggregate) ?? []).map((event) => [event.sequence, event]),
  )
  for (const entry of entries) {
    const broken = auditLinkBreak(entry, previous)
    if (broken !== null) yield broken.sentence
    previous = entry
    // Entries of a purge are about no event.
    if (purgedChainOf(entry) !== null) continue
    const event = events.get(entry.sequence)
    const sentence =
      event === undefined
        ? `event ${entry.sequence} of \`${aggregate}\`, which an audit entry is about, is missing`
        : auditEventBreak(entry, event)
    if (sentence !== null) yield sentence
  }
  if (entries.every((entry) => purgedChainOf(entry) !== null)) return
  const state = stored.states.get(aggregate) ?? null
  const end = entries[(state?.sequence ?? 0) - 1]
  if (state !== null && state.sequence <= entries.length && events.size > entries.length) {
    yield `${events.size} events of \`${aggregate}\` are stored, and ${entries.length} audit entries`
  }
  const isBehind = state === null || state.sequence < entries.length
  if (isBehind || (end !== undefined && end.hash !== state.auditHead)) {
    yield `the state of \`${aggregate}\` does not stand at the end of its audit chain`
  }
}

function missingHeads(heads: readonly AuditHead[], known: readonly string[]): readonly string[] {
  const hashes = new Set<string>(heads.map((head) => hashOf(head)))
  return known.filter((hash) => !hashes.has(hash))
}
