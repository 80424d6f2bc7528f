import * as z from 'zod'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { decimalInvalid, decimalPattern, isDecimal } from './decimal-text.ts'

const nonNegativePattern = /^(?:-(?![\d.]*[1-9]))?(?!(?:\.?\d){41})\d+(?:\.\d+)?$/
const positivePattern = /^(?=[\d.]*[1-9])(?!(?:\.?\d){41})\d+(?:\.\d+)?$/

/**
 * An exact decimal number as text, as ERPs, X12, EDIFACT and UBL carry it: `"12.40"`, `"-3"`. Digits,
 * at most one point with digits on both sides, an optional minus; no exponent, no plus, no spaces, at
 * most 40 digits. The spelling is kept: `"12.40"` stays so, yet compares equal to `"12.4"`; `"-0"`
 * equals `"0"`.
 */
export const Decimal = z
  .string()
  .regex(decimalPattern, 'not a decimal: write digits with at most one point, as in 12.40')
  .brand<'Decimal'>()
export type Decimal = z.infer<typeof Decimal>

/** A `Decimal` that is zero or more. `"-0"` is zero. */
export const NonNegativeDecimal = z
  .string()
  .regex(nonNegativePattern, 'not a decimal of zero or more: write digits, as in 12.40')
  .brand<'Decimal'>()
export type NonNegativeDecimal = z.infer<typeof NonNegativeDecimal>

/** A `Decimal` above zero. */
export const PositiveDecimal = z
  .string()
  .regex(positivePattern, 'not a decimal above zero: write digits, as in 12.40')
  .brand<'Decimal'>()
export type PositiveDecimal = z.infer<typeof PositiveDecimal>

/**
 * Makes a `Decimal` of text, a whole number or a bigint. Text is kept as written. A number must be a
 * safe integer, since a fraction such as 0.1 is not exact as a number: write it as text. Throws
 * `DECIMAL_INVALID`.
 */
export const decimal = (value: string | number | bigint): Decimal => {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new CounterfoilError(
      'DECIMAL_INVALID',
      `cannot take \`${value}\` as a decimal: write fractions and large numbers as text`,
      { details: { value: String(value) } },
    )
  }
  return asDecimal(String(value))
}

const asDecimal = (text: string): Decimal => {
  if (isDecimal(text)) return text
  throw decimalInvalid(text)
}
