import { normaliseInvoiceNumber } from '../identity/identity.ts'
import type { CheckParameters } from './check-parameters.ts'
import type { InvoiceContext, LinkedLine } from './check.ts'
import {
  addFigures,
  divideFigures,
  type Figure,
  isZeroFigure,
  minFigure,
  negateFigure,
  readFigure,
  zeroFigure,
} from './figure.ts'
import { isPricedInOtherUnit, unitPriceOf } from './line-price.ts'
import type { BillingFact } from './match-input.ts'
import {
  type BilledFigures,
  billedBefore as addUpBillings,
  isCrediting,
} from './order-line-ledger.ts'
import { billedBefore } from './order-line-sums.ts'

/** The number of the invoice a credit is held against; null where it names none, or the rules take the whole order line. */
export function namedInvoice(
  { invoice }: InvoiceContext,
  { creditedFrom }: CheckParameters,
): string | null {
  if (creditedFrom !== 'named-invoice') return null
  return invoice.correctsInvoiceNumber ?? null
}

/** True where the invoice of that number was billed on the orders of a credit, itself or as a correction that replaced it. */
export function isBilledHere({ orders }: InvoiceContext, number: string): boolean {
  return orders.some(({ billings }) => billings.some((billing) => isBillOf(billing, number)))
}

/**
 * What is left to be given back on the order line: what the named invoice billed there less what was given back of it
 * before, and never more than is left of the line as a whole. Where the whole invoice is taken back, it is what the
 * invoice itself billed: its credits fall with it.
 */
export function creditableOf(line: LinkedLine, parameters: CheckParameters): BilledFigures {
  const whole = billedBefore(line, parameters.reading ?? 'net')
  const named = namedInvoice(line.header, parameters)
  if (named === null) return whole
  const { orderLine, header, billings } = line
  const ofInvoice = addUpBillings(
    orderLine,
    billings.filter((billing) => isConcerned(billing, named, parameters)),
    'net',
    header.invoice.invoiceDate,
  )
  if (parameters.whole === true) return ofInvoice
  return {
    quantity: minFigure(whole.quantity, ofInvoice.quantity),
    amount: minFigure(whole.amount, ofInvoice.amount),
    netAmount: minFigure(whole.netAmount, ofInvoice.netAmount),
  }
}

/**
 * The price that was billed for one of the unit the order line is priced in, later debits and credits of the price
 * counted in; null where no goods were billed. Where a line is priced by weight and its invoices did not say the weight,
 * it is the order's price.
 */
export function priceBilledOf(line: LinkedLine, parameters: CheckParameters): Figure | null {
  const { orderLine, header } = line
  const named = namedInvoice(header, parameters)
  const bills = line.billings.filter(
    (billing) =>
      !givesGoodsBack(billing) && (named === null || isConcerned(billing, named, parameters)),
  )
  const billed = addUpBillings(orderLine, bills, 'net', header.invoice.invoiceDate)
  if (isZeroFigure(billed.quantity)) return null
  if (!isPricedInOtherUnit(orderLine)) return divideFigures(billed.amount, billed.quantity)
  const weight = weightBilled(bills)
  return weight === null || isZeroFigure(weight)
    ? unitPriceOf(orderLine)
    : divideFigures(billed.amount, weight)
}

/** What the named invoice asked for in all, less what earlier credits gave back of it; null where nothing tells. */
export function totalCreditable(
  { orders }: InvoiceContext,
  named: string,
  parameters: CheckParameters,
): Figure | null {
  // An invoice of several lines or orders says its total on each of them.
  const totals = new Map<string, BillingFact>()
  for (const billing of orders.flatMap(({ billings }) => billings)) {
    if (!isConcerned(billing, named, parameters)) continue
    totals.set(JSON.stringify([billing.invoiceNumber, billing.invoiceType]), billing)
  }
  const known = [...totals.values()]
  if (!known.some((billing) => isBillOf(billing, named))) return null
  let sum = zeroFigure
  for (const { totalAmount, invoiceType } of known) {
    if (totalAmount === undefined) return null
    const total = readFigure(totalAmount)
    sum = addFigures(sum, isCrediting(invoiceType) ? negateFigure(total) : total)
  }
  return sum
}

/** True for what a credit of that invoice is held against: the invoice, and what names it. */
export function isAboutInvoice(billing: BillingFact, named: string): boolean {
  return isConcerned(billing, named, {})
}

/** The invoice itself, or what names it: its correction, its later debits, its credits; the invoice alone where all is taken back. */
function isConcerned(
  billing: BillingFact,
  named: string,
  { whole }: Pick<CheckParameters, 'whole'>,
): boolean {
  if (whole === true) return isBillOf(billing, named)
  const { correctsInvoiceNumber } = billing
  if (correctsInvoiceNumber !== undefined && isSameNumber(correctsInvoiceNumber, named)) return true
  return isBillOf(billing, named)
}

function isBillOf(billing: BillingFact, named: string): boolean {
  const { invoiceNumber, invoiceType, correctsInvoiceNumber } = billing
  if (isCrediting(invoiceType)) return false
  if (isSameNumber(invoiceNumber, named)) return true
  return invoiceType === 'correction' && isSameNumber(correctsInvoiceNumber ?? '', named)
}

function givesGoodsBack({ invoiceType }: BillingFact): boolean {
  return isCrediting(invoiceType) && invoiceType !== 'subsequent-credit'
}

function weightBilled(bills: readonly BillingFact[]): Figure | null {
  let sum = zeroFigure
  for (const { invoiceType, pricingQuantity } of bills) {
    if (invoiceType === 'subsequent-debit' || invoiceType === 'subsequent-credit') continue
    if (pricingQuantity === undefined) return null
    sum = addFigures(sum, readFigure(pricingQuantity))
  }
  return sum
}

function isSameNumber(one: string, other: string): boolean {
  return normaliseInvoiceNumber(one) === normaliseInvoiceNumber(other)
}
