import { describe, expect, it } from 'vitest'
import {
  anAcknowledgment,
  anAcknowledgmentLine,
  anAnswer,
} from '../acknowledgment/acknowledgment.examples.ts'
import type { Message } from '../message/message.ts'
import { aPolicy, aTolerance } from '../policy/policy.examples.ts'
import type { Policy } from '../policy/policy.ts'
import {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import {
  aStrictPolicy,
  anOrderDocument,
  anOrderMessage,
  openCodesOf,
  scheduleOf,
  tellOrder,
} from './order-lifecycle.examples.ts'

const issued = anOrderDocument(aPurchaseOrder(), '2026-11-20T08:00:00Z')
type Said = Parameters<typeof anAnswer>[0]
const says = (documentNumber: string, ...responses: readonly Said[]): Message =>
  anOrderDocument(
    anAcknowledgment({
      documentNumber,
      issuedAt: documentNumber === 'AK-1' ? '2026-11-21T08:00:00Z' : '2026-11-24T08:00:00Z',
      lines: [anAcknowledgmentLine({ responses: responses.map((one) => anAnswer(one)) })],
    }),
    documentNumber === 'AK-1' ? '2026-11-21T09:00:00Z' : '2026-11-24T09:00:00Z',
  )
const accepts = says('AK-1', {})
const later = says('AK-1', { promisedDate: '2026-12-04' })
const decides = (decision: string, more: object = {}) =>
  anOrderMessage(
    'change.decided',
    { changeId: 'answer/AK-1/0/1/1', decision, reason: 'so be it', ...more },
    { at: '2026-11-23T10:00:00Z' },
  )
const path = 'lines/1/schedules/1/requestedDate'
const counters = decides('counter', { counter: [{ path, from: '2026-11-27', to: '2026-11-30' }] })
const ships = (quantityShipped: string) =>
  anOrderDocument(aShipNotice({ lines: [aShipNoticeLine({ quantityShipped })] }))
const counts = (quantity: string, more: object = {}, documentNumber = 'GR-1') =>
  anOrderDocument(
    aReceipt({ documentNumber, lines: [aReceiptLine({ quantity, ...more })] }),
    '2026-11-27T12:00:00Z',
  )
const takesBack = (receiptType: 'return' | 'reversal', quantity: string, more: object = {}) =>
  anOrderDocument(
    aReceipt({
      receiptType,
      documentNumber: 'GR-2',
      issuedAt: '2026-11-28T10:00:00Z',
      lines: [
        aReceiptLine({
          quantity,
          ...(receiptType === 'reversal' && { reversesReceiptNumber: 'GR-1' }),
          ...more,
        }),
      ],
    }),
    '2026-11-28T12:00:00Z',
  )

const strict = aStrictPolicy()
const lenient = aPolicy({ tolerance: () => aTolerance({ upper: { abs: null, pct: null } }) })
/** Also asks for a confirmation again eight hours before, and completes a delivery that is near enough. */
const asking: Policy = (() => {
  const policy = aPolicy({ conduct: { completeWithinUnderDelivery: true } })
  return {
    ...policy,
    timing: (facts) => {
      const { value, decision } = policy.timing(facts)
      return { value, decision: { ...decision, firedRules: ['asks'] } }
    },
  }
})()
const near = anOrderDocument(
  aPurchaseOrder({
    lines: [
      anOrderLine({
        deliveryTolerance: { overPercent: '0', underPercent: '5', overUnlimited: false },
        schedules: [anOrderSchedule()],
      }),
    ],
  }),
  '2026-11-20T08:00:00Z',
)

/** Rings a clock of the schedule, as the host does when its time has come. */
const ring = (type: string) => ({ ring: type })
type Step = Message | ReturnType<typeof ring>

function lived(steps: readonly Step[], policy: Policy) {
  let told = tellOrder([], { policy })
  for (const step of steps) {
    const { state } = told
    const clock =
      'ring' in step && state !== null
        ? Object.values(state.desk.clocks).find(({ type }) => type === step.ring)
        : undefined
    if ('ring' in step && clock === undefined) throw new Error(`no clock ${step.ring} runs`)
    const message =
      'ring' in step
        ? anOrderMessage(step.ring, clock?.data ?? {}, { at: clock?.dueAt ?? '' })
        : step
    told = tellOrder([message], { policy, state })
  }
  const { state, intents } = told
  if (state === null) throw new Error('no order came of it')
  const topics = intents.flatMap((one) =>
    one.kind === 'notify' || one.kind === 'send-supplier-notice' ? [one.topic] : [],
  )
  const writes = intents.flatMap((one) => (one.kind === 'write-back' ? [one.record] : []))
  const documents = intents.filter(({ kind }) => kind === 'send-document').length
  return { state, topics, writes, documents }
}

type Row = readonly [
  name: string,
  steps: readonly Step[],
  expected: {
    readonly acknowledgment?: string
    readonly shipping?: string
    readonly delivery?: string
    readonly closure?: string
    readonly cases?: readonly string[]
    readonly topic?: string
    readonly write?: string
    readonly documents?: number
    readonly promised?: string | null
    readonly open?: string
    readonly changes?: readonly string[]
  },
  policy?: Policy,
]

/** What becomes of a schedule of 10 pieces, wanted on 27 November: one row for each that there is in the model's table. */
const rows: readonly Row[] = [
  [
    'awaiting: accepted in the current version is confirmed, and the request is the promise (R-34)',
    [issued, accepts],
    { acknowledgment: 'confirmed', promised: '2026-11-27', cases: [], write: 'confirmation/1' },
  ],
  [
    'awaiting: changed inside tolerance is confirmed, written back, and kept as a variance (R-94, R-95)',
    [issued, later],
    {
      acknowledgment: 'confirmed',
      promised: '2026-12-04',
      cases: [],
      write: 'confirmation/1',
    },
    lenient,
  ],
  [
    'awaiting: a later day outside tolerance is a proposal, for procurement and planning (R-95)',
    [issued, later],
    {
      acknowledgment: 'change-proposed',
      cases: ['DATE_CHANGE'],
      topic: 'case-opened',
      promised: null,
      changes: ['pending-decision'],
    },
  ],
  [
    'awaiting: fewer is a proposal (R-95)',
    [issued, says('AK-1', { quantity: '8' })],
    { acknowledgment: 'change-proposed', cases: ['QTY_CHANGE'] },
  ],
  [
    'awaiting: another price is a proposal (R-95)',
    [
      issued,
      says('AK-1', {
        price: { amount: '13.00', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
      }),
    ],
    { acknowledgment: 'change-proposed', cases: ['PRICE_CHANGE'] },
  ],
  [
    'awaiting: several deliveries are a proposal (R-95)',
    [issued, says('AK-1', { quantity: '6' }, { quantity: '4', promisedDate: '2026-12-04' })],
    { acknowledgment: 'change-proposed', cases: ['DATE_CHANGE', 'SPLIT'] },
  ],
  [
    'awaiting: another article is a proposal (R-95)',
    [issued, says('AK-1', { action: 'substitute', substituteItem: { buyerItem: 'SKU-9' } })],
    { acknowledgment: 'change-proposed', cases: ['SUBSTITUTION'] },
  ],
  [
    'awaiting: all on backorder is backordered (R-34)',
    [issued, says('AK-1', { action: 'backorder', promisedDate: null })],
    { acknowledgment: 'backordered', cases: ['BACKORDER'], open: '10' },
  ],
  [
    'awaiting: some on backorder is backordered in part (R-34)',
    [
      issued,
      says('AK-1', { quantity: '7' }, { action: 'backorder', quantity: '3', promisedDate: null }),
    ],
    { acknowledgment: 'part-backordered', cases: ['BACKORDER'], open: '10' },
  ],
  [
    'awaiting: refused is rejected, with a case (R-34)',
    [issued, says('AK-1', { action: 'reject', promisedDate: null, reasonText: 'none left' })],
    { acknowledgment: 'rejected', cases: ['SUPPLIER_REJECTION'], open: '0' },
  ],
  [
    'awaiting: silence is reminded of (R-21)',
    [issued, ring('acknowledgment.reminder-due')],
    { acknowledgment: 'awaiting-acknowledgment', cases: [], topic: 'acknowledgment-reminder' },
  ],
  [
    'awaiting: silence is told on (R-21)',
    [issued, ring('acknowledgment.escalation-due')],
    { acknowledgment: 'awaiting-acknowledgment', cases: [], topic: 'acknowledgment-escalated' },
  ],
  [
    'awaiting: silence that is too long is a case (R-21)',
    [issued, ring('acknowledgment.overdue')],
    { acknowledgment: 'awaiting-acknowledgment', cases: ['LATE_CONFIRMATION'] },
  ],
  [
    'awaiting: an answer to an older version changes nothing, and the current one is sent (R-15)',
    [
      issued,
      anOrderDocument(
        aPurchaseOrder({
          version: 2,
          revision: 1,
          issuedAt: '2026-11-23T08:00:00Z',
          lines: [anOrderLine({ schedules: [anOrderSchedule({ requestedDate: '2026-12-01' })] })],
        }),
        '2026-11-23T08:00:00Z',
      ),
      says('AK-2', {}),
    ],
    {
      acknowledgment: 'awaiting-acknowledgment',
      cases: ['STALE_VERSION'],
      topic: 'stale-version',
      documents: 1,
    },
  ],
  [
    'proposed: accepted by the buyer is confirmed, in a version for the ERP and the supplier (R-20, R-33)',
    [issued, later, decides('accept')],
    {
      acknowledgment: 'confirmed',
      promised: '2026-12-04',
      write: 'order-version/2',
      documents: 1,
      cases: [],
      topic: 'change-accepted',
    },
  ],
  [
    'proposed: turned down is to be confirmed again (R-35)',
    [issued, later, decides('reject')],
    { acknowledgment: 'reconfirm-required', cases: [], topic: 'change-rejected', promised: null },
  ],
  [
    'proposed: countered waits for the supplier (R-35)',
    [issued, later, counters],
    { acknowledgment: 'counter-proposed', cases: [], topic: 'change-countered' },
  ],
  [
    'to be confirmed again: confirmed as ordered is confirmed (R-34)',
    [issued, later, decides('reject'), says('AK-2', {})],
    { acknowledgment: 'confirmed', promised: '2026-11-27', cases: [] },
  ],
  [
    'to be confirmed again: something else is proposed (R-35)',
    [issued, later, decides('reject'), says('AK-2', { promisedDate: '2026-12-02' })],
    { acknowledgment: 'change-proposed', cases: ['DATE_CHANGE'] },
  ],
  [
    'countered: taken is confirmed as countered (R-35)',
    [issued, later, counters, says('AK-2', { promisedDate: '2026-11-30' })],
    { acknowledgment: 'confirmed', promised: '2026-11-30', cases: [], write: 'order-version/2' },
  ],
  [
    'countered: something else is proposed (R-35)',
    [issued, later, counters, says('AK-2', { promisedDate: '2026-12-02' })],
    { acknowledgment: 'change-proposed', cases: ['DATE_CHANGE'] },
  ],
  [
    'confirmed: near its day it is to be confirmed again, and keeps its promise (R-21)',
    [issued, accepts, ring('reconfirmation.due')],
    {
      acknowledgment: 'reconfirm-required',
      promised: '2026-11-27',
      topic: 'reconfirmation-requested',
    },
    asking,
  ],
  [
    'confirmed: announced in part is shipped in part (R-36)',
    [issued, accepts, ships('6')],
    { shipping: 'part-shipped', acknowledgment: 'confirmed' },
  ],
  [
    'shipped in part: announced in full is shipped (R-36)',
    [issued, accepts, ships('10')],
    { shipping: 'shipped' },
  ],
  [
    'confirmed: no notice by its day is a case (R-36)',
    [issued, accepts, ring('ship-notice.overdue')],
    { shipping: 'not-shipped', acknowledgment: 'confirmed', cases: ['MISSING_ASN'] },
  ],
  [
    'shipped: counted in part is received in part',
    [issued, accepts, ships('10'), counts('6')],
    { delivery: 'part-received', closure: 'open', open: '4' },
  ],
  [
    'shipped: counted in full is received, and complete',
    [issued, accepts, ships('10'), counts('10')],
    { delivery: 'received', open: '0' },
  ],
  [
    'open: a count that is the last completes it, however little came',
    [issued, accepts, counts('6', { final: true })],
    { closure: 'delivery-complete', open: '0' },
  ],
  [
    'open: a count near enough completes it, where the conduct says so: 9.6 of 10 within 5 percent',
    [near, accepts, counts('9.6')],
    { closure: 'delivery-complete' },
    asking,
  ],
  [
    'open: a count not near enough does not: 9.4 of 10 within 5 percent',
    [near, accepts, counts('9.4')],
    { closure: 'open' },
    asking,
  ],
  [
    'open: given up by the buyer is closed short, and the supplier told',
    [
      issued,
      accepts,
      counts('6'),
      anOrderMessage('schedule.short-closed', {
        orderLineNumber: '1',
        scheduleNumber: '1',
        reason: 'enough',
      }),
    ],
    { closure: 'short-closed', open: '0', topic: 'schedule-short-closed' },
  ],
  [
    'received: sent back is owed again',
    [issued, accepts, counts('10'), takesBack('return', '4')],
    { delivery: 'part-received', open: '4' },
  ],
  [
    'received: sent back for good is not owed again',
    [issued, accepts, counts('10'), takesBack('return', '4', { noReplacement: true })],
    { open: '0' },
  ],
  [
    'received: a count that is taken back is owed again',
    [issued, accepts, counts('10'), takesBack('reversal', '10')],
    { delivery: 'not-received', open: '10' },
  ],
]

describe('a schedule that is', () => {
  const named = rows.map(([name, steps, expected, policy = strict]) => ({
    name,
    steps,
    expected,
    policy,
  }))
  it.each(named)('$name', ({ steps, expected, policy }) => {
    const { state, topics, writes, documents } = lived(steps, policy)
    const { states, promisedDate, quantities } = scheduleOf(state)
    const found = {
      ...states,
      promised: promisedDate,
      open: quantities.open,
      cases: openCodesOf(state),
      documents,
      changes: state.standing.changes.map((change) => change.state),
    }
    const { topic, write, ...rest } = expected
    expect(found).toMatchObject(rest)
    if (topic !== undefined) expect(topics).toContain(topic)
    if (write !== undefined) expect(writes).toContain(write)
  })

  it('announced beyond what was promised is told to its shipment as too much (R-36)', () => {
    const { intents } = tellOrder([issued, accepts, ships('12')], { policy: strict })
    const told = intents.find((one) => one.kind === 'tell' && one.type === 'ship-notice.compared')
    expect(told).toMatchObject({
      data: { aligned: false, discrepancies: [{ kind: 'over-shipment', difference: '2' }] },
    })
  })

  it('changed inside tolerance has its variance kept all the same (R-95)', () => {
    const { decisions } = tellOrder([issued, later], { policy: lenient })
    const kept = decisions.flatMap(({ events }) =>
      events.filter(({ type }) => type === 'variance.recorded'),
    )
    expect(kept).toMatchObject([
      { data: { variances: [{ discrepancy: { kind: 'date-change' }, judgement: 'within' }] } },
    ])
  })
})
