import {
  addDays,
  addMilliseconds,
  CalendarDate,
  type Instant,
  instantOf,
  TimeOfDay,
} from '@counterfoil/core'
import { quoted } from '../finding/finding-log.ts'
import { type ElementAt, note, type SetReading } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'

/**
 * A day as CCYYMMDD, or YYMMDD as releases before 004010 wrote it. Null where the element is empty, is
 * all zeros, or names no day that exists, which is reported.
 */
export const readDate = (reading: SetReading, at: ElementAt): CalendarDate | null => {
  const text = elementText(at.segment, at.element)
  if (text === '' || /^0+$/.test(text)) return null
  const date = parseDate(text, reading.settings.centuryPivot)
  if (date === null) {
    note(reading, 'x12-date-invalid', at, {
      severity: 'warning',
      sentence: `${quoted(text)} is not a day: write an existing day as CCYYMMDD, as in 20261124`,
    })
  }
  return date
}

/** The day that six, eight, twelve or fourteen digits name; null where there is no such day. */
export const parseDate = (text: string, centuryPivot: number): CalendarDate | null => {
  const match = /^(?:(\d{2})(\d{2})(\d{2})|(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6})?)$/.exec(text)
  if (match === null) return null
  const [, shortYear, shortMonth, shortDay, longYear, longMonth, longDay] = match
  const year = longYear ?? `${Number(shortYear) >= centuryPivot ? '19' : '20'}${shortYear ?? ''}`
  const parsed = CalendarDate.safeParse(
    `${year}-${longMonth ?? shortMonth ?? ''}-${longDay ?? shortDay ?? ''}`,
  )
  return parsed.success ? parsed.data : null
}

/**
 * The instant of a day, with the time of an HHMM or HHMMSS element when there is a valid one, in the
 * partner's time zone; else the day's first moment there.
 */
export const readInstant = (
  reading: SetReading,
  date: CalendarDate,
  time: ElementAt | null = null,
): Instant => {
  const { timeZone } = reading.context
  const text = time === null ? '' : elementText(time.segment, time.element)
  const match = /^(\d{2})(\d{2})(?:(\d{2})\d{0,2})?$/.exec(text)
  const clock = TimeOfDay.safeParse(`${match?.[1] ?? '00'}:${match?.[2] ?? '00'}`)
  const seconds = Number(match?.[3] ?? '0')
  const isValid = clock.success && clock.data !== '24:00' && seconds < 60
  if (time !== null && text !== '' && (match === null || !isValid)) {
    note(reading, 'x12-time-invalid', time, {
      severity: 'info',
      sentence: `${quoted(text)} is not a time of day: the day's first moment is taken`,
    })
  }
  if (!isValid) return instantOf(date, TimeOfDay.parse('00:00'), timeZone)
  const moment = instantOf(date, clock.data, timeZone)
  return seconds === 0 ? moment : addMilliseconds(moment, seconds * 1000)
}

/** A day, or a window of days, that a DTM, SCH or ACK names under a qualifier. */
export type QualifiedDate = {
  readonly segment: Segment
  /** X12 374: `002` requested delivery, `067` current schedule delivery. */
  readonly qualifier: string
  /** First day meant. */
  readonly from: CalendarDate
  /** Last day meant; the same as `from` for a single day. */
  readonly to: CalendarDate
}

/** Qualifiers that name a week by its first day: a week is a window, never a day. */
const weekQualifiers: ReadonlySet<string> = new Set([
  '039',
  '076',
  '077',
  '078',
  '086',
  '087',
  '088',
])

/** A qualifier and date out of two elements side by side; null without a valid date. */
export const readQualifiedDate = (
  reading: SetReading,
  segment: Segment,
  place: { readonly qualifier: number; readonly date: number },
): QualifiedDate | null => {
  const from = readDate(reading, { segment, element: place.date })
  if (from === null) return null
  const qualifier = elementText(segment, place.qualifier)
  return { segment, qualifier, from, to: weekQualifiers.has(qualifier) ? addDays(from, 6) : from }
}

/** The day or period of a DTM, in DTM02 or in DTM05/06 (`D8` a day, `RD8` a period). */
export const readDtm = (reading: SetReading, segment: Segment): QualifiedDate | null => {
  if (elementText(segment, 2) !== '') {
    return readQualifiedDate(reading, segment, { qualifier: 1, date: 2 })
  }
  const at = { segment, element: 6 }
  const match = /^(\d+)-(\d+)$/.exec(elementText(segment, 6))
  const qualifier = elementText(segment, 1)
  if (match === null || elementText(segment, 5) !== 'RD8') {
    return readQualifiedDate(reading, segment, { qualifier: 1, date: 6 })
  }
  const { centuryPivot } = reading.settings
  const from = parseDate(match[1] ?? '', centuryPivot)
  const to = parseDate(match[2] ?? '', centuryPivot)
  if (from !== null && to !== null && from <= to) return { segment, qualifier, from, to }
  note(reading, 'x12-date-invalid', at, {
    severity: 'warning',
    sentence: `${quoted(elementText(segment, 6))} is not a period of days: write it as 20261124-20261130`,
  })
  return null
}

/**
 * The first DTM whose qualifier is in the list, in the order of the list: the surest one counts. The
 * segments not chosen stay unused.
 */
export const takeDate = (
  reading: SetReading,
  segments: readonly Segment[],
  qualifiers: readonly string[],
): QualifiedDate | null => {
  for (const qualifier of qualifiers) {
    for (const segment of segments) {
      if (segment.id !== 'DTM' || elementText(segment, 1) !== qualifier) continue
      reading.use(segment)
      const date = readDtm(reading, segment)
      if (date !== null) return date
    }
  }
  return null
}
