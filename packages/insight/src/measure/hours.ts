import {
  type BusinessCalendar,
  businessMillisecondsBetween,
  type Decimal,
  decimal,
  divideDecimals,
  type Instant,
  millisecondsBetween,
  trimDecimal,
} from '@counterfoil/core'

const millisecondsAnHour = decimal(3_600_000)

/** Hours of the calendar from one instant to another, or all hours where it is null; to 4 places, half up, never below 0. */
export function hoursBetween(
  from: Instant,
  to: Instant,
  calendar: BusinessCalendar | null,
): Decimal {
  const milliseconds =
    calendar === null
      ? millisecondsBetween(from, to)
      : businessMillisecondsBetween(from, to, calendar)
  return trimDecimal(divideDecimals(decimal(Math.max(0, milliseconds)), millisecondsAnHour, 4))
}
