import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import type { Answered, InvoiceContext, LinkedLine, Measured, OrderLineContext } from './check.ts'
import { writeFigure, writePercent } from './figure.ts'

const quantityKinds = [
  'billed-under-ordered',
  'billed-over-ordered',
  'billed-over-received',
  'billed-not-received',
  'billed-not-accepted',
  'billed-returned-goods',
  'short-shipped-billed-full',
  'weight-variance',
  'credit-over-invoiced',
  'credit-incomplete',
  'over-receipt',
] as const

const amountKinds = [
  'price-variance',
  'price-unit-mismatch',
  'free-goods-billed',
  'amount-over-ordered',
  'charge-variance',
  'unplanned-charge',
  'total-variance',
  'discount-not-granted',
  'prepayment-over',
  'prepayment-open',
  'tax-variance',
  'early-invoice',
  'large-amount',
  'blanket-amount-exceeded',
  'out-of-balance',
  'exchange-rate-variance',
  'credit-amount-over-invoiced',
  'credit-amount-incomplete',
] as const

type QuantityKind = (typeof quantityKinds)[number]
type AmountKind = (typeof amountKinds)[number]
type TextKind =
  | 'blanket-expired'
  | 'currency-mismatch'
  | 'duplicate-invoice'
  | 'inspection-pending'
  | 'receipt-required'
  | 'unit-change'
  | 'unmatched-line'

/** The differences matching finds. */
export type MatchDiscrepancyKind = QuantityKind | AmountKind | TextKind

/** The invoice line and order line a difference was measured at; neither for the invoice as a whole. */
export type MatchPlace = {
  readonly header: InvoiceContext
  readonly line: OrderLineContext | null
  readonly invoiceLineNumber: string | null
  readonly scheduleNumber: string | null
}

/** The place of a linked line. */
export function placeOfLine(line: LinkedLine): MatchPlace {
  return {
    header: line.header,
    line,
    invoiceLineNumber: line.invoiceLine.documentLineNumber,
    scheduleNumber: line.invoiceLine.scheduleNumber ?? null,
  }
}

/** The measured difference between two numbers. */
export function measuredDiscrepancy(
  kind: MatchDiscrepancyKind,
  measured: Measured,
  place: MatchPlace,
): Discrepancy {
  if (isQuantityKind(kind) || isAmountKind(kind)) {
    const places = placesOf(measured)
    const numbers = {
      ...whereOf(place),
      expected: writeFigure(measured.expected, places),
      actual: writeFigure(measured.actual, places),
      difference: writeFigure(measured.variance, places),
      percent: writePercent(measured.variance, measured.expected),
    }
    return isQuantityKind(kind)
      ? { kind, ...numbers, unitOfMeasure: unitOf(measured, place) }
      : { kind, ...numbers, currency: currencyOf(measured, place) }
  }
  return {
    kind,
    ...whereOf(place),
    expected: place.line?.orderLine.validTo ?? null,
    actual: place.header.entryDate,
  }
}

/** A difference in text, where a check compares no numbers. */
export function statedDiscrepancy(
  kind: MatchDiscrepancyKind,
  { expectedText, actualText }: Answered,
  place: MatchPlace,
): Discrepancy | null {
  if (expectedText === null && actualText === null) return null
  const texts = { ...whereOf(place), expected: expectedText, actual: actualText }
  if (kind === 'billed-not-received') return { kind: 'receipt-required', ...texts }
  return isQuantityKind(kind) || isAmountKind(kind) ? null : { kind, ...texts }
}

/** Decimal places the numbers of a check are shown with at least: the currency's for amounts. */
export function placesOf({ unit }: Measured): number {
  return unit.kind === 'money' || unit.kind === 'accounting-money' ? unit.places : 0
}

function whereOf({ header, line, invoiceLineNumber, scheduleNumber }: MatchPlace) {
  return {
    documentNumber: header.invoice.documentNumber,
    documentLineNumber: invoiceLineNumber,
    orderNumber: line?.order.orderNumber ?? null,
    orderLineNumber: line?.orderLine.orderLineNumber ?? null,
    scheduleNumber,
  }
}

function isQuantityKind(kind: MatchDiscrepancyKind): kind is QuantityKind {
  return quantityKinds.some((known) => known === kind)
}

function isAmountKind(kind: MatchDiscrepancyKind): kind is AmountKind {
  return amountKinds.some((known) => known === kind)
}

function unitOf({ unit }: Measured, { line }: MatchPlace): string {
  if (unit.kind === 'quantity') return unit.unitOfMeasure
  return line?.orderLine.price.perUnitOfMeasure ?? ''
}

function currencyOf({ unit }: Measured, { header }: MatchPlace): string {
  return unit.kind === 'money' || unit.kind === 'accounting-money'
    ? unit.currency
    : header.invoice.currency
}
