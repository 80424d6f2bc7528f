import { AggregateReference, type AuditEntry, hashOf } from '@counterfoil/core'
import {
  type AuditHead,
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
import { chainFaults, type StoredChain } from './chain-faults.ts'
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
  for await (const named of chainsOf(store, tenant)) {
    for (const chain of await readStored(store, tenant, named)) {
      for (const entry of chain.entries) {
        check.takeEntry(entry)
        const isAboutEvent = purgedChainOf(entry) === null
        if (isAboutEvent && entry.eventHash === undefined) found.withoutEventHash += 1
      }
      for (const sentence of chainFaults(chain)) tell(sentence)
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
type NamedChain = {
  readonly aggregate: string
  readonly reference: AggregateReference | null
  readonly entries: readonly AuditEntry[]
}

/** Whole chains, some at a time: a store lists entries by aggregate. */
async function* chainsOf(store: Store, tenant: string): AsyncGenerator<readonly NamedChain[]> {
  let chains: (NamedChain & { readonly entries: AuditEntry[] })[] = []
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

function namedBy({ aggregate }: Pick<AuditEntry, 'aggregate'>): Omit<NamedChain, 'entries'> {
  const colon = aggregate.indexOf(':')
  const named = { kind: aggregate.slice(0, colon), key: aggregate.slice(colon + 1) }
  return { aggregate, reference: AggregateReference.safeParse(named).data ?? null }
}

/** The chains with what is stored of their aggregates. One that is not whole is read again: something may have happened to it. */
async function readStored(
  store: Store,
  tenant: string,
  chains: readonly NamedChain[],
): Promise<readonly StoredChain[]> {
  const aggregates = chains.flatMap(({ reference }) => (reference === null ? [] : [reference]))
  const events =
    aggregates.length === 0
      ? []
      : await readAll((page) => store.events({ tenant, aggregates, ...page }))
  const loaded = await store.load(
    aggregates.map((reference) => ({ tenant, reference, messageIds: [] })),
  )
  const eventsByName = Map.groupBy(events, ({ aggregate }) => aggregateText(aggregate))
  const states = new Map(loaded.map(({ reference, state }) => [aggregateText(reference), state]))
  return Promise.all(
    chains.map(async ({ aggregate, reference, entries }): Promise<StoredChain> => {
      const state = states.get(aggregate) ?? null
      const chain = { aggregate, entries, events: eventsByName.get(aggregate) ?? [], state }
      const isWhole = chainFaults(chain).next().done === true
      return isWhole || reference === null ? chain : readChain(store, tenant, reference)
    }),
  )
}

const readsMax = 3

/** All that is stored of an aggregate, read anew where something happened to it meanwhile. */
async function readChain(
  store: Store,
  tenant: string,
  reference: AggregateReference,
): Promise<StoredChain> {
  const standing = async () =>
    (await store.load([{ tenant, reference, messageIds: [] }]))[0]?.state ?? null
  for (let reads = 1; ; reads += 1) {
    const state = await standing()
    const entries = await readAll((page) => store.audit({ tenant, aggregate: reference, ...page }))
    const events = await readAll((page) =>
      store.events({ tenant, aggregates: [reference], ...page }),
    )
    const isStill = (await standing())?.sequence === state?.sequence
    if (isStill || reads === readsMax) {
      return { aggregate: aggregateText(reference), entries, events, state }
    }
  }
}

function missingHeads(heads: readonly AuditHead[], known: readonly string[]): readonly string[] {
  const hashes = new Set<string>(heads.map((head) => hashOf(head)))
  return known.filter((hash) => !hashes.has(hash))
}
