import type { NonNegativeDecimal, PositiveDecimal } from '../decimal/decimal.ts'
import { normaliseInvoiceNumber } from '../identity/identity.ts'
import { subtractDecimals } from '../decimal/decimal-arithmetic.ts'
import type { Invoice, InvoiceLine } from '../invoice/invoice.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import type { BillingRecorded } from '../order-lifecycle/order-events.ts'
import { isCrediting } from '../match/order-line-ledger.ts'
import { invoiceTotal } from '../invoice/invoice-total.ts'
import { currentInvoice, isCorrectionOnly, isMatched } from './current-invoice.ts'
import { matchingState } from './invoice-regions.ts'
import { reducedByHand } from './invoice-remedies.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { isAccepted } from './wanted-holds.ts'

/**
 * What each order's ledger has to count for this invoice, by order number; nothing for one that is refused, a suspected or
 * confirmed duplicate, cancelled, or not matched yet. A held invoice counts: what it asks for is on its way. A held credit
 * does not: what it gives back is not there yet.
 */
export function billingByOrder(facts: InvoiceFacts): Readonly<Record<string, BillingRecorded>> {
  const invoice = currentInvoice(facts)
  if (invoice === null || !counts(facts)) return {}
  const byOrder: Record<string, BillingRecorded> = {}
  const isWaiting = isWaitingCredit(facts, invoice)
  const isEmpty = isWaiting || refundedPrepayment(facts, invoice) !== null
  const head = {
    ...billingOf(facts, invoice),
    ...(isWaiting ? {} : prepaymentsCleared(facts, invoice)),
  }
  const billedLines = new Map<string, BillingRecorded['lines'][number][]>()
  for (const line of invoice.lines) {
    const billed = billedLine(facts, line)
    if (line.orderNumber === null || billed === null) continue
    const lines = billedLines.get(line.orderNumber) ?? []
    if (!isEmpty) lines.push(billed)
    billedLines.set(line.orderNumber, lines)
  }
  for (const [orderNumber, lines] of billedLines) byOrder[orderNumber] = { ...head, lines }
  return byOrder
}

function billingOf(facts: InvoiceFacts, invoice: Invoice): Omit<BillingRecorded, 'lines'> {
  const { documentNumber: invoiceNumber, invoiceType, correctsInvoiceNumber } = invoice
  return {
    invoiceKey: facts.invoiceKey,
    invoiceNumber,
    invoiceType,
    ...(correctsInvoiceNumber === undefined ? {} : { correctsInvoiceNumber }),
    totalAmount: invoiceTotal(invoice).amount,
    status: facts.posting === null ? 'pending' : 'posted',
    ...(isStopped(facts) ? { held: true } : {}),
    ...(facts.closing?.as === 'credited' ? { credited: true } : {}),
  }
}

/** What it takes off of what was paid in advance; a credit of a prepayment gives back what it asks for in all. */
function prepaymentsCleared(
  facts: InvoiceFacts,
  invoice: Invoice,
): Pick<BillingRecorded, 'prepaymentsCleared'> {
  const refunded = refundedPrepayment(facts, invoice)
  if (refunded !== null) {
    const amount = invoiceTotal(invoice).amount as PositiveDecimal
    return { prepaymentsCleared: [{ invoiceNumber: refunded, amount }] }
  }
  const { prepayments, invoiceType } = invoice
  return prepayments === undefined || isCrediting(invoiceType)
    ? {}
    : { prepaymentsCleared: prepayments }
}

/** The prepayment invoice a credit gives back; null where it gives back goods, or is none. */
function refundedPrepayment(
  { answers }: InvoiceFacts,
  { invoiceType, correctsInvoiceNumber: named }: Invoice,
): Invoice['documentNumber'] | null {
  if (!isCrediting(invoiceType) || named === undefined) return null
  const isPrepayment = Object.values(answers).some(({ view }) =>
    view?.prepayment?.invoices.some(
      ({ invoiceNumber }) =>
        normaliseInvoiceNumber(invoiceNumber) === normaliseInvoiceNumber(named),
    ),
  )
  return isPrepayment ? named : null
}

/**
 * A credit that is held or waits gives nothing back yet: the order knows of it, so that it is told when its invoice
 * comes, and counts none of its lines until nothing stops it or finance booked it. A cancellation or reversal never
 * counts itself; it takes effect on the invoice it names.
 */
function isWaitingCredit(facts: InvoiceFacts, { invoiceType }: Invoice): boolean {
  if (isCorrectionOnly(facts)) return true
  if (!isCrediting(invoiceType) || facts.posting !== null) return false
  return matchingState(facts) !== 'matched' || facts.holds.some(isOpenHold)
}

/** True where what the invoice asks for is on its way to be paid, or was. */
export function counts(facts: InvoiceFacts): boolean {
  if (!isMatched(facts) || facts.match === null) return false
  // A credited invoice was billed and given back: both stay in the ledger.
  if (facts.closing !== null && facts.closing.as !== 'credited') return false
  const { decision } = facts.match.result
  return decision !== 'reject' && decision !== 'suspect-duplicate'
}

/** True while an open hold stops its payment, or nobody with authority agreed to it yet. */
function isStopped(facts: InvoiceFacts): boolean {
  if (facts.closing !== null) return false
  const matching = matchingState(facts)
  return matching === 'on-hold' || matching === 'awaiting-approval' || facts.holds.some(isOpenHold)
}

function billedLine(
  facts: InvoiceFacts,
  line: InvoiceLine,
): BillingRecorded['lines'][number] | null {
  const orderLineNumber = line.orderLineNumber ?? orderLineFound(facts, line)
  if (orderLineNumber === null || isOfAnother(facts, line)) return null
  const reduction = facts.match?.result.resolutions.find(
    (resolution) =>
      resolution.invoiceLineNumber === line.documentLineNumber &&
      resolution.quantityPosted !== null,
  )
  const isReduced = facts.match?.result.decision === 'reduce' && reduction !== undefined
  const credit = isReduced ? reduction.creditMemoAmount : null
  return {
    orderLineNumber,
    quantity: ((isReduced ? reduction.quantityPosted : null) ??
      line.quantity) as NonNegativeDecimal,
    unitOfMeasure: line.unitOfMeasure,
    amount: subtractDecimals(
      credit === null ? line.amount : subtractDecimals(line.amount, credit),
      reducedByHand(facts, line.documentLineNumber),
    ) as NonNegativeDecimal,
    chargesAmount: line.chargesAmount,
    discountAmount: line.discountAmount,
    ...(line.pricingQuantity === undefined || isReduced
      ? {}
      : { pricingQuantity: line.pricingQuantity }),
  }
}

/** True for a line that bills an order placed with another supplier, until somebody lets it pass. */
function isOfAnother(facts: InvoiceFacts, { documentLineNumber }: InvoiceLine): boolean {
  const wrong = facts.match?.result.exceptions.find(
    ({ code, invoiceLineNumber }) =>
      code === 'WRONG_PO' && invoiceLineNumber === documentLineNumber,
  )
  if (wrong === undefined) return false
  return wrong.holdText === null || !isAccepted(facts, wrong.holdText)
}

/** The order line the match found for a line that names only the order. */
function orderLineFound(facts: InvoiceFacts, line: InvoiceLine): string | null {
  const check = facts.match?.result.checks.find(
    (one) => one.invoiceLineNumber === line.documentLineNumber && one.orderLineNumber !== null,
  )
  return check?.orderLineNumber ?? null
}
