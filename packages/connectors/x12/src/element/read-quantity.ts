import {
  type Decimal,
  isNegativeDecimal,
  type UnitOfMeasure,
  isZeroDecimal,
  trimDecimal,
} from '@counterfoil/core'
import { type ElementAt, type SetReading } from '../set/set-reading.ts'
import { readDecimal } from './read-decimal.ts'
import { readRequiredUnit } from './read-unit.ts'

/** A quantity with its unit; it may be zero or negative, as documents state it. */
export type StatedQuantity = { readonly quantity: Decimal; readonly unitOfMeasure: UnitOfMeasure }

/**
 * A quantity and the unit beside it. Null without a number; without a usable unit too, which is an error,
 * since nobody may guess what is counted. Spelled shortest, so that `12.00` and `12` are one text.
 */
export const readQuantity = (
  reading: SetReading,
  at: ElementAt,
  unitElement: number,
): StatedQuantity | null => {
  const quantity = readDecimal(reading, at)
  if (quantity === null) return null
  const unitOfMeasure = readRequiredUnit(reading, { segment: at.segment, element: unitElement })
  return unitOfMeasure === null ? null : { quantity: trimDecimal(quantity), unitOfMeasure }
}

/** Above zero: nothing but that is a delivery, a promise or a bill. */
export const isAboveZero = (quantity: Decimal): boolean =>
  !isZeroDecimal(quantity) && !isNegativeDecimal(quantity)

/** Units that all mean one piece, which partners mix within a line: each, one, piece. */
const pieces: ReadonlySet<string> = new Set(['EA', 'C62', 'H87'])

/** Whether two units count the same thing, so that their numbers may be added. */
export const countsAlike = (a: UnitOfMeasure, b: UnitOfMeasure): boolean =>
  a === b || (pieces.has(a) && pieces.has(b))
