import type { BusinessCalendar, CalendarDate } from '@counterfoil/core'
import { daysBetween, weekdayOf } from '@counterfoil/core/arithmetic'

const dayPattern = /^\d{4}-\d{2}-\d{2}$/

/** True for text written as a day, whether or not the calendar has it. */
export const isDay = (value: unknown): value is string =>
  typeof value === 'string' && dayPattern.test(value)

const mondayToFriday: readonly number[] = [1, 2, 3, 4, 5]

/**
 * How many business days come after `from`, up to and including `to`: none from a Friday to the Sunday after it, one to
 * the Monday. Zero where `to` is not later. Business days are those a calendar works, its holidays left out; without one
 * Monday to Friday.
 */
export const businessDaysBetween = (
  from: CalendarDate,
  to: CalendarDate,
  calendar: BusinessCalendar | null = null,
): number => {
  const workingDays = calendar === null ? mondayToFriday : [...new Set(calendar.workingDays)]
  const days = Math.max(0, daysBetween(from, to))
  const start = weekdayOf(from)
  const rest = Array.from({ length: days % 7 }, (_, index) => ((start + index) % 7) + 1)
  const worked =
    Math.floor(days / 7) * workingDays.length +
    rest.filter((weekday) => workingDays.includes(weekday)).length
  return calendar === null ? worked : worked - closedBetween(from, to, calendar)
}

// Days are text in rising order, so counting them needs no arithmetic.
const closedBetween = (
  from: CalendarDate,
  to: CalendarDate,
  calendar: BusinessCalendar,
): number => {
  const closed = closedDays.get(calendar) ?? closedDaysOf(calendar)
  closedDays.set(calendar, closed)
  return closed.reduce((count, day) => (from < day && day <= to ? count + 1 : count), 0)
}

const closedDays = new WeakMap<BusinessCalendar, readonly CalendarDate[]>()

/** Holidays that fall on a day which is worked otherwise. */
const closedDaysOf = ({ holidays, workingDays }: BusinessCalendar): readonly CalendarDate[] =>
  [...new Set(holidays)].filter((day) => workingDays.includes(weekdayOf(day)))
