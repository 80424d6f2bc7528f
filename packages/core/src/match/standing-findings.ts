import type { PlannedCheck } from '../policy/policy.ts'
import type { Tolerance } from '../policy/tolerance.ts'
import { type CheckFinding, concludeCheck } from './check-finding.ts'
import type { Concern, InvoiceContext, LinkedLine } from './check.ts'
import type { UnlinkedLine } from './link-lines.ts'
import { type MatchPlace, placeOfLine } from './match-discrepancy.ts'
import { answered } from './measurement.ts'

// What no rule set can plan away: a line that cannot be compared is held, whatever the policy. These appear in the
// result only where something is wrong.

const nothingChecked: Tolerance = {
  upper: { abs: null, pct: null },
  lower: { abs: null, pct: null },
  combine: 'either',
  percentBase: 'line',
  lowerEffect: 'same',
  amountCurrency: 'transaction',
}

/** An invoice line that names no order line we know, an order of another supplier, or a unit that cannot be converted. */
export function unlinkedFinding(header: InvoiceContext, unlinked: UnlinkedLine): CheckFinding {
  const { reason, sentence, invoiceLine, expectedText, actualText } = unlinked
  const place: MatchPlace = {
    header,
    line: null,
    invoiceLineNumber: invoiceLine.documentLineNumber,
    scheduleNumber: null,
  }
  const [concern, holdCode] = standingHolds[reason]
  return standing(concern, holdCode, place, sentence, { expectedText, actualText })
}

const standingHolds = {
  'no-order-line': ['unlinked', 'UNMATCHED_LINE'],
  'other-supplier': ['wrong-order', 'WRONG_PO'],
  unit: ['unit-conversion', 'UNIT'],
} as const satisfies Record<UnlinkedLine['reason'], readonly [Concern, string]>

/** A billed order line whose receiving case is open: nothing on it is matched until that is settled. */
export function openCaseFinding(line: LinkedLine): CheckFinding | null {
  const { orderLineNumber } = line.orderLine
  const waiting = line.order.awaitingResolution.find(
    (one) => one.orderLineNumber === orderLineNumber,
  )
  if (waiting === undefined) return null
  const cases = waiting.exceptionIds.length === 0 ? '' : `: ${waiting.exceptionIds.join(', ')}`
  const sentence = `order line ${orderLineNumber} waits for a receiving case to be settled${cases}`
  const place = placeOfLine(line)
  const found = standing('open-case', 'AWAITING_RESOLUTION', place, sentence, {}, 'wait')
  return { ...found, effect: 'wait-for-resolution' }
}

function standing(
  concern: Concern,
  holdCode: string,
  place: MatchPlace,
  sentence: string,
  texts: { readonly expectedText?: string | null; readonly actualText?: string | null },
  onExceed: PlannedCheck['onExceed'] = 'hold',
): CheckFinding {
  const planned = { name: concern, check: concern, holdCode, onExceed, parameters: {} }
  return concludeCheck({
    question: { planned, parameters: {}, tolerance: nothingChecked },
    measurement: answered(concern, false, sentence, texts),
    place,
    policy: [],
  })
}
