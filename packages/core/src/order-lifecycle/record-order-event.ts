import { documentKey } from '../document/document-header.ts'
import { isCaseCommandType } from '../exception/apply-case-command.ts'
import type { DomainEvent } from '../message/message.ts'
import { currentOrder } from './current-order.ts'
import { answerAllocation, type LedgerReview, reviewLedger } from './keep-ledger.ts'
import { withHands } from './order-duties.ts'
import { isApprovalDecision, recordApprovalDecision } from './order-approval.ts'
import { isOrderMessageType } from './order-events.ts'
import type { OrderFact, ToldFact } from './order-fact.ts'
import type { OrderFacts } from './order-facts.ts'
import type { OrderState } from './order-state.ts'
import { linesOfCases, recordOnDesk } from './record-desk.ts'
import { proveDeliveries } from './prove-deliveries.ts'
import { recordTold } from './record-told.ts'
import type { TouchedLines } from './recording.ts'
import { standOrder } from './stand-order.ts'

/** Adds one stored event to the state of an order; a fold over all its events gives its state again. */
export function recordOrderEvent(state: OrderState, event: DomainEvent): OrderState {
  const fact = orderFactOf(event)
  const told = toldBy(state, fact)
  const desk = recordOnDesk(state.desk, fact, state)
  const proven = proveDeliveries(told.facts, desk.conduct)
  const touched = union(union(told.touched, linesOfCases(state.desk, fact)), proven.touched)
  const known = { facts: proven.facts, desk }
  const isProven = proven.touched.length > 0
  const reviewed = withLedger(known, fact, { before: state, touched, isProven })
  const isSame = reviewed === state.facts && desk === state.desk
  const isQuiet = isSame || (reviewed === state.facts && quiet.has(fact.type))
  const standing = isQuiet ? state.standing : standOrder({ facts: reviewed, desk }, touched, state)
  return { ...state, sequence: event.sequence, facts: reviewed, desk, standing }
}

const none: TouchedLines = []

function toldBy(state: OrderState, fact: OrderFact): ReturnType<typeof withTold> {
  if (isToldFact(fact)) return withTold(state, fact)
  return isApprovalDecision(fact)
    ? { facts: recordApprovalDecision(state.facts, fact), touched: 'all' }
    : { facts: state.facts, touched: none }
}

/** Events that no state, quantity or difference follows from, as long as they leave the facts as they were. */
const quiet: ReadonlySet<OrderFact['type']> = new Set<OrderFact['type']>([
  'clock.started',
  'clock.stopped',
  'clocks.started',
  'clocks.stopped',
  'shipment.compared',
  'document.compared',
  'goods.billed',
  'acknowledgment.reminder-due',
  'acknowledgment.escalation-due',
  'case.overdue',
  'task.opened',
  'task.dropped',
  'task.added',
  'task.taken',
  'task.assigned',
  'task.done',
  'task.cancelled',
  'task.overdue',
  'write-back.answered',
])

/** A stored event as the fact it adds. Events are stored after they were checked, so they are not checked again. */
export function orderFactOf(event: DomainEvent): OrderFact {
  const { id, type, data, receivedAt, actor, authority } = event
  const acting = authority === undefined ? { by: actor } : { by: actor, authority }
  return { type, data, id, at: receivedAt, ...acting } as unknown as OrderFact
}

function isToldFact(fact: OrderFact): fact is ToldFact {
  return isOrderMessageType(fact.type)
}

function withTold(state: OrderState, fact: ToldFact): { facts: OrderFacts; touched: TouchedLines } {
  const recording = recordTold(state, fact)
  // What was stored was recordable; a repetition adds nothing.
  if (recording.kind !== 'recorded') return { facts: state.facts, touched: none }
  return { facts: withHands(recording.facts, fact), touched: recording.touched }
}

function union(a: TouchedLines, b: TouchedLines): TouchedLines {
  if (a === 'all' || b === 'all') return 'all'
  return b.length === 0 ? a : [...a, ...b]
}

/** Invoices that were answered are looked at again where what they were told may have changed. */
function withLedger(
  { facts, desk }: Pick<OrderState, 'facts' | 'desk'>,
  fact: OrderFact,
  {
    before,
    touched,
    isProven,
  }: {
    readonly before: OrderState
    readonly touched: TouchedLines
    /** A delivery was proven, or a proof fell. */
    readonly isProven: boolean
  },
): OrderFacts {
  const isAsked = fact.type === 'allocation.requested'
  if (!isAsked && Object.keys(facts.ledger).length === 0) return facts
  const order = currentOrder(facts)?.order
  if (order === undefined) return facts
  if (isAsked) return answerAllocation({ facts, desk, order }, fact.data)
  const review = isProven
    ? ({ kind: 'all', lines: touched } as const)
    : reviewFor(fact, before, touched)
  return review === null ? facts : reviewLedger({ facts, desk, order }, review)
}

function reviewFor(
  fact: OrderFact,
  before: OrderState,
  touched: TouchedLines,
): LedgerReview | null {
  if (fact.type === 'billing.recorded' || fact.type === 'billing.withdrawn') {
    return { kind: 'after', invoiceKey: fact.data.invoiceKey }
  }
  if (fact.type === 'receipt.recorded') {
    const { document } = fact.data
    const isNew = before.facts.documents[documentKey(document)] === undefined
    // Goods that come take nothing from anybody, so only who is short of goods is looked at.
    const isPlain = document.receiptType === 'receipt' && isNew
    return { kind: isPlain ? 'uncovered' : 'all', lines: touched }
  }
  if (fact.type === 'agreement.answered') return { kind: 'all', lines: touched }
  if (fact.type === 'document.moved') return { kind: 'all', lines: touched }
  const isOfTerms = changingTerms.has(fact.type) || (isCaseFact(fact) && touched.length > 0)
  return isOfTerms ? { kind: 'all', lines: touched } : null
}

/** What changes the prices, quantities or quality that invoices are held against. */
const changingTerms: ReadonlySet<OrderFact['type']> = new Set<OrderFact['type']>([
  'order.issued',
  'order.imported',
  'change.requested',
  'change.decided',
  'inspection.recorded',
])

function isCaseFact({ type }: OrderFact): boolean {
  return type === 'case.opened' || type === 'case.cured' || isCaseCommandType(type)
}
