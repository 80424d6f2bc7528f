import { describe, expect, it } from 'vitest'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { orderValueOf } from './order-value.ts'

const weighed = {
  orderLineNumber: '2',
  unitOfMeasure: 'CS',
  price: { amount: '5.10', perQuantity: '1', perUnitOfMeasure: 'KG', priceType: 'firm' as const },
}

describe('what an order is worth', () => {
  it('is the sum of its lines at the ordered prices, rounded once', () => {
    const bolts = anOrderLine({
      orderLineNumber: '2',
      quantityOrdered: '2550',
      price: { amount: '12.41', perQuantity: '100', perUnitOfMeasure: 'EA', priceType: 'firm' },
    })
    const order = aPurchaseOrder({ lines: [anOrderLine(), bolts] })
    // 10 x 12.40 and 2550 x 12.41 / 100, which is 316.455.
    expect(orderValueOf(order)).toEqual({ amount: '440.46', currency: 'EUR' })
    expect(orderValueOf(order)).toBe(orderValueOf(order))
  })

  it('takes the weight stated for goods that are priced by it', () => {
    const line = anOrderLine({ ...weighed, pricingQuantityOrdered: '200' })
    expect(orderValueOf(aPurchaseOrder({ lines: [line] }))?.amount).toBe('1020.00')
  })

  it('is not known where the weight is not: a part is not taken for the whole', () => {
    const order = aPurchaseOrder({ lines: [anOrderLine(), anOrderLine(weighed)] })
    expect(orderValueOf(order)).toBeNull()
  })
})
