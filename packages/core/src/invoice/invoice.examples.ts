import type * as z from 'zod'
import { Invoice, InvoiceLine } from './invoice.ts'

/** An invoice line of 10 pieces at 12.40, billing line 1 of order 4711; give only what matters. */
export function anInvoiceLine(line: Partial<z.input<typeof InvoiceLine>> = {}): InvoiceLine {
  return InvoiceLine.parse({
    documentLineNumber: '1',
    orderNumber: '4711',
    orderLineNumber: '1',
    receiptNumbers: [],
    item: { buyerItem: 'SKU-1' },
    quantity: '10',
    unitOfMeasure: 'EA',
    price: { amount: '12.40', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
    amount: '124.00',
    chargesAmount: '0',
    discountAmount: '0',
    ...line,
  })
}

/** Invoice INV-1 of supplier S100 over 124.00 EUR, for one line of order 4711; give only what matters. */
export function anInvoice(invoice: Partial<z.input<typeof Invoice>> = {}): Invoice {
  return Invoice.parse({
    kind: 'invoice',
    tenant: 'acme',
    buyerOrganisation: '0001',
    supplier: 'S100',
    documentNumber: 'INV-1',
    revision: 0,
    issuedAt: '2026-12-01T00:00:00Z',
    invoiceType: 'standard',
    invoiceDate: '2026-12-01',
    entryDate: null,
    dueDate: null,
    paymentTerms: { netDays: 30, discountPercent: '2', discountDays: 10 },
    currency: 'EUR',
    lines: [anInvoiceLine()],
    charges: [],
    taxes: [],
    allowancesAmount: '0',
    totalAmount: null,
    ...invoice,
  })
}
