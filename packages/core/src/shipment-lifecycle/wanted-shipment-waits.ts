import { addBusinessHours } from '../calendar/business-hours.ts'
import { instant, type Instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { instantOf } from '../calendar/time-zone.ts'
import { isOpenCase, nextEscalationOf } from '../exception/open-case.ts'
import type { DecisionContext } from '../message/decision.ts'
import type { MessageData } from '../message/message.ts'
import { isAllCounted } from './count-shipment.ts'
import { currentNotice, expectedDate, isCancelled, isHere } from './current-shipment.ts'
import { supplierFactOf } from './assess-notice.ts'
import { ordersToAnswer, standingState, transportState } from './shipment-regions.ts'
import type { ShipmentFacts } from './shipment-state.ts'
import { arrivalWaitId, caseWaitId, comparisonWaitId, receivingWaitId } from './shipment-wait.ts'

/** A clock the facts call for. `fixedAt` when the instant follows from the facts; else the policy's timing says how long. */
export type WantedShipmentWait = {
  readonly timerId: string
  readonly type: 'comparison.overdue' | 'arrival.overdue' | 'receiving.overdue' | 'case.overdue'
  readonly waitingFor: string
  readonly fixedAt: Instant | null
  readonly data: MessageData
}

/** Everything the shipment waits for now, each with the clock that says when it took too long. */
export function wantedShipmentWaits(facts: ShipmentFacts): readonly WantedShipmentWait[] {
  const cases = caseWaits(facts)
  if (isCancelled(facts) || standingState(facts) === 'closed') return cases
  return [...comparisonWait(facts), ...arrivalWait(facts), ...receivingWait(facts), ...cases]
}

/** Waits to start, or to start anew because their instant moved. */
export function shipmentWaitsToStart(facts: ShipmentFacts): readonly WantedShipmentWait[] {
  return wantedShipmentWaits(facts).filter(({ timerId, fixedAt }) => {
    const running = facts.waits[timerId]
    return running === undefined || (fixedAt !== null && fixedAt !== running.dueAt)
  })
}

/** Clocks whose wait is over. */
export function shipmentWaitsToEnd(facts: ShipmentFacts): readonly string[] {
  const wanted = new Set(wantedShipmentWaits(facts).map(({ timerId }) => timerId))
  return Object.keys(facts.waits).filter((timerId) => !wanted.has(timerId))
}

/** When a wait is overdue; null when the policy lets it last for ever. */
export function shipmentWaitDueAt(
  wanted: WantedShipmentWait,
  facts: ShipmentFacts,
  context: DecisionContext,
): Instant | null {
  if (wanted.fixedAt !== null) return wanted.fixedAt
  const { overdueAfterBusinessHours } = context.policy.timing({
    waiting: { for: wanted.waitingFor },
    ...supplierFactOf(facts),
  }).value
  if (overdueAfterBusinessHours === null) return null
  const from = instant(context.now)
  return addBusinessHours(from, overdueAfterBusinessHours, facts.calendar ?? officeHours)
}

function comparisonWait(facts: ShipmentFacts): readonly WantedShipmentWait[] {
  if (ordersToAnswer(facts).length === 0) return []
  return [wait(comparisonWaitId(facts), 'comparison.overdue', 'ship-notice-comparison')]
}

/** Goods are overdue at the end of the day they were expected, on the hours of the buyer's desks. */
function arrivalWait(facts: ShipmentFacts): readonly WantedShipmentWait[] {
  const isLost = transportState(facts) === 'lost'
  if (isHere(facts) || isLost) return []
  const day = expectedDate(facts)
  const { closes, timeZone } = facts.calendar ?? officeHours
  const fixedAt = day === null ? null : instantOf(day, closes, timeZone)
  return [wait(arrivalWaitId(facts), 'arrival.overdue', 'arrival', fixedAt)]
}

function receivingWait(facts: ShipmentFacts): readonly WantedShipmentWait[] {
  const notice = currentNotice(facts)
  const isDone = notice !== null && isAllCounted(notice, facts.counts)
  if (!isHere(facts) || isDone) return []
  return [wait(receivingWaitId(facts), 'receiving.overdue', 'receipt')]
}

function caseWaits(facts: ShipmentFacts): readonly WantedShipmentWait[] {
  return facts.cases.filter(isOpenCase).flatMap((one) => {
    const next = nextEscalationOf(one, facts.calendar ?? officeHours)
    if (next === null) return []
    const { exceptionId } = one
    const timerId = caseWaitId(facts, exceptionId)
    const data = { exceptionId, level: next.level }
    return [{ ...wait(timerId, 'case.overdue', 'case', next.at), data }]
  })
}

function wait(
  timerId: string,
  type: WantedShipmentWait['type'],
  waitingFor: string,
  fixedAt: Instant | null = null,
): WantedShipmentWait {
  return { timerId, type, waitingFor, fixedAt, data: { timerId } }
}
