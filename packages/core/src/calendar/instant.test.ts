import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { calendarDate } from './calendar-date.ts'
import {
  addMilliseconds,
  compareInstants,
  epochMillisecondsOf,
  Instant,
  instant,
  instantOfEpochMilliseconds,
  millisecondsBetween,
} from './instant.ts'
import {
  instantOf,
  isTimeZone,
  localDateOf,
  localTimeOf,
  TimeOfDay,
  TimeZone,
} from './time-zone.ts'

/** Moments close together, written in several offsets and with fractions, so that many are equal. */
const anyInstant = fc
  .tuple(
    fc.integer({ min: -90_000, max: 90_000 }),
    fc.constantFrom('Z', '+00:00', '-00:00', '+01:00', '-05:30', '+14:00'),
    fc.constantFrom('', '.5', '.500', '.000000001', '.123456789', '.999'),
  )
  .map(([seconds, offset, fraction]) => {
    const local = Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
      .toZonedDateTimeISO('UTC')
      .toPlainDateTime()
      .toString({ smallestUnit: 'second' })
    return instant(`${local}${fraction}${offset}`)
  })

describe('Instant', () => {
  it.each([
    '2026-11-24T08:30:00Z',
    '2026-11-24T08:30:00.25+01:00',
    '2026-11-24T08:30:00.123456789-11:30',
  ])('takes `%s` and keeps it as written', (text) => {
    expect(instant(text)).toBe(text)
  })

  it.each([
    '',
    '2026-11-24',
    '2026-11-24T08:30Z',
    '2026-11-24T08:30:00',
    '2026-11-24 08:30:00Z',
    '2026-02-30T08:30:00Z',
    '2026-11-24T24:00:00Z',
    '2026-11-24T08:30:60Z',
    '2026-11-24T08:30:00+0100',
    '2026-11-24T08:30:00.Z',
    '2026-11-24T08:30:00.1234567890Z',
    '2026-11-24T08:30:00z',
  ])('refuses `%s`', (text) => {
    expect(Instant.safeParse(text).success).toBe(false)
    const expected = expect.objectContaining({ code: 'CALENDAR_INVALID' })
    expect(() => instant(text)).toThrow(expected)
  })

  it('is a date-time in its JSON Schema', () => {
    expect(z.toJSONSchema(Instant).format).toBe('date-time')
  })

  it('compares moments, not text, as Temporal does', () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, (a, b) => {
        const [left, right] = [Temporal.Instant.from(a), Temporal.Instant.from(b)]
        expect(compareInstants(a, b)).toBe(Temporal.Instant.compare(left, right))
        expect(epochMillisecondsOf(a)).toBe(left.epochMilliseconds)
        expect(addMilliseconds(a, millisecondsBetween(a, b))).toBe(
          Temporal.Instant.fromEpochMilliseconds(right.epochMilliseconds).toString(),
        )
      }),
      { numRuns: 5_000 },
    )
  })

  it.each([
    ['2026-11-24T08:30:00Z', '2026-11-24T08:30:00Z', 0],
    ['2026-11-24T08:30:00Z', '2026-11-24T08:30:01Z', -1],
    ['2026-11-24T08:30:01Z', '2026-11-24T08:30:00Z', 1],
    ['2026-11-24T08:30:00Z', '2026-11-24T09:30:00+01:00', 0],
    ['2026-11-24T08:30:00.5Z', '2026-11-24T08:30:00Z', 1],
    ['2026-11-24T08:30:00.5Z', '2026-11-24T08:30:00.500Z', 0],
    ['2026-11-24T23:59:59-05:00', '2026-11-25T00:00:00Z', 1],
  ])('`%s` against `%s` is %i', (a, b, expected) => {
    expect(compareInstants(instant(a), instant(b))).toBe(expected)
  })

  it('writes milliseconds in UTC', () => {
    expect(instantOfEpochMilliseconds(0)).toBe('1970-01-01T00:00:00Z')
    expect(instantOfEpochMilliseconds(-1)).toBe('1969-12-31T23:59:59.999Z')
    expect(instantOfEpochMilliseconds(1_250)).toBe('1970-01-01T00:00:01.25Z')
  })

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 253_402_300_800_000, -62_167_219_200_001])(
    'refuses %s milliseconds',
    (milliseconds) => {
      const expected = expect.objectContaining({ code: 'LIMIT_EXCEEDED' })
      expect(() => instantOfEpochMilliseconds(milliseconds)).toThrow(expected)
    },
  )
})

describe('time zones', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])(
    'knows `%s`',
    (name) => {
      expect(isTimeZone(name)).toBe(true)
      expect(isTimeZone(name)).toBe(true)
      expect(TimeZone.safeParse(name).success).toBe(true)
    },
  )

  it.each(['', '+01:00', 'Europe/Atlantis', '2026-11-24T00:00:00Z', 'x'.repeat(500)])(
    'does not know `%s`',
    (name) => {
      expect(isTimeZone(name)).toBe(false)
      expect(TimeZone.safeParse(name).success).toBe(false)
      const expected = expect.objectContaining({ code: 'TIME_ZONE_UNKNOWN' })
      expect(() => localDateOf(instant('2026-11-24T00:00:00Z'), name)).toThrow(expected)
    },
  )

  it.each([
    ['2026-11-24T23:30:00Z', 'Europe/Berlin', '2026-11-25', '00:30'],
    ['2026-11-24T23:30:00Z', 'America/Chicago', '2026-11-24', '17:30'],
    ['2026-07-01T04:59:59.9Z', 'America/Chicago', '2026-06-30', '23:59'],
    ['2026-11-24T10:00:00+01:00', 'Pacific/Kiritimati', '2026-11-24', '23:00'],
    ['2026-11-24T11:00:00+01:00', 'Pacific/Kiritimati', '2026-11-25', '00:00'],
    ['2026-11-24T00:00:00Z', 'Asia/Kathmandu', '2026-11-24', '05:45'],
  ])('at `%s` in %s it is %s %s', (moment, timeZone, date, time) => {
    expect(localDateOf(instant(moment), timeZone)).toBe(date)
    expect(localTimeOf(instant(moment), timeZone)).toBe(time)
  })

  it.each([
    ['2026-11-24', '08:30', 'Europe/Berlin', '2026-11-24T07:30:00Z'],
    ['2026-07-01', '08:30', 'Europe/Berlin', '2026-07-01T06:30:00Z'],
    ['2026-11-24', '24:00', 'Europe/Berlin', '2026-11-24T23:00:00Z'],
    // Clocks go from 02:00 to 03:00 on this day: half past two does not exist and is taken as half past three.
    ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
    // Clocks go from 03:00 to 02:00 on this day: half past two comes twice, and the first counts.
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:30:00Z'],
    ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00Z'],
    ['2026-04-05', '02:30', 'Australia/Sydney', '2026-04-04T15:30:00Z'],
    // Lord Howe Island moves its clocks by half an hour.
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z'],
    ['2026-07-01', '12:00', 'Asia/Tokyo', '2026-07-01T03:00:00Z'],
  ])('%s %s in %s is %s', (date, time, timeZone, expected) => {
    expect(instantOf(calendarDate(date), TimeOfDay.parse(time), timeZone)).toBe(expected)
  })

  it.each(['', '8:30', '08:60', '24:01', '25:00', '08:30:00'])('refuses the time `%s`', (text) => {
    expect(TimeOfDay.safeParse(text).success).toBe(false)
  })
})
