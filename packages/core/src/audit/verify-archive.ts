import { hashOf, type Sha256 } from '../hash/content-hash.ts'
import {
  ArchivedAggregate,
  ArchivedRecord,
  ArchiveOpening,
  ArchiveSeal,
  contentAfter,
  noContent,
} from './archive.ts'
import { auditLinkBreak } from './audit-chain.ts'
import { AuditEntry } from './audit-entry.ts'
import { type AuditKey, signatureFault } from './audit-signature.ts'
import { areSorted, parseCanonical } from './canonical-line.ts'
import type { AuditFault } from './check-heads.ts'
import type { AuditCheckOptions } from './verify-audit-export.ts'

/** An archive that was found whole: its name, and the hashes of each of its chains. */
export type CheckedArchive = {
  readonly hash: string
  readonly tenant: string
  readonly chains: ReadonlyMap<string, readonly string[]>
}

/** What became of a check: the archive, or the first fault and its line from 1. */
export type ArchiveVerdict = {
  readonly archive: CheckedArchive | null
  readonly keys: readonly AuditKey[]
  readonly fault: (AuditFault & { readonly line: number }) | null
}

/** Checks an archive by itself, given its lines with their line feeds, and stops at the first that is wrong. */
export async function verifyArchive(
  lines: Iterable<string> | AsyncIterable<string>,
  options: Pick<AuditCheckOptions, 'verify' | 'keys'>,
): Promise<ArchiveVerdict> {
  const check = openArchiveCheck(options)
  let line = 0
  for await (const text of lines) {
    line += 1
    const fault = await check.line(text)
    if (fault !== null) return { archive: null, keys: check.keys(), fault: { line, ...fault } }
  }
  const archive = check.archive()
  const fault = archive === null ? { line: line + 1, ...cutOff } : null
  return { archive, keys: check.keys(), fault }
}

const cutOff: AuditFault = {
  reason: 'cut-off',
  sentence: 'the archive ends before its seal: lines are missing',
}

/** The aggregate whose records are being read. */
type Reading = {
  readonly header: ArchivedAggregate
  readonly entries: AuditEntry[]
  /** Those read so far, each of which is the one its entry was written about. */
  events: number
}

function openArchiveCheck(options: Pick<AuditCheckOptions, 'verify' | 'keys'>) {
  const chains = new Map<string, string[]>()
  let opening: ArchiveOpening | null = null
  let reading: Reading | null = null
  let lines = 0
  let content = noContent
  let sealed: Sha256 | null = null

  const takeHeader = (header: ArchivedAggregate): AuditFault | null => {
    const fault = endOf(reading)
    if (fault !== null) return fault
    if (chains.has(header.aggregate)) return outOfOrder(`\`${header.aggregate}\` stands twice`)
    reading = { header, entries: [], events: 0 }
    chains.set(header.aggregate, [])
    return null
  }

  const takeSeal = async (seal: ArchiveSeal, from: ArchiveOpening): Promise<AuditFault | null> => {
    const fault = endOf(reading)
    if (fault !== null) return fault
    if (seal.tenant !== from.tenant || seal.lines !== lines || seal.content !== content) {
      return {
        reason: 'seal-differs',
        sentence: 'the seal is of another archive, or lines of this one were changed',
      }
    }
    const unsigned = await signatureFault(seal, options.keys ?? from.keys, options.verify)
    if (unsigned !== null) return { reason: 'signature-differs', sentence: `the seal ${unsigned}` }
    sealed = hashOf(seal)
    return null
  }

  const takeLine = async (value: object): Promise<AuditFault | null> => {
    if (opening === null) {
      const parsed = ArchiveOpening.safeParse(value)
      if (!parsed.success || !areSorted(parsed.data.keys)) return notExpected('the opening')
      opening = parsed.data
      return null
    }
    switch (Reflect.get(value, 'kind')) {
      case 'aggregate': {
        const header = ArchivedAggregate.safeParse(value)
        return header.success ? takeHeader(header.data) : notExpected('an aggregate')
      }
      case 'seal': {
        const seal = ArchiveSeal.safeParse(value)
        return seal.success ? takeSeal(seal.data, opening) : notExpected('a seal')
      }
      case undefined: {
        const entry = AuditEntry.safeParse(value)
        if (!entry.success || reading === null) return notExpected('an audit entry')
        const fault = takeEntry(reading, entry.data)
        if (fault === null) chains.get(entry.data.aggregate)?.push(entry.data.hash)
        return fault
      }
      default: {
        const one = ArchivedRecord.safeParse(value)
        if (!one.success || reading === null) return notExpected('a record')
        return one.data.kind === 'event' ? takeEvent(reading, one.data.record) : null
      }
    }
  }

  return {
    line: async (text: string): Promise<AuditFault | null> => {
      const value = parseCanonical(text)
      if (value === undefined) {
        return {
          reason: 'not-canonical',
          sentence:
            'the line is not canonical JSON with a line feed behind it, as archives are written',
        }
      }
      if (sealed !== null) return outOfOrder('the seal is not the last line')
      const fault = await takeLine(value)
      lines += 1
      content = contentAfter(content, text)
      return fault
    },
    keys: (): readonly AuditKey[] => opening?.keys ?? [],
    archive: (): CheckedArchive | null =>
      sealed === null || opening === null ? null : { hash: sealed, tenant: opening.tenant, chains },
  }
}

function takeEntry(reading: Reading, entry: AuditEntry): AuditFault | null {
  const { aggregate } = reading.header
  if (entry.aggregate !== aggregate || reading.events > 0) {
    return outOfOrder(`an entry of \`${entry.aggregate}\` stands among what is of \`${aggregate}\``)
  }
  const fault = auditLinkBreak(entry, reading.entries.at(-1) ?? null)
  if (fault === null) reading.entries.push(entry)
  return fault
}

/** Each event has its entry, the one that was written about it. */
function takeEvent(reading: Reading, event: ArchivedRecord['record']): AuditFault | null {
  const { header, entries } = reading
  const entry = entries[reading.events]
  reading.events += 1
  if (entry === undefined || entry.eventId !== event['id']) {
    return outOfOrder(
      `event ${reading.events} of \`${header.aggregate}\` has no audit entry in its place`,
    )
  }
  const isIts =
    entry.eventHash === undefined
      ? hashOf([entry.event, entry.actor]) === hashOf([event['type'], event['actor']])
      : entry.eventHash === hashOf(event)
  return isIts
    ? null
    : {
        reason: 'hash-differs',
        sentence: `event \`${entry.eventId}\` of \`${header.aggregate}\` was changed after its audit entry was written`,
      }
}

function endOf(reading: Reading | null): AuditFault | null {
  if (reading === null) return null
  const { header, entries, events } = reading
  const isWhole =
    entries.length === header.entries && events === header.events && events === entries.length
  return isWhole
    ? null
    : { reason: 'cut-off', sentence: `entries or events of \`${header.aggregate}\` are missing` }
}

const outOfOrder = (sentence: string): AuditFault => ({ reason: 'out-of-order', sentence })

const notExpected = (what: string): AuditFault => ({
  reason: 'not-expected',
  sentence: `the line is not ${what} as archives have it`,
})
