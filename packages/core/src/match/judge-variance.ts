import { addExact, parseExact } from '../decimal/exact.ts'
import { invoiceRateOf } from './amount-checks.ts'
import type { CheckQuestion, Measured, OrderLineContext } from './check.ts'
import {
  absoluteFigure,
  compareFigures,
  type Figure,
  isMoreThanPercent,
  multiplyFigures,
  negateFigure,
  percentOfFigure,
  readFigure,
  roundFigure,
  signOfFigure,
} from './figure.ts'

/** How a measurement stands against its limits, and which way it leans. */
export type Verdict = {
  readonly isWithin: boolean
  readonly direction: 'over' | 'under' | 'even'
}

/**
 * Holds a measured variance against the limits of its tolerance. A limit is inclusive and `null` is
 * not checked. On a base of zero any variance is outside every percentage.
 */
export function judgeVariance(
  measured: Measured,
  question: CheckQuestion,
  line: OrderLineContext | null,
): Verdict {
  const direction = directionOf(measured.variance)
  if (measured.isWithin !== null) return { isWithin: measured.isWithin, direction }
  const limited = inLimitCurrency(measured, question, line)
  if (isPastUpper(measured, limited, question)) return { isWithin: false, direction }
  // Nothing but an undershoot can be past a lower limit, so for the others it is not read.
  const isOutside = direction === 'under' && isPastLower(measured, limited, question)
  return { isWithin: !isOutside, direction }
}

function directionOf(variance: Figure): Verdict['direction'] {
  const sign = signOfFigure(variance)
  return sign > 0 ? 'over' : sign < 0 ? 'under' : 'even'
}

/** Absolute limits may be kept in the accounting currency; the invoice's rate leads there. */
function inLimitCurrency(
  { limited, unit, varianceAmount }: Measured,
  { tolerance }: CheckQuestion,
  line: OrderLineContext | null,
): Figure {
  if (tolerance.amountCurrency === 'transaction' || line === null) return limited
  const isMoney = unit.kind === 'money' || limited === varianceAmount
  return isMoney ? multiplyFigures(limited, invoiceRateOf(line)) : limited
}

function isPastUpper(measured: Measured, limited: Figure, question: CheckQuestion): boolean {
  const { tolerance, parameters } = question
  const { abs, pct } = tolerance.upper
  const { percentOf } = parameters
  const byAmount = abs === null ? null : compareFigures(limited, readFigure(abs)) > 0
  const byPercent = pct === null ? null : isPastPercent(measured, measured.variance, pct, question)
  const byShare =
    percentOf === undefined
      ? null
      : isMoreThanPercent(measured.actual, parseExact(percentOf), measured.expected)
  return isOutside(question, byAmount, byPercent, byShare)
}

function isPastLower(measured: Measured, limited: Figure, question: CheckQuestion): boolean {
  const { tolerance } = question
  if (tolerance.lowerEffect === 'ignore') return false
  const { abs, pct } = tolerance.lower
  const missing = negateFigure(measured.variance)
  const byAmount = abs === null ? null : compareFigures(negateFigure(limited), readFigure(abs)) > 0
  const byPercent = pct === null ? null : isPastPercent(measured, missing, pct, question)
  return isOutside(question, byAmount, byPercent, null)
}

/** Null for what is not checked. Either limit passed is enough, or all of them must be. */
function isOutside(
  { tolerance }: CheckQuestion,
  byAmount: boolean | null,
  byPercent: boolean | null,
  byShare: boolean | null,
): boolean {
  const isAnyPassed = byAmount === true || byPercent === true || byShare === true
  if (tolerance.combine === 'either') return isAnyPassed
  return isAnyPassed && byAmount !== false && byPercent !== false && byShare !== false
}

function isPastPercent(
  { base, unit }: Measured,
  deviation: Figure,
  percent: string,
  { parameters }: CheckQuestion,
): boolean | null {
  if (base === null) return null
  if (signOfFigure(deviation) <= 0) return false
  // More was billed than was received or ordered: no quantity is left that a percentage could be of. Of an amount
  // expected below zero, what comes out is a percentage below zero, which no limit is.
  if (signOfFigure(base) < 0) return unit.kind === 'quantity'
  const limit = parseExact(percent)
  const { limitDecimals, percentSlack } = parameters
  if (limitDecimals !== undefined) {
    const allowed = percentOfFigure(absoluteFigure(base), limit)
    return compareFigures(deviation, roundFigure(allowed, limitDecimals, 'half-up')) > 0
  }
  const slack = percentSlack === undefined ? limit : addExact(limit, parseExact(percentSlack))
  return isMoreThanPercent(deviation, slack, base)
}
