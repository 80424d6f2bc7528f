import { compareDecimals } from '../decimal/decimal-arithmetic.ts'
import type { PaymentTerms } from '../purchase-order/purchase-order.ts'
import type { LookUps } from './look-ups.ts'
import type { MasterFinding } from './master-check.ts'

/** Payment terms and currency of a document beside those agreed with its supplier. */
export function checkTerms(
  lookUps: LookUps,
  {
    supplier: number,
    currency,
    paymentTerms,
  }: {
    readonly supplier: string
    readonly currency: string
    readonly paymentTerms?: PaymentTerms | undefined
  },
): readonly MasterFinding[] {
  const supplier = lookUps.supplier(number)
  if (supplier === null) return []
  const { on } = lookUps.day
  const findings: MasterFinding[] = []
  if (supplier.currency !== undefined && supplier.currency !== currency) {
    const sentence = `supplier \`${number}\` is dealt with in ${supplier.currency} on ${on}, and the document is in ${currency}`
    findings.push({ rule: 'currency-differs', severity: 'warning', line: null, sentence })
  }
  if (supplier.paymentTerms === undefined || paymentTerms === undefined) return findings
  const agreed = lookUps.paymentTerms(supplier.paymentTerms)
  if (agreed === null || isSame(agreed.terms, paymentTerms)) return findings
  const sentence = `payment terms are ${describe(paymentTerms)}, and \`${agreed.key}\` on ${on} is ${describe(agreed.terms)}`
  return [...findings, { rule: 'terms-differ', severity: 'error', line: null, sentence }]
}

function isSame(a: PaymentTerms, b: PaymentTerms): boolean {
  const isSamePercent =
    a.discountPercent === null || b.discountPercent === null
      ? a.discountPercent === b.discountPercent
      : compareDecimals(a.discountPercent, b.discountPercent) === 0
  return a.netDays === b.netDays && a.discountDays === b.discountDays && isSamePercent
}

function describe({ netDays, discountPercent, discountDays }: PaymentTerms): string {
  const net = netDays === null ? 'no net days' : `net ${netDays} days`
  return discountPercent === null
    ? net
    : `${discountPercent} % in ${discountDays ?? 0} days, ${net}`
}
