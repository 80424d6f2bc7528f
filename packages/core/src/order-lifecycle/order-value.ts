import {
  addFigures,
  type Figure,
  multiplyFigures,
  readFigure,
  roundFigure,
  writeFigure,
  zeroFigure,
} from '../match/figure.ts'
import { isPricedInOtherUnit, unitPriceOf } from '../match/line-price.ts'
import { minorUnitsOf } from '../money/currency.ts'
import type { Money } from '../money/money.ts'
import { firmPart } from '../purchase-order/firm-part.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'

// Rules are asked about an order many times, and its lines never change: another version is another object.
const known = new WeakMap<PurchaseOrder, { readonly value: Money | null }>()

/**
 * What the goods of an order cost at the ordered prices, before charges and discounts; null where a line is priced by a
 * unit whose quantity nobody stated, so that no part is taken for the whole.
 */
export function orderValueOf(order: PurchaseOrder): Money | null {
  const before = known.get(order)
  if (before !== undefined) return before.value
  const value = sumOf(order)
  known.set(order, { value })
  return value
}

function sumOf({ lines, currency }: PurchaseOrder): Money | null {
  let sum: Figure = zeroFigure
  for (const whole of lines) {
    // What is planned or forecast binds nobody, so nobody has to answer for its value.
    const line = firmPart(whole)
    if (line === null) continue
    const quantity = pricedQuantityOf(line)
    if (quantity === undefined) return null
    sum = addFigures(sum, multiplyFigures(readFigure(quantity), unitPriceOf(line)))
  }
  const places = minorUnitsOf(currency)
  return { amount: writeFigure(roundFigure(sum, places, 'half-up'), places), currency }
}

function pricedQuantityOf(line: OrderLine): OrderLine['quantityOrdered'] | undefined {
  return isPricedInOtherUnit(line) ? line.pricingQuantityOrdered : line.quantityOrdered
}
