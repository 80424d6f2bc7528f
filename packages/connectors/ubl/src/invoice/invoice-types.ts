import type { InvoiceType } from '@counterfoil/core'

/** InvoiceTypeCode and CreditNoteTypeCode (UNTDID 1001) as a canonical invoice type; EN 16931 names most of them. */
export const invoiceTypesByCode: ReadonlyMap<string, InvoiceType> = new Map([
  ['71', 'standard'],
  ['80', 'debit'],
  ['81', 'credit'],
  ['82', 'standard'],
  ['83', 'credit'],
  ['84', 'debit'],
  ['211', 'standard'],
  ['218', 'standard'],
  ['219', 'standard'],
  ['261', 'credit'],
  ['262', 'credit'],
  ['295', 'subsequent-debit'],
  ['296', 'subsequent-credit'],
  ['308', 'credit'],
  ['326', 'standard'],
  ['331', 'standard'],
  ['380', 'standard'],
  ['381', 'credit'],
  ['382', 'standard'],
  ['383', 'debit'],
  ['384', 'correction'],
  ['385', 'consolidated'],
  ['386', 'prepayment'],
  ['387', 'standard'],
  ['388', 'standard'],
  ['389', 'self-billed'],
  ['390', 'standard'],
  ['393', 'standard'],
  ['394', 'standard'],
  ['395', 'standard'],
  ['396', 'credit'],
  ['420', 'credit'],
  ['456', 'debit'],
  ['457', 'reversal'],
  ['458', 'reversal'],
  ['503', 'credit'],
  ['527', 'self-billed'],
  ['532', 'credit'],
  ['553', 'standard'],
  ['575', 'standard'],
  ['623', 'standard'],
  ['633', 'standard'],
  ['751', 'standard'],
  ['780', 'standard'],
  ['817', 'standard'],
  ['870', 'standard'],
  ['875', 'standard'],
  ['876', 'standard'],
  ['877', 'standard'],
])

/** Documents that look like invoices and ask for no payment: proforma 325, and notices 130, 202, 203, 204, 935. */
export const codesWithoutClaim: ReadonlySet<string> = new Set([
  '130',
  '202',
  '203',
  '204',
  '325',
  '935',
])

/** Whether money goes back to the buyer. */
export const givesBack = (type: InvoiceType): boolean => returning.has(type)

const returning: ReadonlySet<InvoiceType> = new Set<InvoiceType>([
  'credit',
  'subsequent-credit',
  'cancellation',
  'reversal',
])
