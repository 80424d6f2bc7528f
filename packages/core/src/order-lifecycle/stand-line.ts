import { compareInstants, type Instant } from '../calendar/instant.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { parseExact } from '../decimal/exact.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { isSameFacts } from '../lifecycle/is-same-facts.ts'
import { beginLifecycle, moveLifecycle } from '../lifecycle/move-lifecycle.ts'
import {
  addFigures,
  compareFigures,
  type Figure,
  minFigure,
  percentOfFigure,
  readFigure,
  signOfFigure,
  subtractFigures,
  writeFigure,
  zeroFigure,
} from '../match/figure.ts'
import { canConvert, inOrderUnit } from '../match/order-unit.ts'
import { firstDay, lastDay } from '../purchase-order/delivery-days.ts'
import { isOfSchedule } from '../purchase-order/delivery-order.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { OrderSchedule } from '../purchase-order/order-schedule.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import type { DeliveryWindow } from '../receipt/compare-receipt.ts'
import { billedPortions } from './billed-portions.ts'
import { countReceipts, type ReceiptSums } from './count-receipts.ts'
import { firstDatesOf } from './first-dates.ts'
import { type LineFacts, noLineFacts } from './order-facts.ts'
import { conductDefault, type OrderFrame } from './order-frame.ts'
import type {
  LineStanding,
  ScheduleQuantities,
  ScheduleStanding,
  ScheduleStates,
} from './order-state.ts'
import { measureReceipts } from './measure-receipts.ts'
import { type BySchedule, type Portion, pourQuantities } from './pour-quantities.ts'
import { cancelAskedOf, wholeLine } from './record-cancellation.ts'
import { scheduleLifecycle, type ScheduleLifecycleFacts } from './schedule-lifecycle.machine.ts'
import { type AnsweredSchedule, answeredSchedule } from './stand-schedule-answer.ts'
import { type LineAnswers, standingAnswers } from './stand-answers.ts'

/** Where a line stands: each of its schedules, what is not as ordered, and what the supplier would change. */
export function standLine(
  line: OrderLine,
  frame: OrderFrame,
  before: LineStanding | undefined,
): LineStanding {
  const facts = frame.facts.lines[line.orderLineNumber] ?? noLineFacts
  const answers = standingAnswers(line, facts, answerFrame(frame))
  const count = countReceipts(line, facts)
  const shipped = pourQuantities(line.schedules, shippedPortions(line, facts, frame))
  const billed = billedPortions(line, frame.facts)
  const invoiced = pourQuantities(line.schedules, billed.invoiced)
  const credited = pourQuantities(line.schedules, billed.credited, invoiced)
  const places = line.schedules.map((schedule) => {
    const { scheduleNumber } = schedule
    const said = {
      answer: answers.bySchedule.get(scheduleNumber),
      afterFinal: answers.afterFinal.get(scheduleNumber),
    }
    const answered = answeredSchedule(line, schedule, said, frame)
    const sums = { shipped, invoiced, credited, received: count.bySchedule }
    return standSchedule({ line, schedule, answered, answers, sums, facts }, frame, before)
  })
  const isGivenUp = places.every(
    ({ standing: { facts: state } }) => state.isShortClosed || state.isCancelled,
  )
  // What the buyer's system calls complete is not short, whatever is missing.
  const isNothingOwed = isGivenUp || line.finalDelivery === true
  const window = windowOf(places)
  const givenUpAt = isGivenUp ? givenUpAtOf(line, frame) : null
  return {
    orderLineNumber: line.orderLineNumber,
    schedules: places.map(({ standing }) => standing),
    differences: [
      ...places.flatMap(({ answered }) => answered.differences),
      ...measureReceipts(
        { line, facts, count, window, isGivenUp: isNothingOwed, givenUpAt },
        frame,
      ),
    ],
    proposals: places.flatMap(({ answered }) => answered.proposal ?? []),
  }
}

function answerFrame({ facts, desk, order, current }: OrderFrame) {
  const conduct = desk.conduct ?? conductDefault
  return {
    order,
    versions: current.versions,
    acknowledgments: facts.acknowledgments,
    retainConfirmation: conduct.retainConfirmationOnUnchangedLines,
    finalAnswers: conduct.finalAnswers === true,
    askedAgain: facts.overdue.reconfirmation ?? {},
  }
}

function shippedPortions(
  line: OrderLine,
  { shipped }: LineFacts,
  { facts, order }: OrderFrame,
): readonly Portion[] {
  return shipped.flatMap(({ shipmentKey, scheduleNumber, quantityShipped, unitOfMeasure }) => {
    const shipment = facts.shipments[shipmentKey]
    const on = shipment?.shipDate ?? dayOfIssue(order)
    if (shipment?.cancelled !== false) return []
    if (!canConvert(line, unitOfMeasure, line.unitOfMeasure, on)) return []
    const quantity = inOrderUnit(line, { quantity: quantityShipped, unitOfMeasure, on })
    return [{ scheduleNumber, quantity }]
  })
}

/** The days goods of the line are in time: as promised where that was agreed on, else as asked for. */
function windowOf(places: readonly Place[]): DeliveryWindow {
  const last = places.map(({ schedule, standing }) => {
    return standing.promisedDate ?? schedule.requestedDate
  })
  const first = places.map(({ schedule }) => schedule.deliverNotBefore)
  return {
    notBefore: firstDay(first),
    notAfter: lastDay(last),
  }
}

type Place = {
  readonly schedule: OrderSchedule
  readonly standing: ScheduleStanding
  readonly answered: AnsweredSchedule
}

type ScheduleInput = {
  readonly line: OrderLine
  readonly schedule: OrderSchedule
  readonly answered: AnsweredSchedule
  readonly answers: LineAnswers
  readonly facts: LineFacts
  readonly sums: {
    readonly shipped: BySchedule
    readonly invoiced: BySchedule
    readonly credited: BySchedule
    readonly received: ReadonlyMap<string, ReceiptSums>
  }
}

function standSchedule(
  input: ScheduleInput,
  frame: OrderFrame,
  before: LineStanding | undefined,
): Place {
  const { schedule, answered, answers } = input
  const { scheduleNumber, requestedDate } = schedule
  const figures = figuresOf(input, frame)
  const facts = lifecycleFacts(input, figures, frame)
  const known = before?.schedules.find((one) => one.scheduleNumber === scheduleNumber)
  const expectedDate = expectedDateOf(input, frame)
  const promises = answers.promises.get(scheduleNumber) ?? []
  const standing: ScheduleStanding = {
    scheduleNumber,
    requestedDate,
    ...firstDatesOf(schedule, {
      orderLineNumber: input.line.orderLineNumber,
      versions: frame.current.versions,
      promises,
    }),
    promisedDate: answered.promisedDate,
    expectedDate,
    expectedQuantity: writeFigure(answered.stated ?? figures.ordered),
    isChanged: answered.isChanged,
    answeredBy: answered.answeredBy,
    ...(figures.cancellation !== null && { cancellation: figures.cancellation }),
    ...(answered.saidAfterwards !== null && { saidAfterwards: answered.saidAfterwards }),
    promises,
    quantities: written(figures),
    states: statesOf(facts, known),
    facts,
  }
  return { schedule, standing, answered }
}

type Figures = { readonly [Name in keyof ScheduleQuantities]: Figure } & {
  /** Received less what the supplier still has to replace. */
  readonly kept: Figure
  readonly isFinal: boolean
  readonly isCancelled: boolean
  readonly isShortClosed: boolean
  /** What became of the wish to let it go, while it is not; null where there is none. */
  readonly cancellation: 'pending' | 'refused' | null
}

function figuresOf(
  { line, schedule, answered, sums }: ScheduleInput,
  { facts }: OrderFrame,
): Figures {
  const { scheduleNumber } = schedule
  const ordered = readFigure(schedule.quantityOrdered)
  const received = sums.received.get(scheduleNumber) ?? nothingReceived
  const kept = subtractFigures(
    received.received,
    subtractFigures(received.returned, received.returnedForGood),
  )
  const control = facts.lineControl[line.orderLineNumber]
  const shipped = sums.shipped.get(scheduleNumber) ?? zeroFigure
  const asked = cancelAskedOf(control, scheduleNumber)
  const isCommitted =
    (answered.answeredBy !== null && compareFigures(answered.rejected, ordered) < 0) ||
    signOfFigure(shipped) > 0 ||
    signOfFigure(received.received) > 0
  // Goods nobody has promised yet are let go at once; others when the supplier agrees.
  const isLetGo = asked !== undefined && (asked.answer?.accepted ?? !isCommitted)
  const isGivenUp = control?.cancelled !== undefined || isOrderCancelled(facts) || isLetGo
  const cancellation =
    asked === undefined || isGivenUp ? null : asked.answer === undefined ? 'pending' : 'refused'
  const hasGoods = signOfFigure(kept) > 0
  const isShortClosed =
    isShortClosedBy(control?.shortClosed, scheduleNumber) || (isGivenUp && hasGoods)
  const isCancelled = isGivenUp && !hasGoods
  const rest = atLeastZero(subtractFigures(ordered, kept))
  const cancelled = isCancelled || isShortClosed ? rest : zeroFigure
  const left = subtractFigures(ordered, cancelled)
  const isCut = signOfFigure(cancelled) > 0
  const confirmed = isCut ? minFigure(answered.confirmed, left) : answered.confirmed
  const backordered = isCut
    ? minFigure(answered.backordered, subtractFigures(left, confirmed))
    : answered.backordered
  const rejected = isCut
    ? minFigure(answered.rejected, subtractFigures(subtractFigures(left, confirmed), backordered))
    : answered.rejected
  const told = [confirmed, backordered, rejected, cancelled].reduce(addFigures)
  const open = subtractFigures(subtractFigures(rest, cancelled), rejected)
  const isFinal = received.isFinal || line.finalDelivery === true
  return {
    ordered,
    confirmed,
    backordered,
    rejected,
    cancelled,
    awaiting: atLeastZero(subtractFigures(ordered, told)),
    shipped,
    inTransit: atLeastZero(subtractFigures(shipped, received.received)),
    received: received.received,
    accepted: received.accepted,
    rejectedByQuality: received.rejected,
    inInspection: received.pending,
    returned: received.returned,
    invoiced: sums.invoiced.get(scheduleNumber) ?? zeroFigure,
    credited: sums.credited.get(scheduleNumber) ?? zeroFigure,
    open: isFinal ? zeroFigure : atLeastZero(open),
    kept,
    isFinal,
    isCancelled,
    isShortClosed,
    cancellation,
  }
}

const nothingReceived: ReceiptSums = {
  received: zeroFigure,
  returned: zeroFigure,
  returnedForGood: zeroFigure,
  accepted: zeroFigure,
  rejected: zeroFigure,
  pending: zeroFigure,
  isFinal: false,
}

/** Cancelled as a whole: wished for by the buyer, and agreed to by the supplier or not committed to by anybody. */
export function isOrderCancelled({
  control,
  acknowledgments,
  shipments,
  lines,
}: OrderFrame['facts']): boolean {
  if (control.cancelRequested === undefined) return false
  if (control.cancelAnswered !== undefined) return control.cancelAnswered.accepted
  const isCommitted =
    acknowledgments.some(({ decision }) => decision !== 'received' && decision !== 'rejected') ||
    Object.values(shipments).some(({ cancelled }) => !cancelled) ||
    Object.values(lines).some(({ received }) => received.length > 0)
  return !isCommitted
}

/** When a line that is given up was: with its order, by itself, or with the last of its schedules. */
function givenUpAtOf(line: OrderLine, { facts }: OrderFrame): Instant | null {
  const control = facts.lineControl[line.orderLineNumber]
  const order = isOrderCancelled(facts) ? facts.control.cancelRequested : undefined
  const closed = [
    ...Object.values(control?.shortClosed ?? {}).map(({ at }) => at),
    ...Object.values(control?.cancelAsked ?? {}).map(({ asked: { at } }) => at),
  ]
  const asked = control?.cancelAsked?.[wholeLine]
  const whole = [order?.at, control?.cancelled?.at, asked?.asked.at].filter(
    (at) => at !== undefined,
  )
  const moments = whole.length > 0 ? whole : closed.toSorted(compareInstants).slice(-1)
  return moments.toSorted(compareInstants)[0] ?? null
}

function isShortClosedBy(
  shortClosed: { readonly [scheduleNumber: string]: unknown } | undefined,
  scheduleNumber: string,
): boolean {
  if (shortClosed === undefined) return false
  return Object.keys(shortClosed).some((named) => isOfSchedule(scheduleNumber, named))
}

function atLeastZero(figure: Figure): Figure {
  return signOfFigure(figure) < 0 ? zeroFigure : figure
}

const quantityNames = [
  'ordered',
  'confirmed',
  'backordered',
  'rejected',
  'cancelled',
  'awaiting',
  'shipped',
  'inTransit',
  'received',
  'accepted',
  'rejectedByQuality',
  'inInspection',
  'returned',
  'invoiced',
  'credited',
  'open',
] as const

function written(figures: Figures): ScheduleQuantities {
  const texts = quantityNames.map((name): [string, Decimal] => [name, writeFigure(figures[name])])
  return Object.fromEntries(texts) as ScheduleQuantities
}

function lifecycleFacts(
  { line, schedule, answered }: ScheduleInput,
  figures: Figures,
  { facts, desk }: OrderFrame,
): ScheduleLifecycleFacts {
  const { ordered, kept, invoiced, credited, isFinal, isShortClosed, isCancelled } = figures
  const isDeliveryClosed = isFinal || isNearEnough(line, figures, desk.conduct)
  const { isRefusalTaken } = answered
  const toDeliver = isRefusalTaken ? subtractFigures(ordered, figures.rejected) : ordered
  const isEnded =
    isShortClosed ||
    isDeliveryClosed ||
    signOfFigure(toDeliver) <= 0 ||
    (signOfFigure(kept) > 0 && compareFigures(kept, toDeliver) >= 0)
  const isLineHeld = facts.lineControl[line.orderLineNumber]?.held !== undefined
  return {
    quantityOrdered: schedule.quantityOrdered,
    quantityConfirmed: writeFigure(figures.confirmed),
    quantityBackordered: writeFigure(figures.backordered),
    quantityRejected: writeFigure(figures.rejected),
    quantityShipped: writeFigure(figures.shipped),
    quantityReceived: writeFigure(kept),
    quantityInvoiced: writeFigure(subtractFigures(invoiced, credited)),
    quantityToInvoice: writeFigure(
      isEnded ? subtractFigures(figures.received, figures.returned) : ordered,
    ),
    isChangeOpen: answered.isChangeOpen,
    isCounterOpen: answered.isCounterOpen,
    isReconfirmationDue: answered.isReconfirmationDue,
    isDeliveryClosed,
    isRefusalTaken,
    isShortClosed,
    isCancelled,
    isHeld: isLineHeld || facts.control.held !== undefined,
    isAwaitingResolution: desk.cases.some(
      (one) =>
        one.route.blocksMatching &&
        one.subject.line === line.orderLineNumber &&
        (one.subject.schedule === undefined || one.subject.schedule === schedule.scheduleNumber) &&
        isOpenCase(one),
    ),
  }
}

/** So little is missing that the buyer's rules do not wait for it. */
function isNearEnough(
  { deliveryTolerance }: OrderLine,
  { ordered, kept }: Figures,
  conduct: OrderFrame['desk']['conduct'],
): boolean {
  const { underPercent } = deliveryTolerance
  if (conduct?.completeWithinUnderDelivery !== true || underPercent === null) return false
  const slack = percentOfFigure(ordered, parseExact(underPercent))
  return signOfFigure(kept) > 0 && compareFigures(kept, subtractFigures(ordered, slack)) >= 0
}

/** The day goods are expected: as the shipments under way say, else as the supplier said last, else as asked for. */
function expectedDateOf(
  { schedule, answered, facts }: ScheduleInput,
  { facts: { shipments } }: OrderFrame,
): ScheduleStanding['expectedDate'] {
  let latest: ScheduleStanding['expectedDate'] = null
  for (const { shipmentKey, scheduleNumber } of facts.shipped) {
    const shipment = shipments[shipmentKey]
    const isOther =
      scheduleNumber !== undefined && !isOfSchedule(schedule.scheduleNumber, scheduleNumber)
    if (isOther || shipment === undefined || shipment.cancelled) continue
    const day = shipment.delay?.newEstimatedDate ?? shipment.estimatedDeliveryDate
    if (day !== null && (latest === null || day > latest)) latest = day
  }
  return latest ?? answered.statedDate ?? schedule.requestedDate
}

function statesOf(
  facts: ScheduleLifecycleFacts,
  known: ScheduleStanding | undefined,
): ScheduleStates {
  if (known === undefined) return beginLifecycle(scheduleLifecycle, facts).value as ScheduleStates
  if (isSameFacts(facts, known.facts)) return known.states
  const position = { value: known.states, context: known.facts }
  const event = { type: 'facts.changed' as const, facts }
  return moveLifecycle(scheduleLifecycle, position, event).value as ScheduleStates
}
