import { addDays, compareDates, type CalendarDate } from '../calendar/calendar-date.ts'
import { divideDecimals, multiplyDecimals, roundDecimal } from '../decimal/decimal-arithmetic.ts'
import { decimal } from '../decimal/decimal.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import { minorUnitsOf } from '../money/currency.ts'
import type { Money } from '../money/money.ts'
import { invoiceTotal } from '../invoice/invoice-total.ts'
import { currentInvoice } from './current-invoice.ts'
import { invoiceStatus, type InvoiceStatus } from './invoice-regions.ts'
import type { InvoiceFacts, InvoiceState } from './invoice-state.ts'
import { dueDateOf } from './wanted-waits.ts'

/** What paying early saves, and until when. */
export type CashDiscount = { readonly lastDay: CalendarDate; readonly amount: Money }

/** The discount the terms grant, whether or not it can still be had; null when they grant none. */
export function cashDiscountOf(facts: InvoiceFacts): CashDiscount | null {
  const invoice = currentInvoice(facts)
  const terms = invoice?.paymentTerms
  if (invoice === null || terms === undefined) return null
  const { discountPercent, discountDays } = terms
  if (discountPercent === null || discountDays === null) return null
  const total = invoiceTotal(invoice)
  const share = divideDecimals(multiplyDecimals(total.amount, discountPercent), decimal(100), 6)
  return {
    lastDay: addDays(invoice.invoiceDate, discountDays),
    amount: {
      amount: roundDecimal(share, minorUnitsOf(invoice.currency)),
      currency: invoice.currency,
    },
  }
}

/** What a payables desk wants to see of one invoice. */
export type PayableDescription = {
  readonly invoiceKey: string
  readonly invoiceNumber: string
  readonly supplier: string
  readonly status: InvoiceStatus
  /** Nobody had to touch it: it was captured, matched and released by itself. */
  readonly touchless: boolean
  readonly total: Money
  readonly payable: Money | null
  readonly dueDate: CalendarDate | null
  readonly cashDiscount: CashDiscount | null
  /** True when it is not released and the discount or the due date is today or past, or less than `warnDays` ahead. */
  readonly dueDateAtRisk: boolean
  readonly cashDiscountAtRisk: boolean
  /** Each open hold: why, and what would clear it. */
  readonly holds: readonly {
    readonly holdId: string
    readonly code: string
    readonly reason: string
    readonly ownerRole: string
    readonly clearedBy: string
  }[]
}

/**
 * Describes an invoice to the people who pay it, as of a business day. A date is at risk while the invoice is not released
 * and fewer than `warnDays` days are left. Null before the invoice came.
 */
export function describePayable(
  state: InvoiceState,
  { today, warnDays }: { readonly today: CalendarDate; readonly warnDays: number },
): PayableDescription | null {
  const { facts } = state
  const invoice = currentInvoice(facts)
  if (invoice === null) return null
  const status = invoiceStatus(facts)
  const isWaiting = facts.released === null && facts.closing === null && status !== 'paid'
  const isNear = (day: CalendarDate | null): boolean =>
    isWaiting && day !== null && compareDates(addDays(today, warnDays), day) >= 0
  const dueDate = dueDateOf(facts)
  const cashDiscount = cashDiscountOf(facts)
  return {
    invoiceKey: state.key,
    invoiceNumber: invoice.documentNumber,
    supplier: invoice.supplier,
    status,
    touchless: facts.touchedBy.length === 0 && facts.released !== null,
    total: invoiceTotal(invoice),
    payable: facts.released?.payable ?? facts.partlyReleased,
    dueDate,
    cashDiscount,
    dueDateAtRisk: isNear(dueDate),
    cashDiscountAtRisk: isNear(cashDiscount?.lastDay ?? null),
    holds: facts.holds.filter(isOpenHold).map((hold) => ({
      holdId: hold.holdId,
      code: hold.code,
      reason: hold.reason,
      ownerRole: hold.ownerRole,
      clearedBy: clearedBy(facts, hold),
    })),
  }
}

/** What would make a hold go, in words for the person who owns it. */
export function clearedBy(
  facts: InvoiceFacts,
  hold: {
    readonly holdId: string
    readonly exceptionId: string | null
    readonly releasable: string
  },
): string {
  if (hold.releasable === 'never') return 'it goes only with the invoice'
  if (hold.releasable === 'manual') return 'a person releases it, with a reason'
  const code = facts.cases.find((one) => one.exceptionId === hold.exceptionId)?.code
  return code === undefined ? clearedByDefault : (clearedByCode[code] ?? clearedByDefault)
}

const clearedByDefault =
  'a credit memo, a correction of the order or receipt, or a release by a person'
const receiptClears = 'a receipt of the missing goods, a credit memo, or a release by a person'
const priceClears = 'a credit memo, a corrected order price, or acceptance by the buyer'
const taxClears = 'a corrected invoice, or acceptance by the tax desk'

const clearedByCode: Readonly<Record<string, string>> = {
  INVOICE_BEFORE_RECEIPT: 'a receipt of the goods',
  QTY_OVER_RECEIVED: receiptClears,
  SHORT_SHIPMENT: receiptClears,
  QTY_OVER_ORDERED: 'a larger order, a credit memo, or a release by a person',
  BILLED_RETURNED_GOODS: 'a credit memo for the goods sent back',
  QUALITY_PENDING: 'the decision of quality control',
  QUALITY_REJECTED: 'a credit memo for the rejected goods, or a replacement',
  PRICE_OVER: priceClears,
  PRICE_OVER_ESTIMATE: priceClears,
  PRICE_UNIT_MISMATCH: priceClears,
  AMOUNT_OVER_ORDERED: priceClears,
  CHARGE_OVER: 'a credit memo for the charge, or acceptance by logistics',
  UNPLANNED_CHARGE: 'a charge planned on the order, or acceptance by logistics',
  TAX_OVER: taxClears,
  TAX_UNDER: taxClears,
  TAX_MISSING: taxClears,
  CREDIT_EXCEEDS_INVOICED: 'the invoice it gives back, a smaller credit, or a release by a person',
  CREDIT_INCOMPLETE: 'the invoice it gives back, a whole credit, or a release by a person',
  UNMATCHED_LINE: 'linking the line to an order line',
  WRONG_PO: 'linking the line to the right order',
  DUPLICATE_SUSPECTED: 'a decision whether it is a duplicate',
  CONFLICTING_DOCUMENT: 'a decision which of the texts counts',
}
