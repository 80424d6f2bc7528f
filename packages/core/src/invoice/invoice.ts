import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { Decimal, NonNegativeDecimal, PositiveDecimal } from '../decimal/decimal.ts'
import { documentHeaderFields } from '../document/document-header.ts'
import { DocumentNumber, LineNumber, OrderNumber } from '../identity/identity.ts'
import { ItemIdentifiers } from '../item/item.ts'
import { Currency } from '../money/currency.ts'
import { Charge, LinePrice } from '../purchase-order/order-line.ts'
import { PaymentTerms } from '../purchase-order/purchase-order.ts'
import { BankAccount } from '../trading-partner/trading-partner.ts'
import { UnitOfMeasure } from '../quantity/unit-of-measure.ts'

/** What an invoice is. All amounts and quantities are positive; the type gives the direction. UNTDID 1001, X12 BIG07. */
export const InvoiceType = z.enum([
  'standard',
  'credit',
  'debit',
  'prepayment',
  'self-billed',
  'subsequent-debit',
  'subsequent-credit',
  'consolidated',
  'correction',
  'cancellation',
  'reversal',
])
export type InvoiceType = z.infer<typeof InvoiceType>

/** One tax of the whole invoice. X12 TXI, EDIFACT TAX, UBL TaxSubtotal. */
export const InvoiceTax = z.strictObject({
  code: z.string().min(1).max(40),
  /** 19 means 19 %. */
  ratePercent: NonNegativeDecimal.optional(),
  taxableAmount: NonNegativeDecimal.optional(),
  amount: NonNegativeDecimal,
})
export type InvoiceTax = z.infer<typeof InvoiceTax>

/** What is billed of one order line. X12 IT1, EDIFACT LIN, UBL InvoiceLine. */
export const InvoiceLine = z.strictObject({
  documentLineNumber: LineNumber,
  /** Null for a line that names no order. */
  orderNumber: OrderNumber.nullable(),
  orderLineNumber: LineNumber.nullable(),
  scheduleNumber: LineNumber.optional(),
  /** The receipts this line says it bills, when it says so. */
  receiptNumbers: z.array(DocumentNumber),
  shipNoticeNumber: DocumentNumber.optional(),
  item: ItemIdentifiers,
  description: z.string().max(400).optional(),
  quantity: PositiveDecimal,
  unitOfMeasure: UnitOfMeasure,
  /** In the price's unit, for catch weight and order price units. */
  pricingQuantity: PositiveDecimal.optional(),
  /** The price printed on the line, when one is. */
  price: LinePrice.optional(),
  /** Line amount before line charges and after nothing: quantity x price. */
  amount: NonNegativeDecimal,
  chargesAmount: NonNegativeDecimal,
  discountAmount: NonNegativeDecimal,
})
export type InvoiceLine = z.infer<typeof InvoiceLine>

/** A prepayment an invoice takes off what is still to be paid. EDIFACT MOA 113, UBL PrepaidPayment. */
export const ClearedPrepayment = z.strictObject({
  /** The prepayment invoice. */
  invoiceNumber: DocumentNumber,
  /** With its taxes. */
  amount: PositiveDecimal,
})
export type ClearedPrepayment = z.infer<typeof ClearedPrepayment>

/** What the supplier bills, or gives back. X12 810, EDIFACT INVOIC, UBL Invoice and CreditNote. */
export const Invoice = z.strictObject({
  kind: z.literal('invoice'),
  ...documentHeaderFields,
  invoiceType: InvoiceType,
  invoiceDate: CalendarDate,
  /** Day accounts payable entered it; null until then (taken as the day it was received). */
  entryDate: CalendarDate.nullable(),
  dueDate: CalendarDate.nullable(),
  paymentTerms: PaymentTerms.optional(),
  /** Accounts the supplier asks to be paid to, any one of them, where the invoice names some. EDIFACT FII, UBL PayeeFinancialAccount. */
  remitToAccounts: z.array(BankAccount).max(20).optional(),
  currency: Currency,
  exchangeRate: PositiveDecimal.optional(),
  /** For credits, corrections, cancellations: the invoice it answers. */
  correctsInvoiceNumber: DocumentNumber.optional(),
  lines: z.array(InvoiceLine).max(5000),
  charges: z.array(Charge),
  taxes: z.array(InvoiceTax),
  /** Sum of header allowances given on the invoice. */
  allowancesAmount: NonNegativeDecimal,
  /** Paid in advance and taken off: the payable is the total less these. Absent: none. */
  prepayments: z.array(ClearedPrepayment).max(100).optional(),
  /** What the supplier asks for in all, before prepayments are taken off. */
  totalAmount: NonNegativeDecimal.nullable(),
  /** The invoice's own subtotals by name, for matching at level `totals`. */
  totals: z.record(z.string().max(60), Decimal).optional(),
  attachments: z.array(z.string().max(200)).optional(),
  /** Confidence 0 to 1 of fields read by a machine from a picture or a mail, by path. */
  extractionConfidence: z.record(z.string().max(200), Decimal).optional(),
})
export type Invoice = z.infer<typeof Invoice>
