import {
  absoluteDecimal,
  compareDecimals,
  type Decimal,
  subtractDecimals,
  sumDecimals,
  trimDecimal,
} from '@counterfoil/core'
import { type AllowanceCharge, sumOf, turnAround } from '../loop/allowance-charges.ts'
import type { BilledLine, InvoiceLineDraft } from './map-invoice-line.ts'
import { type StatedTax, taxesOfCharges } from './read-taxes.ts'

/** All that an invoice adds up, as it is stated. */
export type InvoiceParts = {
  /** The lines of the invoice's own direction. */
  readonly lines: readonly BilledLine[]
  /** Lines of the other sign, which take their amount off. */
  readonly against: readonly BilledLine[]
  /** The SACs and TXIs outside the lines. */
  readonly charges: readonly AllowanceCharge[]
  readonly taxes: readonly StatedTax[]
}

/** One way to understand the signs and sums of an invoice. */
export type InvoiceReading = {
  /** Which SACs of a document that gives back mean the opposite of what they say. */
  readonly turned: 'none' | 'negative' | 'all'
  /** True where SAC05 counts whole units instead of hundredths. */
  readonly chargesInUnits: boolean
  /** False where the SACs outside the lines only repeat those of the lines. */
  readonly addsCharges: boolean
  /** False where the TXIs outside the lines only repeat those of the lines. */
  readonly addsTaxes: boolean
  /** The total without a sign, as TDS01 is understood; null where none is stated. */
  readonly total: Decimal | null
}

/** An invoice's money in the canonical sense: everything positive, allowances apart. */
export type SettledInvoice = {
  readonly reading: InvoiceReading
  readonly lines: readonly InvoiceLineDraft[]
  readonly charges: readonly AllowanceCharge[]
  readonly taxes: readonly StatedTax[]
  readonly allowancesAmount: Decimal
  /** Lines, charges and taxes less allowances. */
  readonly sum: Decimal
  readonly isBalanced: boolean
}

/** The first understanding whose parts come to the total; the first of all where none does. */
export const settleInvoice = (
  parts: InvoiceParts,
  readings: readonly [InvoiceReading, ...InvoiceReading[]],
  tolerance: Decimal,
): SettledInvoice => {
  const [usual] = readings
  for (const reading of readings) {
    const settled = settle(parts, reading, tolerance)
    if (settled.isBalanced) return settled
  }
  return settle(parts, usual, tolerance)
}

const settle = (
  parts: InvoiceParts,
  reading: InvoiceReading,
  tolerance: Decimal,
): SettledInvoice => {
  const turn = (all: readonly AllowanceCharge[]) =>
    all.map((one) => turnIf(scaleIf(one, reading.chargesInUnits), reading.turned))
  const lines = parts.lines.map((line) => ({ ...line, charges: turn(line.charges) }))
  const charges = reading.addsCharges ? turn(parts.charges) : []
  const taxes = [
    ...lines.flatMap((line) => [...line.taxes, ...taxesOfCharges(line.charges)]),
    ...(reading.addsTaxes ? parts.taxes : []),
    ...taxesOfCharges(charges),
  ]
  const allowancesAmount = sumDecimals([
    sumOf(charges, 'allowance'),
    ...parts.against.map(netAgainst),
  ])
  const added = sumDecimals([
    ...lines.map(netOf),
    sumOf(charges, 'charge'),
    ...taxes.map(({ amount }) => amount),
  ])
  const sum = trimDecimal(subtractDecimals(added, allowancesAmount))
  return {
    reading,
    lines: lines.map(draftOf),
    charges,
    taxes,
    allowancesAmount,
    sum,
    isBalanced: reading.total !== null && isNear(sum, reading.total, tolerance),
  }
}

const scaleIf = (charge: AllowanceCharge, isInUnits: boolean): AllowanceCharge =>
  isInUnits && charge.amountInUnits !== null ? { ...charge, amount: charge.amountInUnits } : charge

const turnIf = (charge: AllowanceCharge, turned: InvoiceReading['turned']): AllowanceCharge =>
  turned === 'all' || (turned === 'negative' && charge.isNegative) ? turnAround(charge) : charge

const draftOf = ({ draft, charges }: BilledLine): InvoiceLineDraft => ({
  ...draft,
  chargesAmount: sumOf(charges, 'charge'),
  discountAmount: sumOf(charges, 'allowance'),
})

/** A line with its charges and less its discounts; its taxes are added apart. */
const netOf = ({ amount, charges }: BilledLine): Decimal =>
  subtractDecimals(sumDecimals([amount, sumOf(charges, 'charge')]), sumOf(charges, 'allowance'))

/** What a line of the other sign takes off, with its own charges and taxes. */
const netAgainst = (line: BilledLine): Decimal =>
  absoluteDecimal(
    sumDecimals([
      netOf(line),
      sumOf(line.charges, 'tax'),
      ...line.taxes.map(({ amount }) => amount),
    ]),
  )

const isNear = (a: Decimal, b: Decimal, tolerance: Decimal): boolean =>
  compareDecimals(absoluteDecimal(subtractDecimals(a, b)), tolerance) <= 0
