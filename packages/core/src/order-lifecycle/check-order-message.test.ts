import { describe, expect, it } from 'vitest'
import {
  anAcknowledgment,
  anAcknowledgmentLine,
  anAnswer,
} from '../acknowledgment/acknowledgment.examples.ts'
import type { Message } from '../message/message.ts'
import { aChangeRequest } from '../order-change/order-change.examples.ts'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt } from '../receipt/receipt.examples.ts'
import { aShipNotice } from '../ship-notice/ship-notice.examples.ts'
import {
  anOrderBuyer,
  anOrderDocument,
  anOrderMessage,
  anOrderTold,
  openCasesOf,
  tellOrder,
} from './order-lifecycle.examples.ts'
import type { OrderState } from './order-state.ts'

const issued = anOrderDocument(aPurchaseOrder(), '2026-11-20T08:00:00Z')
const confirmed = anOrderDocument(anAcknowledgment())
const late = anOrderDocument(
  anAcknowledgment({
    documentNumber: 'AK-2',
    issuedAt: '2026-11-22T08:00:00Z',
    lines: [anAcknowledgmentLine({ responses: [anAnswer({ promisedDate: '2026-12-04' })] })],
  }),
)
const received = anOrderDocument(aReceipt())
const reason = 'as agreed'
const line = (type: string) => anOrderMessage(type, { orderLineNumber: '1', reason })
const shortClose = anOrderMessage('schedule.short-closed', {
  orderLineNumber: '1',
  scheduleNumber: '1',
  reason,
})
const decide = (decision: string, more = {}) =>
  anOrderMessage('change.decided', { changeId: 'answer/AK-2/0/1/1', decision, ...more })
const again = (message: Message): Message => ({ ...message, id: `${message.id} again` })
const told = (...messages: readonly Message[]) => anOrderTold([issued, ...messages])

function outcomeOf(state: OrderState | null, message: Message) {
  const { decisions } = tellOrder([message], { state })
  const [decision] = decisions
  if (decision?.outcome.kind !== 'applied') {
    expect(decision?.state).toBe(state)
    expect([decision?.events, decision?.intents, decision?.audit]).toEqual([[], [], []])
  }
  return decision?.outcome
}

describe('an order refuses, with a sentence,', () => {
  it.each<[string, OrderState, Message, string]>([
    [
      'a draft of what is issued',
      told(),
      anOrderMessage('order.drafted', { document: aPurchaseOrder() }),
      'already-issued',
    ],
    [
      'to release what is not on hold',
      told(),
      anOrderMessage('order.released', { reason }),
      'not-held',
    ],
    ['to release a line that is not on hold', told(), line('line.released'), 'not-held'],
    ['to reopen a line that is open', told(), line('line.reopened'), 'not-cancelled'],
    [
      'to cancel what is delivered',
      told(received),
      anOrderMessage('order.cancel-requested', { reason }),
      'nothing-open',
    ],
    ['to cancel a line that is delivered', told(received), line('line.cancelled'), 'nothing-open'],
    ['to give up a schedule that is delivered', told(received), shortClose, 'nothing-open'],
    [
      'to give up a schedule it does not have',
      told(),
      anOrderMessage('schedule.short-closed', {
        orderLineNumber: '7',
        scheduleNumber: '1',
        reason,
      }),
      'unknown-place',
    ],
    [
      'a command about a line it does not have',
      told(),
      anOrderMessage('line.held', { orderLineNumber: '7', reason }),
      'unknown-place',
    ],
    [
      'to be put away while it is open',
      told(),
      anOrderMessage('order.archived', {}),
      'not-completed',
    ],
    ['a decision about a change nobody proposed', told(), decide('accept'), 'change-unknown'],
    [
      'a second decision that says otherwise',
      told(late, decide('reject')),
      decide('accept'),
      'already-decided',
    ],
    ['a counter that wants nothing', told(late), decide('counter'), 'counter-missing'],
    [
      'the supplier as judge of its own change',
      told(late),
      { ...decide('accept'), actor: { kind: 'supplier-user', id: 'sue', roles: [] } },
      'not-a-buyer',
    ],
    [
      'a machine as judge of a change (INV-21)',
      told(late),
      { ...decide('accept'), actor: { kind: 'ai', id: 'model', roles: [] } },
      'not-a-buyer',
    ],
    [
      'a change that says nothing the order can take over',
      told(
        anOrderDocument(
          anAcknowledgment({
            documentNumber: 'AK-2',
            lines: [anAcknowledgmentLine({ responses: [anAnswer({ unitOfMeasure: 'CS' })] })],
          }),
        ),
      ),
      decide('accept'),
      'nothing-to-apply',
    ],
    [
      'a change that would make no valid order',
      told(
        anOrderDocument(
          aChangeRequest({
            differences: [{ path: 'lines/1/price/amount', from: '12.40', to: 'free' }],
          }),
        ),
      ),
      anOrderMessage('change.decided', { changeId: 'request/S100/CR-1/0', decision: 'accept' }),
      'change-not-applicable',
    ],
    [
      'a case it does not have',
      told(),
      anOrderMessage('case.taken', { exceptionId: 'none' }),
      'case-unknown',
    ],
    [
      'what cannot be read, with the place',
      told(),
      anOrderMessage('line.held', { orderLineNumber: '1' }),
      'invalid-data',
    ],
  ])('%s', (_what, state, message, code) => {
    expect(outcomeOf(state, message)).toMatchObject({
      kind: 'refused',
      reason: code,
      sentence: expect.stringMatching(/\w+ \w+/),
    })
  })

  it('approval by a machine, by whoever asked for it, and before anybody asked', () => {
    const draft = anOrderMessage('order.drafted', { document: aPurchaseOrder() })
    const submit = anOrderMessage('order.submitted', {})
    const approve = anOrderMessage('order.approved', {})
    const written = anOrderTold([draft])
    expect(outcomeOf(written, approve)).toMatchObject({ reason: 'not-submitted' })
    const submitted = anOrderTold([submit], { state: written })
    expect(outcomeOf(submitted, approve)).toMatchObject({ reason: 'same-person' })
    const machine = { ...approve, actor: { kind: 'ai' as const, id: 'model', roles: [] } }
    expect(outcomeOf(submitted, machine)).toMatchObject({ reason: 'not-a-person' })
    expect(outcomeOf(null, submit)).toMatchObject({ kind: 'parked', reason: 'no-draft' })
  })

  it('that who writes a draft calls it approved, while approvals of the system it comes from count', () => {
    const approvals = [{ approvedBy: 'heidi', approvedAt: '2026-11-19T08:00:00Z' }]
    const draft = anOrderMessage('order.drafted', { document: aPurchaseOrder({ approvals }) })
    expect(outcomeOf(null, draft)).toMatchObject({
      kind: 'refused',
      reason: 'approval-not-from-a-system',
    })
    const erp = { kind: 'connector' as const, id: 'erp', roles: [] }
    const approved = anOrderTold([{ ...draft, actor: erp }])
    expect(approved.standing.states.issuing).toBe('approved')
    const submit = anOrderMessage('order.submitted', {})
    expect(outcomeOf(approved, submit)).toMatchObject({ kind: 'duplicate' })
    const without = anOrderMessage('order.drafted', { document: aPurchaseOrder() })
    expect(anOrderTold([without]).standing.states.issuing).toBe('draft')
  })

  it('what a case does not allow, and its approval by a machine', () => {
    const state = told(late)
    const exceptionId = openCasesOf(state)[0]?.exceptionId
    const verify = anOrderMessage('case.verified', { exceptionId })
    expect(outcomeOf(state, verify)).toMatchObject({ kind: 'refused', reason: 'case-state' })
    const approve = {
      ...anOrderMessage('case.approved', { exceptionId }),
      actor: { kind: 'ai' as const, id: 'model', roles: [] },
    }
    expect(outcomeOf(state, approve)).toMatchObject({ kind: 'refused', reason: 'not-a-person' })
  })

  it('that a supplier or a machine settles a case, which may stand between the supplier and its money', () => {
    const state = told(late)
    const exceptionId = openCasesOf(state)[0]?.exceptionId
    const settle = anOrderMessage('case.resolved', { exceptionId, code: 'accept' })
    const classify = anOrderMessage('case.classified', { exceptionId, rootCause: 'buyer-error' })
    for (const kind of ['supplier-user', 'ai'] as const) {
      for (const command of [settle, classify]) {
        const said = { ...command, actor: { kind, id: 'other', roles: [] } }
        expect(outcomeOf(state, said)).toMatchObject({ kind: 'refused', reason: 'not-a-buyer' })
      }
    }
    const unsure = { ...settle, actor: { ...settle.actor, assurance: 'low' as const } }
    expect(outcomeOf(state, unsure)).toMatchObject({ kind: 'refused', reason: 'not-sure-who' })
    expect(outcomeOf(state, settle)).toMatchObject({ kind: 'applied' })
  })

  it('every decision about an order that is archived, while documents are still recorded', () => {
    const archived = anOrderTold(
      [anOrderMessage('order.cancel-requested', { reason }), anOrderMessage('order.archived', {})],
      { state: told() },
    )
    expect(outcomeOf(archived, line('line.held'))).toMatchObject({ reason: 'order-archived' })
    const after = anOrderTold([received], { state: archived })
    expect(after.standing.states.completion).toBe('archived')
    expect(openCasesOf(after)).toEqual([])
  })
})

describe('an order takes no effect from', () => {
  const held = anOrderMessage('order.held', { reason })
  const cancel = anOrderMessage('order.cancel-requested', { reason })
  const answered = anOrderMessage('order.cancel-answered', { accepted: false })
  const arrived = anOrderMessage('shipment.arrived', {
    shipmentKey: 'acme/0001/S100/ASN-1',
    arrivedAt: '2026-11-27T07:00:00Z',
  })
  const delayed = anOrderMessage('shipment.delayed', {
    shipmentKey: 'acme/0001/S100/ASN-1',
    newEstimatedDate: '2026-11-30',
    reportedAt: '2026-11-26T07:00:00Z',
  })
  const notice = anOrderDocument(aShipNotice())
  const delivered = anOrderMessage('order.delivered', { orderVersion: 1 })
  const withdraw = anOrderMessage('change.withdrawn', { changeId: 'request/S100/CR-1/0', reason })
  const expire = anOrderMessage('change.expired', { changeId: 'request/S100/CR-1/0' })
  const request = anOrderDocument(aChangeRequest())

  it.each<[string, readonly Message[], Message]>([
    ['the order itself, told twice', [], again(issued)],
    ['the same answer twice', [confirmed], again(confirmed)],
    ['the same change request twice', [request], again(request)],
    ['the same announcement twice', [notice], again(notice)],
    ['a hold on what is on hold', [held], again(held)],
    ['a hold on a line that is on hold', [line('line.held')], again(line('line.held'))],
    ['a line cancelled twice', [line('line.cancelled')], again(line('line.cancelled'))],
    ['a wish to cancel, said twice', [cancel], again(cancel)],
    ['the same answer to that wish', [confirmed, cancel, answered], again(answered)],
    ['a schedule given up twice', [shortClose], again(shortClose)],
    ['a decision repeated', [late, decide('reject')], again(decide('reject'))],
    ['a change taken back twice', [request, withdraw], again(withdraw)],
    ['a change that fell twice', [request, expire], again(expire)],
    ['an arrival reported again', [notice, arrived], again(arrived)],
    ['an older report of the delay', [notice, delayed], again(delayed)],
    ['a version known to have arrived', [delivered], again(delivered)],
    [
      'an invoice that counted nothing',
      [],
      anOrderMessage('billing.withdrawn', { invoiceKey: 'I' }),
    ],
    ['the very message it was told', [held], held],
  ])('%s', (_what, before, message) => {
    expect(outcomeOf(told(...before), message)).toMatchObject({ kind: 'duplicate' })
  })

  it('the same draft, and approval of an order that is out', () => {
    const draft = anOrderMessage('order.drafted', { document: aPurchaseOrder() })
    expect(outcomeOf(anOrderTold([draft]), again(draft))).toMatchObject({ kind: 'duplicate' })
    expect(outcomeOf(told(), anOrderMessage('order.submitted', {}))).toMatchObject({
      kind: 'duplicate',
    })
  })
})

describe('an order parks, and tries again,', () => {
  it.each<[string, Message, string]>([
    [
      'a change of a version that has not come',
      anOrderDocument(aChangeRequest({ basedOnVersion: 2 })),
      'version-not-known',
    ],
    [
      'the taking back of a change that has not come',
      anOrderMessage('change.withdrawn', { changeId: 'request/S100/CR-1/0', reason }),
      'change-not-known',
    ],
    [
      'the arrival of a shipment nobody announced',
      anOrderMessage('shipment.arrived', { shipmentKey: 'S', arrivedAt: '2026-11-27T07:00:00Z' }),
      'shipment-not-announced',
    ],
    [
      'an answer to a wish nobody had',
      anOrderMessage('order.cancel-answered', { accepted: true }),
      'cancel-not-requested',
    ],
    ['what it does not know', anOrderMessage('order.painted', {}), 'unknown-message-type'],
  ])('%s', (_what, message, code) => {
    expect(outcomeOf(told(), message)).toMatchObject({ kind: 'parked', reason: code })
  })

  it('until what they wait for comes', () => {
    const change = anOrderDocument(aChangeRequest({ basedOnVersion: 2 }))
    const second = anOrderDocument(
      aPurchaseOrder({ version: 2, revision: 1, issuedAt: '2026-11-21T08:00:00Z' }),
    )
    const { state, parked } = tellOrder([issued, change, second])
    expect(parked).toEqual([])
    expect(state?.standing.changes).toMatchObject([
      { basedOnVersion: 2, state: 'pending-decision' },
    ])
  })

  it('and a change that another version overtook is superseded, whoever decides it', () => {
    const change = anOrderDocument(aChangeRequest())
    const second = anOrderDocument(
      aPurchaseOrder({ version: 2, revision: 1, issuedAt: '2026-11-23T08:00:00Z' }),
    )
    const state = anOrderTold([issued, change, second])
    expect(state.standing.changes).toMatchObject([{ state: 'superseded' }])
    const accept = anOrderMessage('change.decided', {
      changeId: 'request/S100/CR-1/0',
      decision: 'accept',
    })
    expect(outcomeOf(state, accept)).toMatchObject({ kind: 'refused', reason: 'change-not-open' })
    expect(openCasesOf(state)).toEqual([])
  })
})

describe('people', () => {
  it('hold and release an order and its lines, and write down what was said', () => {
    const held = told(
      anOrderMessage('order.held', { reason }),
      anOrderMessage('note.recorded', { text: 'the supplier called' }),
    )
    expect(held.standing.states.control).toBe('on-hold')
    expect(held.facts.notes).toMatchObject([{ by: anOrderBuyer.id, text: 'the supplier called' }])
    expect(Object.keys(held.desk.clocks)).toEqual([])
    const released = anOrderTold([anOrderMessage('order.released', { reason })], { state: held })
    expect(released.standing.states.control).toBe('active')
    const line1 = told(line('line.held'))
    expect(line1.standing.lines[0]?.schedules[0]?.states.control).toBe('held')
    const free = anOrderTold([line('line.released')], { state: line1 })
    expect(free.standing.lines[0]?.schedules[0]?.states.control).toBe('released')
  })

  it('cancel a line, which cancels the order when it was the only one', () => {
    const state = told(confirmed, line('line.cancelled'))
    expect(state.standing.states.cancellation).toBe('cancelled')
    expect(state.standing.lines[0]?.schedules[0]).toMatchObject({
      states: { closure: 'cancelled' },
      quantities: { cancelled: '10', open: '0' },
    })
  })
})
