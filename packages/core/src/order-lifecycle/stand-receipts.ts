import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { beginLifecycle } from '../lifecycle/move-lifecycle.ts'
import {
  addFigures,
  compareFigures,
  type Figure,
  minFigure,
  signOfFigure,
  subtractFigures,
  writeFigure,
  zeroFigure,
} from '../match/figure.ts'
import { canConvert, inOrderUnit } from '../match/order-unit.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import {
  type ReceiptLineFacts,
  receiptLineLifecycle,
  type ReceiptLineState,
} from '../receipt/receipt-line-lifecycle.machine.ts'
import { type CountedLine, countedLines } from './count-receipts.ts'
import { type LineFacts, noLineFacts } from './order-facts.ts'
import type { OrderState } from './order-state.ts'
import { receiptPlace } from './record-receipt.ts'

/** One line of a receipt as it stands, or one of a ship notice that nobody counted yet. */
export type ReceiptLineStanding = {
  readonly orderLineNumber: string
  /** Null while the goods are only announced. */
  readonly receiptNumber: string | null
  readonly receiptLineNumber: string | null
  readonly shipNoticeNumber: string | null
  /** Counted, or announced while nobody counted; in the order line's unit of measure. */
  readonly quantity: Decimal
  readonly state: ReceiptLineState
  readonly facts: ReceiptLineFacts
}

/**
 * Where every receipt line of an order stands (MODEL §3.5): first what was counted, by issue time, then what was announced
 * and is still expected. Worked out when it is asked for, as it follows from the facts alone.
 */
export function receiptLinesOf({ facts, standing }: OrderState): readonly ReceiptLineStanding[] {
  const putAway = facts.putAway ?? {}
  return (standing.order?.lines ?? []).flatMap((line) => {
    const lineFacts = facts.lines[line.orderLineNumber] ?? noLineFacts
    const counted = countedLines(line, lineFacts)
    return [
      ...counted.map((count) => standingOf(line, count, putAway)),
      ...expectedLines(line, { lineFacts, counted, shipments: facts.shipments }),
    ]
  })
}

function standingOf(
  line: OrderLine,
  count: CountedLine,
  putAway: NonNullable<OrderState['facts']['putAway']>,
): ReceiptLineStanding {
  const { fact } = count
  const { receiptNumber, receiptLineNumber } = fact
  const facts: ReceiptLineFacts = {
    quantityCounted: writeFigure(count.counted),
    quantityAccepted: writeFigure(count.accepted),
    quantityRejected: writeFigure(count.rejected),
    quantityPending: writeFigure(count.pending),
    quantityReturned: writeFigure(count.returned),
    isBlocked: fact.disposition !== 'inspection',
    isInspected: fact.disposition === 'inspection' || count.isInspected,
    isPutAway:
      putAway[receiptPlace(receiptNumber, receiptLineNumber)] !== undefined &&
      signOfFigure(count.pending) === 0 &&
      compareFigures(count.rejected, count.counted) < 0,
  }
  return {
    orderLineNumber: line.orderLineNumber,
    receiptNumber,
    receiptLineNumber,
    shipNoticeNumber: fact.shipNoticeNumber ?? null,
    quantity: facts.quantityCounted,
    state: stateOf(facts),
    facts,
  }
}

function stateOf(facts: ReceiptLineFacts): ReceiptLineState {
  return beginLifecycle(receiptLineLifecycle, facts).value as ReceiptLineState
}

type Expecting = {
  readonly lineFacts: LineFacts
  readonly counted: readonly CountedLine[]
  readonly shipments: OrderState['facts']['shipments']
}

/**
 * What was announced and not counted: a notice that a receipt names was counted, and receipts that name none count for
 * the notices that were written first.
 */
function expectedLines(
  line: OrderLine,
  { lineFacts, counted, shipments }: Expecting,
): readonly ReceiptLineStanding[] {
  const named = new Set(counted.map(({ fact }) => fact.shipNoticeNumber))
  let unnamed = counted
    .filter(({ fact }) => fact.shipNoticeNumber === undefined)
    .map((count) => count.counted)
    .reduce(addFigures, zeroFigure)
  return lineFacts.shipped.flatMap((fact) => {
    const shipment = shipments[fact.shipmentKey]
    if (shipment === undefined || shipment.cancelled || named.has(fact.documentNumber)) return []
    const announced = announcedOf(line, fact, shipment.shipDate ?? dayOfIssue(fact))
    const covered = minFigure(announced, unnamed)
    unnamed = subtractFigures(unnamed, covered)
    const rest = subtractFigures(announced, covered)
    return signOfFigure(rest) > 0 ? [expected(line, fact.documentNumber, rest)] : []
  })
}

function announcedOf(
  line: OrderLine,
  { quantityShipped: quantity, unitOfMeasure }: LineFacts['shipped'][number],
  on: CalendarDate,
): Figure {
  if (!canConvert(line, unitOfMeasure, line.unitOfMeasure, on)) return zeroFigure
  return inOrderUnit(line, { quantity, unitOfMeasure, on })
}

function expected(line: OrderLine, shipNoticeNumber: string, rest: Figure): ReceiptLineStanding {
  return {
    orderLineNumber: line.orderLineNumber,
    receiptNumber: null,
    receiptLineNumber: null,
    shipNoticeNumber,
    quantity: writeFigure(rest),
    state: stateOf(nothingCounted),
    facts: nothingCounted,
  }
}

const zero = writeFigure(zeroFigure)
const nothingCounted: ReceiptLineFacts = {
  quantityCounted: zero,
  quantityAccepted: zero,
  quantityRejected: zero,
  quantityPending: zero,
  quantityReturned: zero,
  isBlocked: false,
  isInspected: false,
  isPutAway: false,
}
