import type { NonNegativeDecimal } from '../decimal/decimal.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import type { Receipt, ReceiptLine } from '../receipt/receipt.ts'
import type { ShipNotice } from '../ship-notice/ship-notice.ts'
import { addFigures, compareFigures, readFigure, writeFigure, zeroFigure } from './figure.ts'
import type { BillingFact, OrderMatchView, ReceiptFact } from './match-input.ts'
import { allowanceOf } from './order-allowance.ts'
import { canConvert, inUnit } from './order-unit.ts'

/** The documents a host has of one order. */
export type OrderPapers = {
  readonly order: PurchaseOrder
  /** Receipts, reversals and returns, oldest first; lines of other orders are left out. */
  readonly receipts: readonly Receipt[]
  /** What the supplier announced; tells goods that were never shipped from goods that were miscounted. */
  readonly shipNotices?: readonly ShipNotice[]
  /** What was billed on the order before. */
  readonly billings?: readonly BillingFact[]
}

/**
 * An order as an invoice sees it, from its documents alone: for a host that matches invoices without running the order's
 * lifecycle. Goods still in inspection count as received and not yet accepted.
 */
export function viewOrder(papers: OrderPapers): OrderMatchView {
  const { order, billings = [] } = papers
  return {
    orderNumber: order.orderNumber,
    orderVersion: order.version,
    supplier: order.supplier,
    orderType: order.orderType,
    currency: order.currency,
    exchangeRate: order.exchangeRate ?? null,
    matchLevel: order.matchLevel,
    attributes: { ...order.attributes },
    lines: [...order.lines],
    charges: [...order.charges],
    plannedCosts: [...order.plannedCosts],
    ...allowanceOf(order),
    expectedTotals: order.expectedTotals ?? null,
    receipts: receiptFactsOf(papers),
    billings: [...billings],
    allocations: [],
    awaitingResolution: [],
  }
}

function receiptFactsOf({ order, receipts, shipNotices = [] }: OrderPapers): ReceiptFact[] {
  const announced = new Set<string>()
  const facts: ReceiptFact[] = []
  for (const receipt of receipts) {
    for (const line of receipt.lines) {
      const { orderLineNumber, shipNoticeNumber } = line
      if (line.orderNumber !== order.orderNumber || orderLineNumber === null) continue
      const key = JSON.stringify([shipNoticeNumber, orderLineNumber])
      // Of several counts of one announced line the first carries what was announced, so that it adds up once.
      const isLater = announced.has(key)
      const claimed = announcedOn(order, shipNotices, { line, on: receipt.receivedDate })
      if (claimed !== null) announced.add(key)
      facts.push({
        receiptNumber: receipt.documentNumber,
        receiptLineNumber: line.documentLineNumber,
        receiptType: receipt.receiptType,
        reversesReceiptNumber: line.reversesReceiptNumber ?? null,
        orderLineNumber,
        receivedDate: receipt.receivedDate,
        quantity: line.quantity,
        unitOfMeasure: line.unitOfMeasure,
        pricingQuantity: line.pricingQuantity ?? null,
        quantityAccepted: line.quantityAccepted,
        quantityRejected: line.quantityRejected,
        inspection: inspectionOf(line),
        shipNoticeNumber: shipNoticeNumber ?? null,
        quantityOnShipNotice: claimed !== null && isLater ? writeFigure(zeroFigure) : claimed,
      })
    }
  }
  return facts
}

/** What the ship notice a count names said of the order line, in the unit of the count; null where nothing tells. */
function announcedOn(
  order: PurchaseOrder,
  shipNotices: readonly ShipNotice[],
  { line: counted, on }: { readonly line: ReceiptLine; readonly on: Receipt['receivedDate'] },
): NonNegativeDecimal | null {
  const { shipNoticeNumber, orderLineNumber, unitOfMeasure } = counted
  const notice = shipNotices.find(({ documentNumber }) => documentNumber === shipNoticeNumber)
  const orderLine = order.lines.find((one) => one.orderLineNumber === orderLineNumber)
  if (notice === undefined || orderLine === undefined) return null
  const lines = notice.lines.filter(
    (line) => line.orderNumber === order.orderNumber && line.orderLineNumber === orderLineNumber,
  )
  if (lines.length === 0) return null
  let sum = zeroFigure
  for (const line of lines) {
    if (!canConvert(orderLine, line.unitOfMeasure, unitOfMeasure, on)) return null
    const stated = { quantity: line.quantityShipped, unitOfMeasure: line.unitOfMeasure, on }
    sum = addFigures(sum, inUnit(orderLine, unitOfMeasure, stated))
  }
  return writeFigure(sum)
}

/** Goods that lie in inspection are pending until quality said of all of them what it accepted and what it rejected. */
function inspectionOf(line: ReceiptLine): ReceiptFact['inspection'] {
  const { quantity, quantityAccepted, quantityRejected, disposition } = line
  if (disposition !== 'inspection') return quantityAccepted === null ? 'none' : 'decided'
  if (quantityAccepted === null || quantityRejected === null) return 'pending'
  const decided = addFigures(readFigure(quantityAccepted), readFigure(quantityRejected))
  return compareFigures(decided, readFigure(quantity)) < 0 ? 'pending' : 'decided'
}
