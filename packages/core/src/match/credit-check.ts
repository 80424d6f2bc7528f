import { normaliseInvoiceNumber } from '../identity/identity.ts'
import type { CheckQuestion, InvoiceContext, LinkedLine, Measurement } from './check.ts'
import { addFigures, signOfFigure, zeroFigure } from './figure.ts'
import { quantityOf } from './line-price.ts'
import { answered, compared, notApplicable, units } from './measurement.ts'
import { isCrediting } from './order-line-ledger.ts'
import { billedBefore } from './order-line-sums.ts'

/** A credit gives back at most what was billed, net of earlier credits. It has no tolerance (INV-07). */
export function creditMaxReversal(line: LinkedLine, { parameters }: CheckQuestion): Measurement {
  const reading = parameters.reading ?? 'net'
  const measured = compared('credit', units(line), {
    expected: billedBefore(line, reading).quantity,
    actual: reading === 'net' ? creditedOf(line) : quantityOf(line),
  })
  return { ...measured, isWithin: signOfFigure(measured.variance) <= 0 }
}

/** Every line of the credit that takes back from the same order line. */
function creditedOf(line: LinkedLine) {
  return line.siblings.reduce(
    (sum, invoiceLine) => addFigures(sum, quantityOf({ ...line, invoiceLine })),
    zeroFigure,
  )
}

/** A credit says which invoice it gives back, and that invoice was billed on the orders it names. */
export function creditReference({ invoice, orders }: InvoiceContext): Measurement {
  if (!isCrediting(invoice.invoiceType)) {
    return notApplicable('credit-reference', 'the invoice gives nothing back')
  }
  const { correctsInvoiceNumber: named } = invoice
  const expectedText = 'an invoice billed on these orders'
  if (named === undefined) {
    const sentence = 'the credit does not say which invoice it gives back'
    return answered('credit-reference', false, sentence, { expectedText, actualText: 'none' })
  }
  const isBilled = orders.some(({ billings }) =>
    billings.some(
      ({ invoiceNumber }) =>
        normaliseInvoiceNumber(invoiceNumber) === normaliseInvoiceNumber(named),
    ),
  )
  const sentence = isBilled
    ? `the credit gives back invoice ${named}`
    : `invoice ${named}, which the credit gives back, was not billed on its orders`
  return answered('credit-reference', isBilled, sentence, { expectedText, actualText: named })
}
