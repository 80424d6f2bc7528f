import * as z from 'zod'
import { CalendarDate } from './calendar-date.ts'
import { TimeOfDay, TimeZone } from './time-zone.ts'

/**
 * When a dock, a supplier or an office works: which days of the week, from when to when on its own
 * wall clock, and on which days it is closed. The clocks that wait for it count only these hours.
 */
export const BusinessCalendar = z
  .strictObject({
    id: z.string().min(1).max(80),
    timeZone: TimeZone,
    /** Days of the week worked, 1 for Monday to 7 for Sunday. */
    workingDays: z.array(z.int().min(1).max(7)).min(1).max(7),
    /** Opening time on every working day, local. */
    opens: TimeOfDay,
    /** Closing time, local and after `opens`; `24:00` for the end of the day. */
    closes: TimeOfDay,
    /** Days closed although they fall on a working day. */
    holidays: z.array(CalendarDate).max(10_000),
    /** Latest time, local, at which something still counts for the same day; any time when absent. */
    cutoff: TimeOfDay.optional(),
  })
  .refine((calendar) => calendar.opens < calendar.closes, {
    path: ['closes'],
    message:
      'the closing time is not after the opening time: close the day before midnight or at 24:00',
  })
export type BusinessCalendar = z.infer<typeof BusinessCalendar>
