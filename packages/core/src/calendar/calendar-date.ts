import * as z from 'zod'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { dayNumberOfDate } from './calendar-days.ts'
import { type DayNumber, dayNumberOf, textOfDayNumber } from './day-number.ts'

/**
 * A calendar day as `YYYY-MM-DD` (ISO 8601), as printed on a document: a ship date, a requested
 * delivery date. It has no time and no time zone, and it must exist: 30 February does not.
 */
export const CalendarDate = z.iso.date().brand<'CalendarDate'>()
export type CalendarDate = z.infer<typeof CalendarDate>

/** The most days one call may move a date by: over a thousand years. */
export const daysMax = 400_000

/** Makes a `CalendarDate` of text. Throws `CALENDAR_INVALID` where there is no such day. */
export const calendarDate = (text: string): CalendarDate => {
  const parsed = CalendarDate.safeParse(text)
  if (parsed.success) return parsed.data
  throw new CounterfoilError(
    'CALENDAR_INVALID',
    `cannot read \`${text.slice(0, 40)}\` as a day: write an existing day as YYYY-MM-DD`,
    { details: { text: text.slice(0, 40) } },
  )
}

/** -1 where `a` is before `b`, 0 for the same day, 1 where after. */
export const compareDates = (a: CalendarDate, b: CalendarDate): -1 | 0 | 1 =>
  a < b ? -1 : a > b ? 1 : 0

/** The day `days` later, or earlier where negative. Throws `LIMIT_EXCEEDED` outside the years 0 to 9999. */
export const addDays = (date: CalendarDate, days: number): CalendarDate => {
  if (!Number.isInteger(days) || Math.abs(days) > daysMax) throw daysOutOfRange(date, days)
  return dateOfDayNumber(dayNumberOfDate(date) + days)
}

/** The date of a day number. Throws `LIMIT_EXCEEDED` outside the years 0 to 9999. */
export const dateOfDayNumber = (dayNumber: DayNumber): CalendarDate => {
  if (dayNumber < firstDay || dayNumber > lastDay) throw daysOutOfRange('1970-01-01', dayNumber)
  return textOfDayNumber(dayNumber) as CalendarDate
}

const firstDay = dayNumberOf(0, 1, 1)
const lastDay = dayNumberOf(9999, 12, 31)

const daysOutOfRange = (date: string, days: number): CounterfoilError =>
  new CounterfoilError(
    'LIMIT_EXCEEDED',
    `cannot move \`${date}\` by \`${days}\` days: use a whole number that stays in the years 0 to 9999`,
    { details: { date, days, daysMax } },
  )
