import * as z from 'zod'
import { Decimal, PositiveDecimal } from '../decimal/decimal.ts'
import {
  divideExact,
  type Exact,
  formatExact,
  multiplyExact,
  parseExact,
} from '../decimal/exact.ts'
import type { RoundingMode } from '../decimal/rounding-mode.ts'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import type { Quantity } from '../quantity/quantity.ts'
import { UnitOfMeasure } from '../quantity/unit-of-measure.ts'
import { Currency, minorUnitsOf } from './currency.ts'
import type { Money } from './money.ts'

/** What one price buys: 12.40 EUR per 100 EA. X12 PO104 with PO105 and CTP, EDIFACT PRI, UBL Price with BaseQuantity. */
export const UnitPrice = z.strictObject({
  amount: Decimal,
  currency: Currency,
  /** The quantity the amount pays for; not always one. */
  per: z.strictObject({ value: PositiveDecimal, unitOfMeasure: UnitOfMeasure }),
  /** How binding the price is, since an invoice is compared to each with limits of its own. */
  type: z.enum(['firm', 'estimated', 'contract', 'moving-average']),
})
export type UnitPrice = z.infer<typeof UnitPrice>

/**
 * What a quantity costs at a price: quantity x price / per, exactly, and rounded once at the end to the
 * currency's places, half away from zero, unless said. The quantity is in the price's unit; another
 * unit throws `UNIT_NOT_CONVERTIBLE`.
 */
export const extendPrice = ({
  quantity,
  price,
  places,
  mode,
}: {
  readonly quantity: Quantity
  readonly price: UnitPrice
  readonly places?: number | undefined
  readonly mode?: RoundingMode | undefined
}): Money => {
  const { per, currency } = price
  if (quantity.unitOfMeasure !== per.unitOfMeasure) {
    throw new CounterfoilError(
      'UNIT_NOT_CONVERTIBLE',
      `cannot price \`${quantity.unitOfMeasure}\` at a price per \`${per.unitOfMeasure}\`: convert the quantity first`,
      { details: { from: quantity.unitOfMeasure, to: per.unitOfMeasure } },
    )
  }
  const amount = extendExact({
    quantity: parseExact(quantity.value),
    price: parseExact(price.amount),
    per: parseExact(per.value),
    places: places ?? minorUnitsOf(currency),
    mode,
  })
  return { amount: formatExact(amount), currency }
}

/** `extendPrice` for numbers in memory: quantity x price / per, rounded once to exactly `places` places. */
export const extendExact = ({
  quantity,
  price,
  per,
  places,
  mode,
}: {
  readonly quantity: Exact
  readonly price: Exact
  readonly per: Exact
  readonly places: number
  readonly mode?: RoundingMode | undefined
}): Exact => divideExact(multiplyExact(quantity, price), per, places, mode)
