import { describe, expect, it } from 'vitest'
import {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from '../purchase-order/purchase-order.examples.ts'
import { readFigure } from '../match/figure.ts'
import { decimal } from '../decimal/decimal.ts'
import { compareReceipt, compareReceived } from './compare-receipt.ts'
import { aReceipt, aReceiptLine } from './receipt.examples.ts'
import type { ReceiptCondition } from './receipt.ts'

const order = aPurchaseOrder({
  lines: [anOrderLine({ schedules: [anOrderSchedule({ deliverNotBefore: '2026-11-20' })] })],
})

function found(
  line: Parameters<typeof aReceiptLine>[0],
  receipt: Parameters<typeof aReceipt>[0] = {},
) {
  return compareReceipt({ order, receipt: aReceipt({ lines: [aReceiptLine(line)], ...receipt }) })
}

describe('a count compared with the order', () => {
  it.each<[ReceiptCondition, string[]]>([
    ['good', []],
    ['damaged', ['damaged-goods']],
    ['quality', ['quality-defect']],
    ['scrapped', ['quality-defect']],
    ['rejected', ['rejected-goods']],
    ['on-hold', ['goods-on-hold']],
    ['packaging', ['packaging-fault']],
    ['over-returned', ['over-returned']],
    ['short', ['short-receipt']],
    ['over', ['over-receipt']],
    ['wrong-item', ['wrong-item']],
    ['wrong-unit', ['wrong-unit']],
    ['expired', ['expired-goods']],
    ['no-ship-notice', ['no-ship-notice']],
    ['lot-or-serial', ['lot-or-serial-missing']],
  ])('shows goods that are `%s`', (condition, kinds) => {
    const compared = found({ conditions: [{ condition, quantity: '2' }] })
    expect(compared.map(({ kind }) => kind)).toEqual(kinds)
  })

  it('leaves what is short or over of announced goods to the ship notice', () => {
    const conditions = [{ condition: 'short' as const, quantity: '2' }]
    expect(found({ shipNoticeNumber: 'ASN-1', conditions })).toEqual([])
  })

  it.each([
    ['2026-11-30', [{ kind: 'late-receipt', differenceDays: 3 }]],
    ['2026-11-19', [{ kind: 'early-receipt', differenceDays: -1 }]],
    ['2026-11-20', []],
  ])('received on %s is in time or not', (receivedDate, expected) => {
    expect(found({}, { receivedDate })).toMatchObject(expected)
  })

  it('shows another article, another unit, expired lots and goods nobody ordered', () => {
    expect(found({ item: { buyerItem: 'SKU-9' } })).toMatchObject([
      { kind: 'wrong-item', expected: 'SKU-1', actual: 'SKU-9' },
    ])
    expect(
      found({ unitOfMeasure: 'CS', conditions: [{ condition: 'damaged', quantity: '1' }] }),
    ).toMatchObject([{ kind: 'wrong-unit' }, { kind: 'damaged-goods', unitOfMeasure: 'CS' }])
    const lots = [
      { lot: 'L2' },
      { lot: 'L1', expiryDate: '2026-11-01' },
      { lot: 'L3', expiryDate: '2027-01-01' },
    ]
    expect(found({ lots })).toMatchObject([
      { kind: 'expired-goods', actual: 'expired on 2026-11-01' },
    ])
    expect(found({ orderLineNumber: '7', item: { buyerItem: 'SKU-7' } })).toMatchObject([
      { kind: 'unordered-goods', actual: 'SKU-7' },
    ])
  })

  it('shows nothing for goods that are taken away again, or of another order', () => {
    expect(
      found({ conditions: [{ condition: 'damaged', quantity: '1' }] }, { receiptType: 'return' }),
    ).toEqual([])
    expect(found({ orderNumber: '4712', orderLineNumber: '7' })).toEqual([])
  })

  it.each([
    ['10', '12', false, ['over-receipt']],
    ['10', '8', false, []],
    ['10', '8', true, ['short-receipt']],
    ['10', '10', true, []],
  ])('of %s to come %s are here', (expected, received, isComplete, kinds) => {
    const place = {
      documentNumber: '4711',
      documentLineNumber: null,
      orderNumber: '4711',
      orderLineNumber: '1',
      scheduleNumber: null,
    }
    const compared = compareReceived({
      place,
      unitOfMeasure: 'EA',
      expected: readFigure(decimal(expected)),
      received: readFigure(decimal(received)),
      isComplete,
    })
    expect(compared.map(({ kind }) => kind)).toEqual(kinds)
  })
})
