import type { Sha256 } from '../hash/content-hash.ts'
import { hashOf } from '../hash/content-hash.ts'
import type { AuditEntry } from './audit-entry.ts'
import type { AuditHead } from './audit-head.ts'
import { type AuditKey, signatureFault, type VerifySignature } from './audit-signature.ts'

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
}

/** Begins a check of a tenant's heads. */
export function checkHeads(
  tenant: string,
  keys: readonly AuditKey[],
  verify: VerifySignature,
): HeadCheck {
  const hashes = new Map<string, string[]>()
  const covered = new Map<string, number>()
  const seen = new Set<string>()
  let entries = 0
  let coveredEntries = 0
  let previous: AuditHead | null = null
  let lastHead: Sha256 | null = null

  const takeHead = async (head: AuditHead): Promise<AuditFault | null> => {
    const fault =
      linkFault(head, tenant, previous, lastHead) ??
      endFault(head, { hashes, covered, coveredEntries })
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

  return {
    takeHead,
    takeEntry: ({ aggregate, hash }) => {
      const chain = hashes.get(aggregate)
      if (chain === undefined) hashes.set(aggregate, [hash])
      else chain.push(hash)
      entries += 1
    },
    end: (knownHeads) => {
      if (coveredEntries !== entries) {
        return {
          reason: 'not-under-a-head',
          sentence: `the last head speaks of ${coveredEntries} entries and there are ${entries}: a head was taken out, or entries were added`,
        }
      }
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
  /** Up to which entry earlier heads speak of each chain. */
  readonly covered: ReadonlyMap<string, number>
  readonly coveredEntries: number
}

/** Whether every chain a head names is there as it says, and its counts fit. */
function endFault(
  { number, grown, chains, entries }: AuditHead,
  { hashes, covered, coveredEntries }: Seen,
): AuditFault | null {
  let newChains = 0
  let newEntries = 0
  let before: string | null = null
  for (const { aggregate, sequence, hash } of grown) {
    if (before !== null && aggregate <= before) {
      return {
        reason: 'out-of-order',
        sentence: `head ${number} names \`${aggregate}\` out of its order`,
      }
    }
    const from = covered.get(aggregate) ?? 0
    if (sequence <= from || hashes.get(aggregate)?.[sequence - 1] !== hash) {
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
