import { describe, expect, it } from 'vitest'
import {
  anAcknowledgment,
  anAcknowledgmentLine,
  anAnswer,
} from '../acknowledgment/acknowledgment.examples.ts'
import type { Actor } from '../message/actor.ts'
import {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import {
  anOrderDocument,
  anOrderMessage,
  anOrderTold,
  noticesIn,
  openCodesOf,
  scheduleOf,
  tellOrder,
} from './order-lifecycle.examples.ts'
import type { OrderState } from './order-state.ts'

/** Order 4711 over 10 in two deliveries: 6 on the 27th and 4 on 4 December. */
const issued = anOrderDocument(
  aPurchaseOrder({
    lines: [
      anOrderLine({
        schedules: [
          anOrderSchedule({ scheduleNumber: '1', quantityOrdered: '6' }),
          anOrderSchedule({
            scheduleNumber: '2',
            quantityOrdered: '4',
            requestedDate: '2026-12-04',
          }),
        ],
      }),
    ],
  }),
  '2026-11-20T08:00:00Z',
)
const confirmed = anOrderDocument(
  anAcknowledgment({
    lines: [
      anAcknowledgmentLine({
        responses: [
          anAnswer({ quantity: '6' }),
          anAnswer({ quantity: '4', promisedDate: '2026-12-04' }),
        ],
      }),
    ],
  }),
  '2026-11-21T09:00:00Z',
)
const supplier: Actor = { kind: 'supplier-user', id: 'sam', roles: [] }
const asks = (scheduleNumber?: string, at = '2026-11-23T10:00:00Z') =>
  anOrderMessage(
    'line.cancel-requested',
    {
      orderLineNumber: '1',
      ...(scheduleNumber !== undefined && { scheduleNumber }),
      reason: 'sold less than we thought',
    },
    { at },
  )
const answers = (accepted: boolean, scheduleNumber?: string) =>
  anOrderMessage(
    'line.cancel-answered',
    {
      orderLineNumber: '1',
      ...(scheduleNumber !== undefined && { scheduleNumber }),
      accepted,
      reason: 'as you wish',
    },
    { at: '2026-11-24T10:00:00Z', by: supplier },
  )
const standingOf = (state: OrderState, scheduleNumber: string) => {
  const { quantities, states, cancellation } = scheduleOf(state, '1', scheduleNumber)
  return [states.closure, cancellation ?? '-', quantities.cancelled, quantities.open].join(' ')
}

describe('a delivery the buyer wants to let go', () => {
  const pending = anOrderTold([issued, confirmed, asks('2')])

  it('stays owed until the supplier agrees, and is let go alone when it does (R-35, R-42)', () => {
    expect(standingOf(pending, '2')).toBe('open pending 0 4')
    expect(standingOf(pending, '1')).toBe('open - 0 6')
    const agreed = anOrderTold([answers(true, '2')], { state: pending })
    expect(standingOf(agreed, '2')).toBe('cancelled - 4 0')
    expect(standingOf(agreed, '1')).toBe('open - 0 6')
    expect(scheduleOf(agreed).states.acknowledgment).toBe('confirmed')
    expect(agreed.standing.states.cancellation).toBe('not-cancelled')
  })

  it('is still owed where the supplier does not agree; those who counted on it hear so, and may ask again (R-98)', () => {
    const told = tellOrder([answers(false, '2')], { state: pending })
    if (told.state === null) throw new Error('no order')
    expect(standingOf(told.state, '2')).toBe('open refused 0 4')
    expect(noticesIn(told.intents)).toEqual([
      'planning: cancel-refused',
      'procurement: cancel-refused',
    ])
    const again = anOrderTold([asks('2', '2026-11-25T10:00:00Z')], { state: told.state })
    expect(standingOf(again, '2')).toBe('open pending 0 4')
    expect(standingOf(anOrderTold([answers(true, '2')], { state: again }), '2')).toBe(
      'cancelled - 4 0',
    )
  })

  it('is let go at once while nobody promised it', () => {
    expect(standingOf(anOrderTold([issued, asks('2')]), '2')).toBe('cancelled - 4 0')
    const late = anOrderTold([issued, asks('2'), confirmed])
    expect(standingOf(late, '2')).toBe('open pending 0 4')
  })

  it('is asked for with what of it is here and on its way (R-98)', () => {
    const shipped = anOrderDocument(
      aShipNotice({ lines: [aShipNoticeLine({ quantityShipped: '5' })] }),
    )
    const counted = anOrderDocument(aReceipt({ lines: [aReceiptLine({ quantity: '3' })] }))
    const { intents, state } = tellOrder([issued, confirmed, shipped, counted, asks()])
    // 5 announced and 3 counted are poured into the first delivery of 6.
    expect(
      intents.filter(
        (one) => one.kind === 'send-supplier-notice' && one.topic === 'line-cancel-requested',
      ),
    ).toMatchObject([
      {
        sentence: 'sold less than we thought',
        data: {
          schedules: [
            { scheduleNumber: '1', quantityShipped: '5', quantityReceived: '3', quantityOpen: '3' },
            { scheduleNumber: '2', quantityShipped: '0', quantityReceived: '0', quantityOpen: '4' },
          ],
        },
      },
    ])
    if (state === null) throw new Error('no order')
    const agreed = anOrderTold([answers(true)], { state })
    // What came stays, the rest is given up: 6 - 3 and 4 - 0.
    expect(standingOf(agreed, '1')).toBe('short-closed - 3 0')
    expect(standingOf(agreed, '2')).toBe('cancelled - 4 0')
  })

  it('is waited for with a clock, and becomes a case when nobody answers (R-21, INV-25)', () => {
    const name = 'answer/1/cancellation/1/2/overdue'
    const clock = pending.desk.clocks[name]
    // Asked on Monday at 10:00; eighteen working hours of 8 to 17 end on Wednesday at 10:00.
    expect(clock?.dueAt).toBe('2026-11-25T10:00:00Z')
    const rung = anOrderMessage('acknowledgment.overdue', clock?.data ?? {}, {
      at: '2026-11-25T10:00:00Z',
    })
    const overdue = anOrderTold([rung], { state: pending })
    expect(openCodesOf(overdue)).toEqual(['LATE_CONFIRMATION'])
    expect(overdue.desk.cases.at(-1)?.sentence).toContain(
      'please say whether you agree to cancel line 1, schedule 2',
    )
    expect(openCodesOf(anOrderTold([answers(false, '2')], { state: overdue }))).toEqual([])
  })

  it.each([
    ['twice', [asks('2'), asks('2', '2026-11-24T10:00:00Z')], 'duplicate', null],
    [
      'of a line there is not',
      [anOrderMessage('line.cancel-requested', { orderLineNumber: '9', reason: 'x' })],
      'refused',
      'unknown-place',
    ],
    ['that nobody asked for', [answers(true, '1')], 'parked', 'cancel-not-requested'],
    [
      'and takes back what it agreed to',
      [asks('2'), answers(true, '2'), answers(false, '2')],
      'refused',
      'already-agreed',
    ],
    [
      'as the supplier',
      [
        anOrderMessage(
          'line.cancel-requested',
          { orderLineNumber: '1', reason: 'x' },
          { by: supplier },
        ),
      ],
      'refused',
      'not-a-buyer',
    ],
  ])('is not let go %s', (_, messages, kind, reason) => {
    const { decisions } = tellOrder([issued, confirmed, ...messages])
    const outcomes = decisions.map(({ outcome }) => outcome)
    const last = outcomes.findLast((outcome) => outcome.kind !== 'applied')
    expect(last).toMatchObject(reason === null ? { kind } : { kind, reason })
  })

  it('is wanted again where the line is opened again', () => {
    const agreed = anOrderTold([answers(true, '2')], { state: pending })
    const reopen = anOrderMessage('line.reopened', {
      orderLineNumber: '1',
      reason: 'sold after all',
    })
    expect(standingOf(anOrderTold([reopen], { state: agreed }), '2')).toBe('open - 0 4')
  })
})

describe('an order the buyer wants to cancel', () => {
  const cancel = (at: string) =>
    anOrderMessage('order.cancel-requested', { reason: 'no longer needed' }, { at })
  const answered = (accepted: boolean) =>
    anOrderMessage('order.cancel-answered', { accepted }, { at: '2026-11-24T10:00:00Z' })

  it('may be asked for again after the supplier did not agree (R-42)', () => {
    const refused = anOrderTold([
      issued,
      confirmed,
      cancel('2026-11-23T10:00:00Z'),
      answered(false),
    ])
    expect(refused.standing.states.cancellation).toBe('cancel-refused')
    const again = anOrderTold([cancel('2026-11-25T10:00:00Z')], { state: refused })
    expect(again.standing.states.cancellation).toBe('cancel-pending')
    const agreed = anOrderTold(
      [anOrderMessage('order.cancel-answered', { accepted: true }, { at: '2026-11-26T10:00:00Z' })],
      { state: again },
    )
    expect(agreed.standing.states.cancellation).toBe('cancelled')
  })
})
