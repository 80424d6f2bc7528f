import { describe, expect, it } from 'vitest'
import { OrderLine } from './order-line.ts'
import { anOrderLine } from './purchase-order.examples.ts'

describe('an order line', () => {
  it('says what its discount is made of, to the cent', () => {
    const of = (...amounts: readonly string[]) =>
      OrderLine.safeParse({
        ...anOrderLine(),
        discountAmount: '3.00',
        discounts: amounts.map((amount, index) => ({ code: `D${index}`, amount })),
      })
    expect(of('2', '1.0').success).toBe(true)
    const wrong = of('2', '1.01')
    expect(wrong.error?.issues).toMatchObject([
      { path: ['discounts'], message: 'the discounts do not add up to `discountAmount`' },
    ])
    expect(of().success).toBe(false)
    expect(OrderLine.safeParse({ ...anOrderLine(), discountAmount: '3.00' }).success).toBe(true)
  })
})
