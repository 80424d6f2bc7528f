import { BusinessCalendar } from './business-calendar.ts'

/** The hours counted on where nobody named a calendar: Monday to Friday, 8 to 17, UTC, no holidays. */
export const officeHours: BusinessCalendar = BusinessCalendar.parse({
  id: 'office-hours',
  timeZone: 'UTC',
  workingDays: [1, 2, 3, 4, 5],
  opens: '08:00',
  closes: '17:00',
  holidays: [],
})
