import * as z from 'zod'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { type DayNumber, dayNumberOf, digitsAt, textOfDayNumber } from './day-number.ts'

/**
 * A point in time in ISO 8601 with seconds and an offset or `Z`: `2026-11-24T08:30:00Z`,
 * `2026-11-24T09:30:00.250+01:00`. At most nine digits of a second. The spelling is kept; two
 * spellings of one moment compare as equal.
 */
export const Instant = z.iso
  .datetime({ offset: true })
  .regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/,
    'not an instant: write seconds and an offset, as in 2026-11-24T09:30:00+01:00',
  )
  .meta({ format: 'date-time' })
  .brand<'Instant'>()
export type Instant = z.infer<typeof Instant>

/** Makes an `Instant` of text. Throws `CALENDAR_INVALID`. */
export const instant = (text: string): Instant => {
  const parsed = Instant.safeParse(text)
  if (parsed.success) return parsed.data
  throw new CounterfoilError(
    'CALENDAR_INVALID',
    `cannot read \`${text.slice(0, 40)}\` as an instant: write it as 2026-11-24T09:30:00+01:00`,
    { details: { text: text.slice(0, 40) } },
  )
}

/** -1 where `a` is before `b`, 0 for the same moment however spelled, 1 where after. */
export const compareInstants = (a: Instant, b: Instant): -1 | 0 | 1 => {
  if (a === b) return 0
  // Two moments in UTC of one length sort as text; stored events are written so.
  if (a.length === b.length && isUtc(a) && isUtc(b)) return a < b ? -1 : 1
  const seconds = epochSecondsOf(a) - epochSecondsOf(b)
  if (seconds !== 0) return seconds < 0 ? -1 : 1
  const nanoseconds = nanosecondsOf(a) - nanosecondsOf(b)
  return nanoseconds < 0 ? -1 : nanoseconds > 0 ? 1 : 0
}

/** Milliseconds since 1 January 1970 UTC; what is finer than a millisecond is cut off towards the past. */
export const epochMillisecondsOf = (moment: Instant): number =>
  epochSecondsOf(moment) * 1000 + Math.floor(nanosecondsOf(moment) / 1_000_000)

/**
 * The instant of a count of milliseconds since 1 January 1970 UTC, written in UTC with `Z`; the
 * fraction appears only where it is not zero. Throws `LIMIT_EXCEEDED` outside the years 0 to 9999.
 */
export const instantOfEpochMilliseconds = (milliseconds: number): Instant => {
  const isInside = milliseconds >= firstMillisecond && milliseconds <= lastMillisecond
  if (!Number.isInteger(milliseconds) || !isInside) {
    throw new CounterfoilError(
      'LIMIT_EXCEEDED',
      `cannot write \`${milliseconds}\` milliseconds as an instant: use a whole number within the years 0 to 9999`,
      { details: { milliseconds } },
    )
  }
  const dayNumber: DayNumber = Math.floor(milliseconds / millisecondsADay)
  const rest = milliseconds - dayNumber * millisecondsADay
  const seconds = Math.floor(rest / 1000)
  const fraction = rest % 1000
  const clock = [seconds / 3600, (seconds % 3600) / 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':')
  const shown = fraction === 0 ? '' : `.${String(fraction).padStart(3, '0').replace(/0+$/, '')}`
  return `${textOfDayNumber(dayNumber)}T${clock}${shown}Z` as Instant
}

/** The instant so many milliseconds later, or earlier where negative, in UTC and whole milliseconds. */
export const addMilliseconds = (moment: Instant, milliseconds: number): Instant =>
  instantOfEpochMilliseconds(epochMillisecondsOf(moment) + milliseconds)

/** Milliseconds from one instant to another; negative where `to` is earlier. */
export const millisecondsBetween = (from: Instant, to: Instant): number =>
  epochMillisecondsOf(to) - epochMillisecondsOf(from)

const millisecondsADay = 86_400_000
const firstMillisecond = dayNumberOf(0, 1, 1) * millisecondsADay
const lastMillisecond = (dayNumberOf(9999, 12, 31) + 1) * millisecondsADay - 1

const isUtc = (moment: Instant): boolean => moment.charCodeAt(moment.length - 1) === 90

const epochSecondsOf = (moment: Instant): number => {
  const dayNumber = dayNumberOf(
    digitsAt(moment, 0, 4),
    digitsAt(moment, 5, 7),
    digitsAt(moment, 8, 10),
  )
  const seconds =
    digitsAt(moment, 11, 13) * 3600 + digitsAt(moment, 14, 16) * 60 + digitsAt(moment, 17, 19)
  return dayNumber * 86_400 + seconds - offsetSecondsOf(moment)
}

const offsetSecondsOf = (moment: Instant): number => {
  if (isUtc(moment)) return 0
  const start = moment.length - 6
  const size =
    digitsAt(moment, start + 1, start + 3) * 3600 + digitsAt(moment, start + 4, start + 6) * 60
  return moment.charCodeAt(start) === 45 ? -size : size
}

const nanosecondsOf = (moment: Instant): number => {
  if (moment.charCodeAt(19) !== 46) return 0
  const end = moment.length - (isUtc(moment) ? 1 : 6)
  return digitsAt(moment, 20, end) * 10 ** (9 - (end - 20))
}
