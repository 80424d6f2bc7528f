import { isPositiveDecimal } from '../decimal/decimal-arithmetic.ts'
import { describeDiscrepancy } from '../discrepancy/describe-discrepancy.ts'
import type { Discrepancy, DiscrepancyKind } from '../discrepancy/discrepancy.ts'
import { exceptionCodeOf } from '../discrepancy/exception-code-of.ts'
import type { ExceptionCase, ExceptionSubject } from '../exception/exception.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { linesOverused } from './consumed-goods.ts'
import { afterwards, lateAnswers, promisedAfterAll } from './answer-cases.ts'
import { inspectionsAwaited } from './inspections-awaited.ts'
import { prepaymentFor } from './order-prepayment.ts'
import { gatheredCases } from './gathered-cases.ts'
import { isFirm } from '../purchase-order/firm-part.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { schedulePlace } from './order-frame.ts'
import { ownCase, type WantedOrderCase } from './own-case.ts'
import type {
  LineStanding,
  MeasuredDifference,
  OrderState,
  ScheduleStanding,
} from './order-state.ts'

/** Every case the facts call for now. */
export function wantedOrderCases(state: OrderState): readonly WantedOrderCase[] {
  return [
    ...differencesAtWork(state).flatMap((difference) => differenceCase(state, difference)),
    ...lateConfirmation(state),
    ...lateAnswers(state),
    ...promisedAfterAll(state),
    ...missingNotices(state),
    ...lateNotices(state),
    ...lateInspections(state),
    ...unrefundedPrepayments(state),
    ...failedWrites(state),
    ...gatheredCases(state),
    ...overuses(state),
  ]
}

/** Wanted cases that are not open yet and that nobody settled. Another measure of the same difference is another case. */
export function orderCasesToOpen(
  { desk }: OrderState,
  wanted: readonly WantedOrderCase[],
): readonly WantedOrderCase[] {
  if (wanted.length === 0) return []
  const open = new Set(
    desk.cases.filter(isOpenCase).map(({ exceptionId }) => desk.caseKeys[exceptionId]),
  )
  return wanted.filter(({ key }) => !open.has(key) && desk.settled[key] === undefined)
}

/** Open cases whose reason is gone. */
export function orderCasesToCure(
  { desk }: OrderState,
  wanted: readonly WantedOrderCase[],
): readonly ExceptionCase[] {
  const open = desk.cases.filter(isOpenCase)
  if (open.length === 0) return []
  const keys = new Set(wanted.map(({ key }) => key))
  return open.filter(({ exceptionId }) => !keys.has(desk.caseKeys[exceptionId] ?? ''))
}

/** The kinds of differences that an answer of the supplier shows. */
const answerKinds: ReadonlySet<DiscrepancyKind> = new Set<DiscrepancyKind>([
  'quantity-change',
  'date-change',
  'price-change',
  'unit-change',
  'split',
  'substitution',
  'backorder',
  'rejection',
])

/** Every measured difference somebody could still do something about. */
export function differencesAtWork({ standing }: OrderState): readonly MeasuredDifference[] {
  return [
    ...standing.differences,
    ...standing.lines.flatMap((line) =>
      line.differences.filter(({ discrepancy }) => isAtWork(line, discrepancy, standing.changes)),
    ),
  ]
}

/** What a supplier answered no longer matters once it was decided, or the goods are here or given up. */
function isAtWork(
  line: LineStanding,
  { kind, scheduleNumber }: Discrepancy,
  changes: OrderState['standing']['changes'],
): boolean {
  if (!answerKinds.has(kind)) return true
  const schedule = line.schedules.find((one) => one.scheduleNumber === scheduleNumber)
  if (schedule === undefined) return true
  const { closure, delivery, acknowledgment } = schedule.states
  if (closure !== 'open' || delivery === 'received') return false
  // A change that fell for want of a decision was not decided: its case stays with its owner.
  const hasFallen = changes.some(
    (change) =>
      change.state === 'expired' &&
      change.orderLineNumber === line.orderLineNumber &&
      change.scheduleNumber === scheduleNumber,
  )
  const isDecided =
    !hasFallen && (acknowledgment === 'reconfirm-required' || acknowledgment === 'counter-proposed')
  return !isDecided || kind === 'backorder' || kind === 'rejection'
}

function differenceCase(
  { key, desk, standing }: OrderState,
  { identity, discrepancy }: MeasuredDifference,
): readonly WantedOrderCase[] {
  if (desk.judged[identity]?.judgement !== 'outside') return []
  const code = exceptionCodeOf(discrepancy.kind)
  if (code === null) return []
  const { orderLineNumber: line, scheduleNumber: schedule } = discrepancy
  const subject: ExceptionSubject = {
    aggregate: 'order',
    key,
    ...(line !== null && { line }),
    ...(schedule !== null && { schedule }),
  }
  const described = describeDiscrepancy(discrepancy)
  const place = standing.lines
    .find(({ orderLineNumber }) => orderLineNumber === line)
    ?.schedules.find(({ scheduleNumber }) => scheduleNumber === schedule)
  const isAfterwards = place?.saidAfterwards === discrepancy.documentNumber
  const sentence = isAfterwards ? `${described}; ${afterwards(place)}` : described
  return [{ key: identity, code, subject, discrepancy, sentence }]
}

/** The supplier has not answered in time; over when it answered everything. */
function lateConfirmation(state: OrderState): readonly WantedOrderCase[] {
  const { facts, standing } = state
  const version = standing.order?.version
  if (version === undefined || facts.overdue.acknowledgment !== version) return []
  const silent = schedulesAwaiting(state)
  if (silent.length === 0) return []
  const sentence = `the supplier has not confirmed version ${version}: ${silent
    .map(
      ({ line, schedule }) => `line ${line.orderLineNumber}, schedule ${schedule.scheduleNumber}`,
    )
    .join('; ')}`
  return [
    ownCase(state, {
      key: `late-confirmation/${version}`,
      code: 'LATE_CONFIRMATION',
      sentence: sentence.slice(0, 1000),
    }),
  ]
}

/** Schedules the supplier has still to answer. */
export function schedulesAwaiting({ standing }: OrderState): readonly {
  readonly line: LineStanding
  readonly schedule: ScheduleStanding
}[] {
  const { order } = standing
  if (order === null || standing.states.cancellation === 'cancelled') return []
  const planned = plannedOnly(order)
  return standing.lines.flatMap((line) =>
    line.schedules
      .filter(
        ({ states, scheduleNumber }) =>
          !planned.has(schedulePlace(line.orderLineNumber, scheduleNumber)) &&
          states.acknowledgment === 'awaiting-acknowledgment' &&
          states.closure === 'open' &&
          states.delivery === 'not-received',
      )
      .map((schedule) => ({ line, schedule })),
  )
}

/** The places of deliveries that bind nobody yet: the supplier need neither answer nor announce them. */
function plannedOnly(order: PurchaseOrder): ReadonlySet<string> {
  const known = plans.get(order)
  if (known !== undefined) return known
  const places = new Set<string>()
  for (const { orderLineNumber, schedules } of order.lines) {
    for (const schedule of schedules) {
      if (!isFirm(schedule)) places.add(schedulePlace(orderLineNumber, schedule.scheduleNumber))
    }
  }
  plans.set(order, places)
  return places
}

// Asked with every document of an order that never changes: another version is another object.
const plans = new WeakMap<PurchaseOrder, ReadonlySet<string>>()

/** The day a schedule's goods are due and nobody announced them. */
function missingNotices(state: OrderState): readonly WantedOrderCase[] {
  const overdue = state.facts.overdue.shipNotice
  if (overdue === undefined) return []
  return schedulesUnannounced(state).flatMap(({ line, schedule, day }) => {
    const place = schedulePlace(line.orderLineNumber, schedule.scheduleNumber)
    if (overdue[place] !== day) return []
    return [
      ownCase(state, {
        key: `missing-ship-notice/${place}/${day}`,
        code: 'MISSING_ASN',
        place: { line: line.orderLineNumber, schedule: schedule.scheduleNumber },
        sentence: `line ${line.orderLineNumber}, schedule ${schedule.scheduleNumber}: goods are due on ${day}, and no ship notice came`,
      }),
    ]
  })
}

/**
 * Goods announced only after their notice was missed: the dock has less time to prepare than it was promised. Over when
 * the notice is withdrawn, or the goods are counted or given up.
 */
function lateNotices({ key, facts, standing }: OrderState): readonly WantedOrderCase[] {
  const { lateNotices: late } = facts
  if (late === undefined) return []
  return standing.lines.flatMap(({ orderLineNumber, schedules }) =>
    schedules.flatMap(({ scheduleNumber, states }): readonly WantedOrderCase[] => {
      const place = schedulePlace(orderLineNumber, scheduleNumber)
      const { shipped = [], received = [] } = facts.lines[orderLineNumber] ?? {}
      const isToCome =
        states.shipping !== 'not-shipped' &&
        states.closure === 'open' &&
        states.delivery !== 'received'
      if (!isToCome) return []
      return (late[place] ?? []).flatMap(({ shipmentKey, day }) => {
        const number = facts.shipments[shipmentKey]?.documentNumber ?? shipmentKey
        const isStanding = shipped.some((fact) => fact.shipmentKey === shipmentKey)
        const isCounted = received.some(({ shipNoticeNumber }) => shipNoticeNumber === number)
        if (!isStanding || isCounted) return []
        return ownCase(
          { key },
          {
            key: `late-ship-notice/${place}/${shipmentKey}`,
            code: 'LATE_ASN',
            place: { line: orderLineNumber, schedule: scheduleNumber },
            sentence: `line ${orderLineNumber}, schedule ${scheduleNumber}: ship notice ${number} came after the goods were due on ${day}`,
          },
        )
      })
    }),
  )
}

/** Goods quality control has not decided on in time; over when it decides, or when they go to be reworked. */
function lateInspections(state: OrderState): readonly WantedOrderCase[] {
  const { inspection: overdue } = state.facts.overdue
  if (overdue === undefined) return []
  return inspectionsAwaited(state)
    .filter(({ place }) => overdue[place] === true)
    .map(({ place, orderLineNumber, receiptNumber, quantity, unitOfMeasure }) =>
      ownCase(state, {
        key: `late-inspection/${place}`,
        code: 'QUALITY_PENDING',
        place: { line: orderLineNumber },
        sentence: `line ${orderLineNumber}: quality control has not decided on ${quantity} ${unitOfMeasure} of receipt ${receiptNumber}`,
      }),
    )
}

/** A schedule whose goods the supplier has to announce, with the day they are due. */
export type UnannouncedSchedule = {
  readonly line: LineStanding
  readonly schedule: ScheduleStanding
  readonly day: NonNullable<ScheduleStanding['requestedDate']>
}

// Asked for by every clock and case while the order stands as it is.
const unannounced = new WeakMap<OrderState['standing'], readonly UnannouncedSchedule[]>()

/** Schedules whose goods the supplier has to announce, with the day they are due. */
export function schedulesUnannounced({
  standing,
}: Pick<OrderState, 'standing'>): readonly UnannouncedSchedule[] {
  const known = unannounced.get(standing)
  if (known !== undefined) return known
  const found = findUnannounced(standing)
  unannounced.set(standing, found)
  return found
}

function findUnannounced({ order, lines }: OrderState['standing']): readonly UnannouncedSchedule[] {
  if (order === null || order.orderType === 'service') return []
  const planned = plannedOnly(order)
  const typeOf = new Map(order.lines.map((line) => [line.orderLineNumber as string, line.lineType]))
  return lines.flatMap((line) => {
    const lineType = typeOf.get(line.orderLineNumber)
    if (lineType === undefined || !isGoods(lineType)) return []
    return line.schedules.flatMap((schedule) => {
      const { states } = schedule
      const day = schedule.promisedDate ?? schedule.requestedDate
      const isToCome =
        !planned.has(schedulePlace(line.orderLineNumber, schedule.scheduleNumber)) &&
        states.closure === 'open' &&
        states.shipping === 'not-shipped' &&
        states.delivery === 'not-received' &&
        states.acknowledgment !== 'rejected' &&
        states.acknowledgment !== 'backordered'
      return isToCome && day !== null ? [{ line, schedule, day }] : []
    })
  })
}

function isGoods(lineType: 'item' | 'charge' | 'free-goods' | 'service'): boolean {
  return lineType === 'item' || lineType === 'free-goods'
}

/** Money that was paid in advance for an order that is cancelled; over when it is given back. */
function unrefundedPrepayments(state: OrderState): readonly WantedOrderCase[] {
  const { order, states } = state.standing
  if (order === null || states.cancellation !== 'cancelled') return []
  const { facts } = state
  return (prepaymentFor({ facts, order }, null)?.invoices ?? [])
    .filter(({ openAmount }) => isPositiveDecimal(openAmount))
    .map(({ invoiceNumber, openAmount }) =>
      ownCase(state, {
        key: `prepayment/${invoiceNumber}`,
        code: 'PREPAYMENT_OPEN',
        sentence: `the order is cancelled, and ${openAmount} ${order.currency} paid in advance by ${invoiceNumber} are to be given back`,
      }),
    )
}

/** More was used of consignment goods than was counted: over when the missing count comes or the use is corrected. */
function overuses(state: OrderState): readonly WantedOrderCase[] {
  return linesOverused(state).map(({ orderLineNumber, used, delivered, over, unitOfMeasure }) =>
    ownCase(state, {
      key: `over-used/${orderLineNumber}/${over}`,
      code: 'RCV_SHORT',
      place: { line: orderLineNumber },
      sentence: `line ${orderLineNumber}: ${used} ${unitOfMeasure} were used where ${delivered} were delivered, ${over} more than there were`,
    }),
  )
}

function failedWrites(state: OrderState): readonly WantedOrderCase[] {
  return Object.entries(state.facts.failedWrites).map(([record, { system, outcome, sentence }]) =>
    ownCase(state, {
      key: `write-back/${record}/${outcome}`,
      code: outcome === 'conflict' ? 'SOR_CONFLICT' : 'WRITEBACK_FAILED',
      sentence: `${system} did not take \`${record}\`: ${sentence}`.slice(0, 1000),
    }),
  )
}
