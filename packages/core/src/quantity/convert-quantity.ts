import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { parseExact } from '../decimal/exact.ts'
import { multiplyExactByRatio, type Ratio, roundRatio, writeRatio } from '../decimal/ratio.ts'
import type { RoundingMode } from '../decimal/rounding-mode.ts'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import type { Quantity } from './quantity.ts'
import {
  type ConversionStep,
  factorOf,
  findConversion,
  type UnitConversion,
} from './unit-conversion.ts'
import type { UnitOfMeasure } from './unit-of-measure.ts'

/**
 * A quantity in another unit, exactly, with the conversions that made it so: nothing is compared
 * across units without them. The value is a ratio, as a third of a case is no decimal.
 */
export type ConvertedQuantity = {
  readonly value: Ratio
  readonly unitOfMeasure: UnitOfMeasure
  /** As it was before. */
  readonly original: Quantity
  /** The recorded conversions used, in order; empty where the unit was the same already. */
  readonly steps: readonly ConversionStep[]
}

/**
 * A quantity in another unit of measure, exactly, as of a business day. Throws `UNIT_NOT_CONVERTIBLE`
 * where no conversion is recorded; ask `findConversion` first where that is an expected outcome.
 */
export const convertQuantity = ({
  quantity,
  to,
  item,
  conversions,
  on,
}: {
  readonly quantity: Quantity
  readonly to: UnitOfMeasure
  readonly item: string | null
  readonly conversions: readonly UnitConversion[]
  readonly on: CalendarDate
}): ConvertedQuantity => {
  const from = quantity.unitOfMeasure
  const steps = findConversion({ conversions, item, from, to, on })
  if (steps === null) throw notConvertible(from, to, item, on)
  return {
    value: writeRatio(multiplyExactByRatio(parseExact(quantity.value), factorOf(steps))),
    unitOfMeasure: to,
    original: quantity,
    steps,
  }
}

/** A converted quantity as a decimal of exactly `places` places, half away from zero unless said. */
export const roundConverted = (
  converted: ConvertedQuantity,
  places: number,
  mode?: RoundingMode,
): Decimal => roundRatio(converted.value, places, mode)

const notConvertible = (
  from: UnitOfMeasure,
  to: UnitOfMeasure,
  item: string | null,
  on: CalendarDate,
): CounterfoilError =>
  new CounterfoilError(
    'UNIT_NOT_CONVERTIBLE',
    item === null
      ? `cannot convert \`${from}\` to \`${to}\` on \`${on}\`: name the item or record a conversion for every item`
      : `cannot convert \`${from}\` to \`${to}\` for item \`${item}\` on \`${on}\`: record a conversion or pack size for the item`,
    { details: { from, to, item, on } },
  )
