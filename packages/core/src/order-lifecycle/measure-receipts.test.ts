import { describe, expect, it } from 'vitest'
import { anAcknowledgment } from '../acknowledgment/acknowledgment.examples.ts'
import {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import {
  anOrderDocument,
  anOrderMessage,
  anOrderTold,
  openCasesOf,
  openCodesOf,
} from './order-lifecycle.examples.ts'

const ordered = anOrderDocument(aPurchaseOrder(), '2026-11-20T08:00:00Z')
const counted = (documentNumber: string, quantity: string, issuedAt: string) =>
  anOrderDocument(
    aReceipt({ documentNumber, issuedAt, lines: [aReceiptLine({ quantity })] }),
    issuedAt,
  )
const sentBack = (quantity: string, more = {}) =>
  anOrderDocument(
    aReceipt({
      documentNumber: 'RT-1',
      receiptType: 'return',
      lines: [aReceiptLine({ quantity, ...more })],
    }),
  )
const said = (type: string, data: object, at: string) =>
  anOrderMessage(type, { reason: 'no longer needed', ...data }, { at })

const before = '2026-11-24T08:00:00Z'
const givenUp = '2026-11-25T08:00:00Z'
const after = '2026-11-26T08:00:00Z'

describe('goods a buyer had given up', () => {
  const cancelled = said('line.cancelled', { orderLineNumber: '1' }, givenUp)
  const closed = said(
    'schedule.short-closed',
    { orderLineNumber: '1', scheduleNumber: '1' },
    givenUp,
  )

  it('are too much when they come for a cancelled line all the same', () => {
    const state = anOrderTold([ordered, cancelled, counted('GR-1', '10', after)])
    expect(openCasesOf(state)).toMatchObject([
      {
        code: 'RCV_OVER',
        discrepancy: { expected: '0', actual: '10' },
        sentence: 'line 1: 10 EA were received where nothing was to come any more',
      },
    ])
  })

  it('are too much when they come for a cancelled order the supplier had confirmed', () => {
    const messages = [
      ordered,
      anOrderDocument(anAcknowledgment(), before),
      said('order.cancel-requested', {}, givenUp),
      anOrderMessage('order.cancel-answered', { accepted: true }, { at: givenUp }),
    ]
    const state = anOrderTold([...messages, counted('GR-1', '10', after)])
    expect(openCodesOf(state)).toEqual(['RCV_OVER'])
  })

  it('are too much beyond what had come before the rest was given up', () => {
    const state = anOrderTold([
      ordered,
      counted('GR-1', '6', before),
      closed,
      counted('GR-2', '4', after),
    ])
    expect(openCasesOf(state)).toMatchObject([
      { code: 'RCV_OVER', discrepancy: { expected: '6', actual: '10' } },
    ])
  })

  it('were in time when they were counted before, however late the count came in', () => {
    expect(
      openCodesOf(
        anOrderTold([ordered, counted('GR-1', '6', before), closed, counted('GR-2', '4', before)]),
      ),
    ).toEqual([])
  })

  it('are settled when they are sent back, or the line is taken up again', () => {
    const state = anOrderTold([ordered, cancelled, counted('GR-1', '10', after)])
    expect(openCodesOf(anOrderTold([sentBack('10')], { state }))).toEqual([])
    const again = said('line.reopened', { orderLineNumber: '1' }, '2026-11-27T08:00:00Z')
    expect(openCodesOf(anOrderTold([again], { state }))).toEqual([])
  })

  it('are not looked for while another delivery of the line is still wanted', () => {
    const two = aPurchaseOrder({
      lines: [
        anOrderLine({
          schedules: [
            anOrderSchedule({ quantityOrdered: '6' }),
            anOrderSchedule({ scheduleNumber: '2', quantityOrdered: '4' }),
          ],
        }),
      ],
    })
    const state = anOrderTold([
      anOrderDocument(two, '2026-11-20T08:00:00Z'),
      closed,
      counted('GR-1', '4', after),
    ])
    expect(openCodesOf(state)).toEqual([])
  })
})

describe('more than was ordered', () => {
  it.each([
    ['and the supplier owes no replacement', { noReplacement: true }],
    ['and the supplier would replace it', {}],
  ])('is settled once it was sent back, %s', (_what, more) => {
    const state = anOrderTold([ordered, counted('GR-1', '12', before)])
    expect(openCodesOf(state)).toEqual(['RCV_OVER'])
    expect(openCodesOf(anOrderTold([sentBack('2', more)], { state }))).toEqual([])
  })
})
