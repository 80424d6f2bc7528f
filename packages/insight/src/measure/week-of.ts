import { addDays, calendarDate, daysBetween, type Instant, weekdayOf } from '@counterfoil/core'

/** The ISO 8601 week of an instant, by its day in UTC: `2026-W48`. The week belongs to the year of its Thursday. */
export function weekOf(at: Instant): string {
  const day = calendarDate(new Date(at).toISOString().slice(0, 10))
  const thursday = addDays(day, 4 - weekdayOf(day))
  const year = thursday.slice(0, 4)
  const dayOfYear = daysBetween(calendarDate(`${year}-01-01`), thursday)
  const week = Math.floor(dayOfYear / 7) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}
