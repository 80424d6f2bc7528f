import { describe, expect, it } from 'vitest'
import {
  anAcknowledgment,
  anAcknowledgmentLine,
  anAnswer,
} from '../acknowledgment/acknowledgment.examples.ts'
import { verifyAuditChain } from '../audit/audit-chain.ts'
import { aChangeRequest } from '../order-change/order-change.examples.ts'
import {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from '../purchase-order/purchase-order.examples.ts'
import { aPolicy, aRoute, aTolerance } from '../policy/policy.examples.ts'
import type { Policy } from '../policy/policy.ts'
import { anInspection, aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import {
  aStrictPolicy,
  anOrderBuyer,
  anOrderDocument,
  anOrderMessage,
  anOrderTold,
  noticesIn,
  openCasesOf,
  openCodesOf,
  recordsIn,
  scheduleOf,
  tellOrder,
} from './order-lifecycle.examples.ts'
import { replayOrder } from './replay-order.ts'

const issued = anOrderDocument(aPurchaseOrder(), '2026-11-20T08:00:00Z')
const confirmed = anOrderDocument(anAcknowledgment(), '2026-11-21T08:00:00Z')
const answering = (response: Parameters<typeof anAnswer>[0], more = {}) =>
  anAcknowledgment({
    decision: 'accepted-with-changes',
    lines: [anAcknowledgmentLine({ responses: [anAnswer(response)] })],
    ...more,
  })
const late = anOrderDocument(
  answering(
    { promisedDate: '2026-12-04' },
    { documentNumber: 'AK-2', issuedAt: '2026-11-22T08:00:00Z' },
  ),
  '2026-11-22T08:00:00Z',
)
const lenient = aPolicy({ tolerance: () => aTolerance({ upper: { abs: null, pct: null } }) })

describe('an order', () => {
  it('that is confirmed as ordered waits for its goods, and no case is opened (R-34)', () => {
    const state = anOrderTold([issued, confirmed])
    expect(state.standing.states).toMatchObject({
      issuing: 'delivered',
      acknowledgment: 'acknowledged',
    })
    expect(scheduleOf(state)).toMatchObject({
      answeredBy: 'AK-1',
      promisedDate: '2026-11-27',
      states: { acknowledgment: 'confirmed', closure: 'open' },
      quantities: { confirmed: '10', awaiting: '0', open: '10' },
    })
    expect(openCodesOf(state)).toEqual([])
  })

  it('is delivered, billed and then completed', () => {
    const billing = anOrderMessage('billing.recorded', {
      invoiceKey: 'INV-1',
      invoiceNumber: 'INV-1',
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
        },
      ],
    })
    const state = anOrderTold([issued, confirmed, anOrderDocument(aReceipt()), billing])
    expect(state.standing.states).toMatchObject({
      fulfilment: 'fulfilled',
      billing: 'invoiced',
      completion: 'completed',
    })
    expect(scheduleOf(state).states.closure).toBe('closed')
    const held = anOrderMessage('billing.recorded', { ...billing.data, held: true })
    const waiting = anOrderTold([issued, confirmed, anOrderDocument(aReceipt()), held])
    expect(waiting.standing.states).toMatchObject({ billing: 'invoiced', completion: 'open' })
    expect(anOrderTold([billing], { state: waiting }).standing.states.completion).toBe('completed')
  })

  it('gives its state again from its events alone, and its audit entries form one chain (R-131)', () => {
    const { state, decisions } = tellOrder([issued, late, anOrderDocument(aReceipt())])
    const events = decisions.flatMap((decision) => decision.events)
    expect({ ...replayOrder('acme/0001/4711', events), auditHead: null }).toEqual({
      ...state,
      auditHead: null,
    })
    expect(verifyAuditChain(decisions.flatMap(({ audit }) => audit))).toBeNull()
  })
})

describe('a changed promise', () => {
  it('reaches planning, warehouse labour, customer commitments and finance exposure, entered once (R-33, R-04)', () => {
    const { intents } = tellOrder([issued, confirmed, late], { policy: lenient })
    expect(recordsIn(intents)).toEqual([
      'erp confirmation/1',
      'erp confirmation/1',
      'finance exposure/1/1',
      'planning expected-receipts/1/1',
      'wms labour-expectation/1/1',
    ])
    expect(noticesIn(intents)).toEqual([
      'customer-service: customer-commitments-to-review',
      'finance: exposure-changed',
      'planning: expected-receipt-changed',
      'warehouse: labour-expectation-changed',
    ])
    const exposure = intents.find((one) => one.kind === 'write-back' && one.system === 'finance')
    expect(exposure).toMatchObject({
      data: {
        expectedDateBefore: '2026-11-27',
        expectedDate: '2026-12-04',
        quantity: '10',
        amount: '124.00',
        currency: 'EUR',
      },
    })
  })

  it('is told nobody when the day and the quantity stay as they are', () => {
    const { intents } = tellOrder([issued, confirmed])
    expect(noticesIn(intents)).toEqual([])
  })

  it('of the carrier reaches the same desks as one of the supplier (R-33, R-111)', () => {
    const delayed = anOrderMessage('shipment.delayed', {
      shipmentKey: 'acme/0001/S100/ASN-1',
      newEstimatedDate: '2026-12-01',
    })
    const before = [issued, confirmed, anOrderDocument(aShipNotice())]
    const { intents, state } = tellOrder([delayed], { state: anOrderTold(before) })
    expect(state === null ? null : scheduleOf(state).expectedDate).toBe('2026-12-01')
    expect(noticesIn(intents)).toContain('finance: exposure-changed')
  })
})

describe('a change of the supplier', () => {
  it('goes to procurement and planning, updates expected receipts and records the variance (R-95)', () => {
    const { state, intents, decisions } = tellOrder([issued, late])
    const told = noticesIn(intents).filter((one) => one.endsWith('case-opened'))
    expect(told).toEqual([
      'buyer: case-opened',
      'planning: case-opened',
      'procurement: case-opened',
    ])
    expect(recordsIn(intents)).toContain('planning expected-receipts/1/1')
    const recorded = decisions
      .flatMap(({ events }) => events)
      .find((event) => event.type === 'variance.recorded')
    expect(recorded?.data).toMatchObject({
      variances: [
        { discrepancy: { kind: 'date-change', differenceDays: 7 }, judgement: 'outside' },
      ],
    })
    expect(state?.standing.states.acknowledgment).toBe('acknowledged-with-changes')
    expect(state === null ? [] : openCodesOf(state)).toEqual(['DATE_CHANGE'])
  })

  it('inside tolerance is confirmed at once, and its variance is recorded all the same (R-95)', () => {
    const { state, decisions } = tellOrder([issued, late], { policy: lenient })
    if (state === null) throw new Error('no order')
    expect(scheduleOf(state)).toMatchObject({
      promisedDate: '2026-12-04',
      requestedDate: '2026-11-27',
      states: { acknowledgment: 'confirmed' },
    })
    expect(openCodesOf(state)).toEqual([])
    const events = decisions.flatMap((decision) => decision.events)
    const variance = events.find(({ type }) => type === 'variance.recorded')
    expect(variance?.data).toMatchObject({ variances: [{ judgement: 'within' }] })
  })

  it('is accepted by the buyer: another version, written to the ERP and sent to the supplier (R-20, R-42)', () => {
    const changeId = 'answer/AK-2/0/1/1'
    const accept = anOrderMessage('change.decided', {
      changeId,
      decision: 'accept',
      reason: 'fine',
    })
    const { state, intents } = tellOrder([accept], { state: anOrderTold([issued, late]) })
    if (state === null) throw new Error('no order')
    expect(state.standing.order).toMatchObject({
      version: 2,
      lines: [{ schedules: [{ requestedDate: '2026-12-04' }] }],
    })
    expect(scheduleOf(state).states.acknowledgment).toBe('confirmed')
    expect(openCodesOf(state)).toEqual([])
    expect(state.standing.changes).toMatchObject([{ changeId, state: 'accepted' }])
    const written = intents.find(
      (one) => one.kind === 'write-back' && one.record === 'order-version/2',
    )
    expect(written).toMatchObject({ system: 'erp', expectedVersion: 1 })
    expect(intents).toContainEqual(
      expect.objectContaining({ kind: 'send-document', to: 'supplier' }),
    )
    expect(intents).toContainEqual(expect.objectContaining({ topic: 'change-accepted' }))
  })

  it('that was accepted is applied in the ERP, or a conflict goes to a desk', () => {
    const accept = anOrderMessage('change.decided', {
      changeId: 'answer/AK-2/0/1/1',
      decision: 'accept',
    })
    const answer = (outcome: string) =>
      anOrderMessage('write-back.answered', {
        system: 'erp',
        record: 'order-version/2',
        outcome,
        currentVersion: 2,
        sentence: 'version 2 is locked',
      })
    const accepted = anOrderTold([issued, late, accept])
    const applied = anOrderTold([answer('applied')], { state: accepted })
    expect(applied.standing.changes).toMatchObject([{ state: 'applied-in-erp' }])
    const conflict = anOrderTold([answer('conflict')], { state: accepted })
    expect(conflict.standing.changes).toMatchObject([{ state: 'apply-failed' }])
    expect(openCodesOf(conflict)).toEqual(['SOR_CONFLICT'])
    const repaired = anOrderTold([{ ...answer('applied'), id: 'again' }], { state: conflict })
    expect(openCodesOf(repaired)).toEqual([])
  })

  it('that is rejected has to be confirmed again; a counter waits for the supplier', () => {
    const decide = (decision: string, more = {}) =>
      anOrderTold(
        [
          anOrderMessage('change.decided', {
            changeId: 'answer/AK-2/0/1/1',
            decision,
            reason: 'we need it',
            ...more,
          }),
        ],
        { state: anOrderTold([issued, late]) },
      )
    const rejected = decide('reject')
    expect(scheduleOf(rejected).states.acknowledgment).toBe('reconfirm-required')
    expect(openCodesOf(rejected)).toEqual([])
    const counter = [
      { path: 'lines/1/schedules/1/requestedDate', from: '2026-11-27', to: '2026-11-30' },
    ]
    const countered = decide('counter', { counter })
    expect(scheduleOf(countered).states.acknowledgment).toBe('counter-proposed')
    const again = anOrderDocument(
      anAcknowledgment({ documentNumber: 'AK-3', issuedAt: '2026-11-24T08:00:00Z' }),
    )
    const settled = anOrderTold([again], { state: rejected })
    expect(scheduleOf(settled)).toMatchObject({
      answeredBy: 'AK-3',
      states: { acknowledgment: 'confirmed' },
    })
    // Both promises stay in the history (INV-23).
    expect(scheduleOf(settled).promises.map(({ documentNumber }) => documentNumber)).toEqual([
      'AK-2',
      'AK-3',
    ])
  })

  it('in several deliveries is offered as schedules of their own', () => {
    const split = anOrderDocument(
      anAcknowledgment({
        lines: [
          anAcknowledgmentLine({
            scheduleNumber: '1',
            responses: [
              anAnswer({ quantity: '4' }),
              anAnswer({ quantity: '6', promisedDate: '2026-12-04' }),
            ],
          }),
        ],
      }),
    )
    const proposed = anOrderTold([issued, split])
    const [change] = proposed.standing.changes
    expect(change?.differences).toEqual([
      { path: 'lines/1/schedules/1/quantityOrdered', from: '10', to: '4' },
      { path: 'lines/1/schedules/1.1/quantityOrdered', from: null, to: '6' },
      { path: 'lines/1/schedules/1.1/requestedDate', from: null, to: '2026-12-04' },
    ])
    const accept = anOrderMessage('change.decided', {
      changeId: change?.changeId,
      decision: 'accept',
    })
    const accepted = anOrderTold([accept], { state: proposed })
    expect(scheduleOf(accepted).quantities).toMatchObject({ ordered: '4', confirmed: '4' })
    expect(scheduleOf(accepted, '1', '1.1')).toMatchObject({
      promisedDate: '2026-12-04',
      quantities: { ordered: '6', confirmed: '6' },
    })
  })

  it.each([
    [
      'price',
      { price: { amount: '13.00', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' } },
      'PRICE_CHANGE',
      [{ path: 'lines/1/price/amount', from: '12.40', to: '13' }],
    ],
    [
      'quantity',
      { quantity: '8' },
      'QTY_CHANGE',
      [{ path: 'lines/1/schedules/1/quantityOrdered', from: '10', to: '8' }],
    ],
    [
      'article',
      { action: 'substitute', substituteItem: { buyerItem: 'SKU-2' } },
      'SUBSTITUTION',
      [{ path: 'lines/1/item/buyerItem', from: 'SKU-1', to: 'SKU-2' }],
    ],
    ['unit', { unitOfMeasure: 'CS' }, 'UOM_CHANGE', []],
  ] as const)('of the %s is proposed and a case opened', (_what, response, code, differences) => {
    const state = anOrderTold([issued, anOrderDocument(answering(response))])
    expect(openCodesOf(state)).toEqual([code])
    expect(state.standing.changes).toMatchObject([{ differences, state: 'pending-decision' }])
    expect(scheduleOf(state).states.acknowledgment).toBe('change-proposed')
  })

  it('never overwrites the day first asked for and the day first promised (INV-23)', () => {
    const accept = anOrderMessage('change.decided', {
      changeId: 'answer/AK-2/0/1/1',
      decision: 'accept',
    })
    const agreed = anOrderTold([issued, confirmed, late, accept])
    expect(scheduleOf(agreed)).toMatchObject({
      requestedDate: '2026-12-04',
      originalRequestedDate: '2026-11-27',
      firstPromisedDate: '2026-11-27',
    })
    const notice = anOrderTold([anOrderDocument(aShipNotice())], { state: agreed })
    expect(scheduleOf(notice).quantities).toMatchObject({ shipped: '10', inTransit: '10' })
    const receipt = aReceipt({ lines: [aReceiptLine({ quantity: '6' })] })
    const counted = anOrderTold([anOrderDocument(receipt)], { state: notice })
    expect(scheduleOf(counted).quantities).toMatchObject({ received: '6', inTransit: '4' })
  })

  it('that refuses everything ends the order once the buyer buys elsewhere, and opens it again with the case (R-34)', () => {
    const refused = anOrderTold([issued, anOrderDocument(answering({ action: 'reject' }))])
    const exceptionId = refused.desk.cases[0]?.exceptionId
    const archive = anOrderMessage('order.archived', {})
    expect(tellOrder([archive], { state: refused }).decisions[0]?.outcome.kind).toBe('refused')
    const settle = (code: string) => anOrderMessage('case.resolved', { exceptionId, code })
    const chased = anOrderTold([settle('chase')], { state: refused })
    expect(chased.standing.states.completion).toBe('open')
    const given = anOrderTold([settle('resource-alternative')], { state: refused })
    expect(scheduleOf(given)).toMatchObject({ states: { closure: 'refused' } })
    expect(given.standing.states).toMatchObject({
      acknowledgment: 'rejected',
      completion: 'completed',
    })
    const archived = anOrderTold([archive], { state: given })
    expect(archived.standing.states.completion).toBe('archived')
    const again = anOrderMessage('case.reopened', { exceptionId, reason: 'nobody else has it' })
    const reopened = anOrderTold([again], { state: given })
    expect(scheduleOf(reopened)).toMatchObject({ states: { closure: 'open' } })
  })

  it('that refuses some of it leaves only the rest to deliver, to bill and to complete', () => {
    const partly = anAcknowledgment({
      lines: [
        anAcknowledgmentLine({
          responses: [
            anAnswer({ quantity: '6' }),
            anAnswer({ action: 'reject', quantity: '4', promisedDate: null }),
          ],
        }),
      ],
    })
    const notice = aShipNotice({ lines: [aShipNoticeLine({ quantityShipped: '6' })] })
    const receipt = aReceipt({ lines: [aReceiptLine({ quantity: '6' })] })
    const state = anOrderTold([issued, anOrderDocument(partly), anOrderDocument(notice)])
    expect(scheduleOf(state).states.shipping).toBe('shipped')
    const case_ = state.desk.cases.find(({ code }) => code === 'SUPPLIER_REJECTION')
    const exceptionId = case_?.exceptionId
    const received = anOrderTold([anOrderDocument(receipt)], { state })
    expect(scheduleOf(received).states).toMatchObject({
      delivery: 'part-received',
      closure: 'open',
    })
    const taken = anOrderTold(
      [anOrderMessage('case.resolved', { exceptionId, code: 'accept-as-is' })],
      { state: received },
    )
    expect(scheduleOf(taken)).toMatchObject({
      states: { delivery: 'received', closure: 'delivery-complete' },
      facts: { quantityToInvoice: '6' },
    })
  })

  it('that refuses goods leaves the line to be cancelled or given up', () => {
    const refused = anOrderTold([issued, anOrderDocument(answering({ action: 'reject' }))])
    const reason = 'we do without'
    const line = { orderLineNumber: '1', reason }
    const cancelled = anOrderTold([anOrderMessage('line.cancelled', line)], { state: refused })
    expect(cancelled.standing.states.cancellation).toBe('cancelled')
    const shortClosed = anOrderTold(
      [anOrderMessage('schedule.short-closed', { ...line, scheduleNumber: '1' })],
      { state: refused },
    )
    expect(shortClosed.standing.states.completion).toBe('completed')
  })

  it('that refuses goods or has them on backorder is an outcome, with a case of its own (R-34)', () => {
    const refused = anOrderTold([issued, anOrderDocument(answering({ action: 'reject' }))])
    expect(openCodesOf(refused)).toEqual(['SUPPLIER_REJECTION'])
    expect(refused.standing.states.acknowledgment).toBe('rejected')
    const backorder = anOrderTold([
      issued,
      anOrderDocument(
        anAcknowledgment({
          lines: [
            anAcknowledgmentLine({
              responses: [
                anAnswer({ quantity: '6' }),
                anAnswer({ action: 'backorder', quantity: '4', promisedDate: null }),
              ],
            }),
          ],
        }),
      ),
    ])
    expect(openCodesOf(backorder)).toEqual(['BACKORDER'])
    expect(scheduleOf(backorder)).toMatchObject({
      states: { acknowledgment: 'part-backordered' },
      quantities: { confirmed: '6', backordered: '4' },
    })
  })

  it('by change request waits for the buyer, or is accepted where the rules accept it (R-42)', () => {
    const request = anOrderDocument(aChangeRequest())
    const open = anOrderTold([issued, confirmed, request])
    expect(open.standing.changes).toMatchObject([{ state: 'pending-decision' }])
    expect(scheduleOf(open).states.acknowledgment).toBe('change-proposed')
    expect(openCodesOf(open)).toEqual(['DATE_CHANGE'])
    const accepted = anOrderTold([issued, confirmed, request], { policy: lenient })
    expect(accepted.standing.changes).toMatchObject([{ state: 'auto-accepted' }])
    expect(accepted.standing.order).toMatchObject({ version: 2 })
    expect(scheduleOf(accepted)).toMatchObject({
      promisedDate: '2026-12-04',
      states: { acknowledgment: 'confirmed' },
    })
  })

  it('by the buyer makes the next version at once, which the supplier confirms again (R-42)', () => {
    const wish = anOrderDocument(
      aChangeRequest({
        initiator: 'buyer',
        differences: [{ path: 'lines/1/schedules/1/quantityOrdered', from: '10', to: '12' }],
      }),
    )
    const state = anOrderTold([issued, confirmed, wish])
    expect(state.standing.order).toMatchObject({ version: 2 })
    expect(scheduleOf(state).states.acknowledgment).toBe('awaiting-acknowledgment')
  })

  it('waits for planning to say whether it hurts, where the conduct asks for that', () => {
    const policy = aPolicy({
      tolerance: () => aTolerance({ upper: { abs: '0', pct: '0' } }),
      conduct: { assessImpact: true },
    })
    const changeId = 'answer/AK-2/0/1/1'
    const waiting = anOrderTold([issued, late], { policy })
    expect(waiting.standing.changes).toMatchObject([{ state: 'pending-impact' }])
    const assessed = anOrderMessage('impact.assessed', { changeId, impact: 'has-impact' })
    const known = anOrderTold([assessed], { policy, state: waiting })
    expect(known.standing.changes).toMatchObject([{ state: 'pending-decision' }])
    const withdrawn = anOrderMessage('change.withdrawn', { changeId, reason: 'we can deliver' })
    const back = anOrderTold([withdrawn], { policy, state: known })
    expect(back.standing.changes).toMatchObject([{ state: 'withdrawn' }])
    expect(scheduleOf(back).states.acknowledgment).toBe('reconfirm-required')
    const expired = anOrderTold([anOrderMessage('change.expired', { changeId })], {
      policy,
      state: known,
    })
    expect(expired.standing.changes).toMatchObject([{ state: 'expired' }])
  })
})

describe('a discrepancy at the dock', () => {
  const damaged = anOrderDocument(
    aReceipt({
      lines: [aReceiptLine({ conditions: [{ condition: 'damaged', quantity: '3' }] })],
    }),
  )
  const ask = anOrderMessage('allocation.requested', {
    invoiceKey: 'INV-1',
    attempt: 1,
    invoiceNumber: 'INV-1',
    invoiceType: 'standard',
    invoiceDate: '2026-12-01',
    lines: [
      {
        invoiceLineNumber: '1',
        orderLineNumber: '1',
        item: {},
        quantity: '10',
        unitOfMeasure: 'EA',
        receiptNumbers: [],
        shipNoticeNumber: null,
      },
    ],
  })

  it('updates inventory, notifies procurement and holds matching until it is resolved (R-20, R-97, R-117)', () => {
    const { state, intents } = tellOrder([issued, confirmed, damaged, ask])
    if (state === null) throw new Error('no order')
    expect(openCodesOf(state)).toEqual(['RCV_DAMAGED'])
    expect(noticesIn(intents)).toContain('procurement: case-opened')
    const stock = intents.find((one) => one.kind === 'write-back' && one.record === 'inventory/1')
    expect(stock).toMatchObject({
      system: 'erp',
      data: { schedules: [{ quantityAccepted: '7', quantityRejected: '3' }] },
    })
    expect(scheduleOf(state).states.resolution).toBe('awaiting-resolution')
    const [open] = openCasesOf(state)
    const answer = intents.find((one) => one.kind === 'tell' && one.type === 'allocation.answered')
    expect(answer).toMatchObject({
      data: { view: { awaitingResolution: [{ exceptionIds: [open?.exceptionId] }] } },
    })

    const settle = anOrderMessage('case.resolved', {
      exceptionId: open?.exceptionId,
      code: 'accept-as-is',
    })
    const settled = tellOrder([settle], { state })
    expect(settled.state === null ? null : scheduleOf(settled.state).states.resolution).toBe(
      'clear',
    )
    expect(settled.intents).toContainEqual(expect.objectContaining({ type: 'match.reopened' }))
  })

  it('that a person settled is not brought up again, until it is measured anew or taken up again', () => {
    const before = anOrderTold([issued, damaged])
    const [open] = openCasesOf(before)
    const settle = anOrderMessage('case.resolved', {
      exceptionId: open?.exceptionId,
      code: 'accept-as-is',
    })
    const settled = anOrderTold([settle, confirmed], { state: before })
    expect(openCodesOf(settled)).toEqual([])
    const reopen = anOrderMessage('case.reopened', {
      exceptionId: open?.exceptionId,
      reason: 'the customer complained',
    })
    expect(openCodesOf(anOrderTold([reopen], { state: settled }))).toEqual(['RCV_DAMAGED'])
    const recount = anOrderDocument(
      aReceipt({
        revision: 1,
        lines: [aReceiptLine({ conditions: [{ condition: 'damaged', quantity: '4' }] })],
      }),
    )
    expect(openCodesOf(anOrderTold([recount], { state: settled }))).toEqual(['RCV_DAMAGED'])
  })

  it('goes with the count that showed it', () => {
    const reversal = anOrderDocument(
      aReceipt({
        documentNumber: 'GV-1',
        receiptType: 'reversal',
        lines: [aReceiptLine({ reversesReceiptNumber: 'GR-1' })],
      }),
    )
    const state = anOrderTold([issued, damaged, reversal])
    expect(openCodesOf(state)).toEqual([])
    expect(scheduleOf(state).quantities).toMatchObject({ received: '0', open: '10' })
  })

  it.each([
    ['too much', aReceipt({ lines: [aReceiptLine({ quantity: '12' })] }), 'RCV_OVER'],
    [
      'too little, finally',
      aReceipt({ lines: [aReceiptLine({ quantity: '8', final: true })] }),
      'RCV_SHORT',
    ],
    ['late', aReceipt({ receivedDate: '2026-11-30' }), 'RCV_LATE'],
    [
      'of another article',
      aReceipt({ lines: [aReceiptLine({ item: { buyerItem: 'SKU-9' } })] }),
      'RCV_WRONG_ITEM',
    ],
    [
      'nobody ordered',
      aReceipt({
        lines: [aReceiptLine({ orderLineNumber: '7', item: { buyerItem: 'SKU-7' } })],
      }),
      'RCV_UNORDERED',
    ],
    [
      'in an unknown unit',
      aReceipt({ lines: [aReceiptLine({ unitOfMeasure: 'CS' })] }),
      'RCV_WRONG_UOM',
    ],
    [
      'returned and never received',
      aReceipt({ receiptType: 'return', documentNumber: 'RT-1' }),
      'RCV_OVER_RETURNED',
    ],
  ])('%s opens a case with an owner, a due time and an escalation', (_what, receipt, code) => {
    const state = anOrderTold([issued, anOrderDocument(receipt)])
    expect(openCodesOf(state)).toEqual([code])
    expect(openCasesOf(state)[0]).toMatchObject({
      owner: { role: 'buyer' },
      dueAt: expect.any(String),
      route: { escalation: [{ toRole: 'head-of-purchasing' }] },
    })
    expect(Object.values(state.desk.clocks).map(({ type }) => type)).toContain('case.overdue')
  })

  it('is measured against the ship notice as well: eight of ten announced', () => {
    const short = aReceipt({
      lines: [
        aReceiptLine({
          quantity: '8',
          shipNoticeNumber: 'ASN-1',
          conditions: [{ condition: 'short', quantity: '2' }],
        }),
      ],
    })
    const { state, intents } = tellOrder([
      issued,
      confirmed,
      anOrderDocument(aShipNotice()),
      anOrderDocument(short),
    ])
    if (state === null) throw new Error('no order')
    expect(openCasesOf(state)).toMatchObject([
      { code: 'RCV_SHORT', discrepancy: { documentNumber: 'ASN-1', expected: '10', actual: '8' } },
    ])
    const told = intents.find((one) => one.kind === 'tell' && one.type === 'goods.received')
    expect(told).toMatchObject({
      to: { kind: 'shipment', key: 'acme/0001/S100/ASN-1' },
      data: { lines: [{ quantity: '8' }] },
    })
  })

  it('found by quality control comes to procurement too', () => {
    const state = anOrderTold([
      issued,
      anOrderDocument(aReceipt({ lines: [aReceiptLine({ disposition: 'inspection' })] })),
      anOrderDocument(anInspection({ quantityAccepted: '9', quantityRejected: '1' })),
    ])
    expect(openCodesOf(state)).toEqual(['RCV_QUALITY'])
    expect(scheduleOf(state).quantities).toMatchObject({
      accepted: '9',
      rejectedByQuality: '1',
      inInspection: '0',
    })
  })
})

describe('a late confirmation', () => {
  const ring = (state: ReturnType<typeof anOrderTold>, type: string) => {
    const found = Object.values(state.desk.clocks).find((clock) => clock.type === type)
    if (found === undefined) throw new Error(`no clock ${type}`)
    return tellOrder([anOrderMessage(type, found.data, { at: found.dueAt })], { state })
  }

  it('reminds the supplier, escalates, and opens a case that its answer cures (R-21)', () => {
    const silent = anOrderTold([issued])
    // Friday 20 November, 8:00: nine working hours are Friday's, eighteen are Monday's.
    expect(silent.desk.clocks).toMatchObject({
      'acknowledgment/1/reminder-1': { dueAt: '2026-11-20T17:00:00Z' },
      'acknowledgment/1/escalation': { dueAt: '2026-11-23T17:00:00Z' },
      'acknowledgment/1/overdue': { dueAt: '2026-11-23T17:00:00Z' },
    })
    const reminded = ring(silent, 'acknowledgment.reminder-due')
    expect(reminded.intents).toMatchObject([
      { kind: 'send-supplier-notice', topic: 'acknowledgment-reminder', supplier: 'S100' },
    ])
    const escalated = ring(anOrder(reminded.state), 'acknowledgment.escalation-due')
    expect(noticesIn(escalated.intents)).toEqual(['procurement: acknowledgment-escalated'])
    const overdue = ring(anOrder(escalated.state), 'acknowledgment.overdue')
    expect(openCodesOf(anOrder(overdue.state))).toEqual(['LATE_CONFIRMATION'])
    const [called] = openCasesOf(anOrder(overdue.state))
    const superior = ring(anOrder(overdue.state), 'case.overdue')
    expect(noticesIn(superior.intents)).toEqual(['head-of-purchasing: case-escalated'])
    const answered = anOrderTold([confirmed], { state: anOrder(superior.state) })
    expect(answered.desk.cases).toMatchObject([
      { exceptionId: called?.exceptionId, state: 'auto-resolved', escalationLevel: 1 },
    ])
    expect(Object.keys(answered.desk.clocks)).toEqual(['ship-notice/1/1/2026-11-27'])
  })

  it('does not ring for an answer that came in time', () => {
    const clock = anOrderTold([issued]).desk.clocks['acknowledgment/1/overdue']
    const ringing = anOrderMessage('acknowledgment.overdue', clock?.data ?? {})
    const { decisions } = tellOrder([ringing], { state: anOrderTold([issued, confirmed]) })
    expect(decisions[0]?.outcome.kind).toBe('duplicate')
  })

  it('of goods nobody announced asks for the ship notice and opens a case', () => {
    const { state, intents } = ring(anOrderTold([issued, confirmed]), 'ship-notice.overdue')
    expect(openCodesOf(anOrder(state))).toEqual(['MISSING_ASN'])
    expect(intents).toContainEqual(expect.objectContaining({ topic: 'ship-notice-requested' }))
    const announced = anOrderTold([anOrderDocument(aShipNotice())], { state: anOrder(state) })
    expect(openCodesOf(announced)).toEqual(['LATE_ASN'])
  })

  describe('of goods announced too late', () => {
    const missed = () =>
      anOrder(ring(anOrderTold([issued, confirmed]), 'ship-notice.overdue').state)
    const announced = () => anOrderTold([anOrderDocument(aShipNotice())], { state: missed() })

    it('tells inbound that the notice came late, though it came before the goods', () => {
      expect(openCasesOf(announced())).toMatchObject([
        {
          code: 'LATE_ASN',
          subject: { line: '1', schedule: '1' },
          sentence:
            'line 1, schedule 1: ship notice ASN-1 came after the goods were due on 2026-11-27',
        },
      ])
      const inTime = anOrderTold([issued, confirmed, anOrderDocument(aShipNotice())])
      expect(openCodesOf(inTime)).toEqual([])
    })

    it('has nothing late any more when the notice is withdrawn, and misses it again', () => {
      const withdrawn = anOrderTold(
        [anOrderDocument(aShipNotice({ revision: 1, purpose: 'cancel' }))],
        { state: announced() },
      )
      expect(withdrawn.desk.cases).toMatchObject([
        { code: 'MISSING_ASN', state: 'auto-resolved' },
        { code: 'LATE_ASN', state: 'auto-resolved' },
        { code: 'MISSING_ASN', state: 'detected' },
      ])
      const another = anOrderTold([anOrderDocument(aShipNotice({ documentNumber: 'ASN-2' }))], {
        state: withdrawn,
      })
      expect(openCasesOf(another).map(({ sentence }) => sentence)).toEqual([
        'line 1, schedule 1: ship notice ASN-2 came after the goods were due on 2026-11-27',
      ])
    })

    it('calls every notice late that comes after the day, also when another one was there', () => {
      const second = anOrderDocument(aShipNotice({ documentNumber: 'ASN-2' }))
      const withdrawal = anOrderDocument(aShipNotice({ revision: 1, purpose: 'cancel' }))
      for (const papers of [
        [second, withdrawal],
        [withdrawal, second],
      ]) {
        const state = anOrderTold(papers, { state: announced() })
        expect(openCasesOf(state).map(({ code, sentence }) => `${code} ${sentence}`)).toEqual([
          'LATE_ASN line 1, schedule 1: ship notice ASN-2 came after the goods were due on 2026-11-27',
        ])
      }
    })

    it('closes the case with the count of what the notice announced, though more is to come', () => {
      const counted = anOrderDocument(
        aReceipt({ lines: [aReceiptLine({ quantity: '4', shipNoticeNumber: 'ASN-1' })] }),
      )
      const state = anOrderTold([counted], { state: announced() })
      expect(scheduleOf(state).states.delivery).toBe('part-received')
      expect(openCodesOf(state)).not.toContain('LATE_ASN')
    })

    it('closes the case with the count of the goods', () => {
      const counted = anOrderTold([anOrderDocument(aReceipt())], { state: announced() })
      expect(openCodesOf(counted)).not.toContain('LATE_ASN')
    })
  })

  it('is asked for again before the goods are due, where a rule says so', () => {
    const base = aPolicy({ tolerance: () => aTolerance({ upper: { abs: null, pct: null } }) })
    const policy = withTiming(base, 'reconfirmation')
    const state = anOrderTold([issued, confirmed], { policy })
    const [, clock] =
      Object.entries(state.desk.clocks).find(([name]) => name.startsWith('reconfirmation')) ?? []
    // 18 hours are three working days before Friday the 27th.
    expect(clock?.dueAt).toBe('2026-11-24T08:00:00Z')
    const asked = anOrderMessage('reconfirmation.due', clock?.data ?? {})
    const due = anOrderTold([asked], { policy, state })
    expect(scheduleOf(due).states.acknowledgment).toBe('reconfirm-required')
    const again = anOrderDocument(
      anAcknowledgment({ documentNumber: 'AK-9', issuedAt: '2026-11-25T08:00:00Z' }),
    )
    const sure = anOrderTold([again], { policy, state: due })
    expect(scheduleOf(sure).states.acknowledgment).toBe('confirmed')
  })
})

describe('a change nobody decides', () => {
  it('falls when its time is up, where a rule gives it a time', () => {
    const policy = withTiming(aStrictPolicy(), 'change-decision')
    const state = anOrderTold([issued, late], { policy })
    const changeId = 'answer/AK-2/0/1/1'
    // 18 hours are two working days after Sunday the 22nd.
    expect(state.desk.clocks[`change/${changeId}`]).toEqual({
      type: 'change.expired',
      dueAt: '2026-11-24T17:00:00Z',
      data: { changeId },
    })
    const fallen = anOrderTold([anOrderMessage('change.expired', { changeId })], { policy, state })
    expect(fallen.standing.changes).toMatchObject([{ state: 'expired' }])
    expect(scheduleOf(fallen).states.acknowledgment).toBe('reconfirm-required')
    expect(openCodesOf(fallen)).toEqual(['DATE_CHANGE'])
    expect(fallen.desk.clocks).not.toHaveProperty([`change/${changeId}`])
    const belated = anOrderMessage('change.decided', { changeId, decision: 'accept' })
    const afterAll = anOrderTold([belated], { policy, state: fallen })
    expect(scheduleOf(afterAll).states.acknowledgment).toBe('confirmed')
    expect(openCodesOf(afterAll)).toEqual([])
    const accept = anOrderMessage('change.decided', { changeId, decision: 'accept' })
    const decided = anOrderTold([accept], { policy, state })
    expect(decided.desk.clocks).not.toHaveProperty([`change/${changeId}`])
  })

  it('waits as long as its case does, where no rule says more', () => {
    const { desk } = anOrderTold([issued, late])
    expect(Object.keys(desk.clocks).filter((name) => name.startsWith('change/'))).toEqual([])
  })
})

describe('how an order is conducted', () => {
  it('is asked of the rules for each of its versions', () => {
    const policy: Policy = {
      ...aPolicy(),
      conduct: ({ order }) => {
        const isService = (order as { readonly type: string }).type === 'service'
        return aPolicy({ conduct: { assessImpact: isService } }).conduct({})
      },
    }
    const service = aPurchaseOrder({
      version: 2,
      revision: 1,
      issuedAt: '2026-11-21T12:00:00Z',
      orderType: 'service',
    })
    const first = anOrderTold([issued], { policy })
    expect(first.desk).toMatchObject({ conduct: { assessImpact: false }, conductVersion: 1 })
    const second = anOrderDocument(service)
    const later = anOrderTold([second], { policy, state: first })
    expect(later.desk).toMatchObject({ conduct: { assessImpact: true }, conductVersion: 2 })
    expect(anOrderTold([second, issued], { policy }).desk.conduct).toEqual(later.desk.conduct)
    const { conductVersion: _, ...desk } = first.desk
    const old = tellOrder([confirmed], { policy, state: { ...first, desk } })
    const types = old.decisions.flatMap(({ events }) => events.map(({ type }) => type))
    expect(types).not.toContain('conduct.adopted')
  })
})

/** A policy that lets one kind of waiting go on for eighteen hours, and says by which rule. */
function withTiming(base: Policy, waitingFor: string): Policy {
  return {
    ...base,
    timing: (facts) => {
      const answer = base.timing(facts)
      const waiting = (facts['waiting'] as { readonly for: string }).for
      const firedRules = waiting === waitingFor ? ['clock'] : []
      return { ...answer, decision: { ...answer.decision, firedRules } }
    },
  }
}

function anOrder(state: ReturnType<typeof tellOrder>['state']) {
  if (state === null) throw new Error('no order')
  return state
}

describe('an answer to an old version', () => {
  const second = aPurchaseOrder({
    version: 2,
    revision: 1,
    issuedAt: '2026-11-21T12:00:00Z',
    lines: [anOrderLine({ quantityOrdered: '12' })],
  })
  const old = anAcknowledgment({ issuedAt: '2026-11-22T08:00:00Z' })
  const right = anAcknowledgment({
    documentNumber: 'AK-2',
    issuedAt: '2026-11-23T08:00:00Z',
    orderVersion: 2,
    lines: [anAcknowledgmentLine({ responses: [anAnswer({ quantity: '12' })] })],
  })

  it('opens a case and sends the version that counts (R-15)', () => {
    const { state, intents } = tellOrder([issued, second, old].map(toMessage))
    expect(openCodesOf(anOrder(state))).toEqual(['STALE_VERSION'])
    expect(scheduleOf(anOrder(state)).states.acknowledgment).toBe('awaiting-acknowledgment')
    expect(intents).toContainEqual(
      expect.objectContaining({
        kind: 'send-document',
        document: expect.objectContaining({ version: 2 }),
      }),
    )
    const cured = anOrderTold([anOrderDocument(right)], { state: anOrder(state) })
    expect(openCodesOf(cured)).toEqual([])
    expect(scheduleOf(cured)).toMatchObject({ answeredBy: 'AK-2', quantities: { confirmed: '12' } })
  })

  it('is old whichever of the two comes first (R-15)', () => {
    const state = anOrderTold([issued, old, second].map(toMessage))
    expect(openCodesOf(state)).toEqual(['STALE_VERSION'])
  })

  it('of lines that did not change keeps what was confirmed before the change', () => {
    const two = [anOrderLine(), anOrderLine({ orderLineNumber: '2', item: { buyerItem: 'SKU-2' } })]
    const [one, other] = two
    const order = aPurchaseOrder({ lines: two })
    const changed = aPurchaseOrder({
      version: 2,
      revision: 1,
      issuedAt: '2026-11-23T12:00:00Z',
      lines: [
        one ?? anOrderLine(),
        {
          ...(other ?? anOrderLine()),
          quantityOrdered: '5',
          schedules: [anOrderSchedule({ quantityOrdered: '5' })],
        },
      ],
    })
    const yes = anAcknowledgment({ lines: [] })
    const state = anOrderTold([order, yes, changed].map(toMessage))
    expect(scheduleOf(state, '1').states.acknowledgment).toBe('confirmed')
    expect(scheduleOf(state, '2').states.acknowledgment).toBe('awaiting-acknowledgment')
    expect(state.standing.states.acknowledgment).toBe('partially-acknowledged')
  })
})

function toMessage(one: Parameters<typeof anOrderDocument>[0] | typeof issued) {
  return 'kind' in one ? anOrderDocument(one) : one
}

describe('documents in any order', () => {
  it('that come before their order are parked with the reason, and tried again when it comes', () => {
    const early = [confirmed, anOrderDocument(aShipNotice()), anOrderDocument(aReceipt())]
    const { decisions, state, parked } = tellOrder([...early, issued])
    expect(decisions.slice(0, 3).map(({ outcome }) => outcome)).toEqual(
      early.map(({ type }) => ({
        kind: 'parked',
        reason: 'order-not-received',
        sentence: `\`${type}\` waits for the order itself`,
      })),
    )
    expect(parked).toEqual([])
    expect(scheduleOf(anOrder(state))).toMatchObject({
      states: { acknowledgment: 'confirmed', shipping: 'shipped', delivery: 'received' },
    })
  })

  it('may be a receipt before the ship notice: both count', () => {
    const receipt = aReceipt({ lines: [aReceiptLine({ shipNoticeNumber: 'ASN-1' })] })
    const state = anOrderTold([
      issued,
      confirmed,
      anOrderDocument(receipt),
      anOrderDocument(aShipNotice()),
    ])
    expect(scheduleOf(state).quantities).toMatchObject({ shipped: '10', received: '10' })
    expect(openCodesOf(state)).toEqual([])
  })

  it('know the same document sent twice, whatever way it came', () => {
    const again = { ...aReceipt(), origin: undefined }
    const { decisions } = tellOrder([
      issued,
      anOrderDocument(aReceipt()),
      { ...anOrderDocument(again), id: 'another delivery' },
    ])
    expect(decisions[2]?.outcome).toEqual({ kind: 'duplicate', sentence: 'receipt GR-1 is known' })
    expect(decisions[2]?.events).toEqual([])
  })

  it('with two contents under one number and revision are a conflict for a person', () => {
    const other = aReceipt({ lines: [aReceiptLine({ quantity: '9' })] })
    const one = anOrderTold([issued, anOrderDocument(aReceipt()), anOrderDocument(other)])
    const two = anOrderTold([issued, anOrderDocument(other), anOrderDocument(aReceipt())])
    expect(openCodesOf(one)).toEqual(['CONFLICTING_DOCUMENT'])
    expect(two.facts.lines).toEqual(one.facts.lines)
    expect(openCodesOf(two)).toEqual(openCodesOf(one))
  })

  it('may correct what was closed: the order opens again and says so', () => {
    const billing = anOrderMessage('billing.recorded', {
      invoiceKey: 'INV-1',
      invoiceNumber: 'INV-1',
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
        },
      ],
    })
    const done = anOrderTold([issued, confirmed, anOrderDocument(aReceipt()), billing])
    expect(done.standing.states.completion).toBe('completed')
    const recount = aReceipt({ revision: 1, lines: [aReceiptLine({ quantity: '9' })] })
    const again = anOrderTold([anOrderDocument(recount)], { state: done })
    expect(again.standing.states.completion).toBe('open')
    expect(scheduleOf(again)).toMatchObject({
      states: { delivery: 'part-received', closure: 'open' },
      quantities: { received: '9', open: '1', invoiced: '10' },
    })
  })

  it('may be a newer version before an older one: the newer stands', () => {
    const second = aPurchaseOrder({
      version: 2,
      revision: 1,
      lines: [anOrderLine({ quantityOrdered: '12' })],
    })
    const state = anOrderTold([anOrderDocument(second), issued])
    expect(state.standing.order).toMatchObject({ version: 2 })
    expect(state.standing.versions.map(({ version }) => version)).toEqual([1, 2])
  })

  it('may be goods nobody ordered: they are kept with their supplier until somebody says whose they are', () => {
    const receipt = aReceipt({
      lines: [aReceiptLine({ orderNumber: null, orderLineNumber: null })],
    })
    const state = anOrderTold([anOrderDocument(receipt)])
    expect(openCasesOf(state)).toMatchObject([{ code: 'RCV_UNORDERED', owner: { role: 'buyer' } }])
    const [open] = openCasesOf(state)
    const settle = {
      ...anOrderMessage('case.resolved', {
        exceptionId: open?.exceptionId,
        code: 'return-to-vendor',
      }),
      aggregate: { kind: 'order' as const, key: state.key },
    }
    expect(openCodesOf(anOrderTold([settle], { state }))).toEqual([])
  })
})

describe('an order taken over mid-life', () => {
  const opening = [
    {
      orderLineNumber: '1',
      scheduleNumber: '1',
      quantityConfirmed: '10',
      promisedDate: '2026-11-27',
      quantityShipped: '6',
      quantityReceived: '6',
      quantityInvoiced: '6',
      amountInvoiced: '74.40',
    },
  ]
  const imported = anOrderMessage('order.imported', { document: aPurchaseOrder(), opening })

  it('goes on from what was confirmed, shipped, received and invoiced before', () => {
    const state = anOrderTold([imported])
    expect(scheduleOf(state)).toMatchObject({
      promisedDate: '2026-11-27',
      states: { acknowledgment: 'confirmed', delivery: 'part-received', billing: 'part-invoiced' },
      quantities: { confirmed: '10', shipped: '6', received: '6', invoiced: '6', open: '4' },
    })
    expect(openCodesOf(state)).toEqual([])
    const rest = aReceipt({ lines: [aReceiptLine({ quantity: '4' })] })
    const done = anOrderTold([anOrderDocument(rest)], { state })
    expect(scheduleOf(done).states.delivery).toBe('received')
  })

  it('is the same order when it is imported again, and corrected when the opening was', () => {
    const { decisions } = tellOrder([imported, { ...imported, id: 'again' }])
    expect(decisions[1]?.outcome.kind).toBe('duplicate')
    const wrong = [{ ...opening[0], scheduleNumber: '9' }]
    const refused = tellOrder([
      anOrderMessage('order.imported', { document: aPurchaseOrder(), opening: wrong }),
    ])
    expect(refused.decisions[0]?.outcome).toMatchObject({
      kind: 'refused',
      reason: 'opening-unknown-line',
    })
  })

  it('takes nothing out of the goods that were billed before', () => {
    const ask = anOrderMessage('allocation.requested', {
      invoiceKey: 'INV-2',
      attempt: 1,
      invoiceNumber: 'INV-2',
      invoiceType: 'standard',
      invoiceDate: '2026-12-01',
      lines: [
        {
          invoiceLineNumber: '1',
          orderLineNumber: '1',
          item: {},
          quantity: '4',
          unitOfMeasure: 'EA',
          receiptNumbers: [],
          shipNoticeNumber: null,
        },
      ],
    })
    const state = anOrderTold([imported, ask])
    expect(state.facts.ledger['INV-2']).toMatchObject({ allocations: [], uncovered: true })
  })
})

describe('every case', () => {
  it('has an owner, a due time and an escalation from the rules (R-31)', () => {
    const policy = aPolicy({
      routing: ({ exception }) =>
        aRoute({
          ownerRole: `desk-${String((exception as { readonly code: string }).code)}`,
          dueBusinessHours: 4,
        }),
    })
    const state = anOrderTold([issued, late], { policy })
    expect(openCasesOf(state)).toMatchObject([
      {
        owner: { role: 'desk-DATE_CHANGE', person: null },
        dueAt: '2026-11-23T12:00:00Z',
        exposure: null,
      },
    ])
  })

  it('names the money at stake, where quantities and prices are', () => {
    const state = anOrderTold([issued, anOrderDocument(answering({ quantity: '8' }))])
    expect(openCasesOf(state)).toMatchObject([{ exposure: { amount: '24.80', currency: 'EUR' } }])
  })
})

describe('an order that somebody writes', () => {
  const draft = anOrderMessage('order.drafted', { document: aPurchaseOrder() })
  const submit = anOrderMessage('order.submitted', {})
  const approve = (id: string) =>
    anOrderMessage('order.approved', {}, { by: { ...anOrderBuyer, id }, id: `approved by ${id}` })

  it('is submitted, approved by somebody else, and issued', () => {
    const { decisions, state } = tellOrder([
      draft,
      submit,
      approve('bert'),
      approve('anna'),
      issued,
    ])
    expect(decisions.map(({ outcome }) => outcome.kind)).toEqual([
      'applied',
      'applied',
      'refused',
      'applied',
      'applied',
    ])
    expect(decisions.map(({ state: one }) => one?.standing.states.issuing)).toEqual([
      'draft',
      'pending-approval',
      'pending-approval',
      'approved',
      'sent',
    ])
    expect(state?.facts.draft).toBeNull()
  })

  it('goes back to its writer with the reason', () => {
    const back = anOrderMessage('order.returned', { reason: 'too much' })
    expect(anOrderTold([draft, submit, back]).standing.states.issuing).toBe('draft')
  })

  it('is cancelled at once while nobody committed to it, and else when the supplier agrees', () => {
    const cancel = anOrderMessage('order.cancel-requested', { reason: 'no longer needed' })
    expect(anOrderTold([issued, cancel]).standing.states.cancellation).toBe('cancelled')
    const pending = anOrderTold([issued, confirmed, cancel])
    expect(pending.standing.states.cancellation).toBe('cancel-pending')
    const answer = (accepted: boolean) => anOrderMessage('order.cancel-answered', { accepted })
    const agreed = anOrderTold([answer(true)], { state: pending })
    expect(agreed.standing.states.cancellation).toBe('cancelled')
    expect(scheduleOf(agreed)).toMatchObject({
      states: { closure: 'cancelled' },
      quantities: { cancelled: '10', confirmed: '0', open: '0' },
    })
    const refused = anOrderTold([answer(false)], { state: pending })
    expect(refused.standing.states.cancellation).toBe('cancel-refused')
    expect(
      anOrderTold([anOrderMessage('order.archived', {})], { state: agreed }).standing.states
        .completion,
    ).toBe('archived')
  })

  it('gives up the rest of a schedule that was delivered in part', () => {
    const part = anOrderDocument(aReceipt({ lines: [aReceiptLine({ quantity: '6' })] }))
    const close = anOrderMessage('schedule.short-closed', {
      orderLineNumber: '1',
      scheduleNumber: '1',
      reason: 'enough',
    })
    const state = anOrderTold([issued, confirmed, part, close])
    expect(scheduleOf(state)).toMatchObject({
      states: { closure: 'short-closed' },
      quantities: { cancelled: '4', confirmed: '6', open: '0' },
    })
    const reopen = anOrderMessage('line.reopened', {
      orderLineNumber: '1',
      reason: 'we do need it',
    })
    expect(scheduleOf(anOrderTold([reopen], { state })).quantities.open).toBe('4')
  })
})

describe('a ship notice', () => {
  it('is compared with what was ordered and promised, and its shipment told (R-96)', () => {
    const notice = aShipNotice({ lines: [aShipNoticeLine({ quantityShipped: '12' })] })
    const { intents } = tellOrder([issued, confirmed, anOrderDocument(notice)])
    const told = intents.find((one) => one.kind === 'tell' && one.type === 'ship-notice.compared')
    expect(told).toMatchObject({
      to: { kind: 'shipment', key: 'acme/0001/S100/ASN-1' },
      data: { aligned: false, discrepancies: [{ kind: 'over-shipment', difference: '2' }] },
    })
  })

  it('is compared anew when what was promised changes, also when the goods are here: no paper has to come first', () => {
    const notice = anOrderDocument(aShipNotice())
    const answer = anOrderDocument(answering({ quantity: '8' }))
    const before = anOrderTold([issued, notice], { policy: lenient })
    const comparisons = (state: typeof before, message: typeof notice) =>
      tellOrder([message], { state, policy: lenient }).intents.filter(
        (one) => one.kind === 'tell' && one.type === 'ship-notice.compared',
      )
    expect(comparisons(before, answer)).toHaveLength(1)
    const arrived = anOrderMessage('shipment.arrived', {
      shipmentKey: 'acme/0001/S100/ASN-1',
      arrivedAt: '2026-11-27T07:00:00Z',
    })
    const here = anOrderTold([arrived], { state: before, policy: lenient })
    expect(comparisons(here, answer)).toHaveLength(1)
  })

  it('that is withdrawn ships nothing', () => {
    const withdrawn = aShipNotice({ revision: 1, purpose: 'cancel' })
    const state = anOrderTold([issued, anOrderDocument(aShipNotice()), anOrderDocument(withdrawn)])
    expect(scheduleOf(state)).toMatchObject({
      expectedDate: '2026-11-27',
      states: { shipping: 'not-shipped' },
    })
  })
})
