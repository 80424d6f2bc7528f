import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { RebateAgreement } from './rebate-agreement.ts'

/** The days a rebate is settled for, first and last. */
export type RebatePeriod = { readonly from: CalendarDate; readonly to: CalendarDate }

/** The period of an agreement that a day is in, cut to its validity; null for a day outside it. */
export function rebatePeriodOf(
  { validFrom, validTo, period }: RebateAgreement,
  day: CalendarDate,
): RebatePeriod | null {
  if (day < validFrom || day > validTo) return null
  if (period === 'whole-term') return { from: validFrom, to: validTo }
  const [from, to] = wholePeriod(period, day)
  return { from: from < validFrom ? validFrom : from, to: to > validTo ? validTo : to }
}

const monthsOf = { month: 1, quarter: 3, year: 12 } as const

function wholePeriod(
  period: keyof typeof monthsOf,
  day: CalendarDate,
): readonly [CalendarDate, CalendarDate] {
  const year = Number(day.slice(0, 4))
  const month = Number(day.slice(5, 7))
  const months = monthsOf[period]
  const first = month - ((month - 1) % months)
  const last = first + months - 1
  return [dateOf(year, first, 1), dateOf(year, last, daysIn(year, last))]
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function dateOf(year: number, month: number, day: number): CalendarDate {
  const text = (value: number, digits: number) => String(value).padStart(digits, '0')
  return `${text(year, 4)}-${text(month, 2)}-${text(day, 2)}` as CalendarDate
}
