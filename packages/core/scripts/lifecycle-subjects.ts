import type { AnyEventObject, AnyStateMachine } from 'xstate'
import { anAgreement, anAgreementKey, releasedFor } from '../src/agreement/agreement.examples.ts'
import { agreementLifecycle } from '../src/agreement/agreement-lifecycle.machine.ts'
import { unknownAgreement } from '../src/agreement/agreement-state.ts'
import { approvalLifecycle } from '../src/approval/approval-lifecycle.machine.ts'
import { instant } from '../src/calendar/instant.ts'
import { disputeLifecycle } from '../src/dispute/dispute-lifecycle.machine.ts'
import { exceptionLifecycle } from '../src/exception/exception-lifecycle.machine.ts'
import { holdLifecycle } from '../src/hold/hold-lifecycle.machine.ts'
import { invoiceKey } from '../src/identity/identity.ts'
import {
  aClerk,
  aMatchResult,
  anOrderMatchView,
} from '../src/invoice-lifecycle/invoice-lifecycle.examples.ts'
import { invoiceLifecycle } from '../src/invoice-lifecycle/invoice-lifecycle.machine.ts'
import { unknownInvoice } from '../src/invoice-lifecycle/invoice-state.ts'
import { anInvoice } from '../src/invoice/invoice.examples.ts'
import { aMilestone } from '../src/milestone/milestone.examples.ts'
import { money } from '../src/money/money.ts'
import { changeRequestLifecycle } from '../src/order-change/change-request-lifecycle.machine.ts'
import { orderLifecycle } from '../src/order-lifecycle/order-lifecycle.machine.ts'
import { nothingKnown } from '../src/order-lifecycle/order-state.ts'
import { scheduleLifecycle } from '../src/order-lifecycle/schedule-lifecycle.machine.ts'
import { receiptLineLifecycle } from '../src/receipt/receipt-line-lifecycle.machine.ts'
import { aShipNotice } from '../src/ship-notice/ship-notice.examples.ts'
import {
  aCountedLine,
  aReceiver,
  aShipmentKey,
} from '../src/shipment-lifecycle/shipment-lifecycle.examples.ts'
import { shipmentLifecycle } from '../src/shipment-lifecycle/shipment-lifecycle.machine.ts'
import { unknownShipment } from '../src/shipment-lifecycle/shipment-state.ts'
import type { Subject } from './lifecycle-oracle.ts'
import { type Dice, randomEventTypes, randomMachine } from './random-machine.ts'

/** A machine made by a dice, and events for it. */
export function randomSubject(name: string, dice: Dice): Subject {
  return {
    name,
    machine: randomMachine(dice),
    input: (next) => ({ count: next(101) }),
    event: (next) => ({ type: pick(randomEventTypes, next), step: next(5) }),
  }
}

/** What a fact may be, by its name. */
type Choices = Readonly<Record<string, readonly unknown[]>>

/** A lifecycle whose one event brings all of its facts. */
function ofFacts(name: string, machine: AnyStateMachine, choices: Choices): Subject {
  const facts = (dice: Dice) =>
    Object.fromEntries(
      Object.entries(choices).map(([fact, values]) => [
        fact,
        dice(3) === 0 ? pick(values, dice) : values[0],
      ]),
    )
  const event = (dice: Dice) =>
    dice(20) === 0 ? { type: 'facts.unknown' } : { type: 'facts.changed', facts: facts(dice) }
  return { name, machine, input: facts, event }
}

/** A lifecycle that is told one of a list of things. */
function ofEvents(
  name: string,
  machine: AnyStateMachine,
  told: { readonly inputs: readonly unknown[]; readonly events: readonly AnyEventObject[] },
): Subject {
  return {
    name,
    machine,
    input: (dice) => pick(told.inputs, dice),
    event: (dice) => (dice(20) === 0 ? { type: 'nothing.happened' } : pick(told.events, dice)),
  }
}

function pick<T>(values: readonly T[], dice: Dice): T {
  return values[dice(values.length)] as T
}

const yesNo = [false, true]
const quantity = ['0', '5', '10']
const count = [0, 1, 2]

const noOrder: Choices = Object.fromEntries(
  Object.entries(nothingKnown).map(([name, value]) => [
    name,
    typeof value === 'boolean' ? yesNo : count,
  ]),
)

function all(names: string, values: readonly unknown[]): Choices {
  return Object.fromEntries(names.split(' ').map((name) => [name, values]))
}

const at = instant('2026-12-01T09:00:00Z')
const invoice = anInvoice()
const key = invoiceKey(invoice)

let told = 0
const tell =
  (by: unknown) =>
  (type: string, data: unknown): AnyEventObject => ({
    type,
    data,
    id: `${type}/${(told += 1)}`,
    at,
    by,
  })
const ofInvoice = tell(aClerk)
const ofShipment = tell(aReceiver)

const matched = (decision: Parameters<typeof aMatchResult>[1]) =>
  ofInvoice('invoice.matched', {
    attempt: 1,
    result: aMatchResult({ invoiceKey: key, attempt: 1 }, decision),
    partialRelease: false,
  })

const invoiceEvents = [
  ofInvoice('invoice.received', { document: invoice }),
  ofInvoice('invoice.received', { document: anInvoice({ revision: 1 }) }),
  ofInvoice('allocation.answered', {
    invoiceKey: key,
    attempt: 1,
    orderNumber: '4711',
    view: null,
  }),
  ofInvoice('allocation.answered', {
    invoiceKey: key,
    attempt: 2,
    orderNumber: '4711',
    view: anOrderMatchView(),
  }),
  ofInvoice('match.started', { attempt: 1, because: '', lookUpId: `${key}/1`, orders: [] }),
  matched({ decision: 'match' }),
  matched({ decision: 'awaiting-receipt' }),
  matched({ decision: 'awaiting-resolution' }),
  matched({ decision: 'route-approval' }),
  matched({ decision: 'reduce' }),
  matched({ decision: 'suspect-duplicate' }),
  matched({ decision: 'reject' }),
  ofInvoice('duplicate.decided', { decision: 'confirmed', reason: 'sent twice' }),
  ofInvoice('duplicate.decided', { decision: 'cleared', reason: 'two deliveries' }),
  ofInvoice('invoice.posted', { postingNumber: 'P-1', postedOn: '2026-12-01' }),
  ofInvoice('invoice.reversed', { reason: 'wrong period' }),
  ofInvoice('invoice.released', { payable: money('100.00', 'EUR'), because: 'nothing stops it' }),
  ofInvoice('invoice.partly-released', { payable: money('10.00', 'EUR'), because: 'line 1' }),
  ofInvoice('invoice.withheld', { because: 'it is held' }),
  ofInvoice('payment.cleared', {
    paymentReference: 'B-1',
    paidOn: '2026-12-20',
    amount: '100.00',
  }),
  ofInvoice('payment.reversed', { paymentReference: 'B-1', reason: 'account closed' }),
  ofInvoice('invoice.disputed', { exceptionId: 'case-1', claim: null, text: 'the price is wrong' }),
  ofInvoice('invoice.rejected', { reason: 'not ours' }),
  ofInvoice('invoice.cancelled', { reason: 'withdrawn' }),
  ofInvoice('invoice.reopened', { reason: 'it was right after all' }),
]

const milestones = ['departed', 'arrived', 'lost'].flatMap((code) =>
  ['actual', 'planned'].map((timeMeaning, revision) => {
    const document = { documentNumber: `M-${code}`, revision, code, timeMeaning } as const
    return ofShipment('milestone.reported', { document: aMilestone(document as never) })
  }),
)

const shipmentEvents = [
  ofShipment('ship-notice.received', { document: aShipNotice() }),
  ofShipment('ship-notice.received', {
    document: aShipNotice({ revision: 1, purpose: 'replace', carrier: 'Südfracht' }),
  }),
  ofShipment('ship-notice.received', { document: aShipNotice({ revision: 2, purpose: 'cancel' }) }),
  ofShipment('ship-notice.compared', {
    shipmentKey: aShipmentKey,
    orderNumber: '4711',
    revision: 0,
    aligned: true,
    discrepancies: [],
  }),
  ofShipment('ship-notice.assessed', { revision: 0, findings: [] }),
  ...milestones,
  ...['4', '10'].map((counted) =>
    ofShipment('goods.received', {
      shipmentKey: aShipmentKey,
      lines: [aCountedLine({ quantity: counted })],
    }),
  ),
  ofShipment('shipment.closed', { reason: 'the supplier credits the rest' }),
]

const ofAgreement = tell(aReceiver)

const agreementTexts = [{}, { version: 2, validTo: '2027-12-31' }, { version: 2, revision: 1 }]

const agreementEvents = [
  ...agreementTexts.map((text) => ofAgreement('agreement.issued', { document: anAgreement(text) })),
  ...['0', '4000.00', '10000.00', '10500.00'].map((amount, index) =>
    ofAgreement('release.counted', releasedFor(amount, index + 1)),
  ),
  ofAgreement('release.counted', releasedFor('4000.00', 9)),
  ofAgreement('agreement.expired', { timerId: 'last-day' }),
  ofAgreement('agreement.closed', { reason: 'another supplier' }),
]

const named = (names: string): readonly AnyEventObject[] =>
  names.split(' ').map((type) => ({ type }))

/** Every lifecycle of the product, with events of all its kinds. */
export const lifecycleSubjects: readonly Subject[] = [
  ofFacts('order', orderLifecycle, noOrder),
  ofFacts('schedule', scheduleLifecycle, {
    quantityOrdered: ['10'],
    ...all('quantityConfirmed quantityBackordered quantityRejected quantityShipped', quantity),
    ...all('quantityReceived quantityInvoiced', quantity),
    quantityToInvoice: ['10'],
    ...all('isChangeOpen isCounterOpen isReconfirmationDue isDeliveryClosed isRefusalTaken', yesNo),
    ...all('isShortClosed isCancelled isHeld isAwaitingResolution', yesNo),
  }),
  ofFacts('change-request', changeRequestLifecycle, {
    ...all('isSubmitted', [true, false]),
    ...all('isAutoAccepted canHaveImpact isImpactKnown isWithdrawn isExpired isSuperseded', yesNo),
    decision: ['none', 'accept', 'reject', 'counter'],
    written: ['no', 'applied', 'failed'],
    isClosed: yesNo,
  }),
  ofFacts('receipt-line', receiptLineLifecycle, {
    quantityCounted: ['10', '0'],
    ...all('quantityAccepted quantityRejected quantityPending quantityReturned', quantity),
    ...all('isBlocked isInspected isPutAway', yesNo),
  }),
  ofEvents('invoice', invoiceLifecycle, { inputs: [unknownInvoice(key)], events: invoiceEvents }),
  ofEvents('agreement', agreementLifecycle, {
    inputs: [unknownAgreement(anAgreementKey)],
    events: agreementEvents,
  }),
  ofEvents('shipment', shipmentLifecycle, {
    inputs: [unknownShipment(aShipmentKey)],
    events: shipmentEvents,
  }),
  ofEvents('exception', exceptionLifecycle, {
    inputs: yesNo.map((bypassAllowed) => ({ escalationLevel: 0, bypassAllowed })),
    events: [
      ...named('classify assign take propose approve execute resolve verify close cure'),
      ...named('escalate bypass merge reopen wait'),
      { type: 'wait', for: 'supplier' },
      { type: 'wait', for: 'approval' },
    ],
  }),
  ofEvents('hold', holdLifecycle, {
    inputs: ['auto', 'manual', 'never'].map((releasable) => ({ releasable })),
    events: named('hold.reviewed hold.released hold.cured hold.converted invoice.closed'),
  }),
  ofEvents('approval', approvalLifecycle, {
    inputs: [undefined],
    events: named(
      'approval.approved approval.rejected approval.returned approval.asked approval.delegated approval.escalated approval.expired approval.recalled approval.superseded',
    ),
  }),
  ofEvents('dispute', disputeLifecycle, {
    inputs: [undefined],
    events: named(
      'dispute.sent dispute.acknowledged dispute.answered dispute.countered dispute.agreed dispute.settling dispute.settled dispute.withdrawn dispute.expired dispute.escalated dispute.closed',
    ),
  }),
]
