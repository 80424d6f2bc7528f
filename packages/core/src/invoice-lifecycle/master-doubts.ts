import { masterCases } from '../masters/record-master-check.ts'
import { currentInvoice, isCorrectionOnly, isPaid } from './current-invoice.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import type { SupplierDoubt } from './supplier-standing.ts'

/**
 * What the master data does not know of the invoice: an article, a unit, a tax rate, terms nobody agreed to. It is not
 * passed on to finance before the master was mended or a person let it pass.
 */
export function masterDoubts(facts: InvoiceFacts): readonly SupplierDoubt[] {
  const invoice = currentInvoice(facts)
  if (facts.masters === undefined || invoice === null) return []
  if (isCorrectionOnly(facts) || isPaid(facts)) return []
  return masterCases(facts.masters)
    .filter(({ code }) => code !== 'BLOCKED_SUPPLIER' || facts.supplier === undefined)
    .map(({ key, code, sentence }) => ({ code, key, blocks: 'posting', sentence }))
}
