import * as z from 'zod'
import { addDecimals, compareDecimals, subtractDecimals } from '../decimal/decimal-arithmetic.ts'
import { Decimal, decimal } from '../decimal/decimal.ts'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { UnitOfMeasure } from './unit-of-measure.ts'

/** An amount of something with its unit of measure, which it never travels without. X12 380 and 355, EDIFACT QTY. */
export const Quantity = z.strictObject({ value: Decimal, unitOfMeasure: UnitOfMeasure })
export type Quantity = z.infer<typeof Quantity>

/**
 * Goods counted in one unit and priced in another: 20 cases that weigh 203.4 kilograms. The weight is
 * measured on each delivery, so no fixed conversion joins the two.
 */
export const CatchQuantity = z.strictObject({
  /** As ordered, packed and counted. */
  logistic: Quantity,
  /** As weighed or measured, the base of the price. */
  pricing: Quantity,
})
export type CatchQuantity = z.infer<typeof CatchQuantity>

/** Makes a quantity. Throws `DECIMAL_INVALID`, and `UNIT_NOT_CONVERTIBLE` for a unit of no valid form. */
export const quantity = (value: string | number | bigint, unitOfMeasure: string): Quantity => {
  const unit = UnitOfMeasure.safeParse(unitOfMeasure)
  if (unit.success) return { value: decimal(value), unitOfMeasure: unit.data }
  throw new CounterfoilError(
    'UNIT_NOT_CONVERTIBLE',
    `cannot read \`${unitOfMeasure.slice(0, 40)}\` as a unit of measure: use a UN/ECE Recommendation 20 code or add an alias`,
    { details: { unitOfMeasure: unitOfMeasure.slice(0, 40) } },
  )
}

/** The sum of two quantities of one unit. Throws `UNIT_NOT_CONVERTIBLE` where the units differ. */
export const addQuantities = (a: Quantity, b: Quantity): Quantity => {
  checkSameUnit(a, b)
  return { value: addDecimals(a.value, b.value), unitOfMeasure: a.unitOfMeasure }
}

/** The difference `a - b` of two quantities of one unit. Throws `UNIT_NOT_CONVERTIBLE` where they differ. */
export const subtractQuantities = (a: Quantity, b: Quantity): Quantity => {
  checkSameUnit(a, b)
  return { value: subtractDecimals(a.value, b.value), unitOfMeasure: a.unitOfMeasure }
}

/** -1, 0 or 1 as `a` is less than, equal to or more than `b`. Throws `UNIT_NOT_CONVERTIBLE` where units differ. */
export const compareQuantities = (a: Quantity, b: Quantity): -1 | 0 | 1 => {
  checkSameUnit(a, b)
  return compareDecimals(a.value, b.value)
}

const checkSameUnit = (a: Quantity, b: Quantity): void => {
  if (a.unitOfMeasure === b.unitOfMeasure) return
  throw new CounterfoilError(
    'UNIT_NOT_CONVERTIBLE',
    `cannot put \`${a.unitOfMeasure}\` and \`${b.unitOfMeasure}\` together: convert one of them first`,
    { details: { from: b.unitOfMeasure, to: a.unitOfMeasure } },
  )
}
