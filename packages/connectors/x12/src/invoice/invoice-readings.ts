import type { Decimal } from '@counterfoil/core'
import type { AllowanceCharge } from '../loop/allowance-charges.ts'
import type { BilledLine } from './map-invoice-line.ts'
import type { StatedTax } from './read-taxes.ts'
import type { InvoiceReading } from './settle-invoice.ts'

/** What decides which understandings of an invoice are possible. */
export type ReadingQuestion = {
  readonly lines: readonly BilledLine[]
  readonly charges: readonly AllowanceCharge[]
  readonly taxes: readonly StatedTax[]
  /** True for credits and their kind. */
  readonly givesBack: boolean
  /** True where the sender writes what it gives back below zero. */
  readonly isBelowZero: boolean
  readonly totals: readonly Decimal[]
}

/**
 * Every way to understand an invoice, the usual one first. Charges of a credit are written with its sign
 * or against it; summary SACs and TXIs stand beside those of the lines, or repeat their sums; a total
 * counts in hundredths or not. What adds up is what was meant.
 */
export const possibleReadings = (
  question: ReadingQuestion,
): readonly [InvoiceReading, ...InvoiceReading[]] => {
  const { lines, charges, taxes, totals } = question
  const repeatsCharges = charges.length > 0 && lines.some((line) => line.charges.length > 0)
  const repeatsTaxes = taxes.length > 0 && lines.some((line) => line.taxes.length > 0)
  const readings = (totals.length === 0 ? [null] : totals).flatMap((total) =>
    turnsOf(question).flatMap((turned) =>
      (repeatsCharges ? both : onlyAdds).flatMap((addsCharges) =>
        (repeatsTaxes ? both : onlyAdds).map((addsTaxes): InvoiceReading => ({
          turned,
          addsCharges,
          addsTaxes,
          total,
        })),
      ),
    ),
  )
  const [first = usual, ...others] = readings
  return [first, ...others]
}

const usual: InvoiceReading = { turned: 'none', addsCharges: true, addsTaxes: true, total: null }
const both = [true, false]
const onlyAdds = [true]

const turnsOf = ({
  givesBack,
  isBelowZero,
}: ReadingQuestion): readonly InvoiceReading['turned'][] => {
  if (!givesBack) return ['none']
  return isBelowZero ? ['negative', 'all', 'none'] : ['none', 'all']
}
