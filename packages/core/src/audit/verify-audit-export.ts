import { hashOf } from '../hash/content-hash.ts'
import { auditLinkBreak } from './audit-chain.ts'
import { AuditEntry } from './audit-entry.ts'
import { AuditOpening, AuditSeal } from './audit-export.ts'
import { AuditHead } from './audit-head.ts'
import { type AuditKey, signatureFault, type VerifySignature } from './audit-signature.ts'
import { type AuditFault, checkHeads, type HeadCheck } from './check-heads.ts'
import { areSorted, parseCanonical } from './canonical-line.ts'
import type { PurgedChain } from './purged-chain.ts'
import type { CheckedArchive } from './verify-archive.ts'

/** What a check is made against, beside the export itself. */
export type AuditCheckOptions = {
  /** Whether a signature holds. */
  readonly verify: VerifySignature
  /** Public keys as known elsewhere; without them, those of the export are taken at their word. */
  readonly keys?: readonly AuditKey[] | undefined
  /** Hashes of heads kept elsewhere, each of which has to be among the heads. */
  readonly knownHeads?: readonly string[] | undefined
  /** Archives of what was purged, each of which was checked by itself: all of them, or none and then only ends are checked. */
  readonly archives?: readonly CheckedArchive[] | undefined
}

/** What was counted, and the public keys the export names. */
export type AuditCounts = {
  readonly entries: number
  readonly chains: number
  readonly heads: number
  readonly keys: readonly AuditKey[]
  /** Chains that are not there because they were purged, each with the archive it is in. */
  readonly purged: readonly PurgedChain[]
}

/** An export checked line by line; a line that is refused leaves the check where it was. */
export type AuditCheck = {
  /** Takes the next line with its line feed. */
  readonly line: (text: string) => Promise<AuditFault | null>
  /** Whether the export may end here. */
  readonly end: () => AuditFault | null
  readonly counts: () => AuditCounts
}

/** What became of a check: the first fault and its line from 1, and what was counted until then. */
export type AuditExportVerdict = AuditCounts & {
  readonly fault: (AuditFault & { readonly line: number }) | null
}

/** Checks the heads of a tenant, and the entries they speak of, as data; null where nothing is wrong. */
export async function verifyAuditHeads(
  {
    tenant,
    entries,
    heads,
    keys,
  }: {
    readonly tenant: string
    readonly entries: readonly AuditEntry[]
    readonly heads: readonly AuditHead[]
    readonly keys: readonly AuditKey[]
  },
  { verify, knownHeads = [], archives }: Omit<AuditCheckOptions, 'keys'>,
): Promise<AuditFault | null> {
  const check = checkHeads(tenant, keys, { verify, archives })
  const ends = new Map<string, AuditEntry>()
  for (const entry of entries) {
    const fault = auditLinkBreak(entry, ends.get(entry.aggregate) ?? null)
    if (fault !== null) return fault
    ends.set(entry.aggregate, entry)
    check.takeEntry(entry)
  }
  for (const head of heads) {
    const fault = await check.takeHead(head)
    if (fault !== null) return fault
  }
  return check.end(knownHeads)
}

/** Checks an export, given its lines with their line feeds, and stops at the first that is wrong. */
export async function verifyAuditExport(
  lines: Iterable<string>,
  options: AuditCheckOptions,
): Promise<AuditExportVerdict> {
  const check = openAuditCheck(options)
  let line = 0
  for (const text of lines) {
    line += 1
    const fault = await check.line(text)
    if (fault !== null) return { ...check.counts(), fault: { line, ...fault } }
  }
  const fault = check.end()
  return { ...check.counts(), fault: fault === null ? null : { line: line + 1, ...fault } }
}

/** Begins a check of an export, for those who read it line by line. */
export function openAuditCheck(options: AuditCheckOptions): AuditCheck {
  let opening: AuditOpening | null = null
  let heads: HeadCheck | null = null
  let lastEntry: AuditEntry | null = null
  let isSealed = false

  const takeEntry = (entry: AuditEntry, check: HeadCheck): AuditFault | null => {
    if (check.counts().heads > 0) return outOfOrder('an entry stands behind a head')
    const isSameChain = entry.aggregate === lastEntry?.aggregate
    if (lastEntry !== null && entry.aggregate < lastEntry.aggregate) {
      return outOfOrder(
        `the chain of \`${entry.aggregate}\` stands behind that of \`${lastEntry.aggregate}\``,
      )
    }
    const fault = auditLinkBreak(entry, isSameChain ? lastEntry : null)
    if (fault !== null) return fault
    check.takeEntry(entry)
    lastEntry = entry
    return null
  }

  const takeSeal = async (
    seal: AuditSeal,
    from: AuditOpening,
    check: HeadCheck,
  ): Promise<AuditFault | null> => {
    const isOurs =
      seal.tenant === from.tenant && seal.opening === hashOf(from) && seal.head === check.lastHead()
    if (!isOurs) {
      return {
        reason: 'seal-differs',
        sentence: 'the seal is of another export: it names another tenant, first line or last head',
      }
    }
    const unsigned = await signatureFault(seal, options.keys ?? from.keys, options.verify)
    if (unsigned !== null) return { reason: 'signature-differs', sentence: `the seal ${unsigned}` }
    const fault = check.end(options.knownHeads ?? [])
    isSealed = fault === null
    return fault
  }

  const line = async (text: string): Promise<AuditFault | null> => {
    const value = parseCanonical(text)
    if (value === undefined) {
      return {
        reason: 'not-canonical',
        sentence:
          'the line is not canonical JSON with a line feed behind it, as exports are written',
      }
    }
    if (isSealed) return outOfOrder('the seal is not the last line')
    if (opening === null || heads === null) {
      const parsed = AuditOpening.safeParse(value)
      if (!parsed.success || !areSorted(parsed.data.keys)) return notExpected('the opening')
      opening = parsed.data
      heads = checkHeads(opening.tenant, options.keys ?? opening.keys, options)
      return null
    }
    switch (Reflect.get(value, 'kind')) {
      case 'head': {
        const head = AuditHead.safeParse(value)
        return head.success ? heads.takeHead(head.data) : notExpected('a head')
      }
      case 'seal': {
        const seal = AuditSeal.safeParse(value)
        return seal.success ? takeSeal(seal.data, opening, heads) : notExpected('a seal')
      }
      default: {
        const entry = AuditEntry.safeParse(value)
        return entry.success ? takeEntry(entry.data, heads) : notExpected('an audit entry')
      }
    }
  }

  return {
    line,
    end: () =>
      isSealed
        ? null
        : { reason: 'cut-off', sentence: 'the export ends before its seal: lines are missing' },
    counts: () => ({
      ...(heads?.counts() ?? { entries: 0, chains: 0, heads: 0 }),
      keys: opening?.keys ?? [],
      purged: heads?.purged() ?? [],
    }),
  }
}

const outOfOrder = (sentence: string): AuditFault => ({ reason: 'out-of-order', sentence })

const notExpected = (what: string): AuditFault => ({
  reason: 'not-expected',
  sentence: `the line is not ${what} as exports have it`,
})
