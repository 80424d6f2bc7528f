import { hashOf } from '@counterfoil/core'
import {
  type AuditHead,
  type AuditKey,
  checkHeads,
  type PurgedChain,
  purgedChainOf,
  type VerifySignature,
} from '@counterfoil/core/audit'
import { isSameStamp } from '../machines/machine-stamp.ts'
import { purgeStamp } from '../retention/tombstone.ts'
import type { Store } from '../store/store.ts'
import { readHeads } from './export-audit.ts'
import { checkedChains } from './read-chains.ts'
import { stateFaults } from './state-faults.ts'

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

const faultsMaxDefault = 20
const readsMax = 3

/**
 * Reads the books of a tenant and holds what is stored against the audit log: each chain is whole, each event is the one its
 * entry was written about and each has one, each state stands at the end of its chain, each tombstone was left by a purge, and
 * the signed heads speak of these chains. Not checked: what a state says beside where it stands, lists, effects, deliveries,
 * documents, the register of invoices, and events of an aggregate that has neither state nor chain. Reads only, and of
 * a few aggregates at a time; others may write meanwhile. Where something is purged meanwhile it reads
 * again; of a purge that goes on for longer than three reads, something may be told as a fault.
 */
export async function checkBooks(store: Store, request: BooksCheckRequest): Promise<BooksVerdict> {
  for (let reads = 1; ; reads += 1) {
    const before = await countTombstones(store)
    const verdict = await checkOnce(store, request)
    if (verdict.broken === 0 || reads === readsMax) return verdict
    if ((await countTombstones(store)) === before) return verdict
  }
}

async function checkOnce(store: Store, request: BooksCheckRequest): Promise<BooksVerdict> {
  const { tenant, faultsMax = faultsMaxDefault } = request
  // Heads first: they speak of no more than is read after them.
  const { heads, keys } = await readHeads(store, tenant)
  const check = checkHeads(tenant, request.keys ?? keys, { verify: request.verify })
  const found = { broken: 0, faults: [] as string[], withoutEventHash: 0 }
  const tell = (sentence: string): void => {
    found.broken += 1
    if (found.faults.length < faultsMax) found.faults.push(sentence)
  }
  const chains = new Set<string>()
  for await (const { aggregate, entries, faults } of checkedChains(store, tenant)) {
    if (chains.has(aggregate)) tell(`the chain of \`${aggregate}\` stands in two places`)
    if (entries.length > 0) chains.add(aggregate)
    for (const entry of entries) {
      check.takeEntry(entry)
      const isAboutEvent = purgedChainOf(entry) === null
      if (isAboutEvent && entry.eventHash === undefined) found.withoutEventHash += 1
    }
    faults.forEach(tell)
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
  for await (const sentence of stateFaults(store, tenant, { chains, purged })) tell(sentence)
  for (const hash of missingHeads(heads, request.knownHeads ?? [])) {
    tell(`no head has the hash ${hash}, which is known elsewhere`)
  }
  const counts = check.counts()
  const purgedEntries = purged.reduce((sum, { sequence }) => sum + sequence, 0)
  const unsigned = counts.entries + purgedEntries - (heads.at(-1)?.entries ?? 0)
  if (unsigned < 0) tell(`the last head speaks of ${-unsigned} entries more than there are`)
  return { ...counts, ...found, heads: heads.length, unsigned: Math.max(unsigned, 0), purged, keys }
}

/** How much was purged, of all tenants. */
async function countTombstones(store: Store): Promise<number> {
  const counted = await store.machines()
  return counted
    .filter(({ machine }) => machine !== null && isSameStamp(machine, purgeStamp))
    .reduce((sum, { count }) => sum + count, 0)
}

function missingHeads(heads: readonly AuditHead[], known: readonly string[]): readonly string[] {
  const hashes = new Set<string>(heads.map((head) => hashOf(head)))
  return known.filter((hash) => !hashes.has(hash))
}
