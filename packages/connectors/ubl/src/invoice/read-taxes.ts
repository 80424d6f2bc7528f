import {
  absoluteDecimal,
  addDecimals,
  compareDecimals,
  type Currency,
  type Decimal,
  decimal,
  divideDecimals,
  type InvoiceTax,
  isNegativeDecimal,
  isZeroDecimal,
  minorUnitsOf,
  multiplyDecimals,
  negateDecimal,
  subtractDecimals,
  sumDecimals,
} from '@counterfoil/core'
import type * as z from 'zod'
import { childrenOf, find } from '../field/find-element.ts'
import { amountAt } from '../field/read-amount.ts'
import { decimalAt, zero } from '../field/read-decimal.ts'
import { textAt } from '../field/read-text.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { cutText, quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'

/** A TaxSubtotal as it is stated, signs and all. */
type StatedTax = {
  readonly element: XmlElement
  readonly code: string
  readonly ratePercent: Decimal | undefined
  readonly taxableAmount: Decimal | undefined
  readonly amount: Decimal
}

/** The taxes of an invoice in its own currency. */
export type TaxReading = {
  readonly taxes: readonly StatedTax[]
  /** The TaxTotal/TaxAmount, else the sum of the subtotals. */
  readonly total: Decimal
}

/**
 * The TaxTotals in the invoice's currency; one in the buyer's or the state's own currency only repeats them. A TaxTotal
 * without subtotals is one tax of unknown base.
 */
export const taxesOf = (reading: UblReading, currency: Currency | null): TaxReading => {
  const totals = childrenOf(reading.root, 'TaxTotal').filter((element) => isIn(element, currency))
  const taxes = totals.flatMap((total) => subtotalsOf(reading, total, currency))
  const stated = totals.flatMap((total) => amountAt(reading, total, ['TaxAmount'], currency) ?? [])
  const sum = sumDecimals(taxes.map(({ amount }) => amount))
  const [element] = totals
  const total = stated.length === 0 ? sum : sumDecimals(stated)
  if (element !== undefined) checkSum(reading, element, { total, sum })
  return { taxes, total }
}

const isIn = (total: XmlElement, currency: Currency | null): boolean => {
  const own = find(total, 'TaxAmount')?.attributes.get('currencyID')?.trim().toUpperCase()
  return own === undefined || own === '' || currency === null || own === currency
}

const subtotalsOf = (
  reading: UblReading,
  total: XmlElement,
  currency: Currency | null,
): readonly StatedTax[] => {
  const subtotals = childrenOf(total, 'TaxSubtotal')
  if (subtotals.length > 0) {
    return subtotals.flatMap((element) => readSubtotal(reading, element, currency) ?? [])
  }
  const amount = amountAt(reading, total, ['TaxAmount'], currency)
  if (amount === undefined || isZeroDecimal(amount)) return []
  return [{ element: total, code: 'tax', ratePercent: undefined, taxableAmount: undefined, amount }]
}

const readSubtotal = (
  reading: UblReading,
  element: XmlElement,
  currency: Currency | null,
): StatedTax | undefined => {
  const amount = amountAt(reading, element, ['TaxAmount'], currency)
  if (amount === undefined) return noAmount(reading, element)
  const ratePercent =
    decimalAt(reading, element, 'TaxCategory', 'Percent') ?? decimalAt(reading, element, 'Percent')
  const taxableAmount = amountAt(reading, element, ['TaxableAmount'], currency)
  const tax = { element, code: codeOf(reading, element), ratePercent, taxableAmount, amount }
  checkRate(reading, tax, currency)
  return tax
}

const noAmount = (reading: UblReading, element: XmlElement): undefined => {
  note(reading, 'ubl-tax-without-amount', element, {
    severity: 'warning',
    sentence: 'the tax has no usable TaxAmount and is left out: ask the supplier for it',
  })
}

const codeCharactersMax = 40

/** The category (UNTDID 5305: S, Z, E, AE), with the scheme where it is another one than value added tax. */
const codeOf = (reading: UblReading, element: XmlElement): string => {
  const category = textAt(reading, element, 'TaxCategory', 'ID')
  const scheme = textAt(reading, element, 'TaxCategory', 'TaxScheme', 'ID')
  const isUsual = scheme === undefined || scheme === 'VAT'
  const code = isUsual ? category : [scheme, category].filter((one) => one !== undefined).join(' ')
  return cutText(code ?? scheme ?? 'tax', codeCharactersMax)
}

const hundred = decimal('100')

const checkRate = (
  reading: UblReading,
  { element, ratePercent, taxableAmount, amount }: StatedTax,
  currency: Currency | null,
): void => {
  if (ratePercent === undefined || taxableAmount === undefined || currency === null) return
  const places = minorUnitsOf(currency)
  const computed = divideDecimals(multiplyDecimals(taxableAmount, ratePercent), hundred, places)
  if (isNear(reading, amount, computed)) return
  note(reading, 'ubl-tax-amount', element, {
    severity: 'warning',
    sentence: `the tax ${quoted(amount)} is not ${quoted(ratePercent)} % of ${quoted(taxableAmount)}, which is ${quoted(computed)}: it is kept as stated`,
  })
}

const checkSum = (
  reading: UblReading,
  element: XmlElement,
  { total, sum }: { readonly total: Decimal; readonly sum: Decimal },
): void => {
  if (isNear(reading, total, sum)) return
  note(reading, 'ubl-tax-total', element, {
    severity: 'warning',
    sentence: `the tax in all is ${quoted(total)} and its parts come to ${quoted(sum)}: the parts are kept as stated`,
  })
}

const isNear = ({ settings }: UblReading, a: Decimal, b: Decimal): boolean =>
  compareDecimals(absoluteDecimal(subtractDecimals(a, b)), settings.totalsSlack) <= 0

/** Taxes as a document carries them, and what those below zero take off. */
export type TaxFields = {
  readonly taxes: z.input<typeof InvoiceTax>[]
  readonly credits: Decimal
}

/** Taxes of one code and rate in one sum; `turn` changes every sign. */
export const taxFields = (all: readonly StatedTax[], turn: boolean): TaxFields => {
  const merged = new Map<string, StatedTax>()
  for (const tax of all) {
    const key = `${tax.code} ${tax.ratePercent ?? ''}`
    const known = merged.get(key)
    merged.set(key, known === undefined ? tax : addTaxes(known, tax))
  }
  const signed = [...merged.values()].map((tax) => (turn ? turnTax(tax) : tax))
  const below = signed.filter(({ amount }) => isNegativeDecimal(amount))
  return {
    taxes: signed.filter(({ amount }) => !isNegativeDecimal(amount)).map(fieldsOf),
    credits: absoluteDecimal(sumDecimals([zero, ...below.map(({ amount }) => amount)])),
  }
}

const addTaxes = (a: StatedTax, b: StatedTax): StatedTax => ({
  ...a,
  taxableAmount:
    a.taxableAmount === undefined || b.taxableAmount === undefined
      ? undefined
      : addDecimals(a.taxableAmount, b.taxableAmount),
  amount: addDecimals(a.amount, b.amount),
})

const turnTax = (tax: StatedTax): StatedTax => ({
  ...tax,
  taxableAmount: tax.taxableAmount === undefined ? undefined : negateDecimal(tax.taxableAmount),
  amount: negateDecimal(tax.amount),
})

const fieldsOf = ({
  code,
  ratePercent,
  taxableAmount,
  amount,
}: StatedTax): z.input<typeof InvoiceTax> => ({
  code,
  ratePercent: ratePercent === undefined ? undefined : absoluteDecimal(ratePercent),
  taxableAmount:
    taxableAmount === undefined || isNegativeDecimal(taxableAmount)
      ? undefined
      : plain(taxableAmount),
  amount: plain(amount),
})

/** Without the minus of a zero that was turned. */
const plain = (amount: Decimal): Decimal => absoluteDecimal(amount)
