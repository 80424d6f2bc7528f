import { addMilliseconds, CalendarDate, Instant, instantOf, TimeOfDay } from '@counterfoil/core'
import { quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { find } from './find-element.ts'
import { note, type UblReading } from './ubl-reading.ts'

/** A day, and behind it what some senders append: a zone, or a time with one. */
const datePattern = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]*)?(Z|[+-]\d{2}:\d{2})?$/

/** A time of day with seconds, a fraction of them, and an offset. */
const timePattern = /^(\d{2}:\d{2})(?::(\d{2})(\.\d{1,9})?\d*)?(Z|[+-]\d{2}:\d{2})?$/

/** The day at the end of a way down; a zone behind it does not move it. Undefined, with a warning, where it names no day. */
export const dateAt = (
  reading: UblReading,
  element: XmlElement | undefined,
  ...names: readonly string[]
): CalendarDate | undefined => {
  const found = find(element, ...names)
  if (found === undefined) return undefined
  reading.used.add(found)
  if (found.text === '') return undefined
  const day = dayIn(found.text)
  if (day === undefined) {
    note(reading, 'ubl-date', found, {
      severity: 'warning',
      sentence: `${quoted(found.text)} is not a day and is left out: write an existing day as YYYY-MM-DD`,
    })
  }
  return day
}

const dayIn = (text: string): CalendarDate | undefined =>
  CalendarDate.safeParse(datePattern.exec(text)?.[1]).data

/**
 * When the document was issued: IssueDate with IssueTime. Without an offset both are meant in the connection's time
 * zone, and without a time the day's first moment is. A document without a usable IssueDate is an error.
 */
export const issuedAt = (reading: UblReading): string => {
  const { root, context } = reading
  const day = dateAt(reading, root, 'IssueDate')
  if (day === undefined) {
    note(reading, 'ubl-issue-date-missing', find(root, 'IssueDate') ?? root, {
      severity: 'error',
      sentence: `${quoted(root.name)} has no usable IssueDate, which prices and clocks depend on: ask the sender for it`,
    })
    return ''
  }
  const clock = readClock(reading, find(root, 'IssueTime'))
  const offset = clock?.offset ?? datePattern.exec(find(root, 'IssueDate')?.text ?? '')?.[2]
  if (clock !== undefined && offset !== undefined) {
    const spelled = Instant.safeParse(
      `${day}T${clock.time}:${clock.seconds}${clock.fraction}${offset}`,
    )
    if (spelled.success) return spelled.data
  }
  const moment = instantOf(day, clock?.time ?? TimeOfDay.parse('00:00'), context.timeZone)
  const seconds = Number(clock?.seconds ?? '0')
  return seconds === 0 ? moment : addMilliseconds(moment, seconds * 1000)
}

type Clock = {
  readonly time: TimeOfDay
  readonly seconds: string
  /** With its point, or empty. */
  readonly fraction: string
  readonly offset: string | undefined
}

const readClock = (reading: UblReading, element: XmlElement | undefined): Clock | undefined => {
  if (element === undefined) return undefined
  reading.used.add(element)
  if (element.text === '') return undefined
  const [, clock, seconds = '00', fraction = '', offset] = timePattern.exec(element.text) ?? []
  const time = TimeOfDay.safeParse(clock)
  if (time.success && Number(seconds) < 60) return { time: time.data, seconds, fraction, offset }
  note(reading, 'ubl-time', element, {
    severity: 'info',
    sentence: `${quoted(element.text)} is not a time of day: the day's first moment is taken`,
  })
}
