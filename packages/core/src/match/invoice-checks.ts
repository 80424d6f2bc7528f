import type { CheckQuestion, InvoiceContext, LinkedLine, Measurement } from './check.ts'
import {
  absoluteFigure,
  addFigures,
  divideFigures,
  type Figure,
  multiplyFigures,
  readFigure,
  subtractFigures,
  zeroFigure,
} from './figure.ts'
import { quantityOf } from './line-price.ts'
import { answered, compared, missing, money, notApplicable } from './measurement.ts'
import { netAmountOf } from './order-line-ledger.ts'
import type { PlannedCost } from '../purchase-order/order-line.ts'
import { taxOfCode } from './determine-taxes.ts'
import { expectedTax, sumOfAmounts } from './invoice-tax.ts'
import { expectedTotalOf, invoicedTotalOf } from './invoice-totals.ts'

/** One charge by its code: what the orders billed planned for it against what the invoice asks. */
export function charge(context: InvoiceContext, { planned }: CheckQuestion): Measurement {
  const { code } = planned
  if (code === undefined)
    return notApplicable('charge', 'the invoice and its orders have no charges')
  const ofCode = (one: { readonly code: string }) => one.code === code
  return compared('charge', money(context), {
    expected: sumOfAmounts(context.orders.flatMap((order) => order.charges.filter(ofCode))),
    actual: sumOfAmounts(context.invoice.charges.filter(ofCode)),
  })
}

/**
 * One planned delivery cost: the billed quantity's share of the plan against what the invoice asks. A plan
 * is for its whole order, so all billed lines of the order count together, in one unit; the invoice has
 * one charge for all its orders, so their shares are added, and what an order agreed as a plain charge.
 */
export function chargePlanned(line: LinkedLine, question: CheckQuestion): Measurement {
  const { header, order } = line
  const ofCode = (one: { readonly code: string }) => one.code === question.planned.code
  const plan = order.plannedCosts.find(ofCode)
  if (plan === undefined) return notApplicable('charge', 'the order plans no delivery cost')
  const expected =
    question.parameters.reading === 'as-stated'
      ? shareOfPlan(plan, quantityOf(line))
      : plannedInAll(header, ofCode)
  if (expected === null) {
    return missing(`a cost is planned for lines of different units: ${plan.code}`)
  }
  return compared('charge', money(header), {
    expected,
    actual: sumOfAmounts(header.invoice.charges.filter(ofCode)),
  })
}

function shareOfPlan({ amount, quantity }: PlannedCost, billed: Figure): Figure {
  return divideFigures(multiplyFigures(billed, readFigure(amount)), readFigure(quantity))
}

function plannedInAll(
  { orders, linked }: InvoiceContext,
  ofCode: (one: { readonly code: string }) => boolean,
): Figure | null {
  let sum = sumOfAmounts(orders.flatMap((order) => order.charges.filter(ofCode)))
  for (const order of orders) {
    const plan = order.plannedCosts.find(ofCode)
    if (plan === undefined) continue
    const lines = linked.filter((line) => line.order === order)
    const units = new Set(lines.map(({ orderLine }) => orderLine.unitOfMeasure))
    if (units.size > 1) return null
    const billed = lines.reduce((all, line) => addFigures(all, quantityOf(line)), zeroFigure)
    sum = addFigures(sum, shareOfPlan(plan, billed))
  }
  return sum
}

/** One of the invoice's totals against what the orders and their prices lead to expect. */
export function totals(
  context: InvoiceContext,
  { planned, parameters }: CheckQuestion,
): Measurement {
  const { field } = planned
  if (field === undefined) return notApplicable('total', 'the invoice states no totals')
  const expected = expectedTotalOf(context, field)
  const actual = invoicedTotalOf(context, field)
  if (expected === null || actual === null) {
    return notApplicable('total', `no ${field} total is stated or can be worked out`)
  }
  const measured = compared('total', money(context), { expected, actual })
  // A rounding difference may be expected below zero; it is the size that percentages are of.
  if (parameters.reading === 'as-stated') return measured
  return { ...measured, base: absoluteFigure(expected) }
}

/** What the parts of the invoice add up to against what it asks for in all. */
export function balance(context: InvoiceContext, { parameters }: CheckQuestion): Measurement {
  const { invoice } = context
  if (invoice.totalAmount === null) return notApplicable('balance', 'the invoice states no total')
  const lines =
    parameters.reading === 'as-stated'
      ? sumOfAmounts(invoice.lines)
      : invoice.lines.reduce((sum, line) => addFigures(sum, netAmountOf(line)), zeroFigure)
  const added = addFigures(
    addFigures(lines, sumOfAmounts(invoice.charges)),
    sumOfAmounts(invoice.taxes),
  )
  return compared('balance', money(context), {
    expected: subtractFigures(added, readFigure(invoice.allowancesAmount)),
    actual: readFigure(invoice.totalAmount),
  })
}

/** The tax of the invoice against what the buyer's tax determination says, or the invoice's own rates. */
export function tax(context: InvoiceContext): Measurement {
  const expected = expectedTax(context)
  if (expected === null) {
    return notApplicable('tax', 'neither a tax determination nor tax rates say what to expect')
  }
  return compared('tax', money(context), {
    expected,
    actual: sumOfAmounts(context.invoice.taxes),
  })
}

/** One tax by its code: what the rules' rates come to on the lines of that code against what the invoice bills of it. */
export function taxByCode(
  context: InvoiceContext,
  { planned, parameters }: CheckQuestion,
): Measurement {
  const { code } = planned
  const { taxTable } = parameters
  if (taxTable === undefined) return missing('the rules give no tax rates to compare with')
  if (code === undefined)
    return notApplicable('tax', 'neither the lines nor the invoice bear a tax')
  const { expected, billed } = taxOfCode(context, taxTable, code)
  return compared('tax', money(context), { expected, actual: billed })
}

/** The invoice is in the currency of every order it bills. */
export function currency({ invoice, orders }: InvoiceContext): Measurement {
  const other = orders.find((order) => order.currency !== invoice.currency)
  if (other === undefined) {
    return answered('currency', true, `the invoice is in ${invoice.currency}, as ordered`)
  }
  return answered(
    'currency',
    false,
    `the invoice is in ${invoice.currency}, order ${other.orderNumber} in ${other.currency}`,
    { expectedText: other.currency, actualText: invoice.currency },
  )
}
