import { type Currency, type Decimal, isZeroDecimal, negateDecimal } from '@counterfoil/core'
import { find } from './find-element.ts'
import { amountAt } from './read-amount.ts'
import type { UblReading } from './ubl-reading.ts'

/** The totals UBL knows, by the name they have in a document: the element's own, beginning small. */
const totalNames = {
  LineExtensionAmount: 'lineExtensionAmount',
  TaxExclusiveAmount: 'taxExclusiveAmount',
  TaxInclusiveAmount: 'taxInclusiveAmount',
  AllowanceTotalAmount: 'allowanceTotalAmount',
  ChargeTotalAmount: 'chargeTotalAmount',
  WithholdingTaxTotalAmount: 'withholdingTaxTotalAmount',
  PrepaidAmount: 'prepaidAmount',
  PayableRoundingAmount: 'payableRoundingAmount',
  PayableAmount: 'payableAmount',
  PayableAlternativeAmount: 'payableAlternativeAmount',
} as const

/** The stated totals by name; `turn` changes every sign. Undefined where the document has none. */
export const totalsOf = (
  reading: UblReading,
  {
    names,
    currency,
    turn,
  }: {
    readonly names: readonly string[]
    readonly currency: Currency | null
    readonly turn: boolean
  },
): Record<string, Decimal> | undefined => {
  const element = find(reading.root, ...names)
  const entries = Object.entries(totalNames).flatMap(([name, field]): [string, Decimal][] => {
    const own = name === 'PayableAlternativeAmount' ? null : currency
    const amount = amountAt(reading, element, [name], own)
    if (amount === undefined) return []
    return [[field, turn && !isZeroDecimal(amount) ? negateDecimal(amount) : amount]]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
