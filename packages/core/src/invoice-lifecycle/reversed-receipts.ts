import { isPositiveDecimal } from '../decimal/decimal-arithmetic.ts'
import { compareMoney, sumMoney } from '../money/money.ts'
import { currentInvoice, invoiceTotal, isMatched } from './current-invoice.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** An order line that is billed and of which nothing is received any more. */
export type ReversedReceipt = {
  readonly invoiceLineNumber: string | null
  readonly orderNumber: string
  readonly orderLineNumber: string
  /** The reversals, by their number; empty where the count was found to be of something else, after it was paid. */
  readonly receiptNumbers: readonly string[]
}

/**
 * Where the invoice waits for goods that had been counted once: somebody took the count back, so what was released or
 * paid for them has nothing under it. It is over when goods are counted again, or when the invoice was given back.
 */
export function reversedReceipts(facts: InvoiceFacts): readonly ReversedReceipt[] {
  const { match } = facts
  if (!isMatched(facts) || match?.result.decision !== 'awaiting-receipt') return []
  if (isCreditedInFull(facts)) return []
  const isPaid = wasPaidForGoods(facts)
  const found = new Map<string, ReversedReceipt>()
  for (const { effect, orderNumber, orderLineNumber, invoiceLineNumber } of match.result.checks) {
    if (effect !== 'wait' || orderNumber === null || orderLineNumber === null) continue
    const receipts = facts.answers[orderNumber]?.view?.receipts ?? []
    const receiptNumbers = receipts
      .filter((one) => one.orderLineNumber === orderLineNumber && one.receiptType === 'reversal')
      .map(({ receiptNumber }) => receiptNumber)
    const place = `${orderNumber}/${orderLineNumber}`
    if ((receiptNumbers.length === 0 && !isPaid) || found.has(place)) continue
    found.set(place, { invoiceLineNumber, orderNumber, orderLineNumber, receiptNumbers })
  }
  return [...found.values()]
}

/** Paid as released, which it was for goods that were counted; what was paid unreleased has a case of its own. */
function wasPaidForGoods({ payments, conflicts }: InvoiceFacts): boolean {
  const isUnreleased = conflicts.some(({ conflictId }) => conflictId.startsWith('paid/'))
  return !isUnreleased && payments.some(({ reversed }) => !reversed)
}

/** True once credits give back all that the invoice asks for. */
export function isCreditedInFull(facts: InvoiceFacts): boolean {
  const invoice = currentInvoice(facts)
  if (invoice === null) return false
  const { currency } = invoice
  const amounts = facts.credits
    .map(({ amount }) => amount)
    .filter((amount) => amount.currency === currency)
  const given = sumMoney(amounts, currency)
  // Giving nothing back ends no invoice, not even one over nothing.
  return isPositiveDecimal(given.amount) && compareMoney(given, invoiceTotal(invoice)) >= 0
}
