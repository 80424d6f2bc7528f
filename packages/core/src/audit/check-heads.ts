import type { Sha256 } from '../hash/content-hash.ts'
import { hashOf } from '../hash/content-hash.ts'
import type { AuditEntry } from './audit-entry.ts'
import type { AuditHead } from './audit-head.ts'
import { type AuditKey, signatureFault } from './audit-signature.ts'
import { checkPurges, type PurgeCheck } from './check-purges.ts'
import type { PurgedChain } from './purged-chain.ts'
import type { AuditCheckOptions } from './verify-audit-export.ts'

/** What is wrong: a code for programs and a sentence for people. */
export type AuditFault = {
  readonly reason:
    | 'not-canonical'
    | 'not-expected'
    | 'out-of-order'
    | 'hash-differs'
    | 'previous-hash-differs'
    | 'sequence-gap'
    | 'head-gap'
    | 'end-differs'
    | 'count-differs'
    | 'signature-differs'
    | 'not-under-a-head'
    | 'seal-differs'
    | 'head-missing'
    | 'cut-off'
    | 'purge-differs'
    | 'archive-differs'
  readonly sentence: string
}

/** Heads checked one after the other, against the entries told before. */
export type HeadCheck = {
  /** Takes an entry whose own chain was found whole. */
  readonly takeEntry: (entry: AuditEntry) => void
  /** Checks the next head, and goes on from it where nothing is wrong. */
  readonly takeHead: (head: AuditHead) => Promise<AuditFault | null>
  /** Whether the last head speaks of every entry, and every head kept elsewhere was seen. */
  readonly end: (knownHeads: readonly string[]) => AuditFault | null
  readonly lastHead: () => Sha256 | null
  readonly counts: () => {
    readonly entries: number
    readonly chains: number
    readonly heads: number
  }
  /** The chains that the entries say were purged. */
  readonly purged: () => readonly PurgedChain[]
  /** Whether they are gone, ended as the heads know, and are in the archives at hand; part of `end`. */
  readonly purgeFault: () => AuditFault | null
}

/** Begins a check of a tenant's heads. Chains that were purged are looked for in `archives`. */
export function checkHeads(
  tenant: string,
  keys: readonly AuditKey[],
  { verify, archives = [] }: Pick<AuditCheckOptions, 'verify' | 'archives'>,
): HeadCheck {
  const hashes = new Map<string, string[]>()
  const purges = checkPurges(tenant, archives)
  const covered = new Map<string, number>()
  const seen = new Set<string>()
  let entries = 0
  let coveredEntries = 0
  let previous: AuditHead | null = null
  let lastHead: Sha256 | null = null

  const takeHead = async (head: AuditHead): Promise<AuditFault | null> => {
    const fault =
      linkFault(head, tenant, previous, lastHead) ??
      endFault(head, { hashes, isPurgedEnd: purges.isEnd, covered, coveredEntries })
    if (fault !== null) return fault
    const unsigned = await signatureFault(head, keys, verify)
    if (unsigned !== null)
      return { reason: 'signature-differs', sentence: `head ${head.number} ${unsigned}` }
    for (const { aggregate, sequence } of head.grown) covered.set(aggregate, sequence)
    coveredEntries = head.entries
    previous = head
    lastHead = hashOf(head)
    seen.add(lastHead)
    return null
  }

  const purgeFault = (): AuditFault | null => purges.end(hashes, covered)

  return {
    takeHead,
    takeEntry: (entry) => {
      const { aggregate, hash } = entry
      const chain = hashes.get(aggregate)
      if (chain === undefined) hashes.set(aggregate, [hash])
      else chain.push(hash)
      entries += 1
      purges.takeEntry(entry)
    },
    end: (knownHeads) => {
      const there = entries + purges.entries()
      if (coveredEntries !== there) {
        return {
          reason: 'not-under-a-head',
          sentence: `the last head speaks of ${coveredEntries} entries and there are ${there}: a head was taken out, or entries were added`,
        }
      }
      const fault = purgeFault()
      if (fault !== null) return fault
      const missing = knownHeads.find((hash) => !seen.has(hash))
      return missing === undefined
        ? null
        : {
            reason: 'head-missing',
            sentence: `no head has the hash ${missing}, which is known elsewhere`,
          }
    },
    lastHead: () => lastHead,
    counts: () => ({ entries, chains: hashes.size, heads: seen.size }),
    purged: purges.chains,
    purgeFault,
  }
}

function linkFault(
  head: AuditHead,
  tenant: string,
  previous: AuditHead | null,
  lastHead: string | null,
): AuditFault | null {
  const number = (previous?.number ?? 0) + 1
  if (head.number !== number) {
    return {
      reason: 'head-gap',
      sentence: `head ${head.number} stands where head ${number} belongs`,
    }
  }
  if (head.tenant !== tenant) {
    return {
      reason: 'not-expected',
      sentence: `head ${number} is of the tenant \`${head.tenant}\`, not of \`${tenant}\``,
    }
  }
  if (head.previousHead !== lastHead) {
    return {
      reason: 'head-gap',
      sentence: `head ${number} does not name the hash of the head before it`,
    }
  }
  if (previous !== null && head.at < previous.at) {
    return { reason: 'out-of-order', sentence: `head ${number} is earlier than the head before it` }
  }
  return null
}

type Seen = {
  /** The hashes of each chain's entries. */
  readonly hashes: ReadonlyMap<string, readonly string[]>
  readonly isPurgedEnd: PurgeCheck['isEnd']
  /** Up to which entry earlier heads speak of each chain. */
  readonly covered: ReadonlyMap<string, number>
  readonly coveredEntries: number
}

/** Whether every chain a head names is there as it says, and its counts fit. */
function endFault(
  { number, grown, chains, entries }: AuditHead,
  { hashes, isPurgedEnd, covered, coveredEntries }: Seen,
): AuditFault | null {
  let newChains = 0
  let newEntries = 0
  let before: string | null = null
  for (const end of grown) {
    const { aggregate, sequence, hash } = end
    if (before !== null && aggregate <= before) {
      return {
        reason: 'out-of-order',
        sentence: `head ${number} names \`${aggregate}\` out of its order`,
      }
    }
    const from = covered.get(aggregate) ?? 0
    const isThere = hashes.get(aggregate)?.[sequence - 1] === hash || isPurgedEnd(end)
    if (sequence <= from || !isThere) {
      return {
        reason: 'end-differs',
        sentence: `head ${number} says that the chain of \`${aggregate}\` grew to entry ${sequence} with the hash ${hash}, and it did not: entries are missing or were replaced`,
      }
    }
    newChains += from === 0 ? 1 : 0
    newEntries += sequence - from
    before = aggregate
  }
  if (chains === covered.size + newChains && entries === coveredEntries + newEntries) return null
  return {
    reason: 'count-differs',
    sentence: `head ${number} counts ${entries} entries in ${chains} chains, and there are ${coveredEntries + newEntries} in ${covered.size + newChains}`,
  }
}
