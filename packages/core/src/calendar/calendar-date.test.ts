import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  CalendarDate,
  calendarDate,
  compareDates,
  dateOfDayNumber,
} from './calendar-date.ts'
import { daysBetween, isCalendarDate, weekdayOf } from './calendar-days.ts'

const firstDay = Temporal.PlainDate.from('0000-01-01')

const anyDay = fc
  .integer({ min: 0, max: 3_652_424 })
  .map((days) => calendarDate(firstDay.add({ days }).toString()))

describe('CalendarDate', () => {
  it.each(['2026-11-24', '2024-02-29', '2000-02-29', '0000-02-29', '9999-12-31'])(
    'takes `%s`',
    (text) => {
      expect(calendarDate(text)).toBe(text)
      expect(isCalendarDate(text)).toBe(true)
    },
  )

  it.each([
    '',
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-1-1',
    '20261124',
    '2026-11-24T00:00:00Z',
  ])('refuses `%s`', (text) => {
    expect(CalendarDate.safeParse(text).success).toBe(false)
    expect(isCalendarDate(text)).toBe(false)
    const expected = expect.objectContaining({ code: 'CALENDAR_INVALID' })
    expect(() => calendarDate(text)).toThrow(expected)
  })

  it('is told from other text without its schema', () => {
    const digits = (length: number, max: number) =>
      fc.integer({ min: 0, max }).map((value) => String(value).padStart(length, '0'))
    const written = fc
      .tuple(digits(4, 9999), digits(2, 14), digits(2, 33))
      .map((parts) => parts.join('-'))
    fc.assert(
      fc.property(written, (text) => {
        expect(isCalendarDate(text)).toBe(CalendarDate.safeParse(text).success)
      }),
      { numRuns: 5_000 },
    )
    expect(isCalendarDate(20_261_124)).toBe(false)
  })

  it('knows its day of the week', () => {
    expect(weekdayOf(calendarDate('2026-11-24'))).toBe(2)
    expect(weekdayOf(calendarDate('2026-11-29'))).toBe(7)
    expect(weekdayOf(calendarDate('1969-12-31'))).toBe(3)
  })

  it('counts days as Temporal does', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        const [left, right] = [Temporal.PlainDate.from(a), Temporal.PlainDate.from(b)]
        expect(daysBetween(a, b)).toBe(left.until(right).days)
        expect(compareDates(a, b)).toBe(Temporal.PlainDate.compare(left, right))
        expect(weekdayOf(a)).toBe(left.dayOfWeek)
        expect(addDays(a, Math.trunc(daysBetween(a, b) / 10))).toBe(
          left.add({ days: Math.trunc(daysBetween(a, b) / 10) }).toString(),
        )
      }),
      { numRuns: 2_000 },
    )
  })

  it('names every day from 1896 to 2104 as Temporal does', () => {
    let day = Temporal.PlainDate.from('1896-01-01')
    let date = calendarDate('1896-01-01')
    while (date < '2104-12-31') {
      day = day.add({ days: 1 })
      date = addDays(date, 1)
      if (date !== day.toString()) expect(date).toBe(day.toString())
    }
    expect(date).toBe('2104-12-31')
  })

  it.each([1.5, Number.NaN, 400_001, -400_001])('refuses to move by %s days', (days) => {
    const expected = expect.objectContaining({ code: 'LIMIT_EXCEEDED' })
    expect(() => addDays(calendarDate('2026-11-24'), days)).toThrow(expected)
  })

  it('stays in the years 0 to 9999', () => {
    const expected = expect.objectContaining({ code: 'LIMIT_EXCEEDED' })
    expect(() => addDays(calendarDate('9999-12-31'), 1)).toThrow(expected)
    expect(() => addDays(calendarDate('0000-01-01'), -1)).toThrow(expected)
    expect(() => dateOfDayNumber(Number.MAX_SAFE_INTEGER)).toThrow(expected)
  })
})
