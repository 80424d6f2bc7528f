import * as z from 'zod'
import { DutyDone } from '../authority/duty.ts'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { Instant } from '../calendar/instant.ts'
import { NonNegativeDecimal, PositiveDecimal, Decimal } from '../decimal/decimal.ts'
import { InvoiceType } from '../invoice/invoice.ts'
import { Charge, OrderLine, PlannedCost } from '../purchase-order/order-line.ts'
import { ExpectedTotals, PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { UnitOfMeasure } from '../quantity/unit-of-measure.ts'

/** One receipt, reversal or return of an order line, as the order's ledger keeps it. Oldest first. */
export const ReceiptFact = z.strictObject({
  receiptNumber: z.string().max(80),
  receiptLineNumber: z.string().max(40),
  receiptType: z.enum(['receipt', 'reversal', 'return']),
  reversesReceiptNumber: z.string().max(80).nullable(),
  orderLineNumber: z.string().max(40),
  receivedDate: CalendarDate,
  quantity: PositiveDecimal,
  unitOfMeasure: UnitOfMeasure,
  pricingQuantity: PositiveDecimal.nullable(),
  quantityAccepted: NonNegativeDecimal.nullable(),
  quantityRejected: NonNegativeDecimal.nullable(),
  inspection: z.enum(['none', 'pending', 'decided']),
  /**
   * So many of the accepted units need not be paid, as quality control took goods at a lower price: 20 at 15 % less are 3.
   * In `unitOfMeasure`. Absent: all are.
   */
  quantityRemitted: PositiveDecimal.optional(),
  shipNoticeNumber: z.string().max(80).nullable(),
  /** What the supplier said was in the shipment, in `unitOfMeasure`; tells a short shipment from a slow receipt. */
  quantityOnShipNotice: NonNegativeDecimal.nullable(),
})
export type ReceiptFact = z.infer<typeof ReceiptFact>

/** What was billed on an order line before: posted or pending invoices, credits, reversals, subsequent debits. */
export const BillingFact = z.strictObject({
  invoiceNumber: z.string().max(80),
  invoiceType: InvoiceType,
  orderLineNumber: z.string().max(40),
  quantity: NonNegativeDecimal,
  unitOfMeasure: UnitOfMeasure,
  amount: NonNegativeDecimal,
  chargesAmount: NonNegativeDecimal,
  discountAmount: NonNegativeDecimal,
  /** In the price's unit, where the invoice said so. */
  pricingQuantity: PositiveDecimal.optional(),
  /** The invoice it answers, where it names one: tells what was given back of which invoice. */
  correctsInvoiceNumber: z.string().max(80).optional(),
  /** What the whole invoice asked for, charges and taxes too. */
  totalAmount: Decimal.optional(),
})
export type BillingFact = z.infer<typeof BillingFact>

/** So much of an invoice line is covered by that receipt line, in the order line's unit. */
export const ReceiptAllocation = z.strictObject({
  invoiceLineNumber: z.string().max(40),
  orderNumber: z.string().max(80),
  orderLineNumber: z.string().max(40),
  receiptNumber: z.string().max(80),
  receiptLineNumber: z.string().max(40),
  quantity: PositiveDecimal,
})
export type ReceiptAllocation = z.infer<typeof ReceiptAllocation>

/** So much of an invoice line is covered by no receipt, in the order line's unit. */
export const AllocationRemainder = z.strictObject({
  invoiceLineNumber: z.string().max(40),
  orderNumber: z.string().max(80),
  orderLineNumber: z.string().max(40),
  quantity: PositiveDecimal,
})
export type AllocationRemainder = z.infer<typeof AllocationRemainder>

/** What was agreed to be paid in advance on an order, and what of it is still to be taken off its bills. */
export const OrderPrepayment = z.strictObject({
  /** In the order's currency, before taxes; null where nothing was agreed. */
  agreedAmount: NonNegativeDecimal.nullable(),
  /** What other prepayment invoices asked for, before taxes. */
  billedAmount: Decimal,
  /** The prepayment invoices that count, other than the one that asks. */
  invoices: z.array(
    z.strictObject({
      invoiceNumber: z.string().max(80),
      totalAmount: Decimal,
      /** With taxes: paid, and neither taken off by the bills before this one nor given back. */
      openAmount: Decimal,
    }),
  ),
})
export type OrderPrepayment = z.infer<typeof OrderPrepayment>

/**
 * What an order answers when an invoice asks it for an allocation: its lines as they stand, what was received, what was
 * billed before, the receipts set aside for this invoice, and the cases that keep it waiting.
 */
export const OrderMatchView = z.strictObject({
  orderNumber: PurchaseOrder.shape.orderNumber,
  orderVersion: z.int().positive(),
  supplier: PurchaseOrder.shape.supplier,
  orderType: PurchaseOrder.shape.orderType,
  currency: PurchaseOrder.shape.currency,
  exchangeRate: PositiveDecimal.nullable(),
  matchLevel: PurchaseOrder.shape.matchLevel,
  attributes: z.record(z.string(), z.string()),
  /** The lines billed, at the current version. */
  lines: z.array(OrderLine),
  charges: z.array(Charge),
  plannedCosts: z.array(PlannedCost),
  /** What is taken off the order as a whole, and the value of the goods it is for; absent where nothing is. */
  allowance: z
    .strictObject({ amount: NonNegativeDecimal, ofAmount: Decimal.nullable() })
    .optional(),
  /** Absent: nothing was agreed or billed in advance. */
  prepayment: OrderPrepayment.optional(),
  expectedTotals: ExpectedTotals.nullable(),
  receipts: z.array(ReceiptFact),
  billings: z.array(BillingFact),
  allocations: z.array(ReceiptAllocation),
  /** Order lines whose open receiving case keeps invoices waiting, with the case ids. */
  awaitingResolution: z.array(
    z.strictObject({ orderLineNumber: z.string(), exceptionIds: z.array(z.string()) }),
  ),
  /** Who wrote, approved and received the order. Absent: nobody is known, or the order never said. */
  duties: z.array(DutyDone).optional(),
})
export type OrderMatchView = z.infer<typeof OrderMatchView>

/** An invoice the supplier's register knows, for the search for duplicates. */
export const RegisteredInvoice = z.strictObject({
  supplier: z.string(),
  supplierName: z.string().nullable(),
  invoiceNumber: z.string(),
  invoiceType: InvoiceType,
  invoiceDate: CalendarDate,
  totalAmount: Decimal.nullable(),
  currency: z.string().length(3),
  /** Cancelled invoices do not count; an approved override takes the pair out. */
  cancelled: z.boolean(),
  /** The invoice's own key, and when it was received: of two alike, the one received later is the suspect. */
  invoiceKey: z.string().max(400).optional(),
  receivedAt: Instant.optional(),
})
export type RegisteredInvoice = z.infer<typeof RegisteredInvoice>
