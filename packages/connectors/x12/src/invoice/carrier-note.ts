import { type SetReading, takeFirst } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'

/**
 * Who carried the goods, out of CAD, as a sentence for a person: an invoice has no field for it, and
 * payables look for the bill of lading when freight is questioned. Empty where CAD says nothing.
 */
export const carrierNote = (
  reading: SetReading,
  segments: readonly Segment[],
): readonly string[] => {
  const segment = takeFirst(reading, segments, 'CAD')
  if (segment === null) return []
  const carrier = [elementText(segment, 5), elementText(segment, 4)].filter((one) => one !== '')
  const number = elementText(segment, 8)
  const name = numberNames.get(elementText(segment, 7)) ?? 'reference'
  const parts = [carrier.join(' '), number === '' ? '' : `${name} ${number}`]
  const text = parts.filter((one) => one !== '').join(', ')
  return text === '' ? [] : [`carrier: ${text}`]
}

/** CAD07 (X12 128). */
const numberNames: ReadonlyMap<string, string> = new Map([
  ['2I', 'tracking number'],
  ['BM', 'bill of lading'],
  ['CN', 'pro number'],
])
