import { type PurchaseOrder, Receipt, ShipNotice } from '@counterfoil/core'
import { caseDefaults, given, headerOf, isGiven } from './case-defaults.ts'
import type { CaseReceipt } from './match-case.ts'

/** Where a receipt belongs: its order, its place among the receipts of the case, the code of its unit. */
export type ReceiptPlace = {
  readonly order: PurchaseOrder
  readonly index: number
  readonly unit: string
}

/** A receipt, return or reversal of one order line. */
export function receiptOf(receipt: CaseReceipt, { order, index, unit }: ReceiptPlace): Receipt {
  const receivedDate = receipt.date ?? caseDefaults.receivedDate
  const { type } = receipt
  return Receipt.parse({
    kind: 'receipt',
    ...headerOf(receipt.id, order.supplier, receivedDate),
    receiptType: type === 'return' || type === 'reversal' ? type : 'receipt',
    receivedDate,
    location: null,
    lines: [
      {
        documentLineNumber: String(index + 1),
        orderNumber: order.orderNumber,
        orderLineNumber: receipt.poLine,
        ...given('shipNoticeNumber', isGiven(receipt.asnQty) ? `ship notice ${receipt.id}` : null),
        item: {},
        quantity: receipt.qty,
        unitOfMeasure: unit,
        ...given('pricingQuantity', receipt.priceQty),
        quantityAccepted: receipt.accepted ?? null,
        quantityRejected: receipt.rejected ?? null,
        conditions: [],
        lots: [],
        disposition: receipt.inspection === 'pending' ? 'inspection' : 'stock',
        final: false,
      },
    ],
  })
}

/** The ship notice of a receipt that says how much was announced. */
export function shipNoticeOf(
  quantityShipped: string,
  receipt: Receipt,
  order: PurchaseOrder,
): ShipNotice {
  const [line] = receipt.lines
  return ShipNotice.parse({
    kind: 'ship-notice',
    ...headerOf(line?.shipNoticeNumber ?? '', order.supplier, receipt.receivedDate),
    purpose: 'original',
    shipDate: null,
    estimatedDeliveryDate: null,
    shipTo: null,
    packs: [],
    lines: [
      {
        documentLineNumber: '1',
        orderNumber: order.orderNumber,
        orderLineNumber: line?.orderLineNumber ?? null,
        item: {},
        quantityShipped,
        unitOfMeasure: line?.unitOfMeasure,
        lots: [],
      },
    ],
  })
}
