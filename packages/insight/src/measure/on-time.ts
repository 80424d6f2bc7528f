import {
  addDays,
  addDecimals,
  type CalendarDate,
  compareDates,
  daysBetween,
  decimal,
  type Decimal,
  divideDecimals,
  instant,
  instantOf,
  isZeroDecimal,
  maxDecimal,
  minDecimal,
  multiplyDecimals,
  type OrderLine,
  type OrderState,
  subtractDecimals,
  TimeOfDay,
  trimDecimal,
} from '@counterfoil/core'
import type { Measurement } from '../measurement.ts'
import { measured, oneIf } from './measure.ts'
import { dimensionsOf, type OrderContext } from './order-context.ts'

const startOfDay = TimeOfDay.parse('00:00')

type Schedule = OrderState['standing']['lines'][number]['schedules'][number]

/**
 * Each schedule, held against the day first asked for, the day first promised and the day promised last: whether all of it
 * had come by then, and not before the goods were wanted. And, once it has all come, by how much quantity and day are off.
 */
export function measureArrivals(context: OrderContext): readonly Measurement[] {
  return context.order.lines.flatMap((line) => {
    const standing = context.state.standing.lines.find(
      ({ orderLineNumber }) => orderLineNumber === line.orderLineNumber,
    )
    const schedules = (standing?.schedules ?? []).filter(
      ({ states }) => states.closure !== 'cancelled',
    )
    const arrivals = arrivalsOf(context, line, schedules)
    return schedules.flatMap((schedule) => {
      const arrivedOn = arrivals.get(schedule.scheduleNumber) ?? null
      return [
        ...onTime(context, { line, schedule, arrivedOn }),
        ...variances(context, { line, schedule, arrivedOn }),
      ]
    })
  })
}

/** The day on which the last goods of each schedule came that is complete: good ones, and not sent back since. */
function arrivalsOf(
  { counts }: OrderContext,
  line: OrderLine,
  schedules: readonly Schedule[],
): ReadonlyMap<string, CalendarDate> {
  const came = counts
    .filter(({ standing }) => standing.orderLineNumber === line.orderLineNumber)
    .toSorted((one, other) => compareDates(one.fact.receivedDate, other.fact.receivedDate))
  const arrivals = new Map<string, CalendarDate>()
  const open = new Map<string, Decimal>(
    schedules.toSorted(byDay).map((one) => [one.scheduleNumber, one.quantities.ordered]),
  )
  for (const { standing, fact } of came) {
    let rest = keptOf(standing.facts)
    for (const [scheduleNumber, wanted] of open) {
      const isMeant = (fact.scheduleNumber ?? scheduleNumber) === scheduleNumber
      if (!isMeant || isZeroDecimal(wanted) || isZeroDecimal(rest)) continue
      const taken = minDecimal(wanted, rest)
      rest = subtractDecimals(rest, taken)
      open.set(scheduleNumber, subtractDecimals(wanted, taken))
      arrivals.set(scheduleNumber, fact.receivedDate)
    }
  }
  for (const { scheduleNumber, states } of schedules) {
    const isWhole = isZeroDecimal(open.get(scheduleNumber) ?? none)
    // Less than ordered is complete where that was agreed on: inside the delivery tolerance, or the last there is to come.
    if (!isWhole && states.closure !== 'delivery-complete') arrivals.delete(scheduleNumber)
  }
  return arrivals
}

const none = decimal(0)

/** What was taken in as good or is still looked at, less what went back of it: refused goods go back first. */
function keptOf({
  quantityAccepted,
  quantityPending,
  quantityRejected,
  quantityReturned,
}: OrderContext['counts'][number]['standing']['facts']): Decimal {
  const goodSentBack = maxDecimal(none, subtractDecimals(quantityReturned, quantityRejected))
  const good = addDecimals(quantityAccepted, quantityPending)
  return maxDecimal(none, subtractDecimals(good, goodSentBack))
}

function byDay(one: Schedule, other: Schedule): number {
  return (
    (one.requestedDate ?? '').localeCompare(other.requestedDate ?? '') ||
    one.scheduleNumber.localeCompare(other.scheduleNumber)
  )
}

type Arrival = {
  readonly line: OrderLine
  readonly schedule: Schedule
  readonly arrivedOn: CalendarDate | null
}

function onTime(context: OrderContext, { line, schedule, arrivedOn }: Arrival): Measurement[] {
  const days = {
    'original-request': schedule.originalRequestedDate,
    'first-promise': schedule.firstPromisedDate,
    'latest-promise': latestPromise(schedule),
  }
  const asked = line.schedules.find((one) => one.scheduleNumber === schedule.scheduleNumber)
  return Object.entries(days).flatMap(([variant, due]) => {
    if (due === null) return []
    const isEarly =
      arrivedOn !== null &&
      asked !== undefined &&
      asked.deliverNotBefore !== null &&
      compareDates(arrivedOn, asked.deliverNotBefore) < 0
    const isOnTime = arrivedOn !== null && !isEarly && compareDates(arrivedOn, due) <= 0
    const isInFull = arrivedOn !== null
    const dayIsOver = instantOf(addDays(due, 1), startOfDay, context.buyerCalendar.timeZone)
    return [
      measured({
        metric: 'on-time-inbound',
        subject: `${line.orderLineNumber}/${schedule.scheduleNumber}`,
        at: instant(`${due}T00:00:00Z`),
        dimensions: { ...dimensionsOf(context, line, schedule.scheduleNumber), variant },
        orderKeys: [context.state.key],
        figures: {
          schedules: decimal(1),
          onTime: oneIf(isOnTime),
          inFull: oneIf(isInFull),
          onTimeInFull: oneIf(isOnTime && isInFull),
        },
        ...(arrivedOn === null && { countsFrom: dayIsOver }),
      }),
    ]
  })
}

/** The last day of the promise made last: that nobody agreed on it makes a delivery no less late. */
function latestPromise({ promises }: Schedule): CalendarDate | null {
  return promises.at(-1)?.deliveries.at(-1)?.date ?? null
}

/** How far a delivery that is complete was off: quantity in percent of what was ordered, days late. */
function variances(context: OrderContext, { line, schedule, arrivedOn }: Arrival): Measurement[] {
  if (arrivedOn === null) return []
  const dimensions = dimensionsOf(context, line, schedule.scheduleNumber)
  const common = {
    metric: 'supplier-variance' as const,
    subject: `${line.orderLineNumber}/${schedule.scheduleNumber}`,
    at: instant(`${arrivedOn}T00:00:00Z`),
    orderKeys: [context.state.key],
  }
  const { ordered, received } = schedule.quantities
  const percent = trimDecimal(
    divideDecimals(multiplyDecimals(subtractDecimals(received, ordered), decimal(100)), ordered, 4),
  )
  const quantity = measured({
    ...common,
    dimensions: { ...dimensions, variant: 'quantity' },
    figures: { variance: percent },
  })
  const due = schedule.originalRequestedDate
  if (due === null) return [quantity]
  const late = decimal(daysBetween(due, arrivedOn))
  const day = measured({
    ...common,
    dimensions: { ...dimensions, variant: 'date' },
    figures: { variance: late },
  })
  return [quantity, day]
}
