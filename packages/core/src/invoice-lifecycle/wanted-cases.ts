import { compareInstants, instant } from '../calendar/instant.ts'
import type { ExceptionCase, ExceptionCode } from '../exception/exception.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { canonicalJson } from '../hash/canonical-json.ts'
import { driftCases } from '../system-of-record/record-drift.ts'
import { isCrediting } from '../match/order-line-ledger.ts'
import {
  contradictingVersions,
  currentInvoice,
  currentVersion,
  isCorrectionOnly,
  isMatched,
  isSure,
  unlinkedLines,
} from './current-invoice.ts'
import { writeBackConflict } from './invoice-conflict.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { matchCases } from './match-cases.ts'
import { reversedReceipts } from './reversed-receipts.ts'
import { subjectOf, type WantedCase } from './wanted-case.ts'
import { dutyDoubts, standingDoubts } from './wanted-holds.ts'

/** Every case the facts call for now. */
export function wantedCases(facts: InvoiceFacts): WantedCase[] {
  if (facts.closing !== null) {
    return [...lateTextCases(facts), ...conflictCases(facts), ...refusedCreditCases(facts)]
  }
  return [
    ...extractionCases(facts),
    ...contradictionCases(facts),
    ...conflictCases(facts),
    ...matchCases(facts),
    ...linkingCases(facts),
    ...reversalCases(facts),
    ...supplierCases(facts),
    ...driftCases(facts.drift).map((one) => ownCase(facts, one)),
    ...overdueCases(facts),
    ...approvalCases(facts),
    ...dutyDoubts(facts).map((own) => ownCase(facts, { ...own, code: 'ITEM_AMOUNT_REVIEW' })),
  ]
}

/** Wanted cases that are not open yet and that nobody settled as they are. */
export function casesToOpen(facts: InvoiceFacts): WantedCase[] {
  return wantedCases(facts).filter((wanted) => {
    const known = facts.cases.filter((one) => facts.caseKeys[one.exceptionId] === wanted.key)
    return !known.some((one) => isOpenCase(one) || isSettledAsIs(one, wanted))
  })
}

/** Open cases whose reason is gone. */
export function casesToCure(facts: InvoiceFacts): ExceptionCase[] {
  const wanted = new Set(wantedCases(facts).map((one) => one.key))
  return facts.cases.filter(
    (one) => isOpenCase(one) && !wanted.has(facts.caseKeys[one.exceptionId] ?? ''),
  )
}

function isSettledAsIs(exceptionCase: ExceptionCase, wanted: WantedCase): boolean {
  if (isOpenCase(exceptionCase) || exceptionCase.state === 'auto-resolved') return false
  const isOther = wanted.isJoined === true && exceptionCase.sentence !== wanted.sentence
  if (isOther) return false
  return canonicalJson(exceptionCase.discrepancy) === canonicalJson(wanted.discrepancy)
}

function ownCase(
  facts: InvoiceFacts,
  own: Pick<WantedCase, 'key' | 'code' | 'sentence'> & { readonly line?: string },
): WantedCase {
  const { key, code, sentence, line } = own
  const subject = subjectOf(facts, line === undefined ? {} : { line })
  return { key, code, subject, discrepancy: null, sentence, route: null, exposure: null }
}

function extractionCases(facts: InvoiceFacts): WantedCase[] {
  const version = currentVersion(facts)
  if (version === null || isSure(version)) return []
  return [
    ownCase(facts, {
      key: `extraction/${version.hash}`,
      code: 'MISSING_DATA',
      sentence:
        `read with doubt: ${version.doubtedFields.join(', ')}; compare with the original`.slice(
          0,
          1000,
        ),
    }),
  ]
}

function contradictionCases(facts: InvoiceFacts): WantedCase[] {
  if (contradictingVersions(facts).length === 0) return []
  return [
    ownCase(facts, {
      key: 'contradiction',
      code: 'CONFLICTING_DOCUMENT',
      sentence:
        'another text came under the same invoice number: keep the one that counts, or ask the supplier for a correction',
    }),
  ]
}

/** A text that came after the invoice was closed would be paid by nobody: a person takes the invoice up again or asks for a new one. */
function lateTextCases(facts: InvoiceFacts): WantedCase[] {
  const { closing } = facts
  if (closing === null) return []
  const isLate = contradictingVersions(facts).some(
    ({ receivedAt }) => compareInstants(instant(receivedAt), instant(closing.at)) > 0,
  )
  if (!isLate) return []
  return [
    ownCase(facts, {
      key: 'contradiction',
      code: 'CONFLICTING_DOCUMENT',
      sentence:
        'another text came under the number of an invoice that is closed: take the invoice up again, or ask the supplier for another number',
    }),
  ]
}

function conflictCases(facts: InvoiceFacts): WantedCase[] {
  return facts.conflicts.map(({ conflictId, code, sentence }) =>
    ownCase(facts, { key: `conflict/${conflictId}`, code, sentence }),
  )
}

/** A credit the rules turn down does not vanish: somebody relinks it or sends it back (MODEL §5). */
function refusedCreditCases(facts: InvoiceFacts): readonly WantedCase[] {
  const type = currentInvoice(facts)?.invoiceType
  const isRefused = facts.closing?.as === 'rejected' && facts.match?.result.decision === 'reject'
  return isRefused && type !== undefined && isCrediting(type) ? matchCases(facts) : []
}

/** Lines that cannot be billed to any order line, unless the match named them already. */
function linkingCases(facts: InvoiceFacts): WantedCase[] {
  if (isCorrectionOnly(facts)) return []
  const named = new Set(
    (isMatched(facts) ? (facts.match?.result.exceptions ?? []) : [])
      .filter((wanted) => wanted.code === 'UNMATCHED_LINE' || wanted.code === 'WRONG_PO')
      .map((wanted) => wanted.invoiceLineNumber),
  )
  return unlinkedLines(facts)
    .filter((line) => !named.has(line.documentLineNumber) && !named.has(null))
    .map((line) => {
      const { documentLineNumber, orderNumber } = line
      const isWrongOrder =
        orderNumber !== null && (facts.answers[orderNumber]?.view ?? null) === null
      return ownCase(facts, {
        key: `unlinked/${documentLineNumber}`,
        code: isWrongOrder ? 'WRONG_PO' : 'UNMATCHED_LINE',
        line: documentLineNumber,
        sentence: isWrongOrder
          ? `line ${documentLineNumber} names order \`${orderNumber}\`, which is not known: say which order line it bills`
          : `line ${documentLineNumber} names no order line: say which order line it bills`,
      })
    })
}

/** Goods that were counted, billed and are no longer there: at once, whatever was released or paid for them by then. */
function reversalCases(facts: InvoiceFacts): WantedCase[] {
  return reversedReceipts(facts).map(({ orderNumber, orderLineNumber: line, ...reversed }) =>
    ownCase(facts, {
      key: `reversed/${orderNumber}/${line}`,
      code: 'INVOICE_BEFORE_RECEIPT',
      ...(reversed.invoiceLineNumber !== null && { line: reversed.invoiceLineNumber }),
      sentence: `nothing of order ${orderNumber}, line ${line}, is received any more: ${
        reversed.receiptNumbers.length === 0
          ? 'no count of it stands, and it was paid'
          : `${reversed.receiptNumbers.slice(0, 10).join(', ')} took the count back`
      }; count the goods again, or ask for a credit`,
    }),
  )
}

function supplierCases(facts: InvoiceFacts): WantedCase[] {
  return standingDoubts(facts).map(({ key, code, sentence }) =>
    ownCase(facts, { key, code, sentence }),
  )
}

/** An approval that ended without a decision has to be asked for again, or the invoice sent back. */
function approvalCases(facts: InvoiceFacts): WantedCase[] {
  return facts.approvals.flatMap(({ approvalId, state, reason, decidedBy }) => {
    const said = reason === null ? '' : `: ${reason}`
    const sentences: Partial<Record<typeof state, string>> = {
      returned: `\`${decidedBy ?? ''}\` gave its approval back${said}`,
      recalled: `\`${decidedBy ?? ''}\` took back what was asked${said}`,
      expired: 'nobody approved it while it could be approved',
    }
    const sentence = sentences[state]
    if (sentence === undefined) return []
    return [
      ownCase(facts, {
        key: `approval/${approvalId}`,
        code: 'ITEM_AMOUNT_REVIEW',
        sentence: `${sentence}; ask for approval again, or send the invoice back`.slice(0, 1000),
      }),
    ]
  })
}

const overdueReasons: Readonly<Record<string, { code: ExceptionCode; sentence: string }>> = {
  'register.overdue': {
    code: 'MASTER_DATA_MISSING',
    sentence: 'the register of invoice numbers does not answer: duplicates cannot be searched for',
  },
  'allocation.overdue': {
    code: 'WRONG_PO',
    sentence: 'an order it bills does not answer: check the order number',
  },
  'receipt.overdue': {
    code: 'INVOICE_BEFORE_RECEIPT',
    sentence: 'it waits for goods that were not entered: ask the dock, or send the invoice back',
  },
  'approval.overdue': {
    code: 'ITEM_AMOUNT_REVIEW',
    sentence: 'it waits for an approval that nobody gave',
  },
  'posting.overdue': {
    code: 'WRITEBACK_FAILED',
    sentence: 'it was released, but finance has not booked it',
  },
}

const releaseRecords: ReadonlySet<string> = new Set(
  ['invoice-release', 'invoice-part-release'].map(writeBackConflict),
)

function overdueCases(facts: InvoiceFacts): WantedCase[] {
  // That goods are missing was said already where their count was taken back.
  const isSaid = reversedReceipts(facts).length > 0
  const isRefused = facts.conflicts.some(({ conflictId }) => releaseRecords.has(conflictId))
  return Object.entries(facts.waits).flatMap(([timerId, wait]) => {
    const reason = overdueReasons[wait.type]
    if (!wait.over || reason === undefined) return []
    if (isSaid && wait.type === 'receipt.overdue') return []
    // That finance has not booked it has its case where finance said why.
    if (isRefused && wait.type === 'posting.overdue') return []
    return [ownCase(facts, { key: `overdue/${timerId}`, ...reason })]
  })
}
