import type { InvoiceType } from '@counterfoil/core'

/** BIG07 (X12 640) as a canonical invoice type. `DI`, a debit invoice, is the ordinary kind. */
export const invoiceTypesByX12Code: ReadonlyMap<string, InvoiceType> = new Map([
  ['', 'standard'],
  ['AI', 'correction'],
  ['CI', 'consolidated'],
  ['CN', 'credit'],
  ['CO', 'correction'],
  ['CR', 'credit'],
  ['DI', 'standard'],
  ['DR', 'debit'],
  ['FB', 'standard'],
  ['PP', 'prepayment'],
])

/** Whether money goes back to the buyer. */
export const givesBack = (type: InvoiceType): boolean => returning.has(type)

const returning: ReadonlySet<InvoiceType> = new Set<InvoiceType>([
  'credit',
  'subsequent-credit',
  'cancellation',
  'reversal',
])
