import { isOpenHold } from '../hold/change-hold.ts'
import { invoiceKey, normaliseInvoiceNumber } from '../identity/identity.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { currentInvoice, isCorrectionOnly } from './current-invoice.ts'
import type { InvoiceDecision } from './invoice-events.ts'
import { matchingState } from './invoice-regions.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { isAttemptComplete } from './match-attempt.ts'
import { isBeingMatched } from './payable-amount.ts'

/**
 * A cancellation or reversal takes effect on the invoice it names: once nothing stops it, or at once where it lists no
 * lines that could be held against what was billed. Null while it waits.
 */
export function correctionToApply(facts: InvoiceFacts): InvoiceDecision | null {
  const invoice = currentInvoice(facts)
  if (invoice === null || !isCorrectionOnly(facts) || facts.closing !== null) return null
  const isGood = isToldOnly(facts) ? isAttemptComplete(facts) : isMatchedAndFree(facts)
  const key = isGood ? correctedKey(facts, invoice) : null
  if (key === null) return null
  const effect = invoice.invoiceType === 'reversal' ? 'reverse' : 'cancel'
  return { type: 'correction.applied', data: { effect, invoiceKey: key } }
}

/**
 * The key of the invoice a document answers; its type is the one in the register, else a plain invoice's. What takes an
 * invoice back is never the answer to another of its kind.
 */
export function correctedKey(facts: InvoiceFacts, invoice: Invoice): string | null {
  const { tenant, buyerOrganisation, supplier, correctsInvoiceNumber: number } = invoice
  if (number === undefined) return null
  const original = facts.register?.entries.find(
    (entry) =>
      normaliseInvoiceNumber(entry.invoiceNumber) === normaliseInvoiceNumber(number) &&
      !(isCorrectionOnly(facts) && entry.invoiceType === invoice.invoiceType),
  )
  const invoiceType = original?.invoiceType ?? 'standard'
  return invoiceKey({ tenant, buyerOrganisation, supplier, documentNumber: number, invoiceType })
}

/** True for a cancellation or reversal without lines: its attempt asked no order anything. */
export function isToldOnly(facts: InvoiceFacts): boolean {
  return isCorrectionOnly(facts) && facts.attempt?.orders.length === 0
}

function isMatchedAndFree(facts: InvoiceFacts): boolean {
  if (isBeingMatched(facts) || facts.holds.some(isOpenHold)) return false
  return matchingState(facts) === 'matched'
}
