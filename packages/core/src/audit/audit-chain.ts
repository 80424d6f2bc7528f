import { hashOf } from '../hash/content-hash.ts'
import type { AuditEntry, AuditRecord } from './audit-entry.ts'

/** Where a chain stands: the number and hash of its last entry; 0 and null before the first. */
export type AuditChainEnd = {
  readonly aggregate: string
  readonly sequence: number
  readonly previousHash: string | null
}

/**
 * Chains new audit records on to what an aggregate already has: numbers go on from `sequence`, and each hash covers the
 * record, its number and the hash before it, so that no entry can be changed, moved or taken out unseen.
 */
export function chainAudit(records: readonly AuditRecord[], end: AuditChainEnd): AuditEntry[] {
  const entries: AuditEntry[] = []
  let previousHash = end.previousHash
  for (const [index, record] of records.entries()) {
    const unsigned = {
      ...record,
      aggregate: end.aggregate,
      sequence: end.sequence + index + 1,
      previousHash,
    }
    const hash = hashOf(unsigned)
    entries.push({ ...unsigned, hash })
    previousHash = hash
  }
  return entries
}

/** What is wrong with the first entry that breaks its chain. `index` counts from 0 in the list given. */
export type AuditBreak = {
  readonly index: number
  readonly aggregate: string
  readonly sequence: number
  readonly reason: 'hash-differs' | 'previous-hash-differs' | 'sequence-gap' | 'head-differs'
  readonly sentence: string
}

/**
 * Checks exported audit entries offline; null when nothing is broken. Entries of several aggregates may be mixed, each in
 * its own order. With `heads`, the last hash of each aggregate as known elsewhere, a chain cut off at its end is found too.
 */
export function verifyAuditChain(
  entries: readonly AuditEntry[],
  heads: Readonly<Record<string, string>> = {},
): AuditBreak | null {
  const ends = new Map<string, { readonly index: number; readonly entry: AuditEntry }>()
  for (const [index, entry] of entries.entries()) {
    const broken = auditLinkBreak(entry, ends.get(entry.aggregate)?.entry ?? null)
    if (broken !== null) {
      return { index, aggregate: entry.aggregate, sequence: entry.sequence, ...broken }
    }
    ends.set(entry.aggregate, { index, entry })
  }
  return headBreak(ends, heads, entries.length)
}

/** What is wrong between an entry and the one before it. */
export type AuditLinkBreak = {
  readonly reason: Exclude<AuditBreak['reason'], 'head-differs'>
  readonly sentence: string
}

/** Why an entry does not follow from the one before it in its chain; null where it does. */
export function auditLinkBreak(
  entry: AuditEntry,
  previous: AuditEntry | null,
): AuditLinkBreak | null {
  const expectedSequence = (previous?.sequence ?? 0) + 1
  if (entry.sequence !== expectedSequence) {
    return {
      reason: 'sequence-gap',
      sentence: `entry ${entry.sequence} of \`${entry.aggregate}\` stands where entry ${expectedSequence} belongs`,
    }
  }
  if (entry.previousHash !== (previous?.hash ?? null)) {
    return {
      reason: 'previous-hash-differs',
      sentence: `entry ${entry.sequence} of \`${entry.aggregate}\` does not name the hash of the entry before it`,
    }
  }
  const { hash, ...unsigned } = entry
  if (hashOf(unsigned) !== hash) {
    return {
      reason: 'hash-differs',
      sentence: `entry ${entry.sequence} of \`${entry.aggregate}\` was changed after it was written: its hash does not fit its content`,
    }
  }
  return null
}

function headBreak(
  ends: ReadonlyMap<string, { readonly index: number; readonly entry: AuditEntry }>,
  heads: Readonly<Record<string, string>>,
  count: number,
): AuditBreak | null {
  for (const [aggregate, head] of Object.entries(heads)) {
    const end = ends.get(aggregate)
    if (end?.entry.hash === head) continue
    const sequence = end?.entry.sequence ?? 0
    return {
      index: end?.index ?? count,
      aggregate,
      sequence,
      reason: 'head-differs',
      sentence: `the chain of \`${aggregate}\` ends at entry ${sequence}, which is not the end known elsewhere: entries are missing or were replaced`,
    }
  }
  return null
}
