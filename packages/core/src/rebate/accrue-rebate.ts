import type { Decimal } from '../decimal/decimal.ts'
import { parseExact } from '../decimal/exact.ts'
import { invoiceKey } from '../identity/identity.ts'
import type { Invoice, InvoiceType } from '../invoice/invoice.ts'
import {
  addFigures,
  compareFigures,
  type Figure,
  minFigure,
  negateFigure,
  percentOfFigure,
  readFigure,
  roundFigure,
  signOfFigure,
  subtractFigures,
  writeFigure,
  zeroFigure,
} from '../match/figure.ts'
import { minorUnitsOf } from '../money/currency.ts'
import { newestTexts } from './newest-text.ts'
import type { RebateAgreement, RebateTerms } from './rebate-agreement.ts'
import { type RebatePeriod, rebatePeriodOf } from './rebate-period.ts'

/** What one invoice adds to the rebate of its period, or takes off it. Amounts in the agreement's currency. */
export type RebateAccrual = {
  readonly invoiceNumber: string
  readonly invoiceType: InvoiceType
  readonly invoiceDate: string
  readonly period: RebatePeriod
  /** Net of discounts, without charges and taxes; below zero for what gives back. */
  readonly turnover: Decimal
  /** Of the period, with this invoice. */
  readonly turnoverToDate: Decimal
  /** The percentage of the step that the turnover has reached; null before the first. */
  readonly percentReached: Decimal | null
  /** What it adds, where a step with effect on all of the turnover is reached with what that adds to earlier invoices. */
  readonly amount: Decimal
  readonly amountToDate: Decimal
}

/** An invoice no rebate is due on, and why. */
export type NoRebate = {
  readonly invoiceNumber: string
  readonly reason:
    | 'other-supplier'
    | 'other-currency'
    | 'outside-validity'
    | 'no-turnover'
    | 'known'
}

/** What was accrued, invoice by invoice, and what was left out. */
export type RebateAccruals = {
  readonly accruals: readonly RebateAccrual[]
  readonly leftOut: readonly NoRebate[]
}

/**
 * The rebate that each invoice of a supplier brings, in the order of their days and numbers: credits take off, prepayments
 * bring nothing, and of an invoice given twice the newest revision counts. What has been accrued is what the agreement grants on the turnover so
 * far, rounded half up to the currency's digits, so that the parts add up to the claim exactly.
 */
export function accrueRebate(
  agreement: RebateAgreement,
  invoices: readonly Invoice[],
): RebateAccruals {
  const accruals: RebateAccrual[] = []
  const leftOut: NoRebate[] = []
  const standing = new Map<string, { turnover: Figure; amount: Figure }>()
  const newest = newestTexts(invoices)
  const seen = new Set<string>()
  for (const invoice of inTurn(invoices)) {
    const { documentNumber: invoiceNumber, invoiceType, invoiceDate } = invoice
    const turnover = turnoverOf(agreement, invoice)
    const key = invoiceKey(invoice)
    const period = rebatePeriodOf(agreement, invoiceDate)
    const isKnown = seen.has(key) || newest.get(key) !== invoice
    const reason = isKnown ? 'known' : reasonAgainst(agreement, invoice, turnover)
    if (reason !== null || period === null) {
      leftOut.push({ invoiceNumber, reason: reason ?? 'outside-validity' })
      continue
    }
    seen.add(key)
    const places = minorUnitsOf(agreement.currency)
    const before = standing.get(period.from) ?? { turnover: zeroFigure, amount: zeroFigure }
    const toDate = addFigures(before.turnover, turnover)
    const amountToDate = roundFigure(grantedOn(agreement.terms, toDate), places, 'half-up')
    standing.set(period.from, { turnover: toDate, amount: amountToDate })
    accruals.push({
      invoiceNumber,
      invoiceType,
      invoiceDate,
      period,
      turnover: writeFigure(turnover, places),
      turnoverToDate: writeFigure(toDate, places),
      percentReached: percentReached(agreement.terms, toDate),
      amount: writeFigure(subtractFigures(amountToDate, before.amount), places),
      amountToDate: writeFigure(amountToDate, places),
    })
  }
  return { accruals, leftOut }
}

function inTurn(invoices: readonly Invoice[]): readonly Invoice[] {
  const rank = ({ invoiceDate, documentNumber, invoiceType }: Invoice) =>
    [invoiceDate, documentNumber, invoiceType] as const
  return invoices.toSorted((a, b) => {
    const other = rank(b)
    for (const [index, part] of rank(a).entries()) {
      const against = other[index] ?? ''
      if (part !== against) return part < against ? -1 : 1
    }
    return 0
  })
}

function reasonAgainst(
  agreement: RebateAgreement,
  invoice: Invoice,
  turnover: Figure,
): NoRebate['reason'] | null {
  if (invoice.supplier !== agreement.supplier || invoice.tenant !== agreement.tenant) {
    return 'other-supplier'
  }
  if (invoice.currency !== agreement.currency) return 'other-currency'
  if (rebatePeriodOf(agreement, invoice.invoiceDate) === null) return 'outside-validity'
  return signOfFigure(turnover) === 0 ? 'no-turnover' : null
}

/** The net amount of the lines the agreement is for, in the direction the invoice moves money. */
function turnoverOf({ items }: RebateAgreement, { lines, invoiceType }: Invoice): Figure {
  const way = wayOf(invoiceType)
  if (way === 0) return zeroFigure
  const covered = items === undefined ? null : new Set<string>(items)
  let sum = zeroFigure
  for (const { item, amount, discountAmount } of lines) {
    if (covered !== null && !covered.has(item.buyerItem ?? '')) continue
    sum = addFigures(sum, subtractFigures(readFigure(amount), readFigure(discountAmount)))
  }
  return way === 1 ? sum : negateFigure(sum)
}

function wayOf(invoiceType: InvoiceType): -1 | 0 | 1 {
  switch (invoiceType) {
    case 'standard':
    case 'debit':
    case 'self-billed':
    case 'consolidated':
    case 'correction':
    case 'subsequent-debit':
      return 1
    case 'credit':
    case 'reversal':
    case 'cancellation':
    case 'subsequent-credit':
      return -1
    case 'prepayment':
      // The goods are billed later, with their whole price.
      return 0
  }
}

/** What the terms grant on a turnover, not rounded; nothing on less than nothing. */
function grantedOn(terms: RebateTerms, turnover: Figure): Figure {
  if (signOfFigure(turnover) <= 0) return zeroFigure
  if (terms.kind === 'percent') return percentOfFigure(turnover, parseExact(terms.percent))
  if (terms.retroactive) {
    const reached = percentReached(terms, turnover)
    return reached === null ? zeroFigure : percentOfFigure(turnover, parseExact(reached))
  }
  let sum = zeroFigure
  for (const [index, { turnoverFrom, percent }] of terms.steps.entries()) {
    const from = readFigure(turnoverFrom)
    if (compareFigures(turnover, from) <= 0) break
    const next = terms.steps[index + 1]
    const to = next === undefined ? turnover : minFigure(turnover, readFigure(next.turnoverFrom))
    sum = addFigures(sum, percentOfFigure(subtractFigures(to, from), parseExact(percent)))
  }
  return sum
}

function percentReached(terms: RebateTerms, turnover: Figure): Decimal | null {
  if (terms.kind === 'percent') return terms.percent
  let reached: Decimal | null = null
  for (const { turnoverFrom, percent } of terms.steps) {
    if (compareFigures(turnover, readFigure(turnoverFrom)) >= 0) reached = percent
  }
  return reached
}
