import { promisedDeliveries } from '../acknowledgment/compare-answer.ts'
import type { CalendarDate } from '../calendar/calendar-date.ts'
import { compareInstants } from '../calendar/instant.ts'
import { equalDecimals } from '../decimal/decimal-arithmetic.ts'
import type { DiscrepancyKind } from '../discrepancy/discrepancy.ts'
import { discrepancyIdentity } from '../discrepancy/measure-discrepancy.ts'
import { joinKey } from '../identity/identity.ts'
import { type Figure, readFigure, zeroFigure } from '../match/figure.ts'
import { isOfSchedule } from '../purchase-order/delivery-order.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { OrderSchedule } from '../purchase-order/order-schedule.ts'
import { versionAfter } from './current-order.ts'
import type { ChangeDecision, ChangeFact } from './order-facts.ts'
import {
  differenceStanding,
  isRefusalTaken,
  type OrderFrame,
  schedulePlace,
} from './order-frame.ts'
import type { MeasuredDifference, Proposal } from './order-state.ts'
import { proposedDifferences } from './propose-differences.ts'
import type { StandingAnswer } from './stand-answers.ts'

/** What the supplier's answers come to for one schedule, with what was decided about them. */
export type AnsweredSchedule = {
  readonly confirmed: Figure
  readonly backordered: Figure
  readonly rejected: Figure
  /** The document that counts; null while there is none. */
  readonly answeredBy: string | null
  /** The last day agreed on. */
  readonly promisedDate: CalendarDate | null
  /** The last day the supplier named, agreed on or not. */
  readonly statedDate: CalendarDate | null
  /** So much the supplier says it will deliver, agreed on or not. */
  readonly stated: Figure | null
  readonly isChangeOpen: boolean
  readonly isCounterOpen: boolean
  readonly isReconfirmationDue: boolean
  /** The supplier refuses some of it, and the buyer took that. */
  readonly isRefusalTaken: boolean
  readonly isChanged: boolean
  readonly differences: readonly MeasuredDifference[]
  readonly proposal: Proposal | null
  /** The document that says something else after a final answer, and waits; null where none does. */
  readonly saidAfterwards: string | null
}

const unanswered: AnsweredSchedule = {
  confirmed: zeroFigure,
  backordered: zeroFigure,
  rejected: zeroFigure,
  answeredBy: null,
  promisedDate: null,
  statedDate: null,
  stated: null,
  isChangeOpen: false,
  isCounterOpen: false,
  isReconfirmationDue: false,
  isRefusalTaken: false,
  isChanged: false,
  differences: [],
  proposal: null,
  saidAfterwards: null,
}

/** Differences of an answer that are a wish to change the order. A refusal or a backorder is an outcome, no wish. */
const wishes: ReadonlySet<DiscrepancyKind> = new Set<DiscrepancyKind>([
  'quantity-change',
  'date-change',
  'price-change',
  'unit-change',
  'split',
  'substitution',
])

/** Where a schedule stands with the supplier: promised, refused, changed and still to be decided, or not answered. */
export function answeredSchedule(
  line: OrderLine,
  schedule: OrderSchedule,
  { answer, afterFinal }: SaidOfSchedule,
  frame: OrderFrame,
): AnsweredSchedule {
  const place = { line, schedule, frame }
  const agreed = agreementOn(line, schedule, frame)
  const isLater = (one: StandingAnswer | undefined): one is StandingAnswer =>
    one !== undefined &&
    (agreed === null || compareInstants(one.acknowledgment.issuedAt, agreed.decision.at) > 0)
  if (agreed !== null && frame.desk.conduct?.finalAnswers === true) {
    const base = confirmedByAgreement(schedule, agreed)
    const later = [afterFinal, answer].find(isLater)
    return withRequests(withLater(base, later, place), place)
  }
  const base = isLater(answer)
    ? answeredBy(answer, place)
    : agreed === null
      ? unanswered
      : confirmedByAgreement(schedule, agreed)
  return withRequests(withLater(base, afterFinal, place), place)
}

/** What the supplier said of a schedule: the answer that counts, and what it said after a final one. */
export type SaidOfSchedule = {
  readonly answer: StandingAnswer | undefined
  readonly afterFinal: StandingAnswer | undefined
}

type SchedulePlace = {
  readonly line: OrderLine
  readonly schedule: OrderSchedule
  readonly frame: OrderFrame
}

/**
 * What a supplier says after its final answer applies once all of it is accepted, by the rules or a person. Until then, and
 * where the buyer turned it down, the final answer stands. Goods that were refused may be promised after all as long as the
 * buyer has not done without them.
 */
function withLater(
  base: AnsweredSchedule,
  later: StandingAnswer | undefined,
  place: SchedulePlace,
): AnsweredSchedule {
  if (later === undefined) return base
  const said = answeredBy(later, place)
  const { documentNumber } = later.acknowledgment
  if (said.differences.length === 0) {
    return base.isRefusalTaken ? { ...base, saidAfterwards: documentNumber } : said
  }
  const { desk } = place.frame
  const isAccepted = said.differences.every(
    ({ identity, discrepancy }) =>
      differenceStanding(desk, identity) === 'accepted' ||
      (discrepancy.kind === 'rejection' && isRefusalTaken(desk, identity)),
  )
  if (isAccepted) return said
  // Turned down, taken back or fallen: nothing waits any more.
  if (said.isReconfirmationDue) return base
  return {
    ...base,
    isChangeOpen: said.isChangeOpen,
    isCounterOpen: said.isCounterOpen,
    isChanged: true,
    differences: [...base.differences, ...said.differences],
    proposal: said.proposal,
    saidAfterwards: documentNumber,
  }
}

function answeredBy(
  answer: StandingAnswer,
  {
    line,
    schedule,
    frame,
  }: { readonly line: OrderLine; readonly schedule: OrderSchedule; readonly frame: OrderFrame },
): AnsweredSchedule {
  const { facts, desk } = frame
  const { documentNumber, revision } = answer.acknowledgment
  const differences = answer.discrepancies.map((discrepancy) => ({
    identity: discrepancyIdentity(discrepancy),
    discrepancy,
  }))
  const { orderLineNumber } = line
  const { scheduleNumber } = schedule
  const changeId = joinKey([
    'answer',
    documentNumber,
    String(revision),
    orderLineNumber,
    scheduleNumber,
  ])
  const undecided = differences
    .filter(({ discrepancy }) => wishes.has(discrepancy.kind))
    .map(({ identity }) => identity)
    .filter((identity) => differenceStanding(desk, identity) !== 'accepted')
  const decision = facts.decisions[changeId]?.decision
  const news = facts.changeNews[changeId]
  const hasFallen = news?.withdrawn !== undefined || news?.expired === true
  const isOpen = undecided.length > 0
  const place = schedulePlace(orderLineNumber, scheduleNumber)
  const isRadarDue = facts.overdue.reconfirmation?.[place] === documentNumber
  const isReconfirmationDue =
    isRadarDue || (isOpen && (decision === 'reject' || decision === 'accept' || hasFallen))
  const isChangeOpen = isOpen && decision === undefined && !hasFallen
  const isCounterOpen = isOpen && decision === 'counter'
  const isPromised = !isChangeOpen && !isCounterOpen && !(isReconfirmationDue && isOpen)
  const refusals = differences.filter(({ discrepancy }) => discrepancy.kind === 'rejection')
  const deliveries = promisedDeliveries(schedule, answer.pieces)
  const statedDate = deliveries.at(-1)?.date ?? null
  return {
    confirmed: isPromised ? answer.sums.confirmed : zeroFigure,
    backordered: isPromised ? answer.sums.backordered : zeroFigure,
    rejected: isPromised ? answer.sums.rejected : zeroFigure,
    answeredBy: documentNumber,
    promisedDate: isPromised ? statedDate : null,
    statedDate,
    stated: answer.sums.confirmed,
    isChangeOpen,
    isCounterOpen,
    isReconfirmationDue,
    isRefusalTaken:
      refusals.length > 0 && refusals.every(({ identity }) => isRefusalTaken(desk, identity)),
    isChanged: differences.length > 0,
    differences,
    proposal: isOpen
      ? {
          changeId,
          documentNumber,
          scheduleNumber,
          differences: proposedDifferences(line, schedule, answer),
          undecided,
        }
      : null,
    saidAfterwards: null,
  }
}

/** An accepted wish of the supplier that made a schedule what it is now. */
type Agreement = { readonly documentNumber: string; readonly decision: ChangeDecision }

/** The supplier has confirmed what it proposed itself, as long as nobody changes the schedule again. */
function agreementOn(
  line: OrderLine,
  schedule: OrderSchedule,
  { facts, current }: OrderFrame,
): Agreement | null {
  let found: Agreement | null = null
  for (const [changeId, decision] of Object.entries(facts.decisions)) {
    if (decision.decision !== 'accept') continue
    const documentNumber = documentOfWish(changeId, facts.changes)
    const isInForce =
      current.versions.some((version) => version.changeId === changeId) ||
      current.carriedOut.includes(changeId)
    if (documentNumber === null || !isInForce) continue
    if (!touches(decision.differences, line, schedule)) continue
    if (!isAsAgreed(line, schedule, decision, current)) continue
    const isLater = found === null || compareInstants(found.decision.at, decision.at) < 0
    if (isLater) found = { documentNumber, decision }
  }
  return found
}

/** The document a supplier's wish came in; null for a wish of the buyer. */
function documentOfWish(changeId: string, changes: readonly ChangeFact[]): string | null {
  const request = changes.find((change) => change.changeId === changeId)
  if (request !== undefined) {
    return request.initiator === 'supplier' ? request.documentNumber : null
  }
  const [kind, documentNumber] = changeId.split('/')
  return kind === 'answer' ? (documentNumber ?? null) : null
}

function isAsAgreed(
  line: OrderLine,
  schedule: OrderSchedule,
  decision: ChangeDecision,
  { versions }: OrderFrame['current'],
): boolean {
  const agreed = versionAfter(versions, decision.basedOnVersion)
  const then = agreed?.lines.find((one) => one.orderLineNumber === line.orderLineNumber)
  const was = then?.schedules.find((one) => one.scheduleNumber === schedule.scheduleNumber)
  return (
    then !== undefined &&
    was !== undefined &&
    equalDecimals(was.quantityOrdered, schedule.quantityOrdered) &&
    was.requestedDate === schedule.requestedDate &&
    then.unitOfMeasure === line.unitOfMeasure &&
    equalDecimals(then.price.amount, line.price.amount)
  )
}

/** True where a change says something about the schedule, or about its line as a whole. */
export function touches(
  differences: readonly { readonly path: string }[],
  line: { readonly orderLineNumber: string },
  schedule: { readonly scheduleNumber: string },
): boolean {
  return differences.some(({ path }) => {
    const [head, orderLineNumber, part, scheduleNumber] = path.split('/')
    if (head !== 'lines' || orderLineNumber !== line.orderLineNumber) return false
    if (part !== 'schedules' || scheduleNumber === undefined) return true
    return isOfSchedule(schedule.scheduleNumber, scheduleNumber)
  })
}

function confirmedByAgreement(
  schedule: OrderSchedule,
  { documentNumber }: Agreement,
): AnsweredSchedule {
  const confirmed = readFigure(schedule.quantityOrdered)
  return {
    ...unanswered,
    confirmed,
    answeredBy: documentNumber,
    promisedDate: schedule.requestedDate,
    statedDate: schedule.requestedDate,
    stated: confirmed,
  }
}

/** A change request of the supplier opens what was confirmed until somebody decided on it. */
function withRequests(
  answered: AnsweredSchedule,
  {
    line,
    schedule,
    frame,
  }: { readonly line: OrderLine; readonly schedule: OrderSchedule; readonly frame: OrderFrame },
): AnsweredSchedule {
  const { facts, order } = frame
  if (facts.changes.length === 0) return answered
  const answeredAt = facts.acknowledgments.find(
    ({ documentNumber }) => documentNumber === answered.answeredBy,
  )?.issuedAt
  let { isChangeOpen, isCounterOpen, isReconfirmationDue } = answered
  for (const change of facts.changes) {
    if (change.initiator !== 'supplier' || change.basedOnVersion !== order.version) continue
    if (!touches(change.differences, line, schedule)) continue
    const news = facts.changeNews[change.changeId]
    if (news?.withdrawn !== undefined || news?.expired === true) continue
    const decided = facts.decisions[change.changeId]
    if (decided === undefined) {
      isChangeOpen = true
      continue
    }
    // What the supplier says after it was turned down or countered is its answer to that.
    if (answeredAt !== undefined && compareInstants(answeredAt, decided.at) > 0) continue
    if (decided.decision === 'counter') isCounterOpen = true
    if (decided.decision === 'reject') isReconfirmationDue = true
  }
  return { ...answered, isChangeOpen, isCounterOpen, isReconfirmationDue }
}
