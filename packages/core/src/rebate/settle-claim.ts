import type { Decimal } from '../decimal/decimal.ts'
import {
  compareDecimals,
  isZeroDecimal,
  subtractDecimals,
  sumDecimals,
} from '../decimal/decimal-arithmetic.ts'
import { invoiceKey, normaliseInvoiceNumber } from '../identity/identity.ts'
import { computedTotal } from '../invoice/invoice-total.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { newestTexts } from './newest-text.ts'
import type { SupplierClaim } from './rebate-claim.ts'

/** What became of a claim: how much of it the supplier credited. */
export type ClaimSettlement = {
  readonly claimNumber: string
  readonly state: 'open' | 'part-settled' | 'settled' | 'over-settled'
  readonly amountSettled: Decimal
  /** Below zero where more was credited than was claimed. */
  readonly amountOpen: Decimal
  /** The credits that count, each once. */
  readonly credits: readonly { readonly invoiceNumber: string; readonly amount: Decimal }[]
  /** Credits that name the claim and do not count, and why. */
  readonly refused: readonly {
    readonly invoiceNumber: string
    readonly reason: 'other-supplier' | 'other-currency' | 'not-a-credit' | 'known'
  }[]
}

/**
 * Holds the credits of a supplier against a claim: those that name its number as the invoice they answer. They count before
 * taxes, as claims are made before taxes, and of a credit that came in several revisions the newest counts.
 */
export function settleClaim(claim: SupplierClaim, invoices: readonly Invoice[]): ClaimSettlement {
  const named = invoices.filter(
    ({ correctsInvoiceNumber }) =>
      correctsInvoiceNumber !== undefined &&
      normaliseInvoiceNumber(correctsInvoiceNumber) === normaliseInvoiceNumber(claim.claimNumber),
  )
  const newest = newestTexts(named)
  const seen = new Set<string>()
  const credits: { invoiceNumber: string; amount: Decimal }[] = []
  const refused: ClaimSettlement['refused'][number][] = []
  for (const credit of named) {
    const { documentNumber: invoiceNumber } = credit
    const key = invoiceKey(credit)
    const isKnown = seen.has(key) || newest.get(key) !== credit
    const reason = isKnown ? 'known' : reasonAgainst(claim, credit)
    if (!isKnown) seen.add(key)
    if (reason === null) credits.push({ invoiceNumber, amount: netOf(credit) })
    else refused.push({ invoiceNumber, reason })
  }
  const amountSettled = sumDecimals(credits.map(({ amount }) => amount))
  const { claimNumber, amount } = claim
  return {
    claimNumber,
    state: stateOf(amount, amountSettled),
    amountSettled,
    amountOpen: subtractDecimals(amount, amountSettled),
    credits,
    refused,
  }
}

function reasonAgainst(claim: SupplierClaim, credit: Invoice) {
  const isOtherTenant = claim.tenant !== undefined && credit.tenant !== claim.tenant
  if (isOtherTenant || credit.supplier !== claim.supplier) return 'other-supplier'
  if (credit.currency !== claim.currency) return 'other-currency'
  const isCredit = credit.invoiceType === 'credit' || credit.invoiceType === 'subsequent-credit'
  return isCredit ? null : 'not-a-credit'
}

function netOf(credit: Invoice): Decimal {
  return computedTotal({ ...credit, taxes: [] })
}

function stateOf(claimed: Decimal, settled: Decimal): ClaimSettlement['state'] {
  if (isZeroDecimal(settled)) return 'open'
  const order = compareDecimals(settled, claimed)
  if (order === 0) return 'settled'
  return order < 0 ? 'part-settled' : 'over-settled'
}
