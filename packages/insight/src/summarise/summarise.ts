import {
  addDecimals,
  compareDecimals,
  compareInstants,
  decimal,
  type Decimal,
  divideDecimals,
  isZeroDecimal,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
  trimDecimal,
} from '@counterfoil/core'
import { compareText } from '../compare-text.ts'
import type { Measurement } from '../measurement.ts'
import type { Band, Summary } from './summary.ts'

/** Places of ratios and trends. */
const places = 6

/** One number of some measurements; null where there is nothing to make it of. */
export function summarise(measurements: readonly Measurement[], summary: Summary): Decimal | null {
  switch (summary.kind) {
    case 'count':
      return decimal(within(measurements, summary.band).length)
    case 'running':
      return decimal(measurements.filter(({ running }) => running !== undefined).length)
    case 'sum':
      return sumOf(measurements, summary)
    case 'ratio':
      return ratioOf(measurements, summary)
    case 'quantile':
      return quantileOf(figuresOf(measurements, summary.figure), summary.share)
    case 'trend':
      return trendOf(measurements, summary)
  }
}

function figuresOf(measurements: readonly Measurement[], name: string): readonly Decimal[] {
  return measurements.flatMap(({ figures }) => figures[name] ?? [])
}

function within(measurements: readonly Measurement[], band: Band | undefined) {
  if (band === undefined) return measurements
  return measurements.filter(({ figures }) => {
    const value = figures[band.figure]
    return (
      value !== undefined &&
      compareDecimals(value, band.from) >= 0 &&
      (band.below === null || compareDecimals(value, band.below) < 0)
    )
  })
}

/** A figure that none of them has adds up to nothing, not to 0. */
function sumOf(
  measurements: readonly Measurement[],
  { figure, band }: Extract<Summary, { kind: 'sum' }>,
): Decimal | null {
  if (figuresOf(measurements, figure).length === 0) return null
  return trimDecimal(sumDecimals(figuresOf(within(measurements, band), figure)))
}

function ratioOf(
  measurements: readonly Measurement[],
  { of, among, isComplement }: Extract<Summary, { kind: 'ratio' }>,
): Decimal | null {
  const whole = sumDecimals(figuresOf(measurements, among))
  if (isZeroDecimal(whole)) return null
  const ratio = divideDecimals(sumDecimals(figuresOf(measurements, of)), whole, places)
  return trimDecimal(isComplement ? subtractDecimals(one, ratio) : ratio)
}

const one = decimal(1)

function quantileOf(values: readonly Decimal[], share: '0.5' | '0.9'): Decimal | null {
  const sorted = values.toSorted(compareDecimals)
  // In tenths, so that no floating-point number decides a rank.
  const tenths = share === '0.5' ? 5 : 9
  const rank = Math.ceil((sorted.length * tenths) / 10)
  return sorted[Math.max(rank, 1) - 1] ?? null
}

function trendOf(
  measurements: readonly Measurement[],
  { figure, weight }: Extract<Summary, { kind: 'trend' }>,
): Decimal | null {
  let trend: Decimal | null = null
  for (const { figures } of measurements.toSorted(inTime)) {
    const value = figures[figure]
    if (value === undefined) continue
    const step: Decimal =
      trend === null ? value : multiplyDecimals(decimal(weight), subtractDecimals(value, trend))
    trend = trend === null ? value : roundDecimal(addDecimals(trend, step), places)
  }
  return trend === null ? null : trimDecimal(trend)
}

/** The order of a trend does not depend on the order in which things were told. */
function inTime(one: Measurement, other: Measurement): number {
  return (
    compareInstants(one.at, other.at) ||
    compareText(one.orderKeys.join(), other.orderKeys.join()) ||
    compareText(one.subject, other.subject)
  )
}
