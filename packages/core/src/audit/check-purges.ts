import type { AuditEntry } from './audit-entry.ts'
import type { AuditEnd } from './audit-head.ts'
import type { AuditFault } from './check-heads.ts'
import { type PurgedChain, purgedChainOf } from './purged-chain.ts'
import type { CheckedArchive } from './verify-archive.ts'

/** The purges that entries tell of, checked against heads and archives. */
export type PurgeCheck = {
  readonly takeEntry: (entry: AuditEntry) => void
  /** Whether a chain was purged and may have stood there, as far as its end or its archive tells. */
  readonly isEnd: (end: AuditEnd) => boolean
  /** How many entries were purged. */
  readonly entries: () => number
  readonly chains: () => readonly PurgedChain[]
  /** Whether what was purged is gone, ended as the heads knew it, and is in the archives that are at hand. */
  readonly end: (
    hashes: ReadonlyMap<string, readonly string[]>,
    covered: ReadonlyMap<string, number>,
  ) => AuditFault | null
}

/** Begins a check of a tenant's purges. */
export function checkPurges(tenant: string, archives: readonly CheckedArchive[]): PurgeCheck {
  const purged: PurgedChain[] = []
  const byAggregate = new Map<string, PurgedChain>()
  const byHash = new Map(archives.map((archive) => [archive.hash, archive]))
  const archivedChain = ({ archive, aggregate }: PurgedChain): readonly string[] | undefined =>
    byHash.get(archive)?.chains.get(aggregate)

  return {
    takeEntry: (entry) => {
      const chain = purgedChainOf(entry)
      if (chain === null) return
      purged.push(chain)
      byAggregate.set(chain.aggregate, chain)
    },
    isEnd: ({ aggregate, sequence, hash }) => {
      const chain = byAggregate.get(aggregate)
      if (chain === undefined || sequence > chain.sequence) return false
      if (sequence === chain.sequence && hash !== chain.hash) return false
      const archived = archivedChain(chain)
      return archived === undefined || archived[sequence - 1] === hash
    },
    entries: () => purged.reduce((sum, { sequence }) => sum + sequence, 0),
    chains: () => purged,
    end: (hashes, covered) =>
      first(purged, (chain) => purgeFault(chain, { hashes, covered, byAggregate })) ??
      first(archives.length === 0 ? [] : purged, (chain) => {
        if (!byHash.has(chain.archive)) {
          return archiveFault(
            `the archive ${chain.archive}, into which \`${chain.aggregate}\` was purged, was not given: give all archives or none`,
          )
        }
        const archived = archivedChain(chain)
        const isWhole =
          archived?.length === chain.sequence && archived[chain.sequence - 1] === chain.hash
        return isWhole
          ? null
          : archiveFault(
              `the archive ${chain.archive} does not hold the chain of \`${chain.aggregate}\` that was purged into it`,
            )
      }) ??
      first(archives, (archive) => archiveOfOthers(archive, { tenant, purged })),
  }
}

function purgeFault(
  chain: PurgedChain,
  {
    hashes,
    covered,
    byAggregate,
  }: {
    readonly hashes: ReadonlyMap<string, readonly string[]>
    readonly covered: ReadonlyMap<string, number>
    readonly byAggregate: ReadonlyMap<string, PurgedChain>
  },
): AuditFault | null {
  const { aggregate, sequence } = chain
  const fault = (sentence: string): AuditFault => ({ reason: 'purge-differs', sentence })
  if (byAggregate.get(aggregate) !== chain) {
    return fault(`\`${aggregate}\` was purged twice, as the entries say`)
  }
  if (hashes.has(aggregate)) {
    return fault(`\`${aggregate}\` was purged, as an entry says, and its chain is there`)
  }
  return covered.get(aggregate) === sequence
    ? null
    : fault(
        `\`${aggregate}\` was purged with ${sequence} entries, as an entry says, and the heads speak of ${covered.get(aggregate) ?? 0}`,
      )
}

function archiveOfOthers(
  archive: CheckedArchive,
  { tenant, purged }: { readonly tenant: string; readonly purged: readonly PurgedChain[] },
): AuditFault | null {
  if (archive.tenant !== tenant) {
    return archiveFault(
      `the archive ${archive.hash} is of the tenant \`${archive.tenant}\`, not of \`${tenant}\``,
    )
  }
  return purged.some((chain) => chain.archive === archive.hash)
    ? null
    : archiveFault(`nothing was purged into the archive ${archive.hash}: it is of another run`)
}

const archiveFault = (sentence: string): AuditFault => ({ reason: 'archive-differs', sentence })

function first<One>(
  list: readonly One[],
  faultOf: (one: One) => AuditFault | null,
): AuditFault | null {
  for (const one of list) {
    const fault = faultOf(one)
    if (fault !== null) return fault
  }
  return null
}
