import { normaliseInvoiceNumber } from '../identity/identity.ts'
import {
  addFigures,
  compareFigures,
  type Figure,
  percentOfFigure,
  readFigure,
  roundFigure,
  subtractFigures,
  writeFigure,
  zeroFigure,
} from '../match/figure.ts'
import { parseExact } from '../decimal/exact.ts'
import type { NonNegativeDecimal } from '../decimal/decimal.ts'
import type { OrderPrepayment } from '../match/match-input.ts'
import { isCrediting, netAmountOf } from '../match/order-line-ledger.ts'
import { minorUnitsOf } from '../money/currency.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import type { BillingEntry, OrderFacts } from './order-facts.ts'
import { orderValueOf } from './order-value.ts'
import { isBefore } from './invoices-in-turn.ts'

/**
 * What was agreed to be paid in advance on an order and what of it is open for an invoice, or for everybody where none is
 * named; undefined where nothing was agreed or billed. What is held was not paid, so nothing of it can be taken off.
 */
export function prepaymentFor(
  { facts, order }: { readonly facts: OrderFacts; readonly order: PurchaseOrder },
  invoiceKey: string | null,
): OrderPrepayment | undefined {
  const places = minorUnitsOf(order.currency)
  const found = Object.entries(facts.billings).filter(
    ([key, { invoiceType }]) => invoiceType === 'prepayment' && key !== invoiceKey,
  )
  if (order.prepaymentTerms === undefined && found.length === 0) return undefined
  const billed = found
    .flatMap(([, { lines }]) => lines)
    .reduce((sum, line) => addFigures(sum, netAmountOf(line)), zeroFigure)
  return {
    agreedAmount: agreedAmountOf(order, places),
    billedAmount: writeFigure(billed, places),
    invoices: found.map(([, billing]) => {
      const { invoiceNumber, totalAmount = writeFigure(zeroFigure, places) } = billing
      const open = subtractFigures(paidOf(billing), clearedOf(facts, invoiceNumber, invoiceKey))
      const left = compareFigures(open, zeroFigure) < 0 ? zeroFigure : open
      return { invoiceNumber, totalAmount, openAmount: writeFigure(left, places) }
    }),
  }
}

function agreedAmountOf(order: PurchaseOrder, places: number): NonNegativeDecimal | null {
  const { prepaymentTerms: terms } = order
  if (terms === undefined) return null
  if ('amount' in terms) return terms.amount
  const value = orderValueOf(order)
  if (value === null) return null
  const share = percentOfFigure(readFigure(value.amount), parseExact(terms.percent))
  return writeFigure(roundFigure(share, places, 'half-up'), places)
}

function paidOf({ totalAmount, held }: BillingEntry): Figure {
  return held === true || totalAmount === undefined ? zeroFigure : readFigure(totalAmount)
}

/** What credits gave back of it, and what bills before an invoice took off. */
function clearedOf(facts: OrderFacts, named: string, invoiceKey: string | null): Figure {
  let sum = zeroFigure
  for (const [key, { prepaymentsCleared = [], invoiceType }] of Object.entries(facts.billings)) {
    if (key === invoiceKey) continue
    const isFirst = invoiceKey === null || isCrediting(invoiceType)
    if (!isFirst && !isBefore(facts, key, invoiceKey)) continue
    for (const { invoiceNumber, amount } of prepaymentsCleared) {
      if (normaliseInvoiceNumber(invoiceNumber) !== normaliseInvoiceNumber(named)) continue
      sum = addFigures(sum, readFigure(amount))
    }
  }
  return sum
}
