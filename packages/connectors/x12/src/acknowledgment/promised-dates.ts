import type { CalendarDate } from '@counterfoil/core'
import { type QualifiedDate, readQualifiedDate, takeDate } from '../element/read-date.ts'
import type { SetReading } from '../set/set-reading.ts'
import type { Segment } from '../syntax/segment.ts'

/** A promise: the day, and whether it is the day of delivery or of shipment. */
export type DatePromise = { readonly date: CalendarDate; readonly meaning: 'delivery' | 'ship' }

/** Qualifiers of shipment dates; every other one is about delivery. */
const shipQualifiers: ReadonlySet<string> = new Set(
  '010 011 037 038 039 066 068 079 080 081 082 083 084 085 086 087 088 110 118'.split(' '),
)

/** DTM qualifiers that promise, the surest first. A requested date sent back (002) promises nothing. */
const promising = '069 067 079 068 017 073 075 070 072 078 076 083 085 080 082 088 086'.split(' ')

/** The promise of the DTMs among these segments; null where there is none. */
export const readPromise = (
  reading: SetReading,
  segments: readonly Segment[],
): DatePromise | null => {
  const date = takeDate(reading, segments, promising)
  return date === null ? null : promiseOf(date)
}

/** The promise in a pair of qualifier and date of an ACK or SCH, where any date is one. */
export const readPromiseAt = (
  reading: SetReading,
  segment: Segment,
  qualifier: number,
): DatePromise | null => {
  const date = readQualifiedDate(reading, segment, { qualifier, date: qualifier + 1 })
  return date === null ? null : promiseOf(date)
}

// A promised week is kept by its last day: earlier nobody may be reminded of it.
const promiseOf = ({ qualifier, to }: QualifiedDate): DatePromise => ({
  date: to,
  meaning: shipQualifiers.has(qualifier) ? 'ship' : 'delivery',
})
