import { multiplyDecimals, type UnitConversion, type UnitOfMeasure } from '@counterfoil/core'
import type * as z from 'zod'
import { readDecimal } from '../element/read-decimal.ts'
import { isAboveZero } from '../element/read-quantity.ts'
import { type SetReading, takeFirst } from '../set/set-reading.ts'
import type { Segment } from '../syntax/segment.ts'

/** Units that are packages: only of these does PO4 say how many pieces are inside. */
const packages: ReadonlySet<string> = new Set([
  'XBG',
  'XBX',
  'XCS',
  'XCT',
  'XDR',
  'XPK',
  'XPX',
  'XRO',
  'KT',
  'SET',
])

/**
 * How many pieces a package of the line holds: PO401 inner packs (or pieces) in the outer, times PO414
 * pieces in each inner. A line counted in pieces needs no conversion, and its PO4 is left to the reader of
 * packing instructions.
 */
export const readPackConversions = (
  reading: SetReading,
  below: readonly Segment[],
  unitOfMeasure: UnitOfMeasure,
): z.input<typeof UnitConversion>[] => {
  if (!packages.has(unitOfMeasure)) return []
  const segment = takeFirst(reading, below, 'PO4')
  if (segment === null) return []
  const outer = readDecimal(reading, { segment, element: 1 })
  const inner = readDecimal(reading, { segment, element: 14 })
  if (outer === null || !isAboveZero(outer)) return []
  const pieces = inner === null || !isAboveZero(inner) ? outer : multiplyDecimals(outer, inner)
  return [{ from: unitOfMeasure, to: 'EA', numerator: pieces, denominator: '1' }]
}
