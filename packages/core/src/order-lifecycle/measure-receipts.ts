import { compareInstants, type Instant } from '../calendar/instant.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import { discrepancyIdentity, measureQuantity } from '../discrepancy/measure-discrepancy.ts'
import {
  addFigures,
  compareFigures,
  type Figure,
  minFigure,
  readFigure,
  signOfFigure,
  subtractFigures,
  writeFigure,
  zeroFigure,
} from '../match/figure.ts'
import { canConvert, inOrderUnit } from '../match/order-unit.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import {
  compareCounted,
  compareReceived,
  type CountedLine,
  type DeliveryWindow,
} from '../receipt/compare-receipt.ts'
import type { ReceiptCount, StandingCount } from './count-receipts.ts'
import type { InspectionFact, LineFacts, ReceivedFact } from './order-facts.ts'
import type { OrderFrame } from './order-frame.ts'
import { serialsTwice } from './serials-twice.ts'
import type { MeasuredDifference } from './order-state.ts'

/** A line, what was counted of it, and when it was to come. */
export type CountedOrderLine = {
  readonly line: OrderLine
  readonly facts: LineFacts
  readonly count: ReceiptCount
  readonly window: DeliveryWindow
  /** Somebody gave up the rest, so that what is missing is not missed. */
  readonly isGivenUp: boolean
  /** When that was; null where nobody did. What was counted later is too much. */
  readonly givenUpAt: Instant | null
}

/**
 * Everything about the goods of a line that is not as ordered or announced: too much, too little once nothing more comes,
 * damaged, refused by quality control, late. A count that was reversed whole says nothing.
 */
export function measureReceipts(
  counted: CountedOrderLine,
  frame: OrderFrame,
): readonly MeasuredDifference[] {
  if (counted.facts.received.length === 0) return []
  const inAll = totalDifferences(counted, frame)
  const found = [
    ...countedDifferences(counted, frame),
    ...inAll,
    ...announcedDifferences(counted, frame).filter((one) => !inAll.some(saysTheSame(one))),
    ...returnedTooMuch(counted, frame),
    ...serialsTwice(counted, frame),
    ...inspectionDifferences(counted, frame),
  ]
  return found.map((discrepancy) => ({
    identity: discrepancyIdentity(discrepancy),
    discrepancy,
  }))
}

/** A line that came with one notice is too much or too little once, not beside the notice and beside the order. */
function saysTheSame({ kind, expected, actual }: Discrepancy) {
  return (other: Discrepancy): boolean =>
    other.kind === kind && other.expected === expected && other.actual === actual
}

function countedDifferences(
  { line, count, window }: CountedOrderLine,
  { order }: OrderFrame,
): readonly Discrepancy[] {
  const { orderNumber } = order
  const facts = [...count.standing.map(({ fact }) => fact), ...count.unconverted]
  const found: Discrepancy[] = []
  let isTimeTold = false
  for (const fact of facts) {
    const compared = comparisonOf(line, fact, { orderNumber, window })
    for (const discrepancy of compared) {
      const isOfTime = discrepancy.kind === 'late-receipt' || discrepancy.kind === 'early-receipt'
      // That a line comes out of its time is said once, of the first count that did.
      if (isOfTime && isTimeTold) continue
      isTimeTold ||= isOfTime
      found.push(discrepancy)
    }
  }
  return found
}

type Asked = { readonly orderNumber: string; readonly window: DeliveryWindow }
type Compared = Asked & { readonly line: OrderLine; readonly found: readonly Discrepancy[] }

// A line may have a thousand counts, and each stays as it is while others come.
const comparisons = new WeakMap<ReceivedFact, Compared>()

function comparisonOf(line: OrderLine, fact: ReceivedFact, asked: Asked): readonly Discrepancy[] {
  const known = comparisons.get(fact)
  const { orderNumber, window } = asked
  const isSame =
    known !== undefined &&
    known.line === line &&
    known.orderNumber === orderNumber &&
    known.window.notBefore === window.notBefore &&
    known.window.notAfter === window.notAfter
  if (isSame) return known.found
  const found = compareCounted({ orderNumber, line, counted: countedLine(fact), window })
  comparisons.set(fact, { line, ...asked, found })
  return found
}

function countedLine(fact: ReceivedFact): CountedLine {
  return {
    documentNumber: fact.receiptNumber,
    documentLineNumber: fact.receiptLineNumber,
    receivedDate: fact.receivedDate,
    quantity: fact.quantity,
    unitOfMeasure: fact.unitOfMeasure,
    item: fact.item,
    scheduleNumber: fact.scheduleNumber,
    conditions: fact.conditions,
    expiryDate: fact.expiryDate,
    lots: fact.lots,
    pricingQuantity: fact.pricingQuantity,
    isAnnounced: fact.shipNoticeNumber !== undefined,
  }
}

/**
 * All that is kept of a line beside what was to come: too much counts what was not sent back, too little what the supplier
 * still owes.
 */
function totalDifferences(
  { line, count, isGivenUp, givenUpAt }: CountedOrderLine,
  { order }: OrderFrame,
): readonly Discrepancy[] {
  const ordered = readFigure(line.quantityOrdered)
  let counted = zeroFigure
  let sentBack = zeroFigure
  let sentBackForGood = zeroFigure
  let isComplete = !isGivenUp
  for (const { received, returned, returnedForGood, isFinal } of count.bySchedule.values()) {
    counted = addFigures(counted, received)
    sentBack = addFigures(sentBack, returned)
    sentBackForGood = addFigures(sentBackForGood, returnedForGood)
    isComplete &&= isFinal
  }
  const place = linePlace(order.orderNumber, order.orderNumber, line)
  const { unitOfMeasure } = line
  const stocked = subtractFigures(counted, sentBack)
  const awaited = minFigure(ordered, subtractFigures(counted, countedAfter(givenUpAt, count)))
  const total = { place, unitOfMeasure, isComplete }
  if (compareFigures(stocked, awaited) > 0) {
    return compareReceived({ ...total, expected: awaited, received: stocked })
  }
  const settled = addFigures(stocked, sentBackForGood)
  if (compareFigures(settled, ordered) >= 0) return []
  return compareReceived({ ...total, expected: ordered, received: settled })
}

/** Goods that were counted although the buyer had given the line up by then. */
function countedAfter(givenUpAt: Instant | null, { standing }: ReceiptCount): Figure {
  if (givenUpAt === null) return zeroFigure
  return standing
    .filter(({ fact }) => compareInstants(fact.issuedAt, givenUpAt) > 0)
    .map(({ quantity }) => quantity)
    .reduce(addFigures, zeroFigure)
}

function linePlace(documentNumber: string, orderNumber: string, line: OrderLine) {
  return {
    documentNumber,
    documentLineNumber: null,
    orderNumber,
    orderLineNumber: line.orderLineNumber,
    scheduleNumber: null,
  }
}

/** What was counted of each ship notice beside what it announced; too little shows once its receiver is done. */
function announcedDifferences(
  { line, facts, count }: CountedOrderLine,
  { order, facts: known }: OrderFrame,
): readonly Discrepancy[] {
  if (facts.shipped.length === 0) return []
  const found: Discrepancy[] = []
  for (const [notice, counts] of Map.groupBy(count.standing, ({ fact }) => fact.shipNoticeNumber)) {
    if (notice === undefined) continue
    const shipped = facts.shipped.filter(
      ({ documentNumber, shipmentKey, unitOfMeasure }) =>
        documentNumber === notice &&
        known.shipments[shipmentKey]?.cancelled === false &&
        canConvert(line, unitOfMeasure, line.unitOfMeasure, dayOf(order.issuedAt)),
    )
    if (shipped.length === 0) continue
    const expected = shipped
      .map(({ quantityShipped: quantity, unitOfMeasure }) =>
        inOrderUnit(line, { quantity, unitOfMeasure, on: dayOf(order.issuedAt) }),
      )
      .reduce(addFigures, zeroFigure)
    const received = counts.map(({ quantity }) => quantity).reduce(addFigures, zeroFigure)
    const isComplete = counts.some(({ fact }) => fact.final === true || isSaidShort(fact))
    const place = linePlace(notice, order.orderNumber, line)
    const { unitOfMeasure } = line
    found.push(...compareReceived({ place, unitOfMeasure, expected, received, isComplete }))
  }
  return found
}

function dayOf(issuedAt: string): ReceivedFact['receivedDate'] {
  return issuedAt.slice(0, 10) as ReceivedFact['receivedDate']
}

function isSaidShort({ conditions = [] }: ReceivedFact): boolean {
  return conditions.some(({ condition }) => condition === 'short')
}

function returnedTooMuch(
  { line, count }: CountedOrderLine,
  { order }: OrderFrame,
): readonly Discrepancy[] {
  if (signOfFigure(count.returnedTooMuch) <= 0) return []
  return [
    quantity(
      'over-returned',
      linePlace(order.orderNumber, order.orderNumber, line),
      line,
      count.returnedTooMuch,
    ),
  ]
}

function quantity(
  kind: 'over-returned' | 'quality-defect',
  place: ReturnType<typeof linePlace>,
  line: OrderLine,
  actual: Figure,
): Discrepancy {
  return measureQuantity(kind, place, {
    expected: writeFigure(zeroFigure),
    actual: writeFigure(actual),
    unitOfMeasure: line.unitOfMeasure,
  })
}

/**
 * What quality control refused; the decisions of inspections of a count that was reversed whole say nothing, and what was
 * reworked only until it was inspected again.
 */
function inspectionDifferences(
  { line, facts, count }: CountedOrderLine,
  { order }: OrderFrame,
): readonly Discrepancy[] {
  return facts.inspected.flatMap((inspection) => {
    const refused = readFigure(inspection.quantityRejected)
    const standing = standingCountOf(inspection, count)
    if (signOfFigure(refused) <= 0 || standing === undefined) return []
    const isReworked = inspection.disposition === 'rework' && signOfFigure(standing.pending) <= 0
    if (isReworked) return []
    const place = linePlace(inspection.documentNumber, order.orderNumber, line)
    return [quantity('quality-defect', place, line, refused)]
  })
}

function standingCountOf(
  inspection: InspectionFact,
  { standing }: ReceiptCount,
): StandingCount | undefined {
  return standing.find(
    ({ fact }) =>
      fact.receiptNumber === inspection.receiptNumber &&
      fact.receiptLineNumber === inspection.receiptLineNumber,
  )
}
