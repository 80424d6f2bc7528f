import { Temporal } from 'temporal-polyfill'
import * as z from 'zod'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import type { CalendarDate } from './calendar-date.ts'
import { epochMillisecondsOf, type Instant, instantOfEpochMilliseconds } from './instant.ts'

const namePattern = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/

// Asking the platform for a zone is slow, and documents name the same few again and again.
const namesKnown = new Map<string, boolean>()
const namesKnownMax = 1_000

/**
 * True for an IANA time zone name that this platform has rules for, such as `Europe/Berlin` or `UTC`.
 * An offset such as `+01:00` is not one: it would not follow daylight saving time.
 */
export const isTimeZone = (name: string): boolean => {
  const known = namesKnown.get(name)
  if (known !== undefined) return known
  const found = namePattern.test(name) && hasRules(name)
  if (namesKnown.size < namesKnownMax) namesKnown.set(name, found)
  return found
}

const hasRules = (name: string): boolean => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}

/** An IANA time zone name, such as `America/Chicago`: the zone a dock or a supplier lives in. */
export const TimeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, 'not a time zone: write an IANA name, as in Europe/Berlin')
  .brand<'TimeZone'>()
export type TimeZone = z.infer<typeof TimeZone>

/**
 * A time of day on the wall clock, `00:00` to `24:00` (ISO 8601, hours and minutes). `24:00` is the
 * end of the day, for a dock that never closes.
 */
export const TimeOfDay = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'not a time of day: write it as 08:30')
  .brand<'TimeOfDay'>()
export type TimeOfDay = z.infer<typeof TimeOfDay>

/** The day it is in a time zone at an instant. Throws `TIME_ZONE_UNKNOWN`. */
export const localDateOf = (moment: Instant, timeZone: string): CalendarDate =>
  remembered(
    dates,
    `${moment} ${timeZone}`,
    () => zoned(moment, timeZone).toPlainDate().toString() as CalendarDate,
  )

/** The time on the wall clock of a time zone at an instant, cut to the minute. Throws `TIME_ZONE_UNKNOWN`. */
export const localTimeOf = (moment: Instant, timeZone: string): TimeOfDay =>
  zoned(moment, timeZone).toPlainTime().toString().slice(0, 5) as TimeOfDay

/**
 * The instant at which a wall clock in a time zone shows a time on a day, in UTC. A time that the
 * change to summer time skips is taken as much later as was skipped; of one that comes twice in
 * autumn the first is taken (Temporal's `compatible`). Throws `TIME_ZONE_UNKNOWN`.
 */
export const instantOf = (date: CalendarDate, time: TimeOfDay, timeZone: string): Instant =>
  instantOfEpochMilliseconds(epochMillisecondsAt(date, time, timeZone))

/** `instantOf` as milliseconds since 1 January 1970 UTC. */
export const epochMillisecondsAt = (
  date: CalendarDate,
  time: TimeOfDay,
  timeZone: string,
): number =>
  remembered(moments, `${date} ${time} ${timeZone}`, () => {
    checkTimeZone(timeZone)
    const day = Temporal.PlainDate.from(date)
    const isEndOfDay = time === '24:00'
    return (isEndOfDay ? day.add({ days: 1 }) : day).toZonedDateTime({
      timeZone,
      plainTime: isEndOfDay ? '00:00' : time,
    }).epochMilliseconds
  })

// Every clock of an order asks for the opening of the same few days.
const rememberedMax = 1000
const dates = new Map<string, CalendarDate>()
const moments = new Map<string, number>()

const remembered = <Value>(known: Map<string, Value>, question: string, answer: () => Value) => {
  const before = known.get(question)
  if (before !== undefined) return before
  const found = answer()
  if (known.size >= rememberedMax) known.clear()
  known.set(question, found)
  return found
}

const zoned = (moment: Instant, timeZone: string): Temporal.ZonedDateTime => {
  checkTimeZone(timeZone)
  return Temporal.Instant.fromEpochMilliseconds(epochMillisecondsOf(moment)).toZonedDateTimeISO(
    timeZone,
  )
}

const checkTimeZone = (name: string): void => {
  if (isTimeZone(name)) return
  throw new CounterfoilError(
    'TIME_ZONE_UNKNOWN',
    `cannot find the time zone \`${name.slice(0, 60)}\`: use an IANA name, as in Europe/Berlin`,
    { details: { timeZone: name.slice(0, 60) } },
  )
}
