import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { type Decimal, NonNegativeDecimal, PositiveDecimal } from '../decimal/decimal.ts'
import { ItemNumber, SupplierId, TenantId } from '../identity/identity.ts'
import {
  addFigures,
  compareFigures,
  divideFigures,
  type Figure,
  minFigure,
  multiplyFigures,
  negateFigure,
  readFigure,
  roundFigure,
  signOfFigure,
  subtractFigures,
  writeFigure,
  zeroFigure,
} from '../match/figure.ts'
import { Currency, minorUnitsOf } from '../money/currency.ts'
import { UnitOfMeasure } from '../quantity/unit-of-measure.ts'
import type { SupplierClaim } from './rebate-claim.ts'
import type { RebatePeriod } from './rebate-period.ts'

/** A price a supplier supports for an end customer: the distributor is to pay no more than this for what it sells there. */
export const SupportedPrice = z.strictObject({
  item: ItemNumber,
  price: NonNegativeDecimal,
  perQuantity: PositiveDecimal,
  unitOfMeasure: UnitOfMeasure,
  /** So much is supported in all, in `unitOfMeasure`. Absent: any quantity. */
  quantityMax: PositiveDecimal.optional(),
})
export type SupportedPrice = z.infer<typeof SupportedPrice>

/** A supplier's price support for sales to some customers (special pricing agreement, ship and debit). X12 844, 849. */
export const SupportContract = z.strictObject({
  tenant: TenantId,
  contractNumber: z.string().min(1).max(80),
  supplier: SupplierId,
  currency: Currency,
  validFrom: CalendarDate,
  /** Last day. */
  validTo: CalendarDate,
  /** The end customers it is for. Absent: all. */
  customers: z.array(z.string().min(1).max(80)).min(1).max(10_000).optional(),
  prices: z.array(SupportedPrice).min(1).max(10_000),
})
export type SupportContract = z.infer<typeof SupportContract>

/** Goods sold to an end customer, or taken back from one, with what they had cost the distributor. */
export const SupportedSale = z.strictObject({
  saleNumber: z.string().min(1).max(80),
  saleLineNumber: z.string().min(1).max(40),
  saleType: z.enum(['sale', 'return']),
  saleDate: CalendarDate,
  customer: z.string().min(1).max(80),
  item: ItemNumber,
  quantity: PositiveDecimal,
  unitOfMeasure: UnitOfMeasure,
  /** Paid to the supplier for one unit, in the contract's currency. */
  acquisitionPrice: NonNegativeDecimal,
  currency: Currency,
})
export type SupportedSale = z.infer<typeof SupportedSale>

/** What is claimed for one sale; below zero for goods taken back. */
export type ChargebackLine = {
  readonly saleNumber: string
  readonly saleLineNumber: string
  readonly item: string
  readonly quantity: Decimal
  readonly unitOfMeasure: string
  /** Acquisition price less the supported price, for one unit, not rounded beyond ten places. */
  readonly supportPerUnit: Decimal
  readonly amount: Decimal
}

/** A sale nothing, or not all, is claimed for, and why. */
export type ChargebackLeftOut = {
  readonly saleNumber: string
  readonly saleLineNumber: string
  readonly quantity: Decimal
  readonly reason:
    | 'outside-validity'
    | 'customer-not-covered'
    | 'item-not-covered'
    | 'other-unit'
    | 'other-currency'
    | 'no-support-due'
    | 'quantity-exceeded'
    | 'known'
}

/** A claim for price support, with what it is made of. */
export type ChargebackClaim = SupplierClaim & {
  readonly kind: 'chargeback'
  readonly contractNumber: string
  readonly lines: readonly ChargebackLine[]
  readonly leftOut: readonly ChargebackLeftOut[]
}

/**
 * Claims the difference between what goods had cost and the price the supplier supports, for the sales of a period. Sales count in
 * the order of their days and numbers, so that where only so much is supported the first sales get it; `before` are sales of the
 * contract's earlier periods, which used up their part. Each line is rounded half up to the currency's digits.
 */
export function claimChargeback(asked: {
  readonly contract: SupportContract
  readonly sales: readonly SupportedSale[]
  readonly before?: readonly SupportedSale[]
  readonly period: RebatePeriod
}): ChargebackClaim {
  const { contract, period, before = [] } = asked
  const { contractNumber, supplier, currency } = contract
  const used = new Map<string, Figure>()
  const seen = new Set<string>()
  for (const sale of inTurn(before)) claimLine(contract, sale, { used, seen })
  const lines: ChargebackLine[] = []
  const leftOut: ChargebackLeftOut[] = []
  const own = asked.sales.filter(({ saleDate }) => saleDate >= period.from && saleDate <= period.to)
  for (const sale of inTurn(own)) {
    const found = claimLine(contract, sale, { used, seen })
    if (found.line !== null) lines.push(found.line)
    if (found.leftOut !== null) leftOut.push(found.leftOut)
  }
  const places = minorUnitsOf(currency)
  const amount = lines.reduce((sum, line) => addFigures(sum, readFigure(line.amount)), zeroFigure)
  return {
    kind: 'chargeback',
    tenant: contract.tenant,
    claimNumber: `${contractNumber}/${period.from}`,
    contractNumber,
    supplier,
    currency,
    period,
    amount: writeFigure(amount, places),
    lines,
    leftOut,
  }
}

function inTurn(sales: readonly SupportedSale[]): readonly SupportedSale[] {
  const rank = ({ saleDate, saleNumber, saleLineNumber }: SupportedSale) =>
    JSON.stringify([saleDate, saleNumber, saleLineNumber])
  return sales.toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
}

type Running = { readonly used: Map<string, Figure>; readonly seen: Set<string> }
type ClaimedLine = {
  readonly line: ChargebackLine | null
  readonly leftOut: ChargebackLeftOut | null
}

function claimLine(contract: SupportContract, sale: SupportedSale, running: Running): ClaimedLine {
  const supported = contract.prices.find(({ item }) => item === sale.item)
  const key = JSON.stringify([sale.saleNumber, sale.saleLineNumber])
  const reason = running.seen.has(key) ? 'known' : reasonAgainst(contract, sale, supported)
  if (reason !== null || supported === undefined) {
    return { line: null, leftOut: leftOutOf(sale, reason ?? 'item-not-covered', sale.quantity) }
  }
  running.seen.add(key)
  const support = supportOf(sale, supported)
  const quantity = readFigure(sale.quantity)
  const covered = coveredOf(sale, supported, running.used)
  const rest = subtractFigures(quantity, covered)
  const leftOut =
    signOfFigure(rest) > 0 ? leftOutOf(sale, 'quantity-exceeded', writeFigure(rest)) : null
  if (signOfFigure(covered) <= 0) return { line: null, leftOut }
  const signed = sale.saleType === 'return' ? negateFigure(covered) : covered
  const places = minorUnitsOf(contract.currency)
  const amount = roundFigure(multiplyFigures(signed, support), places, 'half-up')
  const { saleNumber, saleLineNumber, item, unitOfMeasure } = sale
  return {
    line: {
      saleNumber,
      saleLineNumber,
      item,
      quantity: writeFigure(signed),
      unitOfMeasure,
      supportPerUnit: writeFigure(support),
      amount: writeFigure(amount, places),
    },
    leftOut,
  }
}

function reasonAgainst(
  { validFrom, validTo, customers, currency }: SupportContract,
  sale: SupportedSale,
  supported: SupportedPrice | undefined,
): ChargebackLeftOut['reason'] | null {
  if (sale.saleDate < validFrom || sale.saleDate > validTo) return 'outside-validity'
  if (customers !== undefined && !customers.includes(sale.customer)) return 'customer-not-covered'
  if (supported === undefined) return 'item-not-covered'
  if (sale.currency !== currency) return 'other-currency'
  if (sale.unitOfMeasure !== supported.unitOfMeasure) return 'other-unit'
  return signOfFigure(supportOf(sale, supported)) <= 0 ? 'no-support-due' : null
}

function supportOf(sale: SupportedSale, { price, perQuantity }: SupportedPrice): Figure {
  const supported = divideFigures(readFigure(price), readFigure(perQuantity))
  return subtractFigures(readFigure(sale.acquisitionPrice), supported)
}

/** What of a sale is still supported; goods taken back free what they had used up. */
function coveredOf(
  sale: SupportedSale,
  { item, quantityMax }: SupportedPrice,
  used: Map<string, Figure>,
): Figure {
  const quantity = readFigure(sale.quantity)
  const before = used.get(item) ?? zeroFigure
  if (sale.saleType === 'return') {
    const freed = quantityMax === undefined ? quantity : minFigure(quantity, before)
    used.set(item, subtractFigures(before, freed))
    return freed
  }
  const left =
    quantityMax === undefined ? quantity : subtractFigures(readFigure(quantityMax), before)
  const covered = compareFigures(left, zeroFigure) < 0 ? zeroFigure : minFigure(quantity, left)
  used.set(item, addFigures(before, covered))
  return covered
}

function leftOutOf(
  { saleNumber, saleLineNumber }: SupportedSale,
  reason: ChargebackLeftOut['reason'],
  quantity: Decimal,
): ChargebackLeftOut {
  return { saleNumber, saleLineNumber, quantity, reason }
}
