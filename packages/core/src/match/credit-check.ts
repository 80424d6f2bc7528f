import { invoiceTotal } from '../invoice/invoice-total.ts'
import type { CheckQuestion, InvoiceContext, LinkedLine, Measured, Measurement } from './check.ts'
import {
  creditableOf,
  isBilledHere,
  namedInvoice,
  priceBilledOf,
  totalCreditable,
} from './credited-billings.ts'
import {
  addFigures,
  type Figure,
  multiplyFigures,
  readFigure,
  signOfFigure,
  zeroFigure,
} from './figure.ts'
import { pricedQuantityOf, quantityOf, roundAmount } from './line-price.ts'
import {
  answered,
  compared,
  missing,
  money,
  noPricingQuantity,
  notApplicable,
  units,
} from './measurement.ts'
import { refundsPrepayment } from './prepayment-checks.ts'
import { isCrediting, netAmountOf } from './order-line-ledger.ts'

/**
 * A credit gives back at most the quantity that was billed, net of earlier credits; one that takes back the whole invoice
 * gives back all of it. It has no tolerance (INV-07).
 */
export function creditMaxReversal(line: LinkedLine, { parameters }: CheckQuestion): Measurement {
  const unknown = unknownInvoice(line.header, { parameters })
  if (unknown !== null) return unknown
  const isNet = (parameters.reading ?? 'net') === 'net'
  const measured = compared('credit', units(line), {
    expected: creditableOf(line, parameters).quantity,
    actual: isNet ? sumOfSiblings(line, quantityOf) : quantityOf(line),
  })
  const sign = signOfFigure(measured.variance)
  return { ...measured, isWithin: parameters.whole === true ? sign === 0 : sign <= 0 }
}

/** The net amount a credit gives back on the order line against what was billed there, net of earlier credits (INV-07). */
export function creditAmount(line: LinkedLine, { parameters }: CheckQuestion): Measurement {
  const unknown = unknownInvoice(line.header, { parameters })
  if (unknown !== null) return unknown
  const measured: Measured = compared('credit', money(line.header), {
    expected: creditableOf(line, parameters).netAmount,
    actual: sumOfSiblings(line, ({ invoiceLine }) => netAmountOf(invoiceLine)),
  })
  return { ...measured, isShared: true }
}

/** The line amount of a credit against its quantity at the price that was billed, rounded once to the currency's digits. */
export function creditPrice(line: LinkedLine, question: CheckQuestion): Measurement {
  const unknown = unknownInvoice(line.header, question)
  if (unknown !== null) return unknown
  const price = priceBilledOf(line, question.parameters)
  if (price === null) return notApplicable('credit-price', 'no goods were billed to be given back')
  const quantity = pricedQuantityOf(line)
  if (quantity === null) return missing(noPricingQuantity)
  const exact = multiplyFigures(quantity, price)
  return compared('credit-price', money(line.header), {
    expected:
      question.parameters.roundExpected === false
        ? exact
        : roundAmount(exact, line.header, question),
    actual: readFigure(line.invoiceLine.amount),
  })
}

/** All that a credit gives back, charges and taxes too, against the total of the invoice it names, net of earlier credits. */
export function creditTotal(header: InvoiceContext, { parameters }: CheckQuestion): Measurement {
  const { correctsInvoiceNumber: named } = header.invoice
  if (!isCrediting(header.invoice.invoiceType) || named === undefined) {
    return notApplicable('credit', 'no invoice is named that would be given back')
  }
  const expected = totalCreditable(header, named, parameters)
  if (expected === null)
    return notApplicable('credit', `the total of invoice ${named} is not known`)
  return compared('credit', money(header), {
    expected,
    actual: readFigure(invoiceTotal(header.invoice).amount),
  })
}

/** A credit of an invoice that is not known has nothing to be held against; `credit-reference` says so. */
function unknownInvoice(
  header: InvoiceContext,
  { parameters }: Pick<CheckQuestion, 'parameters'>,
): Measurement | null {
  if (refundsPrepayment(header)) {
    return notApplicable(
      'credit',
      'a prepayment is given back, for which there is a check of its own',
    )
  }
  const named = namedInvoice(header, parameters)
  if (named === null || isBilledHere(header, named)) return null
  return notApplicable('credit', `invoice ${named} was not billed on the orders of the credit`)
}

/** Every line of the credit that takes back from the same order line, added up. */
function sumOfSiblings(line: LinkedLine, read: (one: LinkedLine) => Figure): Figure {
  return line.siblings.reduce(
    (sum, invoiceLine) => addFigures(sum, read({ ...line, invoiceLine })),
    zeroFigure,
  )
}

/** A credit says which invoice it gives back, and that invoice was billed on the orders it names. */
export function creditReference(header: InvoiceContext): Measurement {
  const { invoice } = header
  if (!isCrediting(invoice.invoiceType)) {
    return notApplicable('credit-reference', 'the invoice gives nothing back')
  }
  const { correctsInvoiceNumber: named } = invoice
  const expectedText = 'an invoice billed on these orders'
  if (named === undefined) {
    const sentence = 'the credit does not say which invoice it gives back'
    return answered('credit-reference', false, sentence, { expectedText, actualText: 'none' })
  }
  const isBilled = isBilledHere(header, named)
  const sentence = isBilled
    ? `the credit gives back invoice ${named}`
    : `invoice ${named}, which the credit gives back, was not billed on its orders`
  return answered('credit-reference', isBilled, sentence, { expectedText, actualText: named })
}
