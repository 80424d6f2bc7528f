import type { InvoiceType } from '@counterfoil/core'

/** How one of UBL's invoices spells what all of them say. */
export type InvoiceForm = {
  readonly root: string
  /** The element with the type's code; null where the root says it all. */
  readonly typeCode: string | null
  readonly line: string
  readonly quantity: string
  readonly total: string
  /** What a document is that does not say more. */
  readonly usual: InvoiceType
  /** Whether money goes back to the buyer, whatever its code says. */
  readonly isCredit: boolean
}

const invoice = {
  typeCode: 'InvoiceTypeCode',
  line: 'InvoiceLine',
  quantity: 'InvoicedQuantity',
  total: 'LegalMonetaryTotal',
  isCredit: false,
} as const

const creditNote = {
  line: 'CreditNoteLine',
  quantity: 'CreditedQuantity',
  total: 'LegalMonetaryTotal',
  usual: 'credit',
  isCredit: true,
} as const

/** The invoices of UBL 2: what is billed, what is given back, and what the buyer bills himself. */
export const invoiceForms: readonly InvoiceForm[] = [
  { root: 'Invoice', usual: 'standard', ...invoice },
  { root: 'CreditNote', typeCode: 'CreditNoteTypeCode', ...creditNote },
  {
    root: 'DebitNote',
    typeCode: null,
    line: 'DebitNoteLine',
    quantity: 'DebitedQuantity',
    total: 'RequestedMonetaryTotal',
    usual: 'debit',
    isCredit: false,
  },
  { root: 'SelfBilledInvoice', usual: 'self-billed', ...invoice },
  { root: 'SelfBilledCreditNote', typeCode: null, ...creditNote },
]
