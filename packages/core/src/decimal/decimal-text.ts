import { CounterfoilError } from '../errors/counterfoil-error.ts'
import type { Decimal } from './decimal.ts'

/**
 * The most digits a decimal may be written with, before and after the point together. Enough for any
 * amount times any price of a real document; a bound, so that a foreign document cannot make
 * arithmetic slow.
 */
export const decimalDigitsMax = 40

/** How a decimal is spelled. */
export const decimalPattern: RegExp = /^-?(?!(?:\.?\d){41})\d+(?:\.\d+)?$/
/** True when the text is spelled as a `Decimal`. Never throws. */
export const isDecimal = (value: unknown): value is Decimal =>
  typeof value === 'string' && decimalPattern.test(value)

/** The error for text that is not a decimal; long text is cut in the message. */
export const decimalInvalid = (text: string): CounterfoilError => {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  return new CounterfoilError(
    'DECIMAL_INVALID',
    `cannot read \`${shown}\` as a decimal: write at most ${decimalDigitsMax} digits with at most one point`,
    { details: { text: shown } },
  )
}
