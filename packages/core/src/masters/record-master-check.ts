import { compareInstants, type Instant } from '../calendar/instant.ts'
import type { ExceptionCode } from '../exception/exception.ts'
import { hashOf } from '../hash/content-hash.ts'
import type { MasterCheck, MasterFinding } from './master-check.ts'

/** What the master says against the documents of one aggregate, by document. */
export type MasterFacts = {
  readonly [document: string]: {
    readonly asOf: Instant
    readonly findings: readonly MasterFinding[]
  }
}

/** Keeps what a check found: of one document the latest check counts. Look-ups stay with the message. */
export function recordMasterCheck(
  known: MasterFacts | undefined,
  check: MasterCheck | undefined,
): MasterFacts | undefined {
  if (check === undefined) return known
  const { document, asOf, findings } = check
  const before = known?.[document]
  if (before !== undefined && compareInstants(before.asOf, asOf) > 0) return known
  return { ...known, [document]: { asOf, findings } }
}

/** Every finding known, by document in the order of their names. */
export function masterFindings(
  known: MasterFacts | undefined,
): readonly (MasterFinding & { readonly document: string })[] {
  if (known === undefined) return []
  return Object.keys(known)
    .toSorted()
    .flatMap((document) =>
      (known[document]?.findings ?? []).map((finding) => ({ ...finding, document })),
    )
}

/** Findings that keep a document from being passed on. */
export function masterErrors(known: MasterFacts | undefined): ReturnType<typeof masterFindings> {
  return masterFindings(known).filter(({ severity }) => severity === 'error')
}

/** A case that findings call for: one for each document and code, as one person mends the master for all of them. */
export type WantedMasterCase = {
  readonly key: string
  readonly code: ExceptionCode
  /** The line, where it is about one only. */
  readonly line: string | null
  readonly sentence: string
}

/** The cases of what the master does not know, or keeps from being dealt with. */
export function masterCases(known: MasterFacts | undefined): readonly WantedMasterCase[] {
  const errors = masterErrors(known)
  if (errors.length === 0) return []
  const groups = Map.groupBy(
    errors,
    ({ document, rule }) => `${document}|${codeOf(rule, document)}`,
  )
  return [...groups].map(([group, findings]) => {
    const [first] = findings
    const told = findings.map(({ rule, line, sentence }) => [rule, line, sentence])
    const lines = new Set(findings.map(({ line }) => line))
    return {
      // More or other findings are another case; the same are opened once.
      key: `master/${group}/${hashOf(told).slice(0, 16)}`,
      code: codeOf(first?.rule ?? 'item-unknown', first?.document ?? ''),
      line: lines.size === 1 ? (first?.line ?? null) : null,
      sentence: `${group.slice(0, group.indexOf('|'))}: ${findings
        .map(({ sentence }) => sentence)
        .join('; ')}`.slice(0, 1000),
    }
  })
}

function codeOf(rule: MasterFinding['rule'], document: string): ExceptionCode {
  if (rule === 'supplier-blocked') return 'BLOCKED_SUPPLIER'
  // The goods are not here yet: the supplier can still say what its notice leaves out.
  if (isOfGoods(rule) && document.startsWith('ship-notice/')) return 'ASN_INCOMPLETE'
  if (rule === 'shelf-life-short') return 'RCV_EXPIRY'
  if (rule === 'lot-missing' || rule === 'serial-missing') return 'RCV_LOT_SERIAL'
  return 'MASTER_DATA_MISSING'
}

function isOfGoods(rule: MasterFinding['rule']): boolean {
  return rule === 'lot-missing' || rule === 'serial-missing' || rule === 'shelf-life-short'
}
