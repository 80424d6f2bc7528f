import { describe, expect, it } from 'vitest'
import {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from '../purchase-order/purchase-order.examples.ts'
import { applyDifferences, readPath } from './apply-differences.ts'

const order = aPurchaseOrder({
  paymentTerms: { netDays: 30, discountPercent: null, discountDays: null },
  lines: [
    anOrderLine({
      quantityOrdered: '10',
      schedules: [
        anOrderSchedule({ quantityOrdered: '4' }),
        anOrderSchedule({ scheduleNumber: '2', quantityOrdered: '6', shipTo: 'DC-SOUTH' }),
      ],
    }),
    anOrderLine({ orderLineNumber: '2', item: { buyerItem: 'SKU-2' } }),
  ],
})
const change = (path: string, to: string | null) => ({ path, from: null, to })

function applied(...differences: ReturnType<typeof change>[]) {
  const made = applyDifferences(order, differences)
  if (made.outcome === 'refused') throw new Error(made.sentence)
  return made.order
}

describe('changes of an order', () => {
  it('give a schedule another quantity and day, and the line the new sum', () => {
    const { lines } = applied(
      change('lines/1/schedules/2/quantityOrdered', '8'),
      change('lines/1/schedules/2/requestedDate', '2026-12-04'),
    )
    expect(lines[0]).toMatchObject({
      quantityOrdered: '12',
      schedules: [{ quantityOrdered: '4' }, { quantityOrdered: '8', requestedDate: '2026-12-04' }],
    })
  })

  it('add a schedule that goes where the line goes, and take one away', () => {
    const { lines } = applied(
      change('lines/1/schedules/3/quantityOrdered', '1'),
      change('lines/1/schedules/1', null),
    )
    expect(lines[0]).toMatchObject({
      quantityOrdered: '7',
      schedules: [{ scheduleNumber: '2' }, { scheduleNumber: '3', shipTo: null }],
    })
  })

  it('call a line delivered, and replace what its discount was made of', () => {
    const discounts = [{ code: 'volume', amount: '3.00' }]
    const lines = [anOrderLine({ discountAmount: '3.00', discounts })]
    const made = applyDifferences(aPurchaseOrder({ lines }), [
      change('lines/1/finalDelivery', 'true'),
      change('lines/1/discountAmount', '5.00'),
    ])
    expect(made.outcome === 'applied' ? made.order.lines[0] : made).toMatchObject({
      finalDelivery: true,
      discountAmount: '5.00',
    })
    expect(made.outcome === 'applied' && made.order.lines[0]).not.toHaveProperty('discounts')
  })

  it('take a line away, and change its price, article, tolerance and terms', () => {
    const changed = applied(
      change('lines/1', null),
      change('lines/2/price/amount', '13'),
      change('lines/2/item/buyerItem', 'SKU-3'),
      change('lines/2/deliveryTolerance/overPercent', null),
      change('lines/2/deliveryTolerance/overUnlimited', 'true'),
      change('lines/2/description', 'hex bolt M10'),
      change('lines/2/quantityOrdered', '5'),
      change('paymentTerms/netDays', '45'),
      change('currency', 'USD'),
      change('shipTo', null),
    )
    expect(changed).toMatchObject({
      currency: 'USD',
      shipTo: null,
      paymentTerms: { netDays: 45 },
      lines: [
        {
          orderLineNumber: '2',
          quantityOrdered: '5',
          price: { amount: '13' },
          item: { buyerItem: 'SKU-3' },
          description: 'hex bolt M10',
          deliveryTolerance: { overPercent: null, overUnlimited: true },
        },
      ],
    })
  })

  it('leave the order itself as it was', () => {
    const before = structuredClone(order)
    applied(change('lines/1/schedules/1/quantityOrdered', '9'))
    expect(order).toEqual(before)
  })

  it.each([
    ['lines/7/description', 'x', 'there is no line 7'],
    ['lines/1', 'x', 'name the field of the line'],
    ['lines/1/schedules/1', 'x', 'name the field of the schedule'],
    ['lines/1/schedules/1/colour', 'red', 'a schedule has no such field'],
    ['lines/1/quantityOrdered', '5', 'the line has several schedules'],
    ['lines/1/colour', 'red', 'changes name a field'],
    ['supplier', 'S2', 'changes name a field'],
    ['incoterm/place', 'x', 'changes name a field'],
  ])('refuse %s with the reason', (path, to, why) => {
    const made = applyDifferences(order, [change(path, to)])
    expect(made).toMatchObject({ outcome: 'refused', path, sentence: expect.stringContaining(why) })
  })

  it('refuse what would make no valid order, and a group the order does not have', () => {
    expect(applyDifferences(order, [change('lines/2/price/amount', 'free')])).toMatchObject({
      outcome: 'refused',
      path: 'lines/1/price/amount',
    })
    const last = [change('lines/1', null), change('lines/2', null)]
    expect(applyDifferences(order, last)).toMatchObject({ outcome: 'refused', path: 'lines' })
    const { paymentTerms: _, ...bare } = order
    expect(applyDifferences(bare, [change('paymentTerms/netDays', '3')])).toMatchObject({
      outcome: 'refused',
      sentence: expect.stringContaining('it has no paymentTerms'),
    })
  })

  it('read what a path says: text, nothing, or nowhere', () => {
    expect(readPath(order, 'lines/1/schedules/2/quantityOrdered')).toBe('6')
    expect(readPath(order, 'lines/1/schedules/1/deliverNotBefore')).toBeNull()
    expect(readPath(order, 'lines/1/schedules/9/quantityOrdered')).toBeNull()
    expect(readPath(order, 'lines/1/schedules')).toBeNull()
  })
})
