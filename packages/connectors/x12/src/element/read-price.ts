import {
  absoluteDecimal,
  type Decimal,
  isNegativeDecimal,
  isZeroDecimal,
  type LinePrice,
  multiplyDecimals,
  NonNegativeDecimal,
  type UnitOfMeasure,
} from '@counterfoil/core'
import { quoted } from '../finding/finding-log.ts'
import { note, type SetReading } from '../set/set-reading.ts'
import { elementText, hasElement, type Segment } from '../syntax/segment.ts'
import { type PriceBasis, readPriceBasis } from './price-basis.ts'
import { readDecimal, readNonNegative } from './read-decimal.ts'
import { readUnit } from './read-unit.ts'

/** A line's price as its document states it; `signed` keeps a minus that a canonical price cannot carry. */
export type StatedPrice = {
  readonly signed: Decimal
  readonly basis: PriceBasis
  readonly price: LinePrice
}

/**
 * The price of a PO1 or IT1 (elements 4 and 5), or else of a CTP below it. Null where neither states one,
 * or the code says free of charge without an amount.
 */
export const readLinePrice = (
  reading: SetReading,
  line: Segment,
  below: readonly Segment[],
  unitOfMeasure: UnitOfMeasure,
): StatedPrice | null => {
  const basis = readPriceBasis(reading, { segment: line, element: 5 }, unitOfMeasure)
  const signed = readDecimal(reading, { segment: line, element: 4 })
  if (signed !== null) return statedPrice(signed, basis)
  if (basis.isFree) return statedPrice(zero, basis)
  return readPricingSegment(reading, below, unitOfMeasure)
}

/**
 * As `readLinePrice`, where a price below zero makes no sense: an order or an acknowledgment gives nothing
 * back. Null then, and that is said.
 */
export const readOwedPrice = (
  reading: SetReading,
  line: Segment,
  below: readonly Segment[],
  {
    unitOfMeasure,
    severity,
  }: { readonly unitOfMeasure: UnitOfMeasure; readonly severity: 'error' | 'warning' },
): StatedPrice | null => {
  const stated = readLinePrice(reading, line, below, unitOfMeasure)
  if (stated === null || !isNegativeDecimal(stated.signed)) return stated
  note(
    reading,
    'x12-price-negative',
    { segment: line, element: 4 },
    {
      severity,
      sentence: `the line states a price of ${quoted(stated.signed)}, below zero: ask the sender to state allowances as SAC`,
    },
  )
  return null
}

const zero = NonNegativeDecimal.parse('0')

const statedPrice = (signed: Decimal, basis: PriceBasis): StatedPrice => ({
  signed,
  basis,
  price: {
    amount: absoluteDecimal(signed),
    perQuantity: basis.perQuantity,
    perUnitOfMeasure: basis.perUnitOfMeasure,
    priceType: basis.priceType,
  },
})

/** Prices a buyer does not pay: what the shop asks, what the maker suggests. */
const retailPrices: ReadonlySet<string> = new Set(['RTL', 'MSR', 'SRP', 'RES', 'ALT', 'MAP'])

/** CTP03 is the price; CTP05 may name the unit it is for. */
const readPricingSegment = (
  reading: SetReading,
  below: readonly Segment[],
  unitOfMeasure: UnitOfMeasure,
): StatedPrice | null => {
  const segment = below.find(
    (one) => one.id === 'CTP' && hasElement(one, 3) && !retailPrices.has(elementText(one, 2)),
  )
  if (segment === undefined) return null
  const signed = readDecimal(reading, { segment, element: 3 })
  if (signed === null) return null
  reading.use(segment)
  const unit = readUnit(reading, { segment, element: 5 }) ?? unitOfMeasure
  note(
    reading,
    'x12-price-from-ctp',
    { segment, element: 3 },
    {
      severity: 'info',
      sentence: 'the line itself states no price: the one of its CTP is taken',
    },
  )
  noteMultiplier(reading, segment)
  const basis = readPriceBasis(reading, { segment, element: 9 }, unit)
  return statedPrice(signed, priceForSeveral(reading, segment, basis))
}

/** CTP11: three for 10.00 is a price per three. */
const priceForSeveral = (reading: SetReading, segment: Segment, basis: PriceBasis): PriceBasis => {
  const several = readNonNegative(reading, { segment, element: 11 })
  if (several === null || isZeroDecimal(several)) return basis
  return { ...basis, perQuantity: multiplyDecimals(basis.perQuantity, several) }
}

/** CTP07 is a factor whose meaning CTP06 leaves to the partners, so it is never applied. */
const noteMultiplier = (reading: SetReading, segment: Segment): void => {
  if (!hasElement(segment, 7)) return
  note(
    reading,
    'x12-price-multiplier',
    { segment, element: 7 },
    {
      severity: 'warning',
      sentence: `the price comes with a factor of ${quoted(elementText(segment, 7))} that is not applied: ask the sender for the price as it is paid`,
    },
  )
}
