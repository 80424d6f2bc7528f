import { CounterfoilError } from '../errors/counterfoil-error.ts'
import type { BusinessCalendar } from './business-calendar.ts'
import { addDays, type CalendarDate, dateOfDayNumber } from './calendar-date.ts'
import { dayNumberOfDate, weekdayOfDayNumber } from './calendar-days.ts'
import type { DayNumber } from './day-number.ts'
import type { Instant } from './instant.ts'
import { localDateOf, localTimeOf, type TimeOfDay, type TimeZone } from './time-zone.ts'

/** The most days a search or a count on a business calendar looks at: a hundred years. */
export const calendarDaysMax = 36_600

/** True on a day of the week that is worked and is no holiday. */
export const isBusinessDay = (date: CalendarDate, calendar: BusinessCalendar): boolean =>
  isWorked(dayNumberOfDate(date), workPatternOf(calendar))

/**
 * The business day that comes so many business days after a day, or before it where negative. The day
 * itself is not counted, so one business day after a Friday or a Saturday is Monday; zero days give the
 * day itself, or the next business day where it is none. A spreadsheet's WORKDAY counts the same way.
 * Throws `LIMIT_EXCEEDED` past a hundred years.
 */
export const addBusinessDays = (
  date: CalendarDate,
  days: number,
  calendar: BusinessCalendar,
): CalendarDate => {
  if (!Number.isInteger(days)) throw notReached(calendar, days)
  const pattern = workPatternOf(calendar)
  const step = days < 0 ? -1 : 1
  let dayNumber = dayNumberOfDate(date)
  if (days === 0 && isWorked(dayNumber, pattern)) return date
  let daysLeft = Math.max(Math.abs(days), 1)
  for (let looked = 0; looked < calendarDaysMax; looked += 1) {
    dayNumber += step
    if (isWorked(dayNumber, pattern)) daysLeft -= 1
    if (daysLeft === 0) return dateOfDayNumber(dayNumber)
  }
  throw notReached(calendar, days)
}

/** The day itself where it is a business day, else the next one. */
export const nextBusinessDay = (date: CalendarDate, calendar: BusinessCalendar): CalendarDate =>
  addBusinessDays(date, 0, calendar)

/**
 * The business day that something arriving at an instant counts for, on the calendar's own clock: a
 * delivery after the cutoff counts for the next business day, one at the cutoff for the same day, and
 * one on a closed day for the day the doors open again.
 */
export const businessDateOf = (moment: Instant, calendar: BusinessCalendar): CalendarDate =>
  nextBusinessDay(
    dateBeforeCutoff({ moment, timeZone: calendar.timeZone, cutoff: calendar.cutoff }),
    calendar,
  )

/** The local day of an instant, or the day after where the wall clock is past the minute of the cutoff. */
export const dateBeforeCutoff = ({
  moment,
  timeZone,
  cutoff,
}: {
  readonly moment: Instant
  readonly timeZone: TimeZone
  readonly cutoff: TimeOfDay | undefined
}): CalendarDate => {
  const date = localDateOf(moment, timeZone)
  const isLate = cutoff !== undefined && localTimeOf(moment, timeZone) > cutoff
  return isLate ? addDays(date, 1) : date
}

/** What a calendar says about days, made quick to ask. */
type WorkPattern = {
  readonly weekdays: ReadonlySet<number>
  readonly holidays: ReadonlySet<DayNumber>
}

const patterns = new WeakMap<BusinessCalendar, WorkPattern>()

/** The work pattern of a calendar, kept as long as the calendar object lives. */
export const workPatternOf = (calendar: BusinessCalendar): WorkPattern => {
  const known = patterns.get(calendar)
  if (known !== undefined) return known
  const pattern = {
    weekdays: new Set(calendar.workingDays),
    holidays: new Set(calendar.holidays.map((holiday) => dayNumberOfDate(holiday))),
  }
  patterns.set(calendar, pattern)
  return pattern
}

/** True when a pattern works on a day. */
export const isWorked = (dayNumber: DayNumber, pattern: WorkPattern): boolean =>
  pattern.weekdays.has(weekdayOfDayNumber(dayNumber)) && !pattern.holidays.has(dayNumber)

/** The error for a day that a calendar does not reach. */
export const notReached = (calendar: BusinessCalendar, days: number): CounterfoilError =>
  new CounterfoilError(
    'LIMIT_EXCEEDED',
    `cannot count \`${days}\` business days on calendar \`${calendar.id}\` within ${calendarDaysMax} days: use a whole number and a calendar with working days`,
    { details: { calendar: calendar.id, days, calendarDaysMax } },
  )
