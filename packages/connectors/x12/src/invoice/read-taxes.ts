import {
  absoluteDecimal,
  addDecimals,
  compareDecimals,
  type Currency,
  type Decimal,
  divideDecimals,
  equalDecimals,
  type InvoiceTax,
  isZeroDecimal,
  minorUnitsOf,
  multiplyDecimals,
  NonNegativeDecimal,
  roundDecimal,
  trimDecimal,
} from '@counterfoil/core'
import type * as z from 'zod'
import { readDecimal } from '../element/read-decimal.ts'
import { cutText, quoted } from '../finding/finding-log.ts'
import type { AllowanceCharge } from '../loop/allowance-charges.ts'
import { note, type SetReading, takeAll } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'

/** A tax of a line or of the whole invoice; the amount is without a sign. */
export type StatedTax = {
  readonly code: string
  /** 8.25 for 8.25 %; null where it is not stated. */
  readonly ratePercent: Decimal | null
  readonly taxableAmount: Decimal | null
  readonly amount: Decimal
}

/** The TXI segments that add to what is to be paid. */
export const readTaxes = (
  reading: SetReading,
  segments: readonly Segment[],
  currency: Currency,
): readonly StatedTax[] =>
  takeAll(reading, segments, 'TXI').flatMap((segment) => readTax(reading, segment, currency) ?? [])

const codeCharactersMax = 40

const readTax = (reading: SetReading, segment: Segment, currency: Currency): StatedTax | null => {
  if (isInformation(reading, segment)) return null
  const taxable = readDecimal(reading, { segment, element: 8 })
  const taxableAmount = taxable === null ? null : absoluteDecimal(taxable)
  const stated = readDecimal(reading, { segment, element: 2 })
  const ratePercent = readRate(reading, segment, { taxableAmount, amount: stated })
  const amount = stated ?? computeTax(taxableAmount, ratePercent, currency)
  if (amount === null) return noAmount(reading, segment)
  const code = cutText(elementText(segment, 1) || 'TX', codeCharactersMax)
  return { code, ratePercent, taxableAmount, amount: absoluteDecimal(amount) }
}

/** TXI07 (X12 662): `O` is said for information, `I` is contained in the prices already. */
const isInformation = (reading: SetReading, segment: Segment): boolean => {
  const relation = elementText(segment, 7)
  if (relation !== 'O' && relation !== 'I') return false
  note(
    reading,
    'x12-tax-not-added',
    { segment, element: 7 },
    {
      severity: 'info',
      sentence: `the tax is ${relation === 'O' ? 'stated for information' : 'contained in the prices'}: it does not add to the total`,
    },
  )
  return true
}

const noAmount = (reading: SetReading, segment: Segment): null => {
  // An exemption is a tax of nothing.
  if (elementText(segment, 6) !== '') return null
  note(
    reading,
    'x12-tax-without-amount',
    { segment },
    {
      severity: 'warning',
      sentence: 'the tax has no amount, and no base to compute it from: it is left out',
    },
  )
  return null
}

const one = NonNegativeDecimal.parse('1')
const hundred = NonNegativeDecimal.parse('100')

/**
 * TXI03 is a fraction: `.0825` is 8.25 %. Senders who write percent are recognised where a base and an
 * amount prove it, or where a fraction would be over 100 %.
 */
const readRate = (
  reading: SetReading,
  segment: Segment,
  known: { readonly taxableAmount: Decimal | null; readonly amount: Decimal | null },
): Decimal | null => {
  const stated = readDecimal(reading, { segment, element: 3 })
  if (stated === null) return null
  const rate = absoluteDecimal(stated)
  const asPercent = trimDecimal(multiplyDecimals(rate, hundred))
  const isFraction = known.amount === null || fits(known, asPercent) || !fits(known, rate)
  const isPossible = !isAbove(rate, one)
  if (isFraction && isPossible) return asPercent
  note(
    reading,
    'x12-rate-in-percent',
    { segment, element: 3 },
    {
      severity: 'warning',
      sentence: `tax rate ${quoted(rate)} should be a fraction, as .0825 for 8.25 %: it is taken as percent`,
    },
  )
  return trimDecimal(rate)
}

const isAbove = (a: Decimal, b: Decimal): boolean => compareDecimals(a, b) > 0

/** Whether a rate in percent makes the amount of the base, to the cent. */
const fits = (
  {
    taxableAmount,
    amount,
  }: { readonly taxableAmount: Decimal | null; readonly amount: Decimal | null },
  percent: Decimal,
): boolean =>
  taxableAmount !== null &&
  amount !== null &&
  equalDecimals(
    divideDecimals(multiplyDecimals(taxableAmount, percent), hundred, 2),
    roundDecimal(absoluteDecimal(amount), 2),
  )

const computeTax = (
  base: Decimal | null,
  percent: Decimal | null,
  currency: Currency,
): Decimal | null =>
  base === null || percent === null
    ? null
    : divideDecimals(multiplyDecimals(base, percent), hundred, minorUnitsOf(currency))

/** The taxes among the SACs: H700, H850, D360 and their kind. */
export const taxesOfCharges = (charges: readonly AllowanceCharge[]): readonly StatedTax[] =>
  charges
    .filter(({ effect }) => effect === 'tax')
    .map(({ x12Code, percent, amount }) => ({
      code: cutText(x12Code, codeCharactersMax),
      ratePercent: percent,
      taxableAmount: null,
      amount,
    }))

/** Taxes as a document carries them: those of one code and rate in one sum, zero ones left out. */
export const mergeTaxes = (taxes: readonly StatedTax[]): z.input<typeof InvoiceTax>[] => {
  const merged = new Map<string, StatedTax>()
  for (const tax of taxes) {
    const key = `${tax.code} ${tax.ratePercent ?? ''}`
    const known = merged.get(key)
    merged.set(key, known === undefined ? tax : addTaxes(known, tax))
  }
  return [...merged.values()]
    .filter(({ amount, ratePercent }) => !isZeroDecimal(amount) || ratePercent !== null)
    .map(({ code, ratePercent, taxableAmount, amount }) => ({
      code,
      ...(ratePercent === null ? {} : { ratePercent: absoluteDecimal(ratePercent) }),
      ...(taxableAmount === null ? {} : { taxableAmount }),
      amount,
    }))
}

const addTaxes = (a: StatedTax, b: StatedTax): StatedTax => ({
  ...a,
  taxableAmount:
    a.taxableAmount === null || b.taxableAmount === null
      ? null
      : addDecimals(a.taxableAmount, b.taxableAmount),
  amount: addDecimals(a.amount, b.amount),
})
