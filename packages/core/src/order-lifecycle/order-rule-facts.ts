import { isPricedInOtherUnit } from '../match/line-price.ts'
import type { PolicyFacts } from '../policy/policy.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { OrderState } from './order-state.ts'
import { orderValueOf } from './order-value.ts'

/** What the rules may look at of an order; of goods nobody ordered there is nothing to look at. */
export function orderFactsForRules({ standing }: Pick<OrderState, 'standing'>): PolicyFacts {
  const { order } = standing
  if (order === null) return { order: null }
  const attributes = order.attributes ?? {}
  const { supplierClass } = attributes
  return {
    order: {
      number: order.orderNumber,
      version: order.version,
      type: order.orderType,
      supplier: order.supplier,
      currency: order.currency,
      matchLevel: order.matchLevel ?? null,
      value: orderValueOf(order),
      attributes,
    },
    supplier: {
      id: order.supplier,
      ...(supplierClass !== undefined && { class: supplierClass }),
    },
  }
}

/** What the rules may look at of the line a difference was measured at. */
export function lineFactsForRules(line: OrderLine | undefined): PolicyFacts {
  if (line === undefined) return {}
  const { orderLineNumber, lineType, item, unitOfMeasure, quantityOrdered, price } = line
  return {
    item: { ...item },
    line: {
      orderLineNumber,
      lineType,
      priceType: price.priceType,
      item: { ...item },
      unitOfMeasure,
      quantityOrdered,
      price: price.amount,
      matchTo: line.matchTo,
      hasPricingQuantity: isPricedInOtherUnit(line),
    },
  }
}
