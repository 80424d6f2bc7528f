import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import {
  type DiscrepancyPlace,
  measureDate,
  measureQuantity,
  measureText,
} from '../discrepancy/measure-discrepancy.ts'
import {
  addFigures,
  compareFigures,
  type Figure,
  readFigure,
  signOfFigure,
  subtractFigures,
  writeFigure,
  zeroFigure,
} from '../match/figure.ts'
import { canConvert, inOrderUnit } from '../match/order-unit.ts'
import { firstDay, lastDay } from '../purchase-order/delivery-days.ts'
import { findOrderLine, isOtherItem, nameOfItem } from '../purchase-order/find-order-line.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { missingControl } from './missing-control.ts'
import type { ShipNotice, ShipNoticeLine } from './ship-notice.ts'

/** How far an order line is when a ship notice for it comes, in the line's unit. */
export type LineProgress = {
  /** What the supplier promised, or the ordered quantity where it did not answer. */
  readonly quantityConfirmed: Figure
  /** What other notices have announced of it. */
  readonly quantityAnnounced: Figure
  /** The last day it was promised for, or is wanted; null when there is none. */
  readonly promisedDate: CalendarDate | null
  /** First day it is wanted; null when any earlier day will do. */
  readonly deliverNotBefore: CalendarDate | null
  /** Nothing more is expected: cancelled, short-closed or complete. */
  readonly isClosed: boolean
}

/** What of a ship notice concerns one order. */
export type AnnouncedShipment = Pick<
  ShipNotice,
  'documentNumber' | 'shipDate' | 'estimatedDeliveryDate'
> & { readonly lines: readonly ShipNoticeLine[] }

/**
 * Compares what left the supplier's dock with what was ordered and promised: article, unit, quantity over everything
 * announced so far, and day; and whether the lots, serial numbers and dates are named that the goods need. Without
 * `progress` the order as issued is what was promised. Packs and what is wrong in the notice itself are for the shipment to
 * check.
 */
export function compareShipNotice({
  order,
  shipment,
  progress = {},
}: {
  readonly order: PurchaseOrder
  readonly shipment: AnnouncedShipment
  readonly progress?: { readonly [orderLineNumber: string]: LineProgress }
}): readonly Discrepancy[] {
  const found: Discrepancy[] = []
  const byLine = new Map<OrderLine, ShipNoticeLine[]>()
  for (const shipped of shipment.lines) {
    const { line } = findOrderLine(order.lines, clueOf(shipped))
    const place = placeOf(order, shipment, shipped, line)
    if (line === null || isOtherItem(line, shipped.item, shipment.shipDate ?? undefined)) {
      found.push(notOrdered(place, line, shipped))
    } else {
      byLine.set(line, [...(byLine.get(line) ?? []), shipped])
    }
  }
  for (const [line, shippedLines] of byLine) {
    const known = progress[line.orderLineNumber] ?? progressAsOrdered(line)
    const place = { ...placeOf(order, shipment, shippedLines[0], line), scheduleNumber: null }
    found.push(...compareLine({ order, shipment, line, shippedLines, progress: known, place }))
  }
  return found
}

function clueOf(shipped: ShipNoticeLine) {
  return {
    orderLineNumber: shipped.orderLineNumber,
    item: shipped.item,
    quantity: { value: shipped.quantityShipped, unitOfMeasure: shipped.unitOfMeasure },
  }
}

function placeOf(
  order: PurchaseOrder,
  shipment: AnnouncedShipment,
  shipped: ShipNoticeLine | undefined,
  line: OrderLine | null,
): DiscrepancyPlace {
  return {
    documentNumber: shipment.documentNumber,
    documentLineNumber: shipped?.documentLineNumber ?? null,
    orderNumber: order.orderNumber,
    orderLineNumber: line?.orderLineNumber ?? shipped?.orderLineNumber ?? null,
    scheduleNumber: shipped?.scheduleNumber ?? null,
  }
}

function notOrdered(
  place: DiscrepancyPlace,
  line: OrderLine | null,
  shipped: ShipNoticeLine,
): Discrepancy {
  const expected = line === null ? null : nameOfItem(line.item)
  return measureText('item-not-ordered', place, { expected, actual: nameOfItem(shipped.item) })
}

function progressAsOrdered(line: OrderLine): LineProgress {
  const dates = line.schedules.map(({ requestedDate }) => requestedDate)
  const earliest = line.schedules.map(({ deliverNotBefore }) => deliverNotBefore)
  return {
    quantityConfirmed: readFigure(line.quantityOrdered),
    quantityAnnounced: zeroFigure,
    promisedDate: lastDay(dates),
    deliverNotBefore: firstDay(earliest),
    isClosed: false,
  }
}

function compareLine({
  order,
  shipment,
  line,
  shippedLines,
  progress,
  place,
}: {
  readonly order: PurchaseOrder
  readonly shipment: AnnouncedShipment
  readonly line: OrderLine
  readonly shippedLines: readonly ShipNoticeLine[]
  readonly progress: LineProgress
  readonly place: DiscrepancyPlace
}): readonly Discrepancy[] {
  if (progress.isClosed) {
    const found = { expected: null, actual: `line ${line.orderLineNumber} is closed` }
    return [measureText('order-not-open', place, found)]
  }
  const foreign = shippedLines.find(
    ({ unitOfMeasure }) =>
      !canConvert(line, unitOfMeasure, line.unitOfMeasure, shipment.shipDate ?? dayOfIssue(order)),
  )
  if (foreign !== undefined) {
    const found = { expected: line.unitOfMeasure, actual: foreign.unitOfMeasure }
    return [measureText('wrong-unit', place, found)]
  }
  const on = shipment.shipDate ?? dayOfIssue(order)
  const shipped = shippedLines
    .map(({ quantityShipped: quantity, unitOfMeasure }) =>
      inOrderUnit(line, { quantity, unitOfMeasure, on }),
    )
    .reduce(addFigures, zeroFigure)
  return [
    ...quantityDifferences({ line, shipped, progress, place }),
    ...dateDifferences({ shipment, progress, place }),
    ...shippedLines.flatMap((one) =>
      missingControl(line, { ...one, arrival: shipment.estimatedDeliveryDate ?? on }).map(
        (actual) =>
          measureText('incomplete-ship-notice', placeOf(order, shipment, one, line), {
            expected: null,
            actual,
          }),
      ),
    ),
  ]
}

function quantityDifferences({
  line,
  shipped,
  progress,
  place,
}: {
  readonly line: OrderLine
  readonly shipped: Figure
  readonly progress: LineProgress
  readonly place: DiscrepancyPlace
}): readonly Discrepancy[] {
  const left = subtractFigures(progress.quantityConfirmed, progress.quantityAnnounced)
  const expected = signOfFigure(left) < 0 ? zeroFigure : left
  const order = compareFigures(shipped, expected)
  if (order === 0) return []
  const kind = order > 0 ? ('over-shipment' as const) : ('short-shipment' as const)
  const measured = {
    expected: writeFigure(expected),
    actual: writeFigure(shipped),
    unitOfMeasure: line.unitOfMeasure,
  }
  return [measureQuantity(kind, place, measured)]
}

function dateDifferences({
  shipment,
  progress,
  place,
}: {
  readonly shipment: AnnouncedShipment
  readonly progress: LineProgress
  readonly place: DiscrepancyPlace
}): readonly Discrepancy[] {
  const { promisedDate, deliverNotBefore } = progress
  // Without an estimate, goods that leave after the day they are due cannot be in time.
  const arrival = shipment.estimatedDeliveryDate ?? shipment.shipDate
  if (arrival === null) return []
  if (promisedDate !== null && arrival > promisedDate) {
    return [measureDate('late-shipment', place, { expected: promisedDate, actual: arrival })]
  }
  const isEarly =
    shipment.estimatedDeliveryDate !== null &&
    deliverNotBefore !== null &&
    shipment.estimatedDeliveryDate < deliverNotBefore
  if (!isEarly) return []
  return [measureDate('early-shipment', place, { expected: deliverNotBefore, actual: arrival })]
}
