import type { CalendarDate } from './calendar-date.ts'
import { type DayNumber, dayNumberOf, digitsAt, textOfDayNumber } from './day-number.ts'

const pattern = /^\d{4}-\d{2}-\d{2}$/

/** True when the text is a day the calendar has, spelled as a `CalendarDate`. Never throws. */
export const isCalendarDate = (value: unknown): value is CalendarDate =>
  typeof value === 'string' &&
  pattern.test(value) &&
  textOfDayNumber(
    dayNumberOf(digitsAt(value, 0, 4), digitsAt(value, 5, 7), digitsAt(value, 8, 10)),
  ) === value

/** Whole days from `from` to `to`: 1 from a Monday to the Tuesday after it, negative backwards. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  dayNumberOfDate(to) - dayNumberOfDate(from)

/** The day of the week: 1 for Monday to 7 for Sunday (ISO 8601). */
export const weekdayOf = (date: CalendarDate): number => weekdayOfDayNumber(dayNumberOfDate(date))

/** The day of the week of a day number, 1 for Monday to 7 for Sunday. */
export const weekdayOfDayNumber = (dayNumber: DayNumber): number =>
  // 1 January 1970 was a Thursday.
  ((((dayNumber + 3) % 7) + 7) % 7) + 1

/** Days from 1 January 1970 to a date. */
export const dayNumberOfDate = (date: CalendarDate): DayNumber =>
  dayNumberOf(digitsAt(date, 0, 4), digitsAt(date, 5, 7), digitsAt(date, 8, 10))
