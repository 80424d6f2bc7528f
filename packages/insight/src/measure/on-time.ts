import {
  addDays,
  type CalendarDate,
  compareDates,
  daysBetween,
  decimal,
  type Decimal,
  divideDecimals,
  instant,
  instantOf,
  isZeroDecimal,
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
    const arrivals = arrivalsOf(context.state, line, schedules)
    return schedules.flatMap((schedule) => {
      const arrivedOn = arrivals.get(schedule.scheduleNumber) ?? null
      return [
        ...onTime(context, { line, schedule, arrivedOn }),
        ...variances(context, { line, schedule, arrivedOn }),
      ]
    })
  })
}

/** The day on which the last goods of each schedule came that is complete. */
function arrivalsOf(
  state: OrderState,
  line: OrderLine,
  schedules: readonly Schedule[],
): ReadonlyMap<string, CalendarDate> {
  const counts = (state.facts.lines[line.orderLineNumber]?.received ?? [])
    .filter(({ receiptType }) => receiptType === 'receipt')
    .toSorted((one, other) => compareDates(one.receivedDate, other.receivedDate))
  const last = counts.at(-1)?.receivedDate
  const isInOneUnit = counts.every(({ unitOfMeasure }) => unitOfMeasure === line.unitOfMeasure)
  const arrivals = new Map<string, CalendarDate>()
  const left = new Map(schedules.map((one) => [one.scheduleNumber, one.quantities.ordered]))
  const inOrder = schedules.toSorted(
    (one, other) =>
      (one.requestedDate ?? '').localeCompare(other.requestedDate ?? '') ||
      one.scheduleNumber.localeCompare(other.scheduleNumber),
  )
  for (const { quantity, receivedDate, scheduleNumber } of isInOneUnit ? counts : []) {
    let rest: Decimal = quantity
    const meant = inOrder.filter(
      (one) => (scheduleNumber ?? one.scheduleNumber) === one.scheduleNumber,
    )
    for (const one of meant) {
      const open = left.get(one.scheduleNumber) ?? decimal(0)
      if (isZeroDecimal(open) || isZeroDecimal(rest)) continue
      const taken = minDecimal(open, rest)
      rest = subtractDecimals(rest, taken)
      left.set(one.scheduleNumber, subtractDecimals(open, taken))
      if (isZeroDecimal(subtractDecimals(open, taken)))
        arrivals.set(one.scheduleNumber, receivedDate)
    }
  }
  for (const schedule of schedules) {
    const isWhole = schedule.states.delivery === 'received'
    if (!isWhole) arrivals.delete(schedule.scheduleNumber)
    else if (!arrivals.has(schedule.scheduleNumber) && last !== undefined) {
      arrivals.set(schedule.scheduleNumber, last)
    }
  }
  return arrivals
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
