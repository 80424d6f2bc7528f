import { describe, expect, it } from 'vitest'
import {
  anAcknowledgment,
  anAcknowledgmentLine,
  anAnswer,
} from '../acknowledgment/acknowledgment.examples.ts'
import { aPolicy, aRoute, aTolerance } from '../policy/policy.examples.ts'
import {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from '../purchase-order/purchase-order.examples.ts'
import {
  anOrderDocument,
  anOrderMessage,
  anOrderTold,
  openCasesOf,
  openCodesOf,
  scheduleOf,
  tellOrder,
} from './order-lifecycle.examples.ts'
import type { OrderState } from './order-state.ts'
import { replayOrder } from './replay-order.ts'

const policy = aPolicy({
  tolerance: () => aTolerance({ lower: { abs: '0', pct: '0' }, lowerEffect: 'hold' }),
  routing: () => aRoute(),
  conduct: { finalAnswers: true },
})
const issued = anOrderDocument(aPurchaseOrder(), '2026-11-20T08:00:00Z')
type Said = Parameters<typeof anAnswer>[0]
const says = (documentNumber: string, day: string, ...responses: readonly Said[]) =>
  anOrderDocument(
    anAcknowledgment({
      documentNumber,
      issuedAt: `${day}T08:00:00Z`,
      lines: [anAcknowledgmentLine({ responses: responses.map((one) => anAnswer(one)) })],
    }),
    `${day}T09:00:00Z`,
  )
const accepts = says('AK-1', '2026-11-21', {})
const later = says('AK-2', '2026-11-23', { promisedDate: '2026-12-04' })
const refuses = says('AK-3', '2026-11-23', { action: 'reject', promisedDate: null })
const told = (...messages: Parameters<typeof anOrderTold>[0]): OrderState =>
  anOrderTold(messages, { policy })
const decided = (state: OrderState, decision: string) =>
  anOrderTold(
    [
      anOrderMessage(
        'change.decided',
        { changeId: 'answer/AK-2/0/1/1', decision, reason: 'so be it' },
        { at: '2026-11-24T10:00:00Z' },
      ),
    ],
    { state, policy },
  )
const settled = (state: OrderState, code: string) => {
  const [open] = openCasesOf(state)
  if (open === undefined) throw new Error('a case is open')
  const { exceptionId } = open
  const steps = [
    anOrderMessage('case.taken', { exceptionId }, { at: '2026-11-24T10:00:00Z' }),
    anOrderMessage(
      'case.resolved',
      { exceptionId, code, note: 'settled', rootCause: 'supplier-error' },
      { at: '2026-11-24T10:01:00Z' },
    ),
  ]
  return anOrderTold(steps, { state, policy })
}

describe('a supplier that has said its last word on a delivery', () => {
  it('and names another day keeps its promise until that is decided, and hears so (R-34, R-35, R-98)', () => {
    const before = told(issued, accepts)
    const { state, intents } = tellOrder([later], { state: before, policy })
    if (state === null) throw new Error('no order')
    expect(scheduleOf(state)).toMatchObject({
      answeredBy: 'AK-1',
      saidAfterwards: 'AK-2',
      promisedDate: '2026-11-27',
      expectedDate: '2026-11-27',
      quantities: { confirmed: '10' },
      states: { acknowledgment: 'change-proposed' },
    })
    expect(openCasesOf(state).map(({ code, sentence }) => [code, sentence])).toEqual([
      [
        'DATE_CHANGE',
        expect.stringContaining('what was agreed in AK-1 stands until this is decided'),
      ],
    ])
    expect(
      intents.flatMap((one) => (one.kind === 'send-supplier-notice' ? [one.topic] : [])),
    ).toEqual(['answer-was-final'])
    // The promise it gave stands in the history beside the new one (INV-23).
    expect(scheduleOf(state).promises.map(({ documentNumber }) => documentNumber)).toEqual([
      'AK-1',
      'AK-2',
    ])
  })

  it.each([
    ['accept', '2026-12-04', 2, 'confirmed'],
    ['reject', '2026-11-27', 1, 'confirmed'],
  ])('and the buyer says %s: %s is promised, in version %i', (decision, day, version, state) => {
    const after = decided(told(issued, accepts, later), decision)
    expect(scheduleOf(after)).toMatchObject({
      promisedDate: day,
      states: { acknowledgment: state },
    })
    expect(after.standing.order).toMatchObject({ version })
    expect(openCodesOf(after)).toEqual([])
  })

  it('and refuses the goods after all still owes them; taken as refused by the buyer, it does not (R-34)', () => {
    const open = told(issued, accepts, refuses)
    expect(scheduleOf(open)).toMatchObject({
      quantities: { confirmed: '10', rejected: '0', open: '10' },
      states: { acknowledgment: 'confirmed', closure: 'open' },
    })
    expect(openCodesOf(open)).toEqual(['SUPPLIER_REJECTION'])
    const taken = settled(open, 'resource-alternative')
    expect(scheduleOf(taken)).toMatchObject({
      quantities: { confirmed: '0', rejected: '10', open: '0' },
      states: { closure: 'refused' },
    })
  })

  it('and promises what the buyer did without gets no order back by that, but a case (R-34)', () => {
    const refused = told(issued, refuses)
    const without = settled(refused, 'resource-alternative')
    expect(scheduleOf(without).states.closure).toBe('refused')
    const after = anOrderTold([says('AK-9', '2026-11-25', {})], { state: without, policy })
    expect(scheduleOf(after)).toMatchObject({
      answeredBy: 'AK-3',
      saidAfterwards: 'AK-9',
      states: { closure: 'refused' },
    })
    expect(openCasesOf(after).map(({ code, sentence }) => `${code}: ${sentence}`)).toEqual([
      'QTY_CHANGE: line 1, schedule 1: AK-9 promises what was refused in AK-3 and is done without; order it anew if it is wanted',
    ])
    // As long as nobody decided, the supplier may still change its mind for the better.
    const soon = anOrderTold([says('AK-9', '2026-11-25', {})], { state: refused, policy })
    expect(scheduleOf(soon).states.acknowledgment).toBe('confirmed')
    expect(openCodesOf(soon)).toEqual([])
  })

  it('says it again, or is asked again, and what it says then counts', () => {
    const again = told(issued, accepts, says('AK-5', '2026-11-23', {}))
    expect(scheduleOf(again)).toMatchObject({ answeredBy: 'AK-5' })
    expect(openCodesOf(again)).toEqual([])
    const asked = told(issued, accepts)
    const due: OrderState = {
      ...asked,
      facts: { ...asked.facts, overdue: { reconfirmation: { '1/1': 'AK-1' } } },
    }
    const after = anOrderTold([later], { state: due, policy })
    expect(scheduleOf(after)).toMatchObject({ answeredBy: 'AK-2', promisedDate: null })
  })

  it('and is sent another version is asked anew', () => {
    const line = anOrderLine({
      quantityOrdered: '12',
      schedules: [anOrderSchedule({ quantityOrdered: '12' })],
    })
    const second = anOrderDocument(
      aPurchaseOrder({ version: 2, revision: 1, issuedAt: '2026-11-22T08:00:00Z', lines: [line] }),
      '2026-11-22T08:00:00Z',
    )
    const answer = anOrderDocument(
      anAcknowledgment({
        documentNumber: 'AK-6',
        orderVersion: 2,
        issuedAt: '2026-11-23T08:00:00Z',
        lines: [anAcknowledgmentLine({ responses: [anAnswer({ quantity: '9' })] })],
      }),
    )
    const state = told(issued, accepts, second, answer)
    expect(scheduleOf(state)).toMatchObject({ answeredBy: 'AK-6' })
    expect(scheduleOf(state).saidAfterwards).toBeUndefined()
  })

  it('stands the same, in whichever order its answers come, and again from the events alone (INV-2, INV-18)', () => {
    const forwards = told(issued, accepts, later, refuses)
    const backwards = told(issued, refuses, later, accepts)
    expect(scheduleOf(backwards)).toEqual(scheduleOf(forwards))
    const { decisions } = tellOrder([issued, accepts, later], { policy })
    const events = decisions.flatMap((decision) => decision.events)
    const { auditHead: _, ...replayed } = replayOrder('acme/0001/4711', events)
    expect(replayed).toMatchObject({ standing: told(issued, accepts, later).standing })
  })

  it('is taken at its last word everywhere else, as it always was', () => {
    const plain = aPolicy({ tolerance: () => aTolerance({ upper: { abs: '0', pct: '0' } }) })
    const state = anOrderTold([issued, accepts, later], { policy: plain })
    expect(scheduleOf(state)).toMatchObject({ answeredBy: 'AK-2', promisedDate: null })
  })
})
