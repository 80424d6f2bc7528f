import * as z from 'zod'
import { Decimal, PositiveDecimal } from '../decimal/decimal.ts'
import {
  divideExact,
  type Exact,
  formatExact,
  multiplyExact,
  parseExact,
} from '../decimal/exact.ts'
import { readRatio } from '../decimal/ratio.ts'
import type { RoundingMode } from '../decimal/rounding-mode.ts'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import type { ConvertedQuantity } from '../quantity/convert-quantity.ts'
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

/** How a price is extended: places and rounding are the currency's and half away from zero unless said. */
export type Extension = {
  readonly price: UnitPrice
  readonly places?: number | undefined
  readonly mode?: RoundingMode | undefined
}

/**
 * What a quantity costs at a price: quantity x price / per, exactly, and rounded once at the end. The
 * quantity is in the price's unit; another unit throws `UNIT_NOT_CONVERTIBLE`.
 */
export const extendPrice = ({
  quantity,
  price,
  places,
  mode,
}: Extension & { readonly quantity: Quantity }): Money => {
  checkPriceUnit(quantity.unitOfMeasure, price)
  const amount = extendExact({
    quantity: parseExact(quantity.value),
    price: parseExact(price.amount),
    per: parseExact(price.per.value),
    places: places ?? minorUnitsOf(price.currency),
    mode,
  })
  return { amount: formatExact(amount), currency: price.currency }
}

/**
 * What a converted quantity costs: as `extendPrice`, without rounding the quantity on the way, so a third
 * of a case at 9.99 a case is 3.33.
 */
export const extendConverted = ({
  converted,
  price,
  places,
  mode,
}: Extension & { readonly converted: ConvertedQuantity }): Money => {
  checkPriceUnit(converted.unitOfMeasure, price)
  const { numerator, denominator } = readRatio(converted.value)
  const amount = extendExact({
    quantity: numerator,
    price: parseExact(price.amount),
    per: multiplyExact(parseExact(price.per.value), denominator),
    places: places ?? minorUnitsOf(price.currency),
    mode,
  })
  return { amount: formatExact(amount), currency: price.currency }
}

const checkPriceUnit = (unitOfMeasure: UnitOfMeasure, { per }: UnitPrice): void => {
  if (unitOfMeasure === per.unitOfMeasure) return
  throw new CounterfoilError(
    'UNIT_NOT_CONVERTIBLE',
    `cannot price \`${unitOfMeasure}\` at a price per \`${per.unitOfMeasure}\`: convert the quantity first`,
    { details: { from: unitOfMeasure, to: per.unitOfMeasure } },
  )
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
