import type { CalendarDate } from '@counterfoil/core'
import { daysBetween, weekdayOf } from '@counterfoil/core/arithmetic'

const dayPattern = /^\d{4}-\d{2}-\d{2}$/

/** True for text written as a day, whether or not the calendar has it. */
export const isDay = (value: unknown): value is string =>
  typeof value === 'string' && dayPattern.test(value)

const workdays = 5

/**
 * How many days from Monday to Friday come after `from`, up to and including `to`: none from a Friday to
 * the Sunday after it, one to the Monday. Zero where `to` is not later. Holidays are not known here.
 */
export const businessDaysBetween = (from: CalendarDate, to: CalendarDate): number => {
  const days = daysBetween(from, to)
  if (days <= 0) return 0
  const start = weekdayOf(from)
  const rest = Array.from({ length: days % 7 }, (_, index) => ((start + index) % 7) + 1)
  return Math.floor(days / 7) * workdays + rest.filter((weekday) => weekday <= workdays).length
}
