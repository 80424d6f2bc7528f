import * as z from 'zod'
import { BusinessCalendar } from './business-calendar.ts'
import { dateBeforeCutoff, nextBusinessDay } from './business-days.ts'
import { CalendarDate } from './calendar-date.ts'
import type { Instant } from './instant.ts'
import { TimeOfDay, TimeZone } from './time-zone.ts'

/**
 * The days on which a delivery is on time, both included: on time is a window, not a day. X12 DTM 064
 * and 063, EDIFACT DTM 64 and 63.
 */
export const DateWindow = z
  .strictObject({
    earliest: CalendarDate,
    latest: CalendarDate,
    /** The clock that says which day it is: the dock's. */
    timeZone: TimeZone,
    /** The dock's working days, if a delivery on a closed day counts for the next day it is open. */
    calendar: BusinessCalendar.optional(),
    /** Latest time, local, at which a delivery counts for the same day; before the calendar's own. */
    cutoff: TimeOfDay.optional(),
  })
  .refine((window) => window.earliest <= window.latest, {
    path: ['latest'],
    message: 'the window ends before it starts: exchange the two days',
  })
export type DateWindow = z.infer<typeof DateWindow>

/** Where a delivery lies against its window. */
export type WindowPosition = 'early' | 'inside' | 'late'

/**
 * Says whether a delivery is early, inside its window or late. A day is compared as it is. An instant
 * first becomes the day it counts for at the dock: after the cutoff that is the next day, and with a
 * calendar the next business day.
 */
export const positionInWindow = (
  moment: Instant | CalendarDate,
  window: DateWindow,
): WindowPosition => {
  const date = isDate(moment) ? moment : dateCounted(moment, window)
  if (date < window.earliest) return 'early'
  return date > window.latest ? 'late' : 'inside'
}

const isDate = (moment: Instant | CalendarDate): moment is CalendarDate => moment.length === 10

const dateCounted = (moment: Instant, { calendar, cutoff, timeZone }: DateWindow): CalendarDate => {
  const date = dateBeforeCutoff({ moment, timeZone, cutoff: cutoff ?? calendar?.cutoff })
  return calendar === undefined ? date : nextBusinessDay(date, calendar)
}
