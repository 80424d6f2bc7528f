import {
  absoluteDecimal,
  addDecimals,
  compareDecimals,
  type Decimal,
  subtractDecimals,
} from '@counterfoil/core'
import { find } from '../field/find-element.ts'
import { zero } from '../field/read-decimal.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { quoted } from '../finding/cut-text.ts'

/** What the parts of an invoice come to, signs as stated. */
export type PartSums = {
  readonly lines: Decimal
  readonly charges: Decimal
  readonly allowances: Decimal
  readonly tax: Decimal
}

type Totals = Readonly<Record<string, Decimal | undefined>>

/**
 * Compares the stated totals with what they are totals of (EN 16931 BR-CO-10 to BR-CO-16). The invoice keeps what it
 * states: the match decides what a difference means.
 */
export const checkTotals = (
  reading: UblReading,
  {
    element,
    totals,
    sums,
  }: { readonly element: string; readonly totals: Totals; readonly sums: PartSums },
): void => {
  const check = startChecks(reading, element)
  check('LineExtensionAmount', totals.lineExtensionAmount, sums.lines, 'the lines')
  check('ChargeTotalAmount', totals.chargeTotalAmount, sums.charges, 'the charges')
  check('AllowanceTotalAmount', totals.allowanceTotalAmount, sums.allowances, 'the allowances')
  const lines = totals.lineExtensionAmount ?? sums.lines
  const charges = totals.chargeTotalAmount ?? sums.charges
  const allowances = totals.allowanceTotalAmount ?? sums.allowances
  const exclusive = subtractDecimals(addDecimals(lines, charges), allowances)
  if (!repeatsTax(reading, element, { totals, exclusive, tax: sums.tax })) {
    check(
      'TaxExclusiveAmount',
      totals.taxExclusiveAmount,
      exclusive,
      'lines, charges and allowances',
    )
  }
  const inclusive = addDecimals(exclusive, sums.tax)
  check(
    'TaxInclusiveAmount',
    totals.taxInclusiveAmount,
    inclusive,
    'the amount without tax and the tax',
  )
  const payable = addDecimals(
    subtractDecimals(totals.taxInclusiveAmount ?? inclusive, totals.prepaidAmount ?? zero),
    totals.payableRoundingAmount ?? zero,
  )
  check(
    'PayableAmount',
    totals.payableAmount,
    payable,
    'the amount with tax, what is prepaid and the rounding',
  )
}

type Check = (
  name: keyof typeof ruleByTotal,
  stated: Decimal | undefined,
  computed: Decimal,
  words: string,
) => void

const startChecks =
  (reading: UblReading, totalsElement: string): Check =>
  (name, stated, computed, words) => {
    if (stated === undefined || isNear(reading, stated, computed)) return
    const element = find(reading.root, totalsElement, name) ?? reading.root
    note(reading, ruleByTotal[name], element, {
      severity: 'warning',
      sentence: `${name} is ${quoted(stated)} where ${words} come to ${quoted(computed)}: ask the supplier which is right`,
    })
  }

const ruleByTotal = {
  LineExtensionAmount: 'ubl-total-lines',
  ChargeTotalAmount: 'ubl-total-charges',
  AllowanceTotalAmount: 'ubl-total-allowances',
  TaxExclusiveAmount: 'ubl-total-tax-exclusive',
  TaxInclusiveAmount: 'ubl-total-tax-inclusive',
  PayableAmount: 'ubl-total-payable',
} as const

const isNear = ({ settings }: UblReading, a: Decimal, b: Decimal): boolean =>
  compareDecimals(absoluteDecimal(subtractDecimals(a, b)), settings.totalsSlack) <= 0

/** OIOUBL and others of UBL 2.0 write the tax itself where later versions write the amount without it. */
const repeatsTax = (
  reading: UblReading,
  totalsElement: string,
  {
    totals,
    exclusive,
    tax,
  }: { readonly totals: Totals; readonly exclusive: Decimal; readonly tax: Decimal },
): boolean => {
  const stated = totals.taxExclusiveAmount
  if (stated === undefined || isNear(reading, stated, exclusive) || !isNear(reading, stated, tax))
    return false
  note(
    reading,
    'ubl-tax-exclusive-is-tax',
    find(reading.root, totalsElement, 'TaxExclusiveAmount') ?? reading.root,
    {
      severity: 'info',
      sentence: `TaxExclusiveAmount is ${quoted(stated)}, the tax alone, as UBL 2.0 was sometimes understood: it is kept as stated`,
    },
  )
  return true
}
