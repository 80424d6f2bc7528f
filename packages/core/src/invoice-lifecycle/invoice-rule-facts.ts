import { currentInvoice } from './current-invoice.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** What the rules may look at of an invoice when they are asked about it as a whole. */
export function invoiceFactsForRules(facts: InvoiceFacts): Record<string, unknown> {
  const invoice = currentInvoice(facts)
  if (invoice === null) return {}
  const { supplier, buyerOrganisation, invoiceType, currency, origin } = invoice
  return { supplier, buyerOrganisation, invoiceType, currency, channel: origin?.channel ?? null }
}
