import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BusinessCalendar } from './business-calendar.ts'
import { addBusinessDays, businessDateOf, isBusinessDay, nextBusinessDay } from './business-days.ts'
import {
  addBusinessHours,
  businessHoursBetween,
  businessMillisecondsBetween,
  isOpen,
  nextBusinessOpening,
} from './business-hours.ts'
import { calendarDate } from './calendar-date.ts'
import { DateWindow, positionInWindow } from './date-window.ts'
import { compareInstants, instant, instantOfEpochMilliseconds } from './instant.ts'
import { officeHours } from './office-hours.ts'
import { localDateOf } from './time-zone.ts'

const aCalendar = (more: Partial<Record<keyof BusinessCalendar, unknown>> = {}): BusinessCalendar =>
  BusinessCalendar.parse({
    id: 'dock-hamburg',
    timeZone: 'Europe/Berlin',
    workingDays: [1, 2, 3, 4, 5],
    opens: '08:00',
    closes: '17:00',
    holidays: ['2026-12-25', '2026-12-26', '2027-01-01'],
    ...more,
  })

const hamburg = aCalendar()
const roundTheClock = aCalendar({
  workingDays: [1, 2, 3, 4, 5, 6, 7],
  opens: '00:00',
  closes: '24:00',
  holidays: [],
})
const alwaysOnHoliday = aCalendar({
  workingDays: [5],
  holidays: Array.from({ length: 5_300 }, (_, week) =>
    localDateOf(instantOfEpochMilliseconds(Date.UTC(2026, 10, 20) + week * 7 * 86_400_000), 'UTC'),
  ),
})

describe('BusinessCalendar', () => {
  it.each([
    { closes: '08:00' },
    { opens: '22:00', closes: '06:00' },
    { workingDays: [] },
    { workingDays: [0] },
    { workingDays: [8] },
    { holidays: ['2026-02-30'] },
    { timeZone: 'Europe/Atlantis' },
    { cutoff: '3 pm' },
  ])('refuses %o', (more) => {
    expect(() => aCalendar(more)).toThrow()
  })
})

describe('business days', () => {
  it.each([
    ['2026-11-24', true],
    ['2026-11-28', false],
    ['2026-12-25', false],
    ['2026-12-28', true],
  ])('`%s` is one: %s', (date, expected) => {
    expect(isBusinessDay(calendarDate(date), hamburg)).toBe(expected)
  })

  it.each([
    ['2026-11-24', 0, '2026-11-24'],
    ['2026-11-24', 1, '2026-11-25'],
    ['2026-11-27', 1, '2026-11-30'],
    ['2026-11-28', 0, '2026-11-30'],
    ['2026-11-28', 1, '2026-11-30'],
    ['2026-11-29', -1, '2026-11-27'],
    ['2026-11-30', -1, '2026-11-27'],
    ['2026-12-24', 1, '2026-12-28'],
    ['2026-12-24', 5, '2027-01-04'],
    ['2027-01-04', -5, '2026-12-24'],
    ['2026-11-24', 250, '2027-11-11'],
  ])('%s and %i business days is %s', (date, days, expected) => {
    expect(addBusinessDays(calendarDate(date), days, hamburg)).toBe(expected)
  })

  it('goes there and back between business days', () => {
    const days = fc.integer({ min: -600, max: 600 })
    const starts = fc.integer({ min: 0, max: 700 })
    fc.assert(
      fc.property(starts, days, (start, moved) => {
        const from = addBusinessDays(calendarDate('2026-01-01'), start, hamburg)
        const to = addBusinessDays(from, moved, hamburg)
        expect(isBusinessDay(to, hamburg)).toBe(true)
        expect(addBusinessDays(to, 0 - moved, hamburg)).toBe(from)
      }),
    )
  })

  it('gives up after a hundred years', () => {
    const expected = expect.objectContaining({ code: 'LIMIT_EXCEEDED' })
    const today = calendarDate('2026-11-24')
    expect(() => addBusinessDays(today, 40_000, hamburg)).toThrow(expected)
    expect(() => addBusinessDays(today, 1.5, hamburg)).toThrow(expected)
    expect(() => nextBusinessDay(today, alwaysOnHoliday)).toThrow(expected)
    const monday = instant('2026-11-23T08:00:00Z')
    expect(() => addBusinessHours(monday, 1, alwaysOnHoliday)).toThrow(expected)
    const laterByACentury = instant('2130-11-23T08:00:00Z')
    expect(() => businessHoursBetween(monday, laterByACentury, hamburg)).toThrow(expected)
  })
})

describe('businessDateOf', () => {
  const withCutoff = aCalendar({ cutoff: '15:00' })

  it.each([
    ['before the cutoff', '2026-11-24T14:59:59+01:00', '2026-11-24'],
    ['in the minute of the cutoff', '2026-11-24T15:00:00+01:00', '2026-11-24'],
    ['after the cutoff', '2026-11-24T15:01:00+01:00', '2026-11-25'],
    ['after the cutoff on a Friday', '2026-11-27T15:01:00+01:00', '2026-11-30'],
    ['on a Saturday', '2026-11-28T10:00:00+01:00', '2026-11-30'],
    ['late on a Sunday', '2026-11-29T20:00:00+01:00', '2026-11-30'],
    ['after the cutoff before the holidays', '2026-12-24T16:00:00+01:00', '2026-12-28'],
    ['late in another zone, early here', '2026-11-24T23:30:00-10:00', '2026-11-25'],
  ])('counts something that arrives %s', (_name, moment, expected) => {
    expect(businessDateOf(instant(moment), withCutoff)).toBe(expected)
  })

  it('keeps the day without a cutoff', () => {
    expect(businessDateOf(instant('2026-11-24T23:59:00+01:00'), hamburg)).toBe('2026-11-24')
  })
})

describe('addBusinessHours', () => {
  it.each([
    ['within the day', '2026-11-24T09:00:00+01:00', 2, '2026-11-24T10:00:00Z'],
    ['up to closing time', '2026-11-24T16:00:00+01:00', 1, '2026-11-24T16:00:00Z'],
    ['over night', '2026-11-24T16:00:00+01:00', 2, '2026-11-25T08:00:00Z'],
    ['over a weekend', '2026-11-27T16:00:00+01:00', 2, '2026-11-30T08:00:00Z'],
    ['over Christmas', '2026-12-24T16:30:00+01:00', 1, '2026-12-28T07:30:00Z'],
    ['from before opening', '2026-11-24T05:00:00+01:00', 1, '2026-11-24T08:00:00Z'],
    ['from after closing', '2026-11-24T19:00:00+01:00', 1, '2026-11-25T08:00:00Z'],
    ['from closing time', '2026-11-24T17:00:00+01:00', 1, '2026-11-25T08:00:00Z'],
    ['half an hour', '2026-11-24T09:00:00+01:00', 0.5, '2026-11-24T08:30:00Z'],
    ['none while open', '2026-11-24T09:00:00+01:00', 0, '2026-11-24T08:00:00Z'],
    ['none while closed', '2026-11-28T09:00:00+01:00', 0, '2026-11-30T07:00:00Z'],
    ['over the change to summer time', '2026-03-27T16:00:00+01:00', 2, '2026-03-30T07:00:00Z'],
    ['over the change to winter time', '2026-10-23T16:00:00+02:00', 2, '2026-10-26T08:00:00Z'],
    ['with milliseconds', '2026-11-24T09:00:00.250+01:00', 1, '2026-11-24T09:00:00.25Z'],
  ])('%s', (_name, moment, hours, expected) => {
    expect(addBusinessHours(instant(moment), hours, hamburg)).toBe(expected)
  })

  it('counts hours that pass where clocks change inside opening hours', () => {
    // The night of 29 March has no hour from two to three, the night of 25 October has it twice.
    const [spring, autumn] = ['2026-03-29T00:00:00+01:00', '2026-10-25T00:00:00+02:00'].map(instant)
    if (spring === undefined || autumn === undefined) return expect.unreachable()
    expect(addBusinessHours(spring, 24, roundTheClock)).toBe('2026-03-29T23:00:00Z')
    expect(addBusinessHours(autumn, 24, roundTheClock)).toBe('2026-10-25T22:00:00Z')
    expect(businessHoursBetween(spring, instant('2026-03-30T00:00:00+02:00'), roundTheClock)).toBe(
      23,
    )
    expect(businessHoursBetween(autumn, instant('2026-10-26T00:00:00+01:00'), roundTheClock)).toBe(
      25,
    )
  })

  it('works on the clock of the calendar', () => {
    const chicago = aCalendar({ timeZone: 'America/Chicago' })
    const sydney = aCalendar({ timeZone: 'Australia/Sydney' })
    const moment = instant('2026-11-24T22:30:00Z')
    expect(addBusinessHours(moment, 1, chicago)).toBe('2026-11-25T14:30:00Z')
    expect(addBusinessHours(moment, 1, sydney)).toBe('2026-11-24T23:30:00Z')
    // Between these two days Chicago's clocks went back, so opening time came an hour later in UTC.
    const beforeChange = instant('2026-10-30T21:30:00Z')
    expect(addBusinessHours(beforeChange, 1, chicago)).toBe('2026-11-02T14:30:00Z')
  })

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s hours', (hours) => {
    const expected = expect.objectContaining({ code: 'LIMIT_EXCEEDED' })
    expect(() => addBusinessHours(instant('2026-11-24T09:00:00Z'), hours, hamburg)).toThrow(
      expected,
    )
  })
})

describe('businessHoursBetween', () => {
  it.each([
    ['two instants of one day', '2026-11-24T09:00:00+01:00', '2026-11-24T10:30:00+01:00', 1.5],
    ['a night', '2026-11-24T16:00:00+01:00', '2026-11-25T09:00:00+01:00', 2],
    ['a weekend', '2026-11-27T17:00:00+01:00', '2026-11-30T08:00:00+01:00', 0],
    ['a week', '2026-11-23T00:00:00+01:00', '2026-11-30T00:00:00+01:00', 45],
    ['the same instant', '2026-11-24T09:00:00+01:00', '2026-11-24T09:00:00+01:00', 0],
    ['a way back', '2026-11-25T09:00:00+01:00', '2026-11-24T16:00:00+01:00', -2],
  ])('counts %s', (_name, from, to, expected) => {
    expect(businessHoursBetween(instant(from), instant(to), hamburg)).toBe(expected)
  })

  const moments = fc
    .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) })
    .map(instantOfEpochMilliseconds)
  const calendars = fc.constantFrom(
    hamburg,
    roundTheClock,
    aCalendar({
      timeZone: 'America/New_York',
      workingDays: [6, 7],
      opens: '01:00',
      closes: '04:00',
    }),
    aCalendar({ timeZone: 'Australia/Lord_Howe', opens: '00:00', closes: '24:00' }),
  )

  it('measures what addBusinessHours added', () => {
    fc.assert(
      fc.property(
        moments,
        fc.integer({ min: 0, max: 400 }),
        calendars,
        (moment, quarters, calendar) => {
          const due = addBusinessHours(moment, quarters / 4, calendar)
          expect(businessMillisecondsBetween(moment, due, calendar)).toBe(quarters * 900_000)
          expect(compareInstants(moment, due)).toBeLessThanOrEqual(0)
        },
      ),
    )
  })

  it('adds up over a moment in between', () => {
    fc.assert(
      fc.property(moments, moments, moments, calendars, (a, b, c, calendar) => {
        const whole = businessMillisecondsBetween(a, c, calendar)
        const parts =
          businessMillisecondsBetween(a, b, calendar) + businessMillisecondsBetween(b, c, calendar)
        expect(parts).toBe(whole)
      }),
      { numRuns: 50 },
    )
  })

  it('stays right after more days than it keeps', () => {
    const start = instant('2026-01-01T00:00:00Z')
    const end = instant('2042-01-01T00:00:00Z')
    const everyDay = aCalendar({
      timeZone: 'UTC',
      workingDays: [1, 2, 3, 4, 5, 6, 7],
      holidays: [],
    })
    expect(businessHoursBetween(start, end, everyDay)).toBe(5_844 * 9)
    expect(businessHoursBetween(start, end, everyDay)).toBe(5_844 * 9)
  })
})

describe('opening', () => {
  it.each([
    ['2026-11-24T07:59:59+01:00', false, '2026-11-24T07:00:00Z'],
    ['2026-11-24T08:00:00+01:00', true, '2026-11-24T07:00:00Z'],
    ['2026-11-24T16:59:59+01:00', true, '2026-11-24T15:59:59Z'],
    ['2026-11-24T17:00:00+01:00', false, '2026-11-25T07:00:00Z'],
    ['2026-11-28T10:00:00+01:00', false, '2026-11-30T07:00:00Z'],
    ['2026-12-25T10:00:00+01:00', false, '2026-12-28T07:00:00Z'],
  ])('at `%s` the dock is open: %s, next at %s', (moment, open, opening) => {
    expect(isOpen(instant(moment), hamburg)).toBe(open)
    expect(nextBusinessOpening(instant(moment), hamburg)).toBe(opening)
  })
})

describe('positionInWindow', () => {
  const aWindow = (more: Partial<Record<keyof DateWindow, unknown>> = {}): DateWindow =>
    DateWindow.parse({
      earliest: '2026-11-25',
      latest: '2026-11-27',
      timeZone: 'Europe/Berlin',
      ...more,
    })

  it.each([
    ['2026-11-24', 'early'],
    ['2026-11-25', 'inside'],
    ['2026-11-27', 'inside'],
    ['2026-11-28', 'late'],
  ])('a delivery on %s is %s', (date, expected) => {
    expect(positionInWindow(calendarDate(date), aWindow())).toBe(expected)
    // A day is compared as it is; there is no time to hold against a cutoff.
    expect(positionInWindow(calendarDate(date), aWindow({ cutoff: '00:00' }))).toBe(expected)
  })

  it.each([
    ['the day before, still that day at the dock', '2026-11-24T22:59:00Z', {}, 'early'],
    ['the day before in UTC, the first day at the dock', '2026-11-24T23:00:00Z', {}, 'inside'],
    ['the last minute of the last day', '2026-11-27T23:59:00+01:00', {}, 'inside'],
    ['the minute after', '2026-11-28T00:00:00+01:00', {}, 'late'],
    ['at the cutoff of the last day', '2026-11-27T15:00:00+01:00', { cutoff: '15:00' }, 'inside'],
    ['after the cutoff of the last day', '2026-11-27T15:01:00+01:00', { cutoff: '15:00' }, 'late'],
    [
      'after the cutoff of the day before',
      '2026-11-24T15:01:00+01:00',
      { cutoff: '15:00' },
      'inside',
    ],
    [
      'on the closed Saturday before Monday',
      '2026-11-28T10:00:00+01:00',
      { earliest: '2026-11-30', latest: '2026-11-30', calendar: hamburg },
      'inside',
    ],
    [
      'on that Saturday without a calendar',
      '2026-11-28T10:00:00+01:00',
      { earliest: '2026-11-30', latest: '2026-11-30' },
      'early',
    ],
    [
      'after the cutoff of the calendar on a Friday',
      '2026-11-27T15:01:00+01:00',
      { calendar: aCalendar({ cutoff: '15:00' }) },
      'late',
    ],
    [
      'with a later cutoff of its own',
      '2026-11-27T15:01:00+01:00',
      { calendar: aCalendar({ cutoff: '15:00' }), cutoff: '16:00' },
      'inside',
    ],
  ])('takes a delivery %s', (_name, moment, more, expected) => {
    expect(positionInWindow(instant(moment), aWindow(more))).toBe(expected)
  })

  it('starts before it ends', () => {
    expect(() => aWindow({ latest: '2026-11-24' })).toThrow()
  })
})

describe('office hours', () => {
  it('are Monday to Friday from 8 to 17 in UTC, without holidays', () => {
    const openings = [
      ['2026-11-27T08:00:00Z', true],
      ['2026-11-27T16:59:59Z', true],
      ['2026-11-27T17:00:00Z', false],
      ['2026-11-28T12:00:00Z', false],
      ['2026-12-25T12:00:00Z', true],
    ] as const
    for (const [at, open] of openings) expect(isOpen(instant(at), officeHours), at).toBe(open)
    expect(nextBusinessOpening(instant('2026-11-28T12:00:00Z'), officeHours)).toBe(
      '2026-11-30T08:00:00Z',
    )
  })
})
