import { type Decimal, equalDecimals, isZeroDecimal, sumDecimals } from '@counterfoil/core'
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
 * and charges count in hundredths or not. What adds up is what was meant.
 */
export const possibleReadings = (
  question: ReadingQuestion,
): readonly [InvoiceReading, ...InvoiceReading[]] => {
  const { lines, charges, taxes, totals } = question
  const addsCharges = waysToAdd(
    charges.map(namedCharge),
    lines.flatMap((line) => line.charges.map(namedCharge)),
  )
  const addsTaxes = waysToAdd(
    taxes,
    lines.flatMap((line) => line.taxes),
  )
  const turns = turnsOf(question)
  const readings = unitsOf(question).flatMap((chargesInUnits) =>
    (totals.length === 0 ? [null] : totals).flatMap((total) =>
      turns.flatMap((turned) =>
        addsCharges.flatMap((adds) =>
          addsTaxes.map((addsToo): InvoiceReading => ({
            turned,
            chargesInUnits,
            addsCharges: adds,
            addsTaxes: addsToo,
            total,
          })),
        ),
      ),
    ),
  )
  const [first = usual, ...others] = readings
  return [first, ...others]
}

const usual: InvoiceReading = {
  turned: 'none',
  chargesInUnits: false,
  addsCharges: true,
  addsTaxes: true,
  total: null,
}

/** An amount under a code, outside the lines or in them. */
type NamedAmount = { readonly code: string; readonly amount: Decimal }

const namedCharge = ({ x12Code, amount }: AllowanceCharge): NamedAmount => ({
  code: x12Code,
  amount,
})

/** Whether what stands outside the lines is added to what stands in them; the likelier answer first. */
const waysToAdd = (
  outside: readonly NamedAmount[],
  inLines: readonly NamedAmount[],
): readonly boolean[] => {
  if (outside.length === 0 || inLines.length === 0) return [true]
  const repeats = outside.some(
    ({ code, amount }) =>
      !isZeroDecimal(amount) && equalDecimals(sumUnder(code, inLines), sumUnder(code, outside)),
  )
  return repeats ? [false, true] : [true, false]
}

const sumUnder = (wanted: string, amounts: readonly NamedAmount[]): Decimal =>
  sumDecimals(amounts.filter(({ code }) => code === wanted).map(({ amount }) => amount))

const turnsOf = ({
  givesBack,
  isBelowZero,
}: ReadingQuestion): readonly InvoiceReading['turned'][] => {
  if (!givesBack) return ['none']
  return isBelowZero ? ['negative', 'all', 'none'] : ['none', 'all']
}

/** Charges in whole units come last: only a total that nothing else makes proves them. */
const unitsOf = ({ charges, lines, totals }: ReadingQuestion): readonly boolean[] => {
  const all = [...charges, ...lines.flatMap((line) => line.charges)]
  const isPossible = totals.length > 0 && all.some(({ amountInUnits }) => amountInUnits !== null)
  return isPossible ? [false, true] : [false]
}
