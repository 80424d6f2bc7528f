import { describe, expect, it } from 'vitest'
import {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from '../purchase-order/purchase-order.examples.ts'
import { compareShipNotice } from './compare-ship-notice.ts'
import { aShipNotice, aShipNoticeLine } from './ship-notice.examples.ts'
import { readFigure } from '../match/figure.ts'
import { decimal } from '../decimal/decimal.ts'

const order = aPurchaseOrder({
  lines: [anOrderLine({ schedules: [anOrderSchedule({ deliverNotBefore: '2026-11-25' })] })],
})

function found(
  line: Parameters<typeof aShipNoticeLine>[0],
  notice: Parameters<typeof aShipNotice>[0] = {},
) {
  const shipment = aShipNotice({ lines: [aShipNoticeLine(line)], ...notice })
  return compareShipNotice({ order, shipment })
}

describe('a ship notice compared with the order', () => {
  it.each<[string, ReturnType<typeof found>, object[]]>([
    ['nothing', found({}), []],
    ['too many', found({ quantityShipped: '12' }), [{ kind: 'over-shipment', difference: '2' }]],
    ['too few', found({ quantityShipped: '7' }), [{ kind: 'short-shipment', difference: '-3' }]],
    [
      'a day after the one wanted',
      found({}, { estimatedDeliveryDate: '2026-11-30' }),
      [{ kind: 'late-shipment', differenceDays: 3 }],
    ],
    [
      'goods that leave after they are due',
      found({}, { estimatedDeliveryDate: null, shipDate: '2026-11-28' }),
      [{ kind: 'late-shipment', differenceDays: 1 }],
    ],
    [
      'a day before the first one wanted',
      found({}, { estimatedDeliveryDate: '2026-11-24', shipDate: '2026-11-23' }),
      [{ kind: 'early-shipment', differenceDays: -1 }],
    ],
    ['no day at all', found({}, { estimatedDeliveryDate: null, shipDate: null }), []],
    [
      'another article',
      found({ item: { buyerItem: 'SKU-9' } }),
      [{ kind: 'item-not-ordered', expected: 'SKU-1', actual: 'SKU-9' }],
    ],
    [
      'a line nobody ordered',
      found({ orderLineNumber: '7', item: { buyerItem: 'SKU-7' } }),
      [{ kind: 'item-not-ordered', expected: null, actual: 'SKU-7' }],
    ],
    ['another unit', found({ unitOfMeasure: 'CS' }), [{ kind: 'wrong-unit', actual: 'CS' }]],
  ])('shows %s', (_what, compared, expected) => {
    expect(compared).toMatchObject(expected)
    expect(compared).toHaveLength(expected.length)
  })

  it('counts what was promised and announced before, and knows closed lines', () => {
    const progress = {
      quantityConfirmed: readFigure(decimal('8')),
      quantityAnnounced: readFigure(decimal('3')),
      promisedDate: null,
      deliverNotBefore: null,
      isClosed: false,
    }
    const shipment = aShipNotice({ lines: [aShipNoticeLine({ quantityShipped: '6' })] })
    expect(compareShipNotice({ order, shipment, progress: { 1: progress } })).toMatchObject([
      { kind: 'over-shipment', expected: '5', actual: '6' },
    ])
    const closed = { ...progress, isClosed: true }
    expect(compareShipNotice({ order, shipment, progress: { 1: closed } })).toMatchObject([
      { kind: 'order-not-open' },
    ])
    const much = { ...progress, quantityAnnounced: readFigure(decimal('9')) }
    expect(compareShipNotice({ order, shipment, progress: { 1: much } })).toMatchObject([
      { kind: 'over-shipment', expected: '0' },
    ])
  })
})
