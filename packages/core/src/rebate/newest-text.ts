import { canonicalJson } from '../hash/canonical-json.ts'
import { compareInstants, instant } from '../calendar/instant.ts'
import { invoiceKey } from '../identity/identity.ts'
import type { Invoice } from '../invoice/invoice.ts'

/**
 * The text that counts of each invoice, by its key: the highest revision, and of two texts of one revision the one issued
 * first, as an invoice itself counts them. Capitals and blanks of a number do not make another invoice, and what another
 * tenant, buyer or supplier numbers alike is another one.
 */
export function newestTexts(invoices: readonly Invoice[]): ReadonlyMap<string, Invoice> {
  const newest = new Map<string, Invoice>()
  for (const invoice of invoices) {
    const key = invoiceKey(invoice)
    const known = newest.get(key)
    if (known === undefined || isBefore(invoice, known)) newest.set(key, invoice)
  }
  return newest
}

function isBefore(one: Invoice, other: Invoice): boolean {
  if (one.revision !== other.revision) return one.revision > other.revision
  const order = compareInstants(instant(one.issuedAt), instant(other.issuedAt))
  if (order !== 0) return order < 0
  return canonicalJson(one) < canonicalJson(other)
}
