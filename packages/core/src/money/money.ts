import * as z from 'zod'
import {
  addDecimals,
  compareDecimals,
  negateDecimal,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
} from '../decimal/decimal-arithmetic.ts'
import { Decimal, decimal } from '../decimal/decimal.ts'
import type { RoundingMode } from '../decimal/rounding-mode.ts'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { Currency, currency as readCurrency, minorUnitsOf } from './currency.ts'

/** An amount with its currency. The amount may be finer than the currency's coins; rounding is a decision of its own. */
export const Money = z.strictObject({ amount: Decimal, currency: Currency })
export type Money = z.infer<typeof Money>

/** Makes money. Throws `DECIMAL_INVALID` or `CURRENCY_UNKNOWN`. */
export const money = (amount: string | number | bigint, currency: string): Money => ({
  amount: decimal(amount),
  currency: readCurrency(currency),
})

/** The sum of two amounts of one currency. Throws `CURRENCY_MISMATCH`. */
export const addMoney = (a: Money, b: Money): Money => {
  checkSameCurrency(a.currency, b.currency)
  return { amount: addDecimals(a.amount, b.amount), currency: a.currency }
}

/** The difference `a - b` of two amounts of one currency. Throws `CURRENCY_MISMATCH`. */
export const subtractMoney = (a: Money, b: Money): Money => {
  checkSameCurrency(a.currency, b.currency)
  return { amount: subtractDecimals(a.amount, b.amount), currency: a.currency }
}

/** The amount with its sign turned, as an invoice becomes its credit note. */
export const negateMoney = (value: Money): Money => ({
  amount: negateDecimal(value.amount),
  currency: value.currency,
})

/** -1, 0 or 1 as `a` is less than, equal to or more than `b`. Throws `CURRENCY_MISMATCH`. */
export const compareMoney = (a: Money, b: Money): -1 | 0 | 1 => {
  checkSameCurrency(a.currency, b.currency)
  return compareDecimals(a.amount, b.amount)
}

/** The sum of a list in a currency, `0` where it is empty. Throws `CURRENCY_MISMATCH`. */
export const sumMoney = (values: readonly Money[], currency: Currency): Money => {
  for (const value of values) checkSameCurrency(currency, value.currency)
  return { amount: sumDecimals(values.map(({ amount }) => amount)), currency }
}

/**
 * An amount rounded to the places its currency has, half away from zero unless said: `"12.345"` is
 * `"12.35"` in EUR, `"12"` in JPY and `"12.345"` in BHD.
 */
export const roundToCurrency = (
  amount: Decimal,
  currency: Currency,
  mode?: RoundingMode,
): Decimal => roundDecimal(amount, minorUnitsOf(currency), mode)

/** Money rounded to the places its currency has, half away from zero unless said. */
export const roundMoney = (value: Money, mode?: RoundingMode): Money => ({
  amount: roundToCurrency(value.amount, value.currency, mode),
  currency: value.currency,
})

const checkSameCurrency = (a: Currency, b: Currency): void => {
  if (a === b) return
  throw new CounterfoilError(
    'CURRENCY_MISMATCH',
    `cannot put \`${a}\` and \`${b}\` together: convert one of them at a recorded rate first`,
    { details: { currencies: [a, b] } },
  )
}
