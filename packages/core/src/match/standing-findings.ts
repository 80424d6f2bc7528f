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

/** An invoice line that names no order line we know, or a unit that cannot be converted. */
export function unlinkedFinding(header: InvoiceContext, unlinked: UnlinkedLine): CheckFinding {
  const { reason, sentence, units, invoiceLine } = unlinked
  const place: MatchPlace = {
    header,
    line: null,
    invoiceLineNumber: invoiceLine.documentLineNumber,
    scheduleNumber: null,
  }
  return reason === 'unit'
    ? standing('unit-conversion', 'UNIT', place, sentence, {
        expectedText: units?.to ?? null,
        actualText: units?.from ?? null,
      })
    : standing('unlinked', 'UNMATCHED_LINE', place, sentence, {
        expectedText: null,
        actualText: `${invoiceLine.orderNumber ?? ''} / ${invoiceLine.orderLineNumber ?? ''}`,
      })
}

/** An invoice line that bills an order placed with another supplier. */
export function wrongSupplierFinding(line: LinkedLine): CheckFinding | null {
  const { order, header } = line
  const { supplier } = header.invoice
  if (order.supplier === supplier) return null
  const sentence = `order ${order.orderNumber} was placed with supplier ${order.supplier}, and supplier ${supplier} bills it`
  return standing('wrong-order', 'WRONG_PO', placeOfLine(line), sentence, {
    expectedText: order.supplier,
    actualText: supplier,
  })
}

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
