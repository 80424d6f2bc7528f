import { discrepancyForRules } from '../discrepancy/discrepancy-for-rules.ts'
import {
  subtractDecimals,
  multiplyDecimals,
  divideDecimals,
  roundDecimal,
  absoluteDecimal,
} from '../decimal/decimal-arithmetic.ts'
import { instant } from '../calendar/instant.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import { openCase } from '../exception/open-case.ts'
import type { DecisionContext } from '../message/decision.ts'
import { agreementOf } from './agree-document.ts'
import { nextOwnBill } from './bill-own.ts'
import { nextComparison } from './compare-shipments.ts'
import { masterDifferences } from './gathered-cases.ts'
import { judgeDifference } from './judge-difference.ts'
import type { OrderDecision, OrderMessage, RecordedVariance } from './order-events.ts'
import { deriveOrderApproval } from './order-approval.ts'
import type { OrderFact } from './order-fact.ts'
import { lineFactsForRules, orderFactsForRules } from './order-rule-facts.ts'
import { buyerCalendarOf, type OrderState } from './order-state.ts'
import { taskOfResolution } from './order-resolutions.ts'
import { nextOrderTaskStep } from './order-tasks.ts'
import { requestToAccept } from './accept-request.ts'
import { counterTaken } from './take-counter.ts'
import { orderCasesToCure, orderCasesToOpen, wantedOrderCases } from './wanted-order-cases.ts'
import type { WantedOrderCase } from './own-case.ts'
import { clocksToStart, clocksToStop, wantedClocks } from './wanted-order-clocks.ts'
import { minorUnitsOf } from '../money/currency.ts'

/** What an order decides itself: events of its own, and accepting a change that the rules accept. */
export type DerivedOrderEvent =
  | OrderDecision
  | Extract<OrderMessage, { readonly type: 'change.decided' }>

/** What the next decision of an order may look at. `recordId` is the id of a case it opens. */
export type DerivingOrder = {
  readonly state: OrderState
  readonly context: DecisionContext
  readonly recordId: string
  /** What the order was just told, when it is first asked what follows; null after that. */
  readonly told: OrderFact | null
}

/**
 * The next thing an order decides from its facts, or null when everything follows already. Asked again after each answer,
 * so that one message leads to all its consequences, in this order.
 */
export function deriveOrderDecision(deriving: DerivingOrder): DerivedOrderEvent | null {
  return (
    deriveOrderApproval(deriving) ??
    recordAgreement(deriving) ??
    putToPeople(deriving) ??
    adoptConduct(deriving) ??
    recordVariances(deriving) ??
    acceptRequest(deriving) ??
    billOwn(deriving) ??
    moveCases(deriving) ??
    nextOrderTaskStep(deriving.state) ??
    nextComparison(deriving.state, deriving.context) ??
    moveClocks(deriving)
  )
}

/** That a document agrees is recorded too, with what was compared: nothing that is not there explains itself. */
function recordAgreement({ state, context, told }: DerivingOrder): DerivedOrderEvent | null {
  if (told === null) return null
  const agreement = agreementOf(state, told, context)
  return agreement === null ? null : { type: 'document.compared', data: agreement }
}

function putToPeople({ state, context, recordId, told }: DerivingOrder): DerivedOrderEvent | null {
  return taskOfResolution(state, told, { recordId, now: instant(context.now) })
}

/** Each version of an order is conducted as the rules say for it: another version may be of another kind or category. */
function adoptConduct({ state, context }: DerivingOrder): DerivedOrderEvent | null {
  const { order } = state.standing
  const { conduct, conductVersion = 1 } = state.desk
  if (order === null || (conduct !== null && conductVersion >= order.version)) return null
  const { value, decision } = context.policy.conduct(orderFactsForRules(state))
  const { version: orderVersion } = order
  return { type: 'conduct.adopted', data: { conduct: value, policy: decision, orderVersion } }
}

/** Where that was agreed, what was counted or used is billed by the buyer itself, once for each line of a receipt. */
function billOwn({ state, context }: DerivingOrder): DerivedOrderEvent | null {
  const data = nextOwnBill(state, context.now)
  return data === null ? null : { type: 'goods.billed', data }
}

/** Every difference is judged once and kept, whatever comes of it: suppliers are measured by them. */
function recordVariances({ state, context }: DerivingOrder): DerivedOrderEvent | null {
  const { desk, standing } = state
  const measured = [
    ...standing.differences,
    ...standing.lines.flatMap(({ differences }) => differences),
    ...masterDifferences(state.facts),
  ].filter(({ identity }) => desk.judged[identity] === undefined)
  if (measured.length === 0) return null
  const variances = new Map<string, RecordedVariance>()
  for (const { identity, discrepancy } of measured) {
    const line = discrepancy.orderLineNumber
    const judged = judgeDifference(state, discrepancy, context)
    variances.set(identity, { identity, discrepancy, line, ...judged })
  }
  return { type: 'variance.recorded', data: { variances: [...variances.values()] } }
}

function acceptRequest({ state }: DerivingOrder): DerivedOrderEvent | null {
  const taken = counterTaken(state)
  if (taken !== null) {
    const { changeId, counteredId } = taken
    const reason = `the supplier takes what the buyer proposed instead of \`${counteredId}\``
    return { type: 'change.decided', data: { changeId, decision: 'accept', reason } }
  }
  const changeId = requestToAccept(state)
  if (changeId === null) return null
  const reason = 'everything it changes is inside tolerance'
  return { type: 'change.decided', data: { changeId, decision: 'accept', reason } }
}

function moveCases({ state, context, recordId }: DerivingOrder): DerivedOrderEvent | null {
  const wanted = wantedOrderCases(state)
  const [gone] = orderCasesToCure(state, wanted)
  if (gone !== undefined) {
    const because = reasonOfCure(state, gone)
    return { type: 'case.cured', data: { exceptionId: gone.exceptionId, because } }
  }
  const [next] = orderCasesToOpen(state, wanted)
  if (next === undefined) return null
  const exposure = next.discrepancy === null ? null : exposureOf(state, next.discrepancy)
  const opened = openCase({
    exceptionId: recordId,
    code: next.code,
    subject: next.subject,
    openedAt: instant(context.now),
    calendar: buyerCalendarOf(state.facts),
    discrepancy: next.discrepancy,
    sentence: next.sentence.slice(0, 1000),
    route: routeOf(state, next, exposure, context),
    exposure,
  })
  return { type: 'case.opened', data: { case: opened, wantedKey: next.key } }
}

function routeOf(
  state: OrderState,
  { code, subject, discrepancy }: WantedOrderCase,
  exposure: ExceptionCase['exposure'],
  { policy }: DecisionContext,
) {
  const line = state.standing.order?.lines.find((one) => one.orderLineNumber === subject.line)
  return policy.routing({
    ...orderFactsForRules(state),
    ...lineFactsForRules(line),
    exception: { code, effect: null, subject: { aggregate: 'order' }, exposure },
    ...(discrepancy !== null && { discrepancy: discrepancyForRules(discrepancy) }),
  })
}

/** Money at stake: a difference in quantity at the ordered price, or a difference in price over what is open. */
function exposureOf({ standing }: OrderState, discrepancy: Discrepancy): ExceptionCase['exposure'] {
  const { order } = standing
  const line = order?.lines.find(
    ({ orderLineNumber }) => orderLineNumber === discrepancy.orderLineNumber,
  )
  if (order === null || line === undefined || !('difference' in discrepancy)) return null
  const { amount: price, perQuantity, perUnitOfMeasure } = line.price
  if (perUnitOfMeasure !== line.unitOfMeasure) return null
  const isPrice = 'currency' in discrepancy
  const difference = absoluteDecimal(
    isPrice ? discrepancy.difference : subtractDecimals(discrepancy.actual, discrepancy.expected),
  )
  const whole = multiplyDecimals(difference, isPrice ? line.quantityOrdered : price)
  const places = minorUnitsOf(order.currency)
  const amount = roundDecimal(divideDecimals(whole, perQuantity, places + 4), places)
  return { amount, currency: order.currency }
}

function reasonOfCure({ standing }: OrderState, { code, subject }: ExceptionCase): string {
  if (standing.states.cancellation === 'cancelled') return 'the order was cancelled'
  if (code === 'LATE_CONFIRMATION')
    return 'the supplier answered, or nothing is to be answered any more'
  if (code === 'MISSING_ASN') return 'the goods were announced, came, or are due on another day'
  if (code === 'LATE_ASN') return 'the notice was withdrawn, or the goods were counted or given up'
  if (code === 'SOR_CONFLICT' || code === 'WRITEBACK_FAILED')
    return 'the record was written, or both say the same by now'
  if (code === 'MASTER_DATA_MISSING' || code === 'BLOCKED_SUPPLIER')
    return 'the master says otherwise by now'
  const line = subject.line === undefined ? 'the order' : `line ${subject.line}`
  return `what is known of ${line} by now says otherwise`
}

/** From so many on clocks are moved by one event, as an event for each would cost an order of thousands of lines too much. */
const clocksTogetherMin = 50
const clocksTogetherMax = 2500

function moveClocks({ state, context }: DerivingOrder): DerivedOrderEvent | null {
  const wanted = wantedClocks(state, context)
  const stopped = clocksToStop(state, wanted)
  const [timerId] = stopped
  if (stopped.length >= clocksTogetherMin) {
    return { type: 'clocks.stopped', data: { timerIds: stopped.slice(0, clocksTogetherMax) } }
  }
  if (timerId !== undefined) return { type: 'clock.stopped', data: { timerId } }
  const next = clocksToStart(state, wanted, clocksTogetherMax)
  const [first] = next
  if (first === undefined) return null
  return next.length < clocksTogetherMin
    ? { type: 'clock.started', data: first }
    : { type: 'clocks.started', data: { clocks: [...next] } }
}
