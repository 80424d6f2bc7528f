import { CounterfoilError } from '../errors/counterfoil-error.ts'
import type { BusinessCalendar } from './business-calendar.ts'
import { calendarDaysMax, isWorked, notReached, workPatternOf } from './business-days.ts'
import { dateOfDayNumber } from './calendar-date.ts'
import { dayNumberOfDate } from './calendar-days.ts'
import type { DayNumber } from './day-number.ts'
import { epochMillisecondsOf, type Instant, instantOfEpochMilliseconds } from './instant.ts'
import { epochMillisecondsAt, localDateOf } from './time-zone.ts'

/** The most business hours one call may add: far more than a hundred years of them. */
export const businessHoursMax = 1_000_000

/**
 * The instant after so many business hours, as a due time: from 16:00 on a Friday that closes at
 * 17:00, two hours end one hour after opening on Monday. Hours that end exactly at closing time end
 * there, not at the next opening; zero hours end at the first open moment. Hours are hours that pass,
 * so a day on which clocks change inside opening hours has one more or one less. In UTC and whole
 * milliseconds. Throws `LIMIT_EXCEEDED` for negative hours and past a hundred years.
 */
export const addBusinessHours = (
  moment: Instant,
  hours: number,
  calendar: BusinessCalendar,
): Instant => {
  if (!(hours >= 0 && hours <= businessHoursMax)) throw hoursOutOfRange(hours)
  const start = epochMillisecondsOf(moment)
  let left = Math.round(hours * millisecondsAnHour)
  for (const { opens, closes } of openTimesFrom(moment, calendar)) {
    const from = Math.max(opens, start)
    if (from >= closes) continue
    if (left <= closes - from) return instantOfEpochMilliseconds(from + left)
    left -= closes - from
  }
  throw notReached(calendar, hours)
}

/**
 * The business hours from one instant to another, with their fraction: 1.5 for an hour and a half of
 * opening time. Negative where `to` is earlier. Throws `LIMIT_EXCEEDED` past a hundred years.
 */
export const businessHoursBetween = (
  from: Instant,
  to: Instant,
  calendar: BusinessCalendar,
): number => businessMillisecondsBetween(from, to, calendar) / millisecondsAnHour

/** `businessHoursBetween` in whole milliseconds. */
export const businessMillisecondsBetween = (
  from: Instant,
  to: Instant,
  calendar: BusinessCalendar,
): number => {
  const start = epochMillisecondsOf(from)
  const end = epochMillisecondsOf(to)
  if (end < start) return 0 - businessMillisecondsBetween(to, from, calendar)
  let total = 0
  for (const { opens, closes } of openTimesFrom(from, calendar)) {
    if (opens >= end) return total
    const overlap = Math.min(closes, end) - Math.max(opens, start)
    if (overlap > 0) total += overlap
  }
  throw notReached(calendar, total / millisecondsAnHour)
}

/** True while the calendar is open; at closing time it is not. */
export const isOpen = (moment: Instant, calendar: BusinessCalendar): boolean => {
  const at = epochMillisecondsOf(moment)
  const dayNumber = dayNumberOfDate(localDateOf(moment, calendar.timeZone))
  if (!isWorked(dayNumber, workPatternOf(calendar))) return false
  const { opens, closes } = openTimeOf(dayNumber, calendar)
  return at >= opens && at < closes
}

/** The first open moment: the instant itself while the calendar is open, else the next opening, in UTC. */
export const nextBusinessOpening = (moment: Instant, calendar: BusinessCalendar): Instant =>
  addBusinessHours(moment, 0, calendar)

const millisecondsAnHour = 3_600_000

/** One day's opening time, in milliseconds since 1 January 1970 UTC. */
type OpenTime = { readonly opens: number; readonly closes: number }

/** The opening times of the business days from the day of an instant on, for at most a hundred years. */
function* openTimesFrom(moment: Instant, calendar: BusinessCalendar): Generator<OpenTime> {
  const pattern = workPatternOf(calendar)
  const first = dayNumberOfDate(localDateOf(moment, calendar.timeZone))
  for (let dayNumber = first; dayNumber < first + calendarDaysMax; dayNumber += 1) {
    if (isWorked(dayNumber, pattern)) yield openTimeOf(dayNumber, calendar)
  }
}

// Time zone rules are slow to ask, and many due times fall on the same few days.
const openTimes = new WeakMap<BusinessCalendar, Map<DayNumber, OpenTime>>()
const openTimesMax = 4_000

const openTimeOf = (dayNumber: DayNumber, calendar: BusinessCalendar): OpenTime => {
  const known = openTimes.get(calendar) ?? new Map<DayNumber, OpenTime>()
  const found = known.get(dayNumber)
  if (found !== undefined) return found
  const date = dateOfDayNumber(dayNumber)
  const openTime = {
    opens: epochMillisecondsAt(date, calendar.opens, calendar.timeZone),
    closes: epochMillisecondsAt(date, calendar.closes, calendar.timeZone),
  }
  if (known.size >= openTimesMax) known.clear()
  openTimes.set(calendar, known.set(dayNumber, openTime))
  return openTime
}

const hoursOutOfRange = (hours: number): CounterfoilError =>
  new CounterfoilError(
    'LIMIT_EXCEEDED',
    `cannot add \`${hours}\` business hours: use a number from 0 to ${businessHoursMax}`,
    { details: { hours, businessHoursMax } },
  )
