import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import type { PolicyFacts } from '../policy/policy.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { OrderState } from './order-state.ts'

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
    },
  }
}

/** What the rules may look at of a difference. */
export function discrepancyForRules(discrepancy: Discrepancy): PolicyFacts {
  const measured = 'difference' in discrepancy ? discrepancy : null
  return {
    kind: discrepancy.kind,
    difference: measured?.difference ?? null,
    percent: measured?.percent ?? null,
    differenceDays: 'differenceDays' in discrepancy ? discrepancy.differenceDays : null,
    unitOfMeasure: 'unitOfMeasure' in discrepancy ? discrepancy.unitOfMeasure : null,
    currency: 'currency' in discrepancy ? discrepancy.currency : null,
  }
}
