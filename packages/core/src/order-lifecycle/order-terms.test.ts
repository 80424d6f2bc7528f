import { describe, expect, it } from 'vitest'
import {
  anAcknowledgment,
  anAcknowledgmentLine,
  anAnswer,
} from '../acknowledgment/acknowledgment.examples.ts'
import { aChangeRequest } from '../order-change/order-change.examples.ts'
import { aPolicy, aTolerance } from '../policy/policy.examples.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { anInspection, aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import {
  anOrderDocument,
  anOrderMessage,
  anOrderTold,
  openCasesOf,
  openCodesOf,
  scheduleOf,
  tellOrder,
} from './order-lifecycle.examples.ts'

const issued = anOrderDocument(aPurchaseOrder(), '2026-11-20T08:00:00Z')
const received = (quantity: string, more = {}) =>
  anOrderDocument(aReceipt({ lines: [aReceiptLine({ quantity, ...more })] }))

function ordered(line: Parameters<typeof anOrderLine>[0]) {
  return anOrderDocument(aPurchaseOrder({ lines: [anOrderLine(line)] }), '2026-11-20T08:00:00Z')
}

describe('the terms of an order', () => {
  it.each([
    ['two percent over, where it allows two', { overPercent: '20' }, '12', []],
    ['more than that', { overPercent: '10' }, '12', ['RCV_OVER']],
    ['any quantity, where it sets no limit', { overUnlimited: true }, '99', []],
    ['what the rules say, where it says nothing', { overPercent: null }, '12', ['RCV_OVER']],
  ])('decide how much more may come: %s', (_what, more, quantity, codes) => {
    const deliveryTolerance = { overPercent: '0', underPercent: '0', overUnlimited: false, ...more }
    const state = anOrderTold([ordered({ deliveryTolerance }), received(quantity)])
    expect(openCodesOf(state)).toEqual(codes)
  })

  it('complete a delivery that is near enough, where the conduct asks for that', () => {
    const deliveryTolerance = { overPercent: '0', underPercent: '5', overUnlimited: false }
    const line = { quantityOrdered: '100', deliveryTolerance }
    const policy = aPolicy({ conduct: { completeWithinUnderDelivery: true } })
    const closureOf = (quantity: string, rules: typeof policy) =>
      scheduleOf(anOrderTold([ordered(line), received(quantity)], { policy: rules })).states.closure
    expect(closureOf('95', policy)).toBe('delivery-complete')
    expect(closureOf('94.99', policy)).toBe('open')
    expect(closureOf('95', aPolicy())).toBe('open')
  })

  it('complete a line that the buyer calls delivered with what came, however little that is', () => {
    const schedule = (came: readonly string[]) =>
      scheduleOf(
        anOrderTold([
          ordered({ finalDelivery: true }),
          ...came.map((quantity) => received(quantity)),
        ]),
      )
    expect(schedule(['6'])).toMatchObject({
      states: { delivery: 'part-received', closure: 'delivery-complete' },
      quantities: { open: '0' },
      facts: { quantityToInvoice: '6' },
    })
    expect(schedule([])).toMatchObject({ states: { closure: 'closed' }, quantities: { open: '0' } })
    const short = anOrderTold([ordered({ finalDelivery: true }), received('6', { final: true })])
    expect(openCodesOf(short)).toEqual([])
    const open = anOrderTold([ordered({}), received('6', { final: true })])
    expect(openCodesOf(open)).toEqual(['RCV_SHORT'])
    const version = aPurchaseOrder({
      version: 2,
      revision: 1,
      issuedAt: '2026-11-25T08:00:00Z',
      lines: [anOrderLine({ finalDelivery: true })],
    })
    const later = anOrderTold([issued, received('6'), anOrderDocument(version)])
    expect(scheduleOf(later).states.closure).toBe('delivery-complete')
  })

  it.each([
    ['line', '9', []],
    ['line', '8.99', ['QTY_CHANGE']],
    ['open', '9', []],
    ['cumulative', '9', []],
  ] as const)(
    'hold a percentage of the %s quantity against %s of ten',
    (percentBase, quantity, codes) => {
      const policy = aPolicy({
        tolerance: () =>
          aTolerance({ lower: { abs: null, pct: '10' }, lowerEffect: 'hold', percentBase }),
      })
      const lines = [anAcknowledgmentLine({ responses: [anAnswer({ quantity })] })]
      const answer = anOrderDocument(anAcknowledgment({ lines }))
      expect(openCodesOf(anOrderTold([issued, answer], { policy }))).toEqual(codes)
    },
  )

  it('measure what is damaged or on backorder as part of what was ordered', () => {
    const policy = aPolicy({
      tolerance: () => aTolerance({ upper: { abs: null, pct: '20' }, percentBase: 'cumulative' }),
    })
    const damaged = (quantity: string) =>
      openCodesOf(
        anOrderTold(
          [issued, received('10', { conditions: [{ condition: 'damaged', quantity }] })],
          {
            policy,
          },
        ),
      )
    expect(damaged('2')).toEqual([])
    expect(damaged('3')).toEqual(['RCV_DAMAGED'])
  })
})

describe('a change request of the supplier', () => {
  it.each([
    ['fewer', [{ path: 'lines/1/schedules/1/quantityOrdered', from: '10', to: '6' }], 'QTY_CHANGE'],
    [
      'none of a schedule any more',
      [{ path: 'lines/1/schedules/1/quantityOrdered', from: '10', to: null }],
      'QTY_CHANGE',
    ],
    ['the line no longer', [{ path: 'lines/1', from: null, to: null }], 'QTY_CHANGE'],
    ['another price', [{ path: 'lines/1/price/amount', from: '12.40', to: '13' }], 'PRICE_CHANGE'],
    [
      'another article',
      [{ path: 'lines/1/item/buyerItem', from: 'SKU-1', to: 'SKU-2' }],
      'SUBSTITUTION',
    ],
    ['another unit', [{ path: 'lines/1/unitOfMeasure', from: 'EA', to: 'CS' }], 'UOM_CHANGE'],
    ['other terms', [{ path: 'incoterm', from: 'DAP', to: 'EXW' }], 'UOM_CHANGE'],
  ])('for %s opens a case and waits for the buyer (R-35)', (_what, differences, code) => {
    const request = anOrderDocument(aChangeRequest({ differences }))
    const state = anOrderTold([issued, request])
    expect(openCodesOf(state)).toEqual([code])
    expect(state.standing.changes).toMatchObject([
      { state: 'pending-decision', initiator: 'supplier' },
    ])
  })

  it('that is countered keeps the schedule waiting for the supplier', () => {
    const request = anOrderDocument(aChangeRequest())
    const counter = anOrderMessage('change.decided', {
      changeId: 'request/S100/CR-1/0',
      decision: 'counter',
      counter: [
        { path: 'lines/1/schedules/1/requestedDate', from: '2026-11-27', to: '2026-11-30' },
      ],
    })
    const { state, intents } = tellOrder([issued, request, counter])
    if (state === null) throw new Error('no order')
    expect(scheduleOf(state).states.acknowledgment).toBe('counter-proposed')
    expect(intents).toContainEqual(
      expect.objectContaining({ kind: 'send-supplier-notice', topic: 'change-countered' }),
    )
  })

  it('of a corrected document takes the place of the first, and a corrected wish of the buyer too', () => {
    const later = (
      documentNumber: string,
      revision: number,
      to: string,
      initiator: 'buyer' | 'supplier',
    ) =>
      anOrderDocument(
        aChangeRequest({
          documentNumber,
          revision,
          initiator,
          differences: [{ path: 'lines/1/schedules/1/quantityOrdered', from: '10', to }],
        }),
      )
    const supplier = anOrderTold([
      issued,
      later('CR-1', 0, '6', 'supplier'),
      later('CR-1', 1, '7', 'supplier'),
    ])
    expect(supplier.standing.changes.map(({ changeId }) => changeId)).toEqual([
      'request/S100/CR-1/1',
    ])
    const buyer = anOrderTold([
      issued,
      later('CR-2', 0, '6', 'buyer'),
      later('CR-2', 1, '7', 'buyer'),
    ])
    expect(buyer.standing.order).toMatchObject({ version: 2, lines: [{ quantityOrdered: '7' }] })
    const backwards = anOrderTold([
      issued,
      later('CR-2', 1, '7', 'buyer'),
      later('CR-2', 0, '6', 'buyer'),
    ])
    expect(backwards.facts).toEqual(buyer.facts)
  })
})

describe('a correction', () => {
  it('of an answer counts instead of it, in either order', () => {
    const answer = (revision: number, quantity: string) =>
      anOrderDocument(
        anAcknowledgment({
          revision,
          lines: [anAcknowledgmentLine({ responses: [anAnswer({ quantity })] })],
        }),
      )
    const forwards = anOrderTold([issued, answer(0, '8'), answer(1, '10')])
    const backwards = anOrderTold([issued, answer(1, '10'), answer(0, '8')])
    expect(scheduleOf(forwards).quantities.confirmed).toBe('10')
    expect(backwards.facts).toEqual(forwards.facts)
    expect(openCasesOf(forwards)).toEqual([])
  })

  it('of an inspection counts instead of it', () => {
    const inspection = (revision: number, quantityAccepted: string, quantityRejected: string) =>
      anOrderDocument(anInspection({ revision, quantityAccepted, quantityRejected }))
    const count = received('10', { disposition: 'inspection' })
    const state = anOrderTold([issued, count, inspection(0, '10', '0'), inspection(1, '8', '2')])
    expect(scheduleOf(state).quantities).toMatchObject({ accepted: '8', rejectedByQuality: '2' })
    const { decisions } = tellOrder([inspection(1, '8', '2')], { state })
    expect(decisions[0]?.outcome.kind).toBe('duplicate')
  })

  it('of what had happened before an order was taken over counts instead of it', () => {
    const imported = (revision: number, quantityReceived: string) =>
      anOrderMessage('order.imported', {
        document: aPurchaseOrder({ revision }),
        opening: [
          { orderLineNumber: '1', scheduleNumber: '1', quantityReceived, quantityConfirmed: '0' },
        ],
      })
    const state = anOrderTold([imported(0, '4'), imported(1, '6')])
    expect(scheduleOf(state).quantities).toMatchObject({ received: '6', confirmed: '0', open: '4' })
  })

  it('of the line numbers of an order finds what was counted for it before', () => {
    const stranger = anOrderDocument(
      aReceipt({ lines: [aReceiptLine({ orderLineNumber: '2', item: { buyerItem: 'SKU-2' } })] }),
    )
    const before = anOrderTold([issued, stranger])
    expect(openCodesOf(before)).toEqual(['RCV_UNORDERED'])
    const more = aPurchaseOrder({
      version: 2,
      revision: 1,
      lines: [anOrderLine(), anOrderLine({ orderLineNumber: '2', item: { buyerItem: 'SKU-2' } })],
    })
    const after = anOrderTold([anOrderDocument(more)], { state: before })
    expect(openCodesOf(after)).toEqual([])
    expect(scheduleOf(after, '2').quantities.received).toBe('10')
  })
})

describe('what is billed of an order', () => {
  const billing = (invoiceKey: string, more: object, line: object = {}) =>
    anOrderMessage('billing.recorded', {
      invoiceKey,
      invoiceNumber: invoiceKey,
      invoiceType: 'standard',
      status: 'posted',
      lines: [
        {
          orderLineNumber: '1',
          quantity: '10',
          unitOfMeasure: 'EA',
          amount: '124',
          chargesAmount: '0',
          discountAmount: '0',
          ...line,
        },
      ],
      ...more,
    })

  it('is given back by credits, never more than was billed, and not moved by money alone', () => {
    const state = anOrderTold([
      issued,
      billing('INV-1', {}),
      billing('CR-1', { invoiceType: 'credit' }, { quantity: '4' }),
      billing('SD-1', { invoiceType: 'subsequent-debit' }),
    ])
    expect(scheduleOf(state)).toMatchObject({
      states: { billing: 'part-invoiced' },
      quantities: { invoiced: '10', credited: '4' },
    })
    const more = anOrderTold([billing('CR-2', { invoiceType: 'credit' })], { state })
    expect(scheduleOf(more).quantities).toMatchObject({ invoiced: '10', credited: '10' })
  })

  it('counts the last word of an invoice, and nothing it does not know the unit of', () => {
    const first = billing('INV-1', { status: 'pending' })
    const again = { ...billing('INV-1', {}, { quantity: '6' }), id: 'again' }
    const state = anOrderTold([issued, first, again, billing('INV-2', {}, { unitOfMeasure: 'CS' })])
    expect(scheduleOf(state).quantities.invoiced).toBe('6')
    const { decisions } = tellOrder([{ ...again, id: 'once more' }], { state })
    expect(decisions[0]?.outcome.kind).toBe('duplicate')
  })

  it('is converted to the unit ordered in, where the item says how, like everything else', () => {
    const unitConversions = [{ from: 'CS', to: 'EA', numerator: '5', denominator: '1' }]
    const cases = { unitOfMeasure: 'CS' } as const
    const promised = anAcknowledgmentLine({ responses: [anAnswer({ quantity: '2', ...cases })] })
    const shipped = aShipNoticeLine({ quantityShipped: '2', ...cases })
    const state = anOrderTold([
      ordered({ unitConversions }),
      anOrderDocument(anAcknowledgment({ lines: [promised] })),
      anOrderDocument(aShipNotice({ lines: [shipped] })),
      received('2', { ...cases, conditions: [{ condition: 'on-hold', quantity: '1' }] }),
      billing('INV-1', {}, { quantity: '2', ...cases }),
    ])
    expect(scheduleOf(state).quantities).toMatchObject({
      confirmed: '10',
      shipped: '10',
      received: '10',
      accepted: '5',
      inInspection: '5',
      invoiced: '10',
      open: '0',
    })
    expect(openCodesOf(state)).toEqual(['RCV_HOLD'])
  })
})
