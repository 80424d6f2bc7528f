import type { Decimal } from '../decimal/decimal.ts'
import { parseExact } from '../decimal/exact.ts'
import type { InvoiceContext } from './check.ts'
import {
  addFigures,
  type Figure,
  percentOfFigure,
  readFigure,
  roundFigure,
  zeroFigure,
} from './figure.ts'

/** The sum of the amounts of lines, charges or taxes. */
export function sumOfAmounts(parts: readonly { readonly amount: Decimal }[]): Figure {
  return parts.reduce((sum, { amount }) => addFigures(sum, readFigure(amount)), zeroFigure)
}

/**
 * What the tax should be: as the buyer's own tax determination says, else what the invoice's rates come to. Null where
 * nobody determined it and the invoice does not say what its taxes are of.
 */
export function expectedTax(context: InvoiceContext): Figure | null {
  const { invoice, expectedTaxAmount, amountPlaces, roundingMode } = context
  if (expectedTaxAmount !== null) return readFigure(expectedTaxAmount)
  let sum = zeroFigure
  for (const { ratePercent, taxableAmount } of invoice.taxes) {
    if (ratePercent === undefined || taxableAmount === undefined) return null
    const exact = percentOfFigure(readFigure(taxableAmount), parseExact(ratePercent))
    sum = addFigures(sum, roundFigure(exact, amountPlaces, roundingMode))
  }
  return invoice.taxes.length === 0 ? null : sum
}
