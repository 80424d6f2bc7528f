import * as z from 'zod'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { Decimal, PositiveDecimal } from './decimal.ts'
import { isWithinPercentExact } from './decimal-checks.ts'
import {
  compareExact,
  divideExact,
  type Exact,
  formatExact,
  isWritableExact,
  isZeroExact,
  multiplyExact,
  negateExact,
  parseExact,
  signOfExact,
} from './exact.ts'
import type { RoundingMode } from './rounding-mode.ts'

/**
 * An exact fraction of two decimals, for what a decimal cannot hold: a third of a case, a percentage
 * before it is rounded for show. The denominator is above zero; the sign is on the numerator.
 */
export const Ratio = z.strictObject({ numerator: Decimal, denominator: PositiveDecimal })
export type Ratio = Readonly<z.infer<typeof Ratio>>

/** A `Ratio` in memory; the denominator is above zero. */
export type ExactRatio = { readonly numerator: Exact; readonly denominator: Exact }

/** The ratio of one to one. */
export const exactOne: ExactRatio = {
  numerator: { mantissa: 1, scale: 0 },
  denominator: { mantissa: 1, scale: 0 },
}

/** Makes a ratio; a minus below the line moves above it. Throws `DIVISION_BY_ZERO`. */
export const ratio = (numerator: Decimal, denominator: Decimal): Ratio =>
  writeRatio(exactRatio(parseExact(numerator), parseExact(denominator)))

/** Makes a ratio in memory; a minus below the line moves above it. Throws `DIVISION_BY_ZERO`. */
export const exactRatio = (numerator: Exact, denominator: Exact): ExactRatio => {
  const sign = signOfExact(denominator)
  if (sign > 0) return { numerator, denominator }
  if (sign < 0) return { numerator: negateExact(numerator), denominator: negateExact(denominator) }
  throw new CounterfoilError(
    'DIVISION_BY_ZERO',
    `cannot make a ratio of \`${formatExact(numerator)}\` to zero: test the base first`,
  )
}

/** Reads a ratio into memory. */
export const readRatio = (value: {
  readonly numerator: Decimal
  readonly denominator: Decimal
}): ExactRatio => ({
  numerator: parseExact(value.numerator),
  denominator: parseExact(value.denominator),
})

/**
 * Writes a ratio from memory as text: as it is where both parts fit into 40 digits, else in lowest
 * terms. Throws `LIMIT_EXCEEDED` where even those have more.
 */
export const writeRatio = (value: ExactRatio): Ratio => {
  const fits = isWritableExact(value.numerator) && isWritableExact(value.denominator)
  const { numerator, denominator } = fits ? value : reduceExactRatio(value)
  return { numerator: formatExact(numerator), denominator: formatExact(denominator) }
}

/** Compares two ratios by cross-multiplication, never by division: -1, 0 or 1. */
export const compareRatios = (a: Ratio, b: Ratio): -1 | 0 | 1 =>
  compareExactRatios(readRatio(a), readRatio(b))

/** Compares two ratios in memory by cross-multiplication: -1, 0 or 1. */
export const compareExactRatios = (a: ExactRatio, b: ExactRatio): -1 | 0 | 1 =>
  compareExact(multiplyExact(a.numerator, b.denominator), multiplyExact(b.numerator, a.denominator))

/** A decimal times a ratio, exactly, as a ratio. */
export const multiplyByRatio = (value: Decimal, factor: Ratio): Ratio =>
  writeRatio(multiplyExactByRatio(parseExact(value), readRatio(factor)))

/** A number in memory times a ratio, exactly. */
export const multiplyExactByRatio = (value: Exact, factor: ExactRatio): ExactRatio => ({
  numerator: multiplyExact(value, factor.numerator),
  denominator: factor.denominator,
})

/** The product of two ratios in memory. */
export const multiplyExactRatios = (a: ExactRatio, b: ExactRatio): ExactRatio => ({
  numerator: multiplyExact(a.numerator, b.numerator),
  denominator: multiplyExact(a.denominator, b.denominator),
})

/** The ratio in lowest terms, both parts whole: 12.5 to 100 is 1 to 8; zero is 0 to 1. */
export const reduceRatio = (value: Ratio): Ratio => {
  const { numerator, denominator } = reduceExactRatio(readRatio(value))
  return { numerator: formatExact(numerator), denominator: formatExact(denominator) }
}

/** The ratio in memory in lowest terms, both parts whole. */
export const reduceExactRatio = (value: ExactRatio): ExactRatio => {
  const { numerator, denominator } = value
  const scale = Math.max(numerator.scale, denominator.scale)
  const top = BigInt(numerator.mantissa) * 10n ** BigInt(scale - numerator.scale)
  const bottom = BigInt(denominator.mantissa) * 10n ** BigInt(scale - denominator.scale)
  const common = greatestCommonDivisor(top < 0n ? -top : top, bottom)
  return { numerator: whole(top / common), denominator: whole(bottom / common) }
}

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => {
  let [larger, smaller] = [a, b]
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller]
  return larger
}

const whole = (value: bigint): Exact =>
  Number.isSafeInteger(Number(value))
    ? { mantissa: Number(value), scale: 0 }
    : { mantissa: value, scale: 0 }

/** The ratio as a decimal of exactly `places` places, half away from zero unless said. */
export const roundRatio = (value: Ratio, places: number, mode?: RoundingMode): Decimal =>
  formatExact(roundExactRatio(readRatio(value), places, mode))

/** The ratio in memory rounded to exactly `places` decimal places, half away from zero unless said. */
export const roundExactRatio = (value: ExactRatio, places: number, mode?: RoundingMode): Exact =>
  divideExact(value.numerator, value.denominator, places, mode)

/**
 * The percentage that `part` is of `base`, exactly: 5 of 200 is the ratio 500 to 200, which is 2.5.
 * `null` when the base is zero, where no percentage exists. Round it only to show it.
 */
export const percentOf = (part: Decimal, base: Decimal): Ratio | null => {
  const exactBase = parseExact(base)
  if (isZeroExact(exactBase)) return null
  return writeRatio(exactRatio(multiplyExact(parseExact(part), hundred), exactBase))
}

const hundred: Exact = { mantissa: 100, scale: 0 }

/**
 * True when a variance, on either side, is at most `percent` of the base; the limit itself is inside.
 * By cross-multiplication, so 0.10 on 1.00 is within 10 percent. On a base of zero a variance of zero
 * is within and any other is outside every percentage.
 */
export const isWithinPercent = (variance: Decimal, base: Decimal, percent: Decimal): boolean =>
  isWithinPercentExact(parseExact(variance), parseExact(base), parseExact(percent))
