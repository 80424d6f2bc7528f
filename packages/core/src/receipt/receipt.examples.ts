import type * as z from 'zod'
import { Inspection, Receipt, ReceiptLine } from './receipt.ts'

/** A receipt line of 10 good pieces of line 1 of order 4711; give only what matters. */
export function aReceiptLine(line: Partial<z.input<typeof ReceiptLine>> = {}): ReceiptLine {
  return ReceiptLine.parse({
    documentLineNumber: '1',
    orderNumber: '4711',
    orderLineNumber: '1',
    item: { buyerItem: 'SKU-1' },
    quantity: '10',
    unitOfMeasure: 'EA',
    quantityAccepted: null,
    quantityRejected: null,
    conditions: [],
    lots: [],
    disposition: 'stock',
    final: false,
    ...line,
  })
}

/** Receipt GR-1 at the northern warehouse of one line of order 4711; give only what matters. */
export function aReceipt(receipt: Partial<z.input<typeof Receipt>> = {}): Receipt {
  return Receipt.parse({
    kind: 'receipt',
    tenant: 'acme',
    buyerOrganisation: '0001',
    supplier: 'S100',
    documentNumber: 'GR-1',
    revision: 0,
    issuedAt: '2026-11-27T09:00:00Z',
    receiptType: 'receipt',
    receivedDate: '2026-11-27',
    location: 'DC-NORTH',
    lines: [aReceiptLine()],
    ...receipt,
  })
}

/** What quality control decided about receipt GR-1: all 10 accepted; give only what matters. */
export function anInspection(inspection: Partial<z.input<typeof Inspection>> = {}): Inspection {
  return Inspection.parse({
    kind: 'inspection',
    tenant: 'acme',
    buyerOrganisation: '0001',
    supplier: 'S100',
    documentNumber: 'QC-1',
    revision: 0,
    issuedAt: '2026-11-28T09:00:00Z',
    receiptNumber: 'GR-1',
    receiptLineNumber: '1',
    orderNumber: '4711',
    orderLineNumber: '1',
    quantityAccepted: '10',
    quantityRejected: '0',
    disposition: 'stock',
    ...inspection,
  })
}
