import {
  compareDecimals,
  type Decimal,
  equalDecimals,
  isPositiveDecimal,
  type OrderSchedule,
  subtractDecimals,
  sumDecimals,
} from '@counterfoil/core'
import type * as z from 'zod'
import { cutText, quoted } from '../finding/cut-text.ts'
import { childrenOf, find } from '../field/find-element.ts'
import { dateAt } from '../field/read-date.ts'
import { countsAlike, quantityAt, type StatedQuantity } from '../field/read-quantity.ts'
import { referenceAt } from '../field/read-text.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import type { XmlElement } from '../xml/xml-element.ts'

/** A schedule as a draft carries it. */
export type ScheduleDraft = z.input<typeof OrderSchedule>

/** The window a delivery is wanted in. */
export type DeliveryRequest = Pick<ScheduleDraft, 'deliverNotBefore' | 'requestedDate'>

/**
 * RequestedDeliveryPeriod: its first day is the earliest, its last the one wanted. A period of one end only names the
 * day wanted. LatestDeliveryDate stands in for a missing period. Null where the element says nothing about days.
 */
export const requestOf = (
  reading: UblReading,
  delivery: XmlElement | undefined,
): DeliveryRequest | null => {
  const start = dateAt(reading, delivery, 'RequestedDeliveryPeriod', 'StartDate')
  const end = dateAt(reading, delivery, 'RequestedDeliveryPeriod', 'EndDate')
  const latest = dateAt(reading, delivery, 'LatestDeliveryDate')
  const requestedDate = end ?? latest ?? start
  if (requestedDate === undefined) return null
  if (start !== undefined && start > requestedDate) return noteReversed(reading, delivery, start)
  return { deliverNotBefore: start ?? null, requestedDate }
}

const noteReversed = (
  reading: UblReading,
  delivery: XmlElement | undefined,
  start: string,
): DeliveryRequest => {
  note(reading, 'ubl-period-reversed', find(delivery, 'RequestedDeliveryPeriod') ?? reading.root, {
    severity: 'warning',
    sentence: `the period ends before it begins on ${quoted(start)}: that day alone is taken`,
  })
  return { deliverNotBefore: start, requestedDate: start }
}

const locationCharactersMax = 80

/** Where goods go: DeliveryLocation/ID, else the number of the party there. Null where only an address says it. */
export const shipToOf = (reading: UblReading, delivery: XmlElement | undefined): string | null => {
  const location =
    referenceAt(reading, delivery, 'DeliveryLocation', 'ID') ??
    referenceAt(reading, delivery, 'DeliveryLocation', 'Address', 'ID') ??
    referenceAt(reading, delivery, 'DeliveryAddress', 'ID') ??
    referenceAt(reading, delivery, 'DeliveryParty', 'PartyIdentification', 'ID')
  return location === undefined ? null : cutText(location, locationCharactersMax)
}

/** What a line's schedules are cut out of. */
export type ScheduleFrame = {
  readonly ordered: StatedQuantity
  readonly request: DeliveryRequest | null
  readonly shipTo: string | null
}

/**
 * The deliveries of a line: LineItem/Delivery with quantities, or one delivery of the whole line. Deliveries that do not
 * come to the ordered quantity get one more for the rest; deliveries of more than was ordered are an error.
 */
export const schedulesOf = (
  reading: UblReading,
  lineItem: XmlElement,
  frame: ScheduleFrame,
): ScheduleDraft[] => {
  const deliveries = childrenOf(lineItem, 'Delivery').map((element) =>
    readDelivery(reading, element, frame),
  )
  const counted = deliveries.filter(({ quantity }) => quantity !== undefined)
  if (counted.length === 0) return [wholeLine(reading, lineItem, deliveries, frame)]
  const isOther = ({ quantity }: Delivery): boolean =>
    quantity !== undefined && !countsAlike(quantity.unitOfMeasure, frame.ordered.unitOfMeasure)
  if (counted.some(isOther)) {
    return [otherUnit(reading, lineItem, frame)]
  }
  return balance(reading, lineItem, counted, frame).map((schedule, index) => ({
    ...schedule,
    scheduleNumber: String(index + 1),
  }))
}

type Delivery = {
  readonly element: XmlElement
  readonly quantity: StatedQuantity | undefined
  readonly request: DeliveryRequest
  readonly shipTo: string | null
}

const anyDay: DeliveryRequest = { deliverNotBefore: null, requestedDate: null }

const readDelivery = (
  reading: UblReading,
  element: XmlElement,
  { ordered, request, shipTo }: ScheduleFrame,
): Delivery => {
  const quantity = quantityAt(reading, element, ['Quantity'], ordered.unitOfMeasure)
  return {
    element,
    quantity: quantity !== undefined && isPositiveDecimal(quantity.value) ? quantity : undefined,
    request: requestOf(reading, element) ?? request ?? anyDay,
    shipTo: shipToOf(reading, element) ?? shipTo,
  }
}

const wholeLine = (
  reading: UblReading,
  lineItem: XmlElement,
  [first, second]: readonly Delivery[],
  { ordered, request, shipTo }: ScheduleFrame,
): ScheduleDraft => {
  if (second !== undefined) {
    note(reading, 'ubl-schedule-quantity-missing', second.element, {
      severity: 'warning',
      sentence: `the line has several deliveries and no quantities for them: all of it is taken for the first one, ask the buyer to split it`,
    })
  }
  return {
    scheduleNumber: '1',
    quantityOrdered: ordered.value,
    ...(first?.request ?? request ?? anyDay),
    shipTo: first?.shipTo ?? shipTo,
  }
}

const otherUnit = (
  reading: UblReading,
  lineItem: XmlElement,
  { ordered, request, shipTo }: ScheduleFrame,
): ScheduleDraft => {
  note(reading, 'ubl-schedule-unit', lineItem, {
    severity: 'warning',
    sentence: `the line is ordered in ${quoted(ordered.unitOfMeasure)} and scheduled in another unit: its deliveries are left out and the whole line is one`,
  })
  return { scheduleNumber: '1', quantityOrdered: ordered.value, ...(request ?? anyDay), shipTo }
}

const balance = (
  reading: UblReading,
  lineItem: XmlElement,
  counted: readonly Delivery[],
  { ordered, request, shipTo }: ScheduleFrame,
): readonly Omit<ScheduleDraft, 'scheduleNumber'>[] => {
  const schedules = counted.map(({ quantity, request: wanted, shipTo: place }) => ({
    quantityOrdered: quantity?.value ?? ordered.value,
    ...wanted,
    shipTo: place,
  }))
  const sum = sumDecimals(counted.map(({ quantity }) => quantity?.value ?? ordered.value))
  if (equalDecimals(sum, ordered.value)) return schedules
  noteBalance(reading, lineItem, { sum, ordered: ordered.value })
  if (compareDecimals(sum, ordered.value) > 0) return schedules
  const rest = subtractDecimals(ordered.value, sum)
  return [...schedules, { quantityOrdered: rest, ...(request ?? anyDay), shipTo }]
}

const noteBalance = (
  reading: UblReading,
  lineItem: XmlElement,
  { sum, ordered }: { readonly sum: Decimal; readonly ordered: Decimal },
): void => {
  const isOver = compareDecimals(sum, ordered) > 0
  note(reading, isOver ? 'ubl-schedules-over' : 'ubl-schedules-short', lineItem, {
    severity: isOver ? 'error' : 'warning',
    sentence: isOver
      ? `the deliveries add up to ${quoted(sum)}, more than the ${quoted(ordered)} ordered: ask the buyer which is right`
      : `the deliveries add up to ${quoted(sum)} of ${quoted(ordered)} ordered: the rest is one more delivery`,
  })
}
