import type { Decimal } from '../decimal/decimal.ts'
import type { LimitPair } from '../policy/tolerance.ts'
import type { CheckQuestion, Concern, Measured } from './check.ts'
import type { Verdict } from './judge-variance.ts'

/** The numbers of a check as they are shown. */
export type ShownNumbers = {
  readonly expected: Decimal
  readonly actual: Decimal
  readonly variance: Decimal
  readonly percent: Decimal | null
}

/**
 * What was compared with what, how far apart it is, and whether that is accepted:
 * `price: billed 1100.00 USD, by the order 1000.00 USD, 100.00 USD (10 %) over, more than the accepted 5 %`.
 */
export function describeCheck(
  measured: Measured,
  shown: ShownNumbers,
  verdict: Verdict,
  question: CheckQuestion,
): string {
  const unit = unitText(measured)
  const [subject, actualWord, expectedWord] = words[measured.concern]
  const compared = `${subject}: ${actualWord} ${shown.actual}${unit}, ${expectedWord} ${shown.expected}${unit}`
  if (verdict.direction === 'even') return `${compared}, no difference`
  const size = shown.variance.startsWith('-') ? shown.variance.slice(1) : shown.variance
  const percent = shown.percent === null ? '' : ` (${shown.percent.replace('-', '')} %)`
  return `${compared}, ${size}${unit}${percent} ${verdict.direction}, ${acceptance(measured, verdict, question)}`
}

function unitText({ unit }: Measured): string {
  switch (unit.kind) {
    case 'money':
    case 'accounting-money':
      return ` ${unit.currency}`
    case 'quantity':
      return ` ${unit.unitOfMeasure}`
    case 'days':
      return ' days'
    case 'ratio':
      return ''
  }
}

function acceptance(
  measured: Measured,
  { isWithin, direction }: Verdict,
  { tolerance, parameters }: CheckQuestion,
): string {
  if (measured.isWithin !== null) return isWithin ? 'which is accepted' : 'which is not accepted'
  const isOver = direction === 'over'
  if (!isOver && tolerance.lowerEffect === 'ignore') return 'which is accepted'
  const limits = limitTexts(isOver ? tolerance.upper : tolerance.lower, measured)
  if (isOver && parameters.percentOf !== undefined) {
    limits.push(`${parameters.percentOf} % of what was expected`)
  }
  if (limits.length === 0) return 'which is not limited'
  const joined = limits.join(tolerance.combine === 'either' ? ' and ' : ' or ')
  return isWithin ? `within the accepted ${joined}` : `more than the accepted ${joined}`
}

function limitTexts({ abs, pct }: LimitPair, measured: Measured): string[] {
  const texts: string[] = []
  if (pct !== null) texts.push(`${pct} %`)
  if (abs !== null) texts.push(`${abs}${limitUnit(measured)}`)
  return texts
}

/** A quantity's absolute limit may count its value instead of units. */
function limitUnit(measured: Measured): string {
  const isValue = measured.unit.kind === 'quantity' && measured.limited === measured.varianceAmount
  return isValue ? ' in value' : unitText(measured)
}

type Words = readonly [subject: string, actual: string, expected: string]

const words: Readonly<Record<Concern, Words>> = {
  price: ['price', 'billed', 'by the order'],
  'ordered-amount': ['amount', 'billed', 'ordered'],
  received: ['quantity', 'billed', 'covered by receipts'],
  uncovered: ['quantity', 'covered by receipts', 'billed'],
  accepted: ['quantity', 'billed', 'accepted by quality control'],
  ordered: ['quantity', 'billed', 'ordered'],
  'price-unit-ratio': ['quantity in the price unit', 'billed per unit', 'expected per unit'],
  discount: ['discount', 'given', 'agreed'],
  charge: ['charge', 'billed', 'planned'],
  total: ['invoice total', 'billed', 'expected'],
  'early-invoice': ['days early x amount', 'billed', 'expected'],
  'large-amount': ['line amount', 'billed', 'without review up to'],
  'blanket-amount': ['blanket order', 'billed in all', 'limited to'],
  'blanket-validity': ['blanket order', 'billed after its end', 'expected'],
  balance: ['invoice total', 'asked for', 'its parts add up to'],
  prepayment: ['prepayment', 'asked for or taken off', 'agreed or open'],
  tax: ['tax', 'billed', 'determined'],
  currency: ['currency', 'billed', 'ordered'],
  'exchange-rate': ['exchange rate', 'amount at the invoice rate', 'at the order rate'],
  duplicate: ['duplicate', 'found', 'expected'],
  credit: ['credit', 'credited', 'billed before'],
  'credit-price': ['price', 'credited', 'as it was billed'],
  'credit-reference': ['credit', 'gives back', 'billed'],
  inspection: ['inspection', 'found', 'expected'],
  'over-receipt': ['receipt', 'received', 'ordered'],
  'missing-data': ['data', 'found', 'expected'],
  unlinked: ['order line', 'found', 'expected'],
  'wrong-order': ['order', 'found', 'expected'],
  'unit-conversion': ['unit', 'billed', 'ordered'],
  'open-case': ['receiving case', 'open', 'expected'],
}
