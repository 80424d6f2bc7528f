import type { InvoiceType } from '@counterfoil/core'
import { find } from '../field/find-element.ts'
import { textAt } from '../field/read-text.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { quoted } from '../finding/cut-text.ts'
import type { InvoiceForm } from './invoice-forms.ts'
import { codesWithoutClaim, givesBack, invoiceTypesByCode } from './invoice-types.ts'

/**
 * What an invoice is: by its code, unless it is a credit note anyway, or its lines come to less than nothing and so
 * give back what the code would ask for.
 */
export const invoiceTypeOf = (
  reading: UblReading,
  form: InvoiceForm,
  turn: boolean,
): InvoiceType => {
  const type = statedType(reading, form)
  if (!turn) return type
  const settled = givesBack(type) ? type : reading.settings.invoice.negativeInvoice
  note(reading, 'ubl-invoice-turned', reading.root, {
    severity: givesBack(type) ? 'info' : 'warning',
    sentence: givesBack(type)
      ? 'what is given back is written with minus signs: the amounts are read without them'
      : `the lines come to less than nothing: the document is taken as a ${settled} of that much`,
  })
  return settled
}

const statedType = (reading: UblReading, form: InvoiceForm): InvoiceType => {
  const code = form.typeCode === null ? undefined : textAt(reading, reading.root, form.typeCode)
  if (code === undefined || form.typeCode === null) return form.usual
  const { typeCodes } = reading.settings.invoice
  const own = Object.hasOwn(typeCodes, code) ? typeCodes[code] : undefined
  if (own !== undefined) return own
  const element = find(reading.root, form.typeCode) ?? reading.root
  if (codesWithoutClaim.has(code)) {
    note(reading, 'ubl-invoice-without-claim', element, {
      severity: 'error',
      sentence: `type ${quoted(code)} asks for no payment: a proforma or a notice is not booked, wait for the invoice`,
    })
  }
  const known = invoiceTypesByCode.get(code)
  if (form.isCredit && (known === undefined || !givesBack(known))) {
    note(reading, 'ubl-invoice-type-contradicts', element, {
      severity: 'warning',
      sentence: `type ${quoted(code)} is no credit note, and the document is one: it is taken as a credit`,
    })
    return form.usual
  }
  // The buyer's own invoice stays one, whatever general type it also has.
  if (form.usual === 'self-billed' && known === 'standard') return 'self-billed'
  if (known !== undefined) return known
  note(reading, 'ubl-invoice-type-unknown', element, {
    severity: 'info',
    sentence: `type ${quoted(code)} is in no table of this reader: the document is taken as the usual ${quoted(form.usual)}`,
  })
  return form.usual
}
