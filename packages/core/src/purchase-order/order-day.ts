import type { CalendarDate } from '../calendar/calendar-date.ts'

/** The day a document was issued, on its sender's own clock: the day its units and prices are looked up for. */
export function dayOfIssue(document: { readonly issuedAt: string }): CalendarDate {
  return document.issuedAt.slice(0, 10) as CalendarDate
}
