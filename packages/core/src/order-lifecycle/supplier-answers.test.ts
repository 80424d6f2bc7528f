import { describe, expect, it } from 'vitest'
import {
  anAcknowledgment,
  anAcknowledgmentLine,
  anAnswer,
} from '../acknowledgment/acknowledgment.examples.ts'
import { instant } from '../calendar/instant.ts'
import type { Intent } from '../message/intent.ts'
import { aChangeRequest } from '../order-change/order-change.examples.ts'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import {
  anOrderDocument,
  anOrderMessage,
  anOrderTold,
  noticesIn,
  openCodesOf,
  recordsIn,
  scheduleOf,
  tellOrder,
  type ToldOrder,
} from './order-lifecycle.examples.ts'
import type { OrderState } from './order-state.ts'

const issued = anOrderDocument(aPurchaseOrder(), '2026-11-20T09:00:00Z')
const place = 'lines/1/schedules/1/requestedDate'
/** The supplier says another day, in a document of its own at an instant. */
const saysDay = (documentNumber: string, day: string, issuedAt: string) =>
  anOrderDocument(
    anAcknowledgment({
      documentNumber,
      issuedAt,
      lines: [anAcknowledgmentLine({ responses: [anAnswer({ promisedDate: day })] })],
    }),
    issuedAt,
  )
const late = saysDay('AK-2', '2026-12-04', '2026-11-21T08:00:00Z')
const changeId = 'answer/AK-2/0/1/1'
const decided = (decision: string, more: object = {}) =>
  anOrderMessage(
    'change.decided',
    { changeId, decision, reason: 'we need it', ...more },
    { at: '2026-11-23T10:00:00Z' },
  )
const counter = decided('counter', {
  counter: [{ path: place, from: '2026-11-27', to: '2026-11-30' }],
})
const countered = anOrderTold([issued, late, counter])

const stateOf = (told: ToldOrder): OrderState => {
  if (told.state === null) throw new Error('no order')
  return told.state
}
const documentsToSupplier = (intents: readonly Intent[]) =>
  intents.filter(({ kind }) => kind === 'send-document').length
const toSupplier = (intents: readonly Intent[]): readonly string[] =>
  intents.flatMap((intent) =>
    intent.kind === 'send-supplier-notice' ? [`${intent.topic}: ${intent.sentence}`] : [],
  )
const ring = (state: OrderState, timerId: string): ToldOrder => {
  const clock = state.desk.clocks[timerId]
  if (clock === undefined) throw new Error(`no clock ${timerId}`)
  return tellOrder([anOrderMessage(clock.type, clock.data, { at: clock.dueAt })], { state })
}

describe('a counter of the buyer', () => {
  it('that the supplier takes makes the next version, with no case and nobody asked again (R-35, R-42)', () => {
    const told = tellOrder([saysDay('AK-3', '2026-11-30', '2026-11-24T08:00:00Z')], {
      state: countered,
    })
    const state = stateOf(told)
    expect(scheduleOf(state)).toMatchObject({
      requestedDate: '2026-11-30',
      promisedDate: '2026-11-30',
      originalRequestedDate: '2026-11-27',
      states: { acknowledgment: 'confirmed' },
    })
    expect(state.standing.order).toMatchObject({ version: 2 })
    expect(openCodesOf(state)).toEqual([])
    expect(recordsIn(told.intents)).toContain('erp order-version/2')
    expect(state.facts.decisions['answer/AK-3/0/1/1']).toMatchObject({
      decision: 'accept',
      by: 'counterfoil',
      reason: `the supplier takes what the buyer proposed instead of \`${changeId}\``,
    })
  })

  it('that the supplier meets with another day is another proposal, for a person (R-35, R-95)', () => {
    const state = anOrderTold([saysDay('AK-3', '2026-12-02', '2026-11-24T08:00:00Z')], {
      state: countered,
    })
    expect(scheduleOf(state).states.acknowledgment).toBe('change-proposed')
    expect(state.standing.order).toMatchObject({ version: 1 })
    expect(openCodesOf(state)).toEqual(['DATE_CHANGE'])
  })

  it('is not taken by what the supplier had said before it was made', () => {
    const before = saysDay('AK-3', '2026-11-30', '2026-11-23T09:00:00Z')
    const state = anOrderTold([before], { state: countered })
    expect(state.standing.order).toMatchObject({ version: 1 })
    expect(scheduleOf(state).states.acknowledgment).toBe('change-proposed')
  })

  it('is no longer open for taking once the buyer issued another version', () => {
    const second = anOrderDocument(
      aPurchaseOrder({ version: 2, revision: 1, issuedAt: '2026-11-23T12:00:00Z' }),
      '2026-11-23T12:00:00Z',
    )
    const answer = anOrderDocument(
      anAcknowledgment({
        documentNumber: 'AK-3',
        orderVersion: 2,
        issuedAt: '2026-11-24T08:00:00Z',
        lines: [anAcknowledgmentLine({ responses: [anAnswer({ promisedDate: '2026-11-30' })] })],
      }),
    )
    const state = anOrderTold([second, answer], { state: countered })
    expect(state.standing.order).toMatchObject({ version: 2 })
    expect(scheduleOf(state).states.acknowledgment).toBe('change-proposed')
  })

  it('of a change request is over when the supplier confirms as ordered after all (R-35)', () => {
    const request = anOrderDocument(aChangeRequest())
    const said = anOrderMessage(
      'change.decided',
      {
        changeId: 'request/S100/CR-1/0',
        decision: 'counter',
        counter: [{ path: place, from: '2026-11-27', to: '2026-11-30' }],
      },
      { at: '2026-11-23T10:00:00Z' },
    )
    const waiting = anOrderTold([issued, request, said])
    expect(scheduleOf(waiting).states.acknowledgment).toBe('counter-proposed')
    const as = anOrderTold([saysDay('AK-3', '2026-11-27', '2026-11-24T08:00:00Z')], {
      state: waiting,
    })
    expect(scheduleOf(as).states.acknowledgment).toBe('confirmed')
    const taken = anOrderTold([saysDay('AK-3', '2026-11-30', '2026-11-24T08:00:00Z')], {
      state: waiting,
    })
    expect(taken.standing.order).toMatchObject({ version: 2 })
    expect(scheduleOf(taken)).toMatchObject({
      promisedDate: '2026-11-30',
      states: { acknowledgment: 'confirmed' },
    })
  })

  it('may be taken by a change request that says the same (R-42)', () => {
    const request = anOrderDocument(
      aChangeRequest({
        documentNumber: 'CR-9',
        issuedAt: '2026-11-24T08:00:00Z',
        differences: [{ path: place, from: '2026-11-27', to: '2026-11-30' }],
      }),
    )
    const state = anOrderTold([request], { state: countered })
    expect(state.standing.order).toMatchObject({ version: 2 })
    expect(scheduleOf(state).promisedDate).toBe('2026-11-30')
  })
})

describe('what the supplier owes beside the order', () => {
  const request = anOrderDocument(aChangeRequest())
  const confirmed = anOrderDocument(anAcknowledgment())
  const turnedDown = anOrderMessage(
    'change.decided',
    { changeId: 'request/S100/CR-1/0', decision: 'reject', reason: 'we need it' },
    { at: '2026-11-23T10:00:00Z' },
  )
  const cancel = anOrderMessage(
    'order.cancel-requested',
    { reason: 'no longer needed' },
    { at: '2026-11-23T10:00:00Z' },
  )

  it.each([
    [
      'an answer to a counter',
      countered,
      changeId,
      'please answer what we propose instead of your change in AK-2',
    ],
    [
      'a confirmation after its change was turned down',
      anOrderTold([issued, late, decided('reject')]),
      changeId,
      'please confirm line 1, schedule 1, as ordered: your change in AK-2 does not hold',
    ],
    [
      'a confirmation after its change request was turned down',
      anOrderTold([issued, confirmed, request, turnedDown]),
      'request/S100/CR-1/0',
      'please confirm line 1, schedule 1, as ordered: your change in CR-1 does not hold',
    ],
    [
      'a word on cancelling the order',
      anOrderTold([issued, confirmed, cancel]),
      'cancellation',
      'please say whether you agree to cancel the order',
    ],
  ])(
    'is waited for with a clock, reminded of, told and a case: %s (R-21, R-98, INV-25)',
    (_, state, about, asked) => {
      const name = `answer/1/${about}`
      // Asked on Monday 23 November at 10:00: nine working hours end on Tuesday at 10:00, of 8 to 17 each day, and
      // eighteen on Wednesday at 10:00.
      expect(state.desk.clocks).toMatchObject({
        [`${name}/reminder-1`]: { dueAt: '2026-11-24T10:00:00Z' },
        [`${name}/escalation`]: { dueAt: '2026-11-25T10:00:00Z' },
        [`${name}/overdue`]: { dueAt: '2026-11-25T10:00:00Z' },
      })
      const reminded = ring(state, `${name}/reminder-1`)
      expect(toSupplier(reminded.intents)).toEqual([`acknowledgment-reminder: ${asked}`])
      const escalated = ring(stateOf(reminded), `${name}/escalation`)
      expect(noticesIn(escalated.intents)).toEqual(['procurement: acknowledgment-escalated'])
      const overdue = stateOf(ring(stateOf(escalated), `${name}/overdue`))
      expect(openCodesOf(overdue)).toEqual(['LATE_CONFIRMATION'])
      expect(overdue.desk.cases.at(-1)?.sentence).toBe(
        `the supplier was asked at 2026-11-23T10:00:00Z, and has not answered: ${asked}`,
      )
    },
  )

  it('is waited for no longer, and its case cured, when the answer comes (R-21)', () => {
    const name = `answer/1/${changeId}`
    const overdue = stateOf(ring(countered, `${name}/overdue`))
    const answered = anOrderTold([saysDay('AK-3', '2026-11-27', '2026-11-26T08:00:00Z')], {
      state: overdue,
    })
    expect(openCodesOf(answered)).toEqual([])
    expect(answered.desk.cases.at(-1)?.state).toBe('auto-resolved')
    expect(Object.keys(answered.desk.clocks).filter((id) => id.startsWith('answer/'))).toEqual([])
  })

  it('is a promise again, once its goods are due soon, from when it was asked (R-21, INV-25)', () => {
    const soon = anOrderTold([issued, confirmed])
    const rung: OrderState = {
      ...soon,
      desk: {
        ...soon.desk,
        clocks: {
          ...soon.desk.clocks,
          'reconfirmation/1/1/2026-11-27/AK-1': {
            dueAt: instant('2026-11-24T08:00:00Z'),
            type: 'reconfirmation.due',
            data: { orderLineNumber: '1', scheduleNumber: '1' },
          },
        },
      },
    }
    // A rule that asks for it: two days before, at eight hours a day.
    const told = ring(rung, 'reconfirmation/1/1/2026-11-27/AK-1')
    expect(scheduleOf(stateOf(told)).states.acknowledgment).toBe('reconfirm-required')
  })
})

describe("what the buyer's own system repeats", () => {
  const accepted = anOrderTold([issued, late, decided('accept')])
  const repeated = (basedOnVersion: number) =>
    anOrderDocument(
      aChangeRequest({
        documentNumber: 'OC-1',
        initiator: 'buyer',
        basedOnVersion,
        issuedAt: '2026-11-23T11:00:00Z',
        differences: [{ path: place, from: '2026-11-27', to: '2026-12-04' }],
      }),
      '2026-11-23T11:00:00Z',
    )

  it.each([1, 2])(
    'of a change agreed on, as an order change on version %i, makes no version and is told nobody (R-20, R-42)',
    (basedOnVersion) => {
      const told = tellOrder([repeated(basedOnVersion)], { state: accepted })
      const state = stateOf(told)
      expect(state.standing.order).toMatchObject({ version: 2 })
      expect(scheduleOf(state).states.acknowledgment).toBe('confirmed')
      expect([documentsToSupplier(told.intents), toSupplier(told.intents)]).toEqual([0, []])
      expect(recordsIn(told.intents)).toEqual([])
      const change = state.standing.changes.find(({ documentNumber }) => documentNumber === 'OC-1')
      expect(change?.state).toBe('applied-in-erp')
    },
  )

  it.each([2, 4])(
    'as its own version %i keeps what the supplier confirmed, and is not sent to it again (R-20)',
    (version) => {
      const order = aPurchaseOrder()
      const [line] = order.lines
      const [schedule] = line?.schedules ?? []
      if (line === undefined || schedule === undefined) throw new Error('it has a schedule')
      const own = anOrderDocument(
        aPurchaseOrder({
          version,
          revision: version - 1,
          issuedAt: '2026-11-23T11:00:00Z',
          lines: [{ ...line, schedules: [{ ...schedule, requestedDate: '2026-12-04' }] }],
        }),
        '2026-11-23T11:00:00Z',
      )
      const told = tellOrder([own], { state: accepted })
      const state = stateOf(told)
      expect(state.standing.order).toMatchObject({ version })
      expect(scheduleOf(state)).toMatchObject({
        promisedDate: '2026-12-04',
        states: { acknowledgment: 'confirmed' },
      })
      expect([documentsToSupplier(told.intents), toSupplier(told.intents)]).toEqual([0, []])
      expect(openCodesOf(state)).toEqual([])
    },
  )

  it('with something else in it is a change, and goes to the supplier (R-42)', () => {
    const other = anOrderDocument(
      aChangeRequest({
        documentNumber: 'OC-1',
        initiator: 'buyer',
        basedOnVersion: 2,
        issuedAt: '2026-11-23T11:00:00Z',
        differences: [{ path: place, from: '2026-12-04', to: '2026-12-03' }],
      }),
    )
    const told = tellOrder([other], { state: accepted })
    expect(stateOf(told).standing.order).toMatchObject({ version: 3 })
    expect(documentsToSupplier(told.intents)).toBe(1)
    expect(scheduleOf(stateOf(told)).states.acknowledgment).toBe('awaiting-acknowledgment')
  })
})
