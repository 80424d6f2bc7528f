import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import {
  type DiscrepancyPlace,
  measureDate,
  measureQuantity,
  measureText,
  type QuantityDiscrepancyKind,
} from '../discrepancy/measure-discrepancy.ts'
import { compareFigures, type Figure, writeFigure, zeroFigure } from '../match/figure.ts'
import { canConvert, inOrderUnit } from '../match/order-unit.ts'
import { firstDay, lastDay } from '../purchase-order/delivery-days.ts'
import { findOrderLine, isOtherItem, nameOfItem } from '../purchase-order/find-order-line.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import type { LotOrSerial } from '../ship-notice/ship-notice.ts'
import { compareControl } from './compare-control.ts'
import { compareWeight } from './compare-weight.ts'
import type { ConditionCount, Receipt, ReceiptCondition, ReceiptLine } from './receipt.ts'

/** When goods are expected: the first and the last day that is in time; null where any day will do. */
export type DeliveryWindow = {
  readonly notBefore: CalendarDate | null
  readonly notAfter: CalendarDate | null
}

/** What a counted line says that can be compared by itself. */
export type CountedLine = Pick<ReceiptLine, 'quantity' | 'unitOfMeasure'> & {
  readonly documentNumber: string
  readonly documentLineNumber: string
  readonly receivedDate: CalendarDate
  readonly item?: ReceiptLine['item'] | undefined
  readonly scheduleNumber?: string | undefined
  readonly conditions?: readonly ConditionCount[] | undefined
  /** The first day any of its lots expires. */
  readonly expiryDate?: CalendarDate | undefined
  readonly lots?: readonly LotOrSerial[] | undefined
  /** As weighed, in the price's unit. */
  readonly pricingQuantity?: ReceiptLine['pricingQuantity'] | undefined
  /** A ship notice says how much to expect, so that less or more is measured against it. */
  readonly isAnnounced: boolean
}

/**
 * Compares what the dock counted with the order: what came in which condition, what nobody ordered, and when it came.
 * `windows` are the days promised by line; the days asked for where absent. More or less than ordered shows only over all
 * receipts of a line: see `compareReceived`. Empty for a reversal or a return, which take goods away.
 */
export function compareReceipt({
  order,
  receipt,
  windows = {},
}: {
  readonly order: PurchaseOrder
  readonly receipt: Receipt
  readonly windows?: { readonly [orderLineNumber: string]: DeliveryWindow }
}): readonly Discrepancy[] {
  if (receipt.receiptType !== 'receipt') return []
  return receipt.lines
    .filter(({ orderNumber }) => orderNumber === order.orderNumber)
    .flatMap((counted) => {
      const { line } = findOrderLine(order.lines, clueOf(counted))
      const facts = countedLineOf(receipt, counted)
      if (line === null) return [unorderedGoods(order.orderNumber, facts)]
      const window = windows[line.orderLineNumber] ?? windowOf(line)
      return compareCounted({ orderNumber: order.orderNumber, line, counted: facts, window })
    })
}

function clueOf(counted: ReceiptLine) {
  return {
    orderLineNumber: counted.orderLineNumber,
    item: counted.item,
    quantity: { value: counted.quantity, unitOfMeasure: counted.unitOfMeasure },
  }
}

function countedLineOf(receipt: Receipt, counted: ReceiptLine): CountedLine {
  return {
    documentNumber: receipt.documentNumber,
    documentLineNumber: counted.documentLineNumber,
    receivedDate: receipt.receivedDate,
    quantity: counted.quantity,
    unitOfMeasure: counted.unitOfMeasure,
    item: counted.item,
    scheduleNumber: counted.scheduleNumber,
    conditions: counted.conditions,
    expiryDate: firstExpiry(counted),
    lots: counted.lots,
    pricingQuantity: counted.pricingQuantity,
    isAnnounced: counted.shipNoticeNumber !== undefined,
  }
}

/** The first day any lot of a counted line expires. */
export function firstExpiry(counted: Pick<ReceiptLine, 'lots'>): CalendarDate | undefined {
  let first: CalendarDate | undefined
  for (const { expiryDate } of counted.lots) {
    if (expiryDate !== undefined && (first === undefined || expiryDate < first)) first = expiryDate
  }
  return first
}

/** The days on which a line is wanted, over all its schedules. */
export function windowOf(line: Pick<OrderLine, 'schedules'>): DeliveryWindow {
  const first = line.schedules.map(({ deliverNotBefore }) => deliverNotBefore)
  const last = line.schedules.map(({ requestedDate }) => requestedDate)
  return {
    notBefore: firstDay(first),
    notAfter: lastDay(last),
  }
}

/** Goods that fit no line of the order they came for. */
export function unorderedGoods(
  orderNumber: string | null,
  counted: Pick<CountedLine, 'documentNumber' | 'documentLineNumber' | 'item'>,
): Discrepancy {
  const place = {
    documentNumber: counted.documentNumber,
    documentLineNumber: counted.documentLineNumber,
    orderNumber,
    orderLineNumber: null,
    scheduleNumber: null,
  }
  const actual = counted.item === undefined ? 'an unnamed item' : nameOfItem(counted.item)
  return measureText('unordered-goods', place, { expected: null, actual })
}

/** Compares one counted line with the order line it came for. */
export function compareCounted({
  orderNumber,
  line,
  counted,
  window,
}: {
  readonly orderNumber: string
  readonly line: OrderLine
  readonly counted: CountedLine
  readonly window: DeliveryWindow
}): readonly Discrepancy[] {
  const place = {
    documentNumber: counted.documentNumber,
    documentLineNumber: counted.documentLineNumber,
    orderNumber,
    orderLineNumber: line.orderLineNumber,
    scheduleNumber: counted.scheduleNumber ?? null,
  }
  return [
    ...wrongItem(line, counted, place),
    ...wrongUnit(line, counted, place),
    ...conditionsOf(line, counted, place),
    ...expired(counted, place),
    ...compareControl(line, counted, place),
    ...compareWeight(line, counted, place),
    ...outOfTime(counted, window, place),
  ]
}

function wrongItem(line: OrderLine, counted: CountedLine, place: DiscrepancyPlace): Discrepancy[] {
  const isOther = isOtherItem(line, counted.item, counted.receivedDate)
  const isSaid = hasCondition(counted, 'wrong-item')
  if (!isOther && !isSaid) return []
  const actual = isOther && counted.item !== undefined ? nameOfItem(counted.item) : 'another item'
  return [measureText('wrong-item', place, { expected: nameOfItem(line.item), actual })]
}

function wrongUnit(line: OrderLine, counted: CountedLine, place: DiscrepancyPlace): Discrepancy[] {
  const { unitOfMeasure, receivedDate } = counted
  const isKnown = canConvert(line, unitOfMeasure, line.unitOfMeasure, receivedDate)
  if (isKnown && !hasCondition(counted, 'wrong-unit')) return []
  const found = { expected: line.unitOfMeasure, actual: unitOfMeasure }
  return [measureText('wrong-unit', place, found)]
}

function hasCondition(counted: CountedLine, condition: ReceiptCondition): boolean {
  return counted.conditions?.some((one) => one.condition === condition) === true
}

/** Conditions that are a number of goods, with the difference each is. */
const countedConditions: Readonly<Partial<Record<ReceiptCondition, QuantityDiscrepancyKind>>> = {
  damaged: 'damaged-goods',
  quality: 'quality-defect',
  packaging: 'packaging-fault',
  rejected: 'rejected-goods',
  scrapped: 'quality-defect',
  'on-hold': 'goods-on-hold',
  'over-returned': 'over-returned',
}

function conditionsOf(
  line: OrderLine,
  counted: CountedLine,
  place: DiscrepancyPlace,
): Discrepancy[] {
  const found: Discrepancy[] = []
  const { unitOfMeasure: stated, receivedDate: on } = counted
  const isKnown = canConvert(line, stated, line.unitOfMeasure, on)
  const unitOfMeasure = isKnown ? line.unitOfMeasure : stated
  for (const { condition, quantity } of counted.conditions ?? []) {
    const actual = isKnown
      ? writeFigure(inOrderUnit(line, { quantity, unitOfMeasure: stated, on }))
      : quantity
    const kind = kindOfCondition(condition, counted)
    if (kind !== null) {
      const measured = { expected: writeFigure(zeroFigure), actual, unitOfMeasure }
      found.push(measureQuantity(kind, place, measured))
    }
    const spoken = spokenCondition(condition)
    if (spoken !== null) {
      found.push(measureText(spoken.kind, place, { expected: spoken.expected, actual: null }))
    }
  }
  return found
}

function kindOfCondition(
  condition: ReceiptCondition,
  { isAnnounced }: CountedLine,
): QuantityDiscrepancyKind | null {
  if (condition === 'short' || condition === 'over') {
    if (isAnnounced) return null
    return condition === 'short' ? 'short-receipt' : 'over-receipt'
  }
  return countedConditions[condition] ?? null
}

function spokenCondition(condition: ReceiptCondition) {
  switch (condition) {
    case 'no-ship-notice':
      return { kind: 'no-ship-notice' as const, expected: 'a ship notice' }
    case 'lot-or-serial':
      return { kind: 'lot-or-serial-missing' as const, expected: 'a lot or serial number' }
    case 'good':
    case 'damaged':
    case 'short':
    case 'over':
    case 'over-returned':
    case 'wrong-item':
    case 'quality':
    case 'packaging':
    case 'rejected':
    case 'on-hold':
    case 'scrapped':
    case 'expired':
    case 'wrong-unit':
      return null
  }
}

function expired(counted: CountedLine, place: DiscrepancyPlace): Discrepancy[] {
  const { expiryDate, receivedDate } = counted
  const isPast = expiryDate !== undefined && expiryDate < receivedDate
  if (!isPast && !hasCondition(counted, 'expired')) return []
  const found = {
    expected: `usable on ${receivedDate}`,
    actual: expiryDate === undefined ? null : `expired on ${expiryDate}`,
  }
  return [measureText('expired-goods', place, found)]
}

function outOfTime(
  { receivedDate: actual }: CountedLine,
  { notBefore, notAfter }: DeliveryWindow,
  place: DiscrepancyPlace,
): Discrepancy[] {
  if (notAfter !== null && actual > notAfter) {
    return [measureDate('late-receipt', place, { expected: notAfter, actual })]
  }
  if (notBefore !== null && actual < notBefore) {
    return [measureDate('early-receipt', place, { expected: notBefore, actual })]
  }
  return []
}

/** What was received of a line, or of one ship notice for it, beside what was to come. In the order line's unit. */
export type ReceivedTotal = {
  readonly place: DiscrepancyPlace
  readonly unitOfMeasure: string
  readonly expected: Figure
  readonly received: Figure
  /** Nothing more will come, so that what is missing is missing. */
  readonly isComplete: boolean
}

/** Compares all that was received with what was to come: too much at once, too little when nothing more will come. */
export function compareReceived(total: ReceivedTotal): readonly Discrepancy[] {
  const order = compareFigures(total.received, total.expected)
  if (order === 0 || (order < 0 && !total.isComplete)) return []
  const measured = {
    expected: writeFigure(total.expected),
    actual: writeFigure(total.received),
    unitOfMeasure: total.unitOfMeasure,
  }
  return [measureQuantity(order > 0 ? 'over-receipt' : 'short-receipt', total.place, measured)]
}
