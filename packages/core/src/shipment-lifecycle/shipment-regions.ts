import { isAcceptance } from '../resolution/resolution-code.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { hashOf } from '../hash/content-hash.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import {
  countDifferences,
  countShipment,
  isAllCounted,
  isAnythingCounted,
} from './count-shipment.ts'
import {
  announcedOrders,
  arrivedAt,
  currentMilestones,
  currentNotice,
  currentVersion,
  dayOf,
  isCancelled,
  isCompared,
  isHere,
  latestEstimate,
} from './current-shipment.ts'
import { findingKey, isUnreceivable, misalignments } from './find-deviations.ts'
import type { AssessedFinding, ShipmentFacts } from './shipment-state.ts'
import { arrivalWaitId, comparisonWaitId, isWaitOver, receivingWaitId } from './shipment-wait.ts'

/** What the states of a shipment's regions follow from: each function reads the facts and names one state. */
export const shipmentRegions = {
  notice: noticeState,
  amendment: amendmentState,
  alignment: alignmentState,
  transport: transportState,
  schedule: scheduleState,
  reconciliation: reconciliationState,
  standing: standingState,
} as const
export type ShipmentRegion = keyof typeof shipmentRegions

function noticeState(
  facts: ShipmentFacts,
): 'draft' | 'submitted' | 'validated' | 'rejected' | 'cancelled' {
  if (currentNotice(facts) === null) return 'draft'
  if (isCancelled(facts)) return 'cancelled'
  if (facts.assessment === null || !isAnswered(facts)) return 'submitted'
  return isUnreceivable(facts) ? 'rejected' : 'validated'
}

/** True once every order answered about the notice as it counts now, or had time enough to. */
export function isAnswered(facts: ShipmentFacts): boolean {
  return ordersToAnswer(facts).length === 0 || isWaitOver(facts, comparisonWaitId(facts))
}

/** The orders that have not said yet how the notice fits them. */
export function ordersToAnswer(facts: ShipmentFacts): readonly string[] {
  const notice = currentNotice(facts)
  if (notice === null || notice.purpose === 'cancel') return []
  return announcedOrders(notice).filter((orderNumber) => !isCompared(facts, orderNumber))
}

function amendmentState(facts: ShipmentFacts): 'original' | 'amended' {
  const notice = currentNotice(facts)
  const isFirst = notice === null || (notice.revision === 0 && notice.purpose !== 'replace')
  return isFirst ? 'original' : 'amended'
}

function alignmentState(
  facts: ShipmentFacts,
): 'not-compared' | 'aligned' | 'misaligned' | 'pre-arrival-alert' {
  if (currentNotice(facts) === null || isCancelled(facts)) return 'not-compared'
  const open = openMisalignments(facts)
  if (open.length > 0) {
    const isAlerted = open.every((one) => facts.alerted.includes(findingKey(one)))
    return isAlerted && !isHere(facts) ? 'pre-arrival-alert' : 'misaligned'
  }
  return facts.assessment !== null && isAnswered(facts) ? 'aligned' : 'not-compared'
}

/** What does not fit and nobody accepted. */
export function openMisalignments(facts: ShipmentFacts): readonly AssessedFinding[] {
  return misalignments(facts).filter((one) => !isAccepted(facts, findingKey(one)))
}

function isAccepted(facts: ShipmentFacts, key: string): boolean {
  return facts.cases.some(
    (one) =>
      facts.caseKeys[one.exceptionId] === key &&
      !isOpenCase(one) &&
      (one.state === 'bypassed' || isAcceptance(one.resolution?.code ?? '')),
  )
}

/** How far the goods are on their way. */
export function transportState(
  facts: ShipmentFacts,
): 'expected' | 'in-transit' | 'arrived' | 'unloading' | 'received' | 'lost' {
  const notice = currentNotice(facts)
  const reported = currentMilestones(facts).filter(({ timeMeaning }) => timeMeaning === 'actual')
  if (isAnythingCounted(facts)) {
    const isOver =
      notice !== null &&
      (isAllCounted(notice, facts.counts) || isWaitOver(facts, receivingWaitId(facts)))
    return isOver ? 'received' : 'unloading'
  }
  if (reported.some(({ code }) => code === 'unloaded')) return 'unloading'
  if (arrivedAt(facts) !== null) return 'arrived'
  if (reported.some(({ code }) => code === 'lost')) return 'lost'
  return reported.some(({ code }) => code !== 'booked') || hasLeft(facts)
    ? 'in-transit'
    : 'expected'
}

/** A notice is sent when the goods leave, unless it names a later day. */
function hasLeft(facts: ShipmentFacts): boolean {
  const notice = currentNotice(facts)
  if (notice === null || notice.purpose === 'cancel') return false
  return notice.shipDate === null || notice.shipDate <= dayOfIssue(notice)
}

function scheduleState(facts: ShipmentFacts): 'on-schedule' | 'delayed' | 'overdue' | 'late' {
  const announced = currentNotice(facts)?.estimatedDeliveryDate ?? null
  const arrived = arrivedAt(facts)
  if (isHere(facts)) {
    const isLate = arrived !== null && announced !== null && dayOf(facts, arrived) > announced
    return isLate ? 'late' : 'on-schedule'
  }
  if (isWaitOver(facts, arrivalWaitId(facts))) return 'overdue'
  const estimate = latestEstimate(facts)?.date ?? null
  return announced !== null && estimate !== null && estimate > announced ? 'delayed' : 'on-schedule'
}

/** Whether what was counted is what was announced; open until everything was counted. */
export function reconciliationState(facts: ShipmentFacts): 'open' | 'matched' | 'discrepant' {
  const notice = currentNotice(facts)
  if (notice === null || transportState(facts) !== 'received') return 'open'
  const isClean =
    countDifferences(notice, facts.counts).length === 0 &&
    !countShipment(notice.lines, facts.counts).some(({ hasConditions }) => hasConditions)
  return isClean ? 'matched' : 'discrepant'
}

/** A shipment is closed by a person, or by itself once everything was counted as announced and no case is open. */
export function standingState(facts: ShipmentFacts): 'open' | 'closed' {
  if (facts.closing !== null && facts.closing.basis === closingBasis(facts)) return 'closed'
  const isSettled = reconciliationState(facts) === 'matched' && !facts.cases.some(isOpenCase)
  return isSettled ? 'closed' : 'open'
}

/** What a person saw who closed the shipment: another notice or another count opens it again. */
export function closingBasis(facts: ShipmentFacts): string {
  return hashOf({ notice: currentVersion(facts)?.hash ?? null, counts: facts.counts })
}

/** The one word a desk uses for where a shipment is. */
export type ShipmentStatus =
  | 'draft'
  | 'submitted'
  | 'rejected'
  | 'validated'
  | 'misaligned'
  | 'pre-arrival-alert'
  | 'in-transit'
  | 'overdue'
  | 'lost'
  | 'arrived'
  | 'unloading'
  | 'received'
  | 'discrepant'
  | 'closed'
  | 'cancelled'

/** Where a shipment is, in one word (MODEL §3.4): how it ended, else how far the goods are, else how the notice fits. */
export function shipmentStatus(facts: ShipmentFacts): ShipmentStatus {
  if (isCancelled(facts)) return 'cancelled'
  if (standingState(facts) === 'closed') return 'closed'
  const transport = transportState(facts)
  switch (transport) {
    case 'received':
      return reconciliationState(facts) === 'discrepant' ? 'discrepant' : 'received'
    case 'unloading':
    case 'arrived':
    case 'lost':
      return transport
    case 'in-transit':
    case 'expected':
      return statusOnTheWay(facts, transport)
  }
}

function statusOnTheWay(
  facts: ShipmentFacts,
  transport: 'in-transit' | 'expected',
): ShipmentStatus {
  const notice = noticeState(facts)
  if (notice === 'rejected') return notice
  if (scheduleState(facts) === 'overdue') return 'overdue'
  const alignment = alignmentState(facts)
  if (alignment === 'misaligned' || alignment === 'pre-arrival-alert') return alignment
  return transport === 'in-transit' && notice !== 'draft' ? transport : notice
}
