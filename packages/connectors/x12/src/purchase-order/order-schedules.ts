import {
  compareDecimals,
  type Decimal,
  type OrderSchedule,
  subtractDecimals,
  sumDecimals,
  trimDecimal,
  type UnitOfMeasure,
} from '@counterfoil/core'
import type * as z from 'zod'
import {
  countsAlike,
  isAboveZero,
  readQuantity,
  type StatedQuantity,
} from '../element/read-quantity.ts'
import { cutText, quoted } from '../finding/finding-log.ts'
import { note, type SetReading, takeAll } from '../set/set-reading.ts'
import type { SetLine } from '../loop/split-lines.ts'
import { elementText, hasElement, type Segment } from '../syntax/segment.ts'
import { preferDates, readScheduleDates, type RequestedDates } from './order-dates.ts'

/** A schedule as a draft carries it. */
export type ScheduleDraft = z.input<typeof OrderSchedule>

/** What a line's schedules are cut out of. */
export type ScheduleFrame = {
  readonly ordered: StatedQuantity | null
  readonly dates: RequestedDates
  readonly shipTo: string | null
}

/**
 * The deliveries of a line: its SCH segments; else, for an order shared out over places, its SDQ segments;
 * else one delivery of the whole quantity. Empty where no quantity can be told.
 */
export const readSchedules = (
  reading: SetReading,
  line: SetLine,
  frame: ScheduleFrame,
): readonly ScheduleDraft[] => {
  const bySchedule = takeAll(reading, line.below, 'SCH').flatMap((segment) =>
    readSchedule(reading, segment, frame),
  )
  const parts =
    bySchedule.length > 0
      ? bySchedule
      : takeAll(reading, line.below, 'SDQ').flatMap((segment) =>
          readDestinations(reading, segment, frame),
        )
  const usable = checkUnits(reading, line.start, parts, frame)
  return balance(reading, line.start, usable, frame).map(({ quantity, dates, shipTo }, index) => ({
    scheduleNumber: String(index + 1),
    quantityOrdered: quantity,
    deliverNotBefore: dates.deliverNotBefore,
    requestedDate: dates.requestedDate,
    ...(dates.requestedShipDate === null ? {} : { requestedShipDate: dates.requestedShipDate }),
    shipTo,
  }))
}

type Part = {
  readonly segment: Segment
  readonly quantity: Decimal
  readonly unitOfMeasure: UnitOfMeasure
  readonly dates: RequestedDates
  readonly shipTo: string | null
}

const readSchedule = (
  reading: SetReading,
  segment: Segment,
  { dates, shipTo }: ScheduleFrame,
): readonly Part[] => {
  const stated = readQuantity(reading, { segment, element: 1 }, 2)
  if (stated === null || !isAboveZero(stated.quantity)) return []
  return [
    { segment, ...stated, dates: preferDates(readScheduleDates(reading, segment), dates), shipTo },
  ]
}

const locationCharactersMax = 80

/** SDQ: a unit, then up to ten pairs of place and quantity from SDQ03 on. */
const readDestinations = (
  reading: SetReading,
  segment: Segment,
  { dates }: ScheduleFrame,
): readonly Part[] => {
  const parts: Part[] = []
  for (let element = 3; element <= 21 && hasElement(segment, element); element += 2) {
    const stated = readQuantity(reading, { segment, element: element + 1 }, 1)
    if (stated === null || !isAboveZero(stated.quantity)) continue
    const shipTo = cutText(elementText(segment, element), locationCharactersMax)
    parts.push({ segment, ...stated, dates, shipTo })
  }
  return parts
}

/** Schedules in another unit than the line cannot be added up: the line then is one delivery. */
const checkUnits = (
  reading: SetReading,
  start: Segment,
  parts: readonly Part[],
  { ordered }: ScheduleFrame,
): readonly Part[] => {
  const unit = ordered?.unitOfMeasure ?? parts[0]?.unitOfMeasure
  const odd = parts.find((part) => unit !== undefined && !countsAlike(part.unitOfMeasure, unit))
  if (odd === undefined || unit === undefined) return parts
  note(
    reading,
    'x12-schedule-unit',
    { segment: odd.segment },
    {
      severity: ordered === null ? 'error' : 'warning',
      sentence: `the line is ordered in ${quoted(unit)} and scheduled in ${quoted(odd.unitOfMeasure)}: its schedules are left out and the whole line is one delivery`,
    },
  )
  return []
}

/** Makes the schedules add up to the line: what is missing becomes a last one; the schedules beat a smaller line. */
const balance = (
  reading: SetReading,
  start: Segment,
  parts: readonly Part[],
  { ordered, dates, shipTo }: ScheduleFrame,
): readonly Part[] => {
  if (ordered === null || !isAboveZero(ordered.quantity)) return parts
  const rest = { segment: start, ...ordered, dates, shipTo }
  if (parts.length === 0) return [rest]
  const scheduled = sumDecimals(parts.map((part) => part.quantity))
  const order = compareDecimals(scheduled, ordered.quantity)
  if (order === 0) return parts
  note(
    reading,
    'x12-schedule-sum',
    { segment: start, element: 2 },
    {
      severity: 'warning',
      sentence:
        order < 0
          ? `the schedules add up to ${quoted(scheduled)} of ${quoted(ordered.quantity)} ordered: the rest is kept as one more delivery`
          : `the schedules add up to ${quoted(scheduled)} where the line orders ${quoted(ordered.quantity)}: the schedules are believed`,
    },
  )
  if (order > 0) return parts
  const quantity = trimDecimal(subtractDecimals(ordered.quantity, scheduled))
  return [...parts, { ...rest, quantity }]
}
