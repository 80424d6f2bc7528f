import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import type { Receipt, ReceiptLine } from '../receipt/receipt.ts'
import type { BillingFact, OrderMatchView, ReceiptFact } from './match-input.ts'

/** The documents a host has of one order. */
export type OrderPapers = {
  readonly order: PurchaseOrder
  /** Receipts, reversals and returns, oldest first; lines of other orders are left out. */
  readonly receipts: readonly Receipt[]
  /** What was billed on the order before. */
  readonly billings?: readonly BillingFact[]
}

/**
 * An order as an invoice sees it, from its documents alone: for a host that matches invoices without running the order's
 * lifecycle. Goods still in inspection count as received and not yet accepted.
 */
export function viewOrder({ order, receipts, billings = [] }: OrderPapers): OrderMatchView {
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
    expectedTotals: order.expectedTotals ?? null,
    receipts: receipts.flatMap((receipt) =>
      receipt.lines
        .filter((line) => line.orderNumber === order.orderNumber)
        .flatMap((line) => receiptFactOf(receipt, line)),
    ),
    billings: [...billings],
    allocations: [],
    awaitingResolution: [],
  }
}

function receiptFactOf(receipt: Receipt, line: ReceiptLine): readonly ReceiptFact[] {
  if (line.orderLineNumber === null) return []
  return [
    {
      receiptNumber: receipt.documentNumber,
      receiptLineNumber: line.documentLineNumber,
      receiptType: receipt.receiptType,
      reversesReceiptNumber: line.reversesReceiptNumber ?? null,
      orderLineNumber: line.orderLineNumber,
      receivedDate: receipt.receivedDate,
      quantity: line.quantity,
      unitOfMeasure: line.unitOfMeasure,
      pricingQuantity: line.pricingQuantity ?? null,
      quantityAccepted: line.quantityAccepted,
      quantityRejected: line.quantityRejected,
      inspection: inspectionOf(line),
      shipNoticeNumber: line.shipNoticeNumber ?? null,
      quantityOnShipNotice: null,
    },
  ]
}

function inspectionOf(line: ReceiptLine): ReceiptFact['inspection'] {
  if (line.quantityAccepted !== null) return 'decided'
  return line.disposition === 'inspection' ? 'pending' : 'none'
}
