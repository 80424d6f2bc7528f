import { type CalendarDate, compareDates } from '../calendar/calendar-date.ts'

/** The first of several days; null where one of them is not known, as any day is early enough then. */
export function firstDay(days: readonly (CalendarDate | null)[]): CalendarDate | null {
  return sorted(days).at(0) ?? null
}

/** The last of several days; null where one of them is not known, as no day is too late then. */
export function lastDay(days: readonly (CalendarDate | null)[]): CalendarDate | null {
  return sorted(days).at(-1) ?? null
}

function sorted(days: readonly (CalendarDate | null)[]): readonly CalendarDate[] {
  const known = days.filter((day) => day !== null)
  return known.length < days.length ? [] : known.toSorted(compareDates)
}
