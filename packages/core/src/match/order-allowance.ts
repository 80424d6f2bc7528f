import { minorUnitsOf } from '../money/currency.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import {
  addFigures,
  divideFigures,
  type Figure,
  isZeroFigure,
  minFigure,
  multiplyFigures,
  readFigure,
  roundFigure,
  writeFigure,
  zeroFigure,
} from './figure.ts'
import { unitPriceOf } from './line-price.ts'
import type { OrderMatchView } from './match-input.ts'
import { canConvert, inUnit } from './order-unit.ts'

/** The allowance of an order as a whole as an invoice sees it, with the value of the goods it is given on. */
export function allowanceOf(order: PurchaseOrder): Pick<OrderMatchView, 'allowance'> {
  const { allowancesAmount, currency } = order
  if (allowancesAmount === undefined || isZeroFigure(readFigure(allowancesAmount))) return {}
  let value: Figure | null = zeroFigure
  for (const line of order.lines) {
    const quantity = pricedQuantityOrdered(line, order)
    value =
      value === null || quantity === null
        ? null
        : addFigures(value, multiplyFigures(quantity, unitPriceOf(line)))
  }
  const places = minorUnitsOf(currency)
  const ofAmount = value === null ? null : writeFigure(roundFigure(value, places, 'half-up'))
  return { allowance: { amount: allowancesAmount, ofAmount } }
}

function pricedQuantityOrdered(line: OrderLine, order: PurchaseOrder): Figure | null {
  const { quantityOrdered: quantity, unitOfMeasure, pricingQuantityOrdered, price } = line
  if (price.perUnitOfMeasure === unitOfMeasure) return readFigure(quantity)
  if (pricingQuantityOrdered !== undefined) return readFigure(pricingQuantityOrdered)
  const on = dayOfIssue(order)
  if (!canConvert(line, unitOfMeasure, price.perUnitOfMeasure, on)) return null
  return inUnit(line, price.perUnitOfMeasure, { quantity, unitOfMeasure, on })
}

/**
 * The share of an order's allowance that goods of so much value earn: half of it for half the goods, and never more than
 * all of it. All of it where the value of the order cannot be told.
 */
export function allowanceFor({ allowance }: OrderMatchView, value: Figure): Figure {
  if (allowance === undefined) return zeroFigure
  const amount = readFigure(allowance.amount)
  const whole = allowance.ofAmount === null ? zeroFigure : readFigure(allowance.ofAmount)
  if (isZeroFigure(whole)) return amount
  return minFigure(amount, divideFigures(multiplyFigures(amount, value), whole))
}
