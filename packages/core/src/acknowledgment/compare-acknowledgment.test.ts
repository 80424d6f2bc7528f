import { describe, expect, it } from 'vitest'
import {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from '../purchase-order/purchase-order.examples.ts'
import { anAcknowledgment, anAcknowledgmentLine, anAnswer } from './acknowledgment.examples.ts'
import { compareAcknowledgment } from './compare-acknowledgment.ts'

const order = aPurchaseOrder({
  lines: [
    anOrderLine({
      unitConversions: [{ from: { value: '1', uom: 'CS' }, to: { value: '5', uom: 'EA' } }].flatMap(
        () => [],
      ),
      schedules: [anOrderSchedule({ deliverNotBefore: '2026-11-25' })],
    }),
  ],
})

function found(...responses: Parameters<typeof anAnswer>[0][]) {
  const lines = [anAcknowledgmentLine({ responses: responses.map((one) => anAnswer(one)) })]
  return compareAcknowledgment({ order, acknowledgment: anAcknowledgment({ lines }) })
}

describe('an answer compared with its order', () => {
  it.each<[string, Parameters<typeof anAnswer>[0][], object[]]>([
    ['nothing', [{}], []],
    [
      'nothing for a promise without a day: it takes the day asked for',
      [{ promisedDate: null }],
      [],
    ],
    [
      'another quantity',
      [{ quantity: '8' }],
      [{ kind: 'quantity-change', expected: '10', actual: '8', difference: '-2', percent: '-20' }],
    ],
    [
      'a later day',
      [{ promisedDate: '2026-11-30' }],
      [{ kind: 'date-change', expected: '2026-11-27', differenceDays: 3 }],
    ],
    [
      'a day before the first day wanted',
      [{ promisedDate: '2026-11-20' }],
      [{ kind: 'date-change', expected: '2026-11-25', differenceDays: -5 }],
    ],
    [
      'nothing for a day of shipping before the first day wanted',
      [{ promisedDate: '2026-11-20', dateMeaning: 'ship' }],
      [],
    ],
    [
      'another price, per the quantity the order prices',
      [
        {
          price: { amount: '1300', perQuantity: '100', perUnitOfMeasure: 'EA', priceType: 'firm' },
        },
      ],
      [{ kind: 'price-change', expected: '12.4', actual: '13', currency: 'EUR' }],
    ],
    [
      'nothing for the same price said otherwise',
      [
        {
          price: { amount: '1240', perQuantity: '100', perUnitOfMeasure: 'EA', priceType: 'firm' },
        },
      ],
      [],
    ],
    [
      'a price for a unit nobody can convert',
      [{ price: { amount: '13', perQuantity: '1', perUnitOfMeasure: 'KGM', priceType: 'firm' } }],
      [{ kind: 'unit-change', actual: 'KGM' }],
    ],
    ['another unit', [{ unitOfMeasure: 'CS' }], [{ kind: 'unit-change', actual: 'CS' }]],
    [
      'another article',
      [{ action: 'substitute', substituteItem: { buyerItem: 'SKU-2' } }],
      [{ kind: 'substitution', expected: 'SKU-1', actual: 'SKU-2' }],
    ],
    [
      'a replacement nobody named',
      [{ action: 'substitute' }],
      [{ kind: 'substitution', actual: null }],
    ],
    ['goods on backorder', [{ action: 'backorder' }], [{ kind: 'backorder', actual: '10' }]],
    ['refused goods', [{ action: 'reject' }], [{ kind: 'rejection', actual: '10' }]],
    ['nothing while it is pending', [{ action: 'pending' }], []],
    [
      'two days for one delivery',
      [{ quantity: '4' }, { quantity: '6', promisedDate: '2026-11-26' }],
      [{ kind: 'split', expected: '10', actual: '6' }],
    ],
    ['one delivery said in two parts', [{ quantity: '4' }, { quantity: '6' }], []],
  ])('shows %s', (_what, responses, expected) => {
    expect(found(...responses)).toMatchObject(expected)
    expect(found(...responses)).toHaveLength(expected.length)
  })

  it('shows an old version, an unknown line and a line nobody answered', () => {
    const second = { ...order, version: 2 }
    expect(
      compareAcknowledgment({ order: second, acknowledgment: anAcknowledgment() }),
    ).toMatchObject([{ kind: 'stale-version', expected: '2', actual: '1' }])
    const stranger = anAcknowledgment({
      lines: [anAcknowledgmentLine({ orderLineNumber: '7', item: { buyerItem: 'SKU-7' } })],
    })
    expect(compareAcknowledgment({ order, acknowledgment: stranger })).toMatchObject([
      { kind: 'unanswered', expected: '10', actual: '0' },
      { kind: 'unknown-line', actual: '7' },
    ])
  })

  it.each([
    ['accepted', 'unanswered', []],
    ['rejected', 'unanswered', [{ kind: 'rejection', actual: '10' }]],
    ['received', 'accepted', [{ kind: 'unanswered' }]],
    ['accepted-with-changes', 'accepted', []],
  ] as const)('takes a bare `%s` for every line', (decision, unlistedLines, expected) => {
    const bare = anAcknowledgment({ decision, unlistedLines, lines: [] })
    expect(compareAcknowledgment({ order, acknowledgment: bare })).toMatchObject(expected)
  })

  it('takes an answer to a whole line for all of its schedules', () => {
    const whole = anAcknowledgmentLine({
      responses: [],
      wholeLine: { action: 'accept', promisedDate: '2026-11-30', dateMeaning: 'delivery' },
    })
    expect(
      compareAcknowledgment({ order, acknowledgment: anAcknowledgment({ lines: [whole] }) }),
    ).toMatchObject([{ kind: 'date-change', differenceDays: 3 }])
  })

  it('gives each of several schedules the part that repeats its day and quantity, and pours the rest', () => {
    const several = aPurchaseOrder({
      lines: [
        anOrderLine({
          schedules: [
            anOrderSchedule({ quantityOrdered: '4', requestedDate: '2026-11-27' }),
            anOrderSchedule({
              scheduleNumber: '2',
              quantityOrdered: '6',
              requestedDate: '2026-12-04',
            }),
          ],
        }),
      ],
    })
    const compared = (...responses: Parameters<typeof anAnswer>[0][]) => {
      const lines = [anAcknowledgmentLine({ responses: responses.map((one) => anAnswer(one)) })]
      return compareAcknowledgment({ order: several, acknowledgment: anAcknowledgment({ lines }) })
    }
    expect(
      compared(
        { quantity: '6', promisedDate: '2026-12-04' },
        { quantity: '4', promisedDate: '2026-11-27' },
      ),
    ).toEqual([])
    expect(compared({ quantity: '9', promisedDate: null })).toMatchObject([
      { kind: 'quantity-change', scheduleNumber: '2', expected: '6', actual: '5' },
    ])
    expect(compared({ quantity: '1', unitOfMeasure: 'CS' })).toMatchObject([
      { kind: 'unanswered', scheduleNumber: '1' },
      { kind: 'unit-change', scheduleNumber: '2' },
    ])
  })
})
