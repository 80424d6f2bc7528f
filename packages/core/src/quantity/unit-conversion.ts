import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { PositiveDecimal } from '../decimal/decimal.ts'
import { exactOne, type ExactRatio, multiplyExactRatios, readRatio } from '../decimal/ratio.ts'
import { ItemNumber } from '../identity/identity.ts'
import { UnitOfMeasure } from './unit-of-measure.ts'

/**
 * How one unit becomes another: one `from` is `numerator / denominator` of `to`. A case of twelve is
 * 12 / 1 from `XCS` to `EA`; a roll that is a third of a box is 1 / 3. As a fraction it is exact both
 * ways. Sources: X12 PO4, EDIFACT QTY 59 and 52, the item master.
 */
export const UnitConversion = z.strictObject({
  /** The item it holds for; null or absent for every item, as twelve to the dozen. */
  item: ItemNumber.nullish(),
  from: UnitOfMeasure,
  to: UnitOfMeasure,
  numerator: PositiveDecimal,
  denominator: PositiveDecimal,
  /** First day it holds; from ever when absent. */
  effectiveFrom: CalendarDate.optional(),
  /** Last day it holds; for ever when absent. */
  effectiveTo: CalendarDate.optional(),
})
export type UnitConversion = z.infer<typeof UnitConversion>

/** A recorded conversion as it was used: as written, or the other way round. */
export const ConversionStep = z.strictObject({ conversion: UnitConversion, inverse: z.boolean() })
export type ConversionStep = z.infer<typeof ConversionStep>

/** Which conversions to search, for which item, between which units, as of which day. */
export type ConversionSearch = {
  readonly conversions: readonly UnitConversion[]
  /** The buyer's item number; null where the line names none, so that only common conversions fit. */
  readonly item: string | null
  readonly from: UnitOfMeasure
  readonly to: UnitOfMeasure
  /** The document's business day; for a receipt the day of receipt. */
  readonly on: CalendarDate
}

/**
 * Finds the recorded way from one unit to another, or null where there is none: never a guess of one
 * to one. Conversions in force on the day are used as written or the other way round, and at most
 * two of them, since item masters often record every unit against the stock unit only. Conversions of
 * the item alone beat ways that need a common one, a single step beats two, and of the rest the one
 * that came into force last. The same unit needs no step, which is an empty list.
 */
export const findConversion = (search: ConversionSearch): readonly ConversionStep[] | null => {
  const { from, to } = search
  if (from === to) return []
  const own: ConversionStep[] = []
  const common: ConversionStep[] = []
  for (const conversion of search.conversions) {
    if (!isInForce(conversion, search.on)) continue
    const isCommon = conversion.item === undefined || conversion.item === null
    if (!isCommon && conversion.item !== search.item) continue
    const steps = isCommon ? common : own
    steps.push({ conversion, inverse: false }, { conversion, inverse: true })
  }
  return (
    singleStep(own, from, to) ??
    doubleStep(own, own, from, to) ??
    singleStep(common, from, to) ??
    doubleStep(own, common, from, to)
  )
}

/** What one unit is worth after all steps, as an exact fraction; no step is one to one. */
export const factorOf = (steps: readonly ConversionStep[]): ExactRatio => {
  let factor = exactOne
  for (const { conversion, inverse } of steps) {
    const { numerator, denominator } = readRatio(conversion)
    factor = multiplyExactRatios(
      factor,
      inverse ? { numerator: denominator, denominator: numerator } : { numerator, denominator },
    )
  }
  return factor
}

const isInForce = ({ effectiveFrom, effectiveTo }: UnitConversion, on: CalendarDate): boolean =>
  (effectiveFrom === undefined || effectiveFrom <= on) &&
  (effectiveTo === undefined || on <= effectiveTo)

const startOf = ({ conversion, inverse }: ConversionStep): UnitOfMeasure =>
  inverse ? conversion.to : conversion.from

const endOf = ({ conversion, inverse }: ConversionStep): UnitOfMeasure =>
  inverse ? conversion.from : conversion.to

const singleStep = (
  steps: readonly ConversionStep[],
  from: UnitOfMeasure,
  to: UnitOfMeasure,
): readonly ConversionStep[] | null => {
  const best = bestStep(steps, from, to)
  return best === null ? null : [best]
}

const bestStep = (
  steps: readonly ConversionStep[],
  from: UnitOfMeasure,
  to: UnitOfMeasure,
): ConversionStep | null => {
  let best: ConversionStep | null = null
  for (const step of steps) {
    if (startOf(step) !== from || endOf(step) !== to) continue
    if (best === null || isBetter(step, best)) best = step
  }
  return best
}

/** Later in force beats earlier; on one day the conversion as written beats the other way round. */
const isBetter = (step: ConversionStep, best: ConversionStep): boolean => {
  const start = step.conversion.effectiveFrom ?? ''
  const bestStart = best.conversion.effectiveFrom ?? ''
  if (start !== bestStart) return start > bestStart
  return !step.inverse && best.inverse
}

/** Two steps over the unit between that comes first in the alphabet, so the list's order is no matter. */
const doubleStep = (
  preferred: readonly ConversionStep[],
  others: readonly ConversionStep[],
  from: UnitOfMeasure,
  to: UnitOfMeasure,
): readonly ConversionStep[] | null => {
  const between = [...new Set([...preferred, ...others].map(endOf))].toSorted()
  for (const unit of between) {
    if (unit === from || unit === to) continue
    const first = bestStep(preferred, from, unit) ?? bestStep(others, from, unit)
    const second = bestStep(preferred, unit, to) ?? bestStep(others, unit, to)
    if (first !== null && second !== null) return [first, second]
  }
  return null
}
