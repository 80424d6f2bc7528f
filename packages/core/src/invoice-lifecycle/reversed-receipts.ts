import { isCreditedInFull, isMatched, isPaid } from './current-invoice.ts'
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
  const isPaidFor = wasPaidForGoods(facts)
  const found = new Map<string, ReversedReceipt>()
  for (const { effect, orderNumber, orderLineNumber, invoiceLineNumber } of match.result.checks) {
    if (effect !== 'wait' || orderNumber === null || orderLineNumber === null) continue
    const receipts = facts.answers[orderNumber]?.view?.receipts ?? []
    const receiptNumbers = receipts
      .filter((one) => one.orderLineNumber === orderLineNumber && one.receiptType === 'reversal')
      .map(({ receiptNumber }) => receiptNumber)
    const place = `${orderNumber}/${orderLineNumber}`
    if ((receiptNumbers.length === 0 && !isPaidFor) || found.has(place)) continue
    found.set(place, { invoiceLineNumber, orderNumber, orderLineNumber, receiptNumbers })
  }
  return [...found.values()]
}

/** Paid as released, which it was for goods that were counted; what was paid unreleased has a case of its own. */
function wasPaidForGoods(facts: InvoiceFacts): boolean {
  const isUnreleased = facts.conflicts.some(({ conflictId }) => conflictId.startsWith('paid/'))
  return !isUnreleased && isPaid(facts)
}
