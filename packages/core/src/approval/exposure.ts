import {
  absoluteDecimal,
  multiplyDecimals,
  subtractDecimals,
} from '../decimal/decimal-arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { type Money, roundMoney, subtractMoney } from '../money/money.ts'

/** What is at stake in a change: the value it moves, up or down. Throws `CURRENCY_MISMATCH` where it changes the currency. */
export function exposureOfChange({
  before,
  after,
}: {
  readonly before: Money
  readonly after: Money
}): Money {
  const { amount, currency } = subtractMoney(after, before)
  return { amount: absoluteDecimal(amount), currency }
}

/**
 * What is at stake in a new price: its difference to the price of before times what is still to come, rounded half-up to the
 * digits of the currency. Both prices are for one unit. Throws `CURRENCY_MISMATCH` where they are in two currencies.
 */
export function exposureOfPriceUpdate({
  before,
  after,
  quantityOpen,
}: {
  readonly before: Money
  readonly after: Money
  readonly quantityOpen: Decimal
}): Money {
  if (before.currency !== after.currency) {
    throw new CounterfoilError(
      'CURRENCY_MISMATCH',
      `cannot compare a price in ${before.currency} with one in ${after.currency}: convert it first`,
    )
  }
  const difference = absoluteDecimal(subtractDecimals(after.amount, before.amount))
  const amount = multiplyDecimals(difference, quantityOpen)
  return roundMoney({ amount, currency: after.currency })
}
