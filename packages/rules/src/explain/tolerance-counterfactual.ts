import {
  absoluteExact,
  addDays,
  addExact,
  compareExact,
  type Decimal,
  type Discrepancy,
  divideExact,
  type Exact,
  formatExact,
  isZeroExact,
  judgeDiscrepancy,
  type Judgement,
  multiplyExact,
  negateExact,
  parseExact,
  signOfExact,
  type Tolerance,
  trimDecimal,
} from '@counterfoil/core'
import { fillTemplate } from './fill-template.ts'
import type { Language } from './language.ts'
import { english } from './languages/english.ts'

/** How far a measured difference may go on its side before it is outside, as core judges it. */
export type ToleranceCounterfactual = {
  /** As the difference is judged now. */
  readonly judgement: Judgement
  readonly side: 'over' | 'under'
  /** The furthest difference that is not outside, itself included; null where none is outside on this side. */
  readonly border: {
    /** With its sign; days for days. */
    readonly difference: Decimal
    /** What would have been billed, shipped or received then; a day for days. */
    readonly actual: string
    /** Of what was expected, rounded to four places; null for days and where nothing was expected. */
    readonly percent: Decimal | null
  } | null
  readonly sentence: string
}

/** What is measured, and against what. */
export type ToleranceQuestion = {
  readonly discrepancy: Discrepancy
  readonly tolerance: Tolerance
  /** What percentages are of; what was expected where absent. */
  readonly percentBase?: Decimal
  readonly language?: Language
}

/**
 * "Would have passed at 104.8 or below": the furthest a difference may go under a tolerance. Null for a difference
 * in words, which has no measure, and for none at all, which has no side. The border was judged by core.
 */
export const toleranceCounterfactual = (
  question: ToleranceQuestion,
): ToleranceCounterfactual | null => {
  const { discrepancy, tolerance, percentBase, language = english } = question
  const measured = measure(discrepancy, percentBase)
  if (measured === null || signOfExact(measured.difference) === 0) return null
  const side = signOfExact(measured.difference) > 0 ? 'over' : 'under'
  const judgement = judgeDiscrepancy(discrepancy, tolerance, percentBase)
  const reach = reachOn(side, measured, tolerance)
  const judged = reach === null ? null : measured.at(side === 'over' ? reach : negateExact(reach))
  // Core has the last word: a border it takes for outside would be a claim, not an answer.
  const isSo =
    judged === null || judgeDiscrepancy(judged.discrepancy, tolerance, percentBase) !== 'outside'
  if (!isSo) return null
  const border = judged?.border ?? null
  return { judgement, side, border, sentence: say({ judgement, side, border }, measured, language) }
}

type Shown = NonNullable<ToleranceCounterfactual['border']>

type Measure = {
  readonly difference: Exact
  readonly isDays: boolean
  /** What percentages are of; null for days. */
  readonly base: Exact | null
  readonly at: (difference: Exact) => { readonly discrepancy: Discrepancy; readonly border: Shown }
}

const hundred = parseExact('100')

const measure = (discrepancy: Discrepancy, percentBase: Decimal | undefined): Measure | null => {
  if ('differenceDays' in discrepancy) {
    const at: Measure['at'] = (difference) => {
      const differenceDays = Number(difference.mantissa)
      const actual = addDays(discrepancy.expected, differenceDays)
      const border = { difference: formatExact(difference), actual, percent: null }
      return { discrepancy: { ...discrepancy, actual, differenceDays }, border }
    }
    const difference = { mantissa: discrepancy.differenceDays, scale: 0 }
    return { difference, isDays: true, base: null, at }
  }
  if (!('difference' in discrepancy)) return null
  const expected = parseExact(discrepancy.expected)
  const at: Measure['at'] = (exact) => {
    const [difference, actual] = [written(exact), written(addExact(expected, exact))]
    const percent = percentOfExpected(exact, expected)
    const border = { difference, actual, percent }
    return { discrepancy: { ...discrepancy, difference, actual, percent }, border }
  }
  const base = percentBase === undefined ? expected : parseExact(percentBase)
  return { difference: parseExact(discrepancy.difference), isDays: false, base, at }
}

const written = (exact: Exact): Decimal => trimDecimal(formatExact(exact))

const percentOfExpected = (difference: Exact, expected: Exact): Decimal | null =>
  isZeroExact(expected)
    ? null
    : written(divideExact(multiplyExact(difference, hundred), absoluteExact(expected), 4))

const nothing: Exact = { mantissa: 0, scale: 0 }
const oneHundredth = parseExact('0.01')

/** The size of the furthest difference that is not outside; null where every one is accepted. */
const reachOn = (
  side: 'over' | 'under',
  { isDays, base }: Measure,
  tolerance: Tolerance,
): Exact | null => {
  const { lowerEffect, combine } = tolerance
  if (side === 'under' && (lowerEffect === 'ignore' || lowerEffect === 'warn')) return null
  const { abs, pct } = side === 'over' ? tolerance.upper : tolerance.lower
  const reaches: Exact[] = []
  if (abs !== null) reaches.push(isDays ? wholeDays(parseExact(abs)) : parseExact(abs))
  if (pct !== null && base !== null) {
    reaches.push(multiplyExact(multiplyExact(parseExact(pct), oneHundredth), absoluteExact(base)))
  }
  // A percentage of days means nothing, but nothing at all is nothing of days too.
  if (pct !== null && isDays && isZeroExact(parseExact(pct))) reaches.push(nothing)
  const [first, ...others] = reaches
  if (first === undefined) return null
  const nearer = combine === 'either' ? -1 : 1
  return others.reduce((reach, one) => (compareExact(one, reach) === nearer ? one : reach), first)
}

const wholeDays = (limit: Exact): Exact => parseExact(written(limit).split('.')[0] ?? '0')

const say = (
  { judgement, side, border }: Omit<ToleranceCounterfactual, 'sentence'>,
  { isDays }: Measure,
  { changes, values }: Language,
): string => {
  if (border === null) return changes.passesAlways
  const number = (text: string): string => text.replace('.', values.decimalSeparator)
  const words = { difference: number(border.difference), percent: number(border.percent ?? '–') }
  if (isDays) {
    const [year = '', month = '', day = ''] = border.actual.split('-')
    const actual = fillTemplate(values.date, { year, month, day })
    const difference = border.difference.replace('-', '')
    const template = side === 'over' ? changes.passedDaysLate : changes.passedDaysEarly
    return fillTemplate(template, { difference, actual })
  }
  const [would, does] =
    side === 'over'
      ? [changes.passedOver, changes.passesOver]
      : [changes.passedUnder, changes.passesUnder]
  const template = judgement === 'outside' ? would : does
  return fillTemplate(template, { ...words, actual: number(border.actual) })
}
