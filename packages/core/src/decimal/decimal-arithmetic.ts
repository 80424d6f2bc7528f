import type { Decimal } from './decimal.ts'
import {
  absoluteExact,
  addExact,
  compareExact,
  divideExact,
  exactZero,
  formatExact,
  multiplyExact,
  negateExact,
  parseExact,
  roundExact,
  signOfExact,
  subtractExact,
  trimExact,
} from './exact.ts'
import type { RoundingMode } from './rounding-mode.ts'

/** The exact sum, written with as many decimal places as the longer of the two. */
export const addDecimals = (a: Decimal, b: Decimal): Decimal =>
  formatExact(addExact(parseExact(a), parseExact(b)))

/** The exact difference `a - b`, written with as many decimal places as the longer of the two. */
export const subtractDecimals = (a: Decimal, b: Decimal): Decimal =>
  formatExact(subtractExact(parseExact(a), parseExact(b)))

/** The exact product, written with the decimal places of both together: 1.20 x 0.5 is 0.600. */
export const multiplyDecimals = (a: Decimal, b: Decimal): Decimal =>
  formatExact(multiplyExact(parseExact(a), parseExact(b)))

/** The number with its sign turned; a zero is written without a minus. */
export const negateDecimal = (value: Decimal): Decimal =>
  formatExact(negateExact(parseExact(value)))

/** The number without its sign. */
export const absoluteDecimal = (value: Decimal): Decimal =>
  formatExact(absoluteExact(parseExact(value)))

/** -1 where `a` is below `b`, 0 where they are the same number however spelled, 1 where above. */
export const compareDecimals = (a: Decimal, b: Decimal): -1 | 0 | 1 =>
  a === b ? 0 : compareExact(parseExact(a), parseExact(b))

/** True when both are the same number, however spelled: `"1.0"` and `"1"`, `"-0"` and `"0"`. */
export const equalDecimals = (a: Decimal, b: Decimal): boolean => compareDecimals(a, b) === 0

/** True for zero in every spelling. */
export const isZeroDecimal = (value: Decimal): boolean => signOfExact(parseExact(value)) === 0

/** True below zero; `"-0"` is not. */
export const isNegativeDecimal = (value: Decimal): boolean => signOfExact(parseExact(value)) < 0

/** True above zero. */
export const isPositiveDecimal = (value: Decimal): boolean => signOfExact(parseExact(value)) > 0

/** The exact sum of a list, at the most decimal places in it; an empty list is `"0"`. */
export const sumDecimals = (values: readonly Decimal[]): Decimal => {
  let sum = exactZero
  for (const value of values) sum = addExact(sum, parseExact(value))
  return formatExact(sum)
}

/** The smaller of the two, as it was written; the first where they are equal. */
export const minDecimal = (a: Decimal, b: Decimal): Decimal => (compareDecimals(a, b) <= 0 ? a : b)

/** The larger of the two, as it was written; the first where they are equal. */
export const maxDecimal = (a: Decimal, b: Decimal): Decimal => (compareDecimals(a, b) >= 0 ? a : b)

/**
 * Rounds to exactly `places` decimal places, half away from zero unless said; shorter numbers are
 * padded, so `"12.4"` at two places is `"12.40"`. Throws `LIMIT_EXCEEDED` outside 0 to 39 places.
 */
export const roundDecimal = (value: Decimal, places: number, mode?: RoundingMode): Decimal =>
  formatExact(roundExact(parseExact(value), places, mode))

/**
 * The quotient `a / b`, rounded once to exactly `places` decimal places, half away from zero unless
 * said. For a comparison use a `Ratio`, which does not round. Throws `DIVISION_BY_ZERO`.
 */
export const divideDecimals = (
  a: Decimal,
  b: Decimal,
  places: number,
  mode?: RoundingMode,
): Decimal => formatExact(divideExact(parseExact(a), parseExact(b), places, mode))

/**
 * The one canonical spelling of a number: no zeros at the end of the fraction, none in front, no
 * minus on zero. `"010.00"` and `"10"` both become `"10"`, so equal numbers are equal text.
 */
export const trimDecimal = (value: Decimal): Decimal => formatExact(trimExact(parseExact(value)))
