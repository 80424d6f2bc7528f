import { exceptionCodeOf } from '../discrepancy/exception-code-of.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import {
  type DiscrepancyPlace,
  discrepancyIdentity,
  measureDate,
  measureText,
} from '../discrepancy/measure-discrepancy.ts'
import type { ExceptionCode } from '../exception/exception.ts'
import type { ShipNotice } from '../ship-notice/ship-notice.ts'
import { checkShipNotice } from './check-ship-notice.ts'
import { announcedOrders, currentNotice, isCompared, latestEstimate } from './current-shipment.ts'
import type { AssessedFinding, ShipmentFacts, ShipmentFinding } from './shipment-state.ts'
import { comparisonWaitId, isWaitOver } from './shipment-wait.ts'
import { blockingSteps, byStep, stepOf } from './validation-step.ts'

/** Everything about the notice that is not as ordered, promised or complete, in the order of the validation. */
export function findDeviations(facts: ShipmentFacts): readonly ShipmentFinding[] {
  const notice = currentNotice(facts)
  if (notice === null) return []
  return [
    ...announcedOrders(notice).flatMap((orderNumber) => fromOrder(facts, notice, orderNumber)),
    ...checkShipNotice(notice).map(findingOf),
    ...delay(facts, notice),
  ].toSorted(byStep)
}

function fromOrder(
  facts: ShipmentFacts,
  notice: ShipNotice,
  orderNumber: string,
): readonly ShipmentFinding[] {
  if (isCompared(facts, orderNumber)) {
    const found = (facts.comparisons[orderNumber]?.discrepancies ?? []).map(findingOf)
    return found.map((one) => (isOfDelay(facts, notice, one) ? { ...one, code: null } : one))
  }
  if (!isWaitOver(facts, comparisonWaitId(facts))) return []
  const place = { ...placeOf(notice), orderNumber }
  const found = { expected: null, actual: `order ${orderNumber} is not known` }
  return [findingOf(measureText('order-not-open', place, found))]
}

/** True where the notice itself was in time and only the carrier's delay makes it late; that is a case of its own. */
function isOfDelay(
  facts: ShipmentFacts,
  { estimatedDeliveryDate: announced }: ShipNotice,
  { discrepancy }: ShipmentFinding,
): boolean {
  if (discrepancy.kind !== 'late-shipment' || announced === null) return false
  const isEstimate = discrepancy.actual === latestEstimate(facts)?.date
  return isEstimate && announced <= discrepancy.expected && announced < discrepancy.actual
}

function findingOf(discrepancy: Discrepancy): ShipmentFinding {
  return { step: stepOf(discrepancy.kind), code: codeOf(discrepancy), discrepancy }
}

/** A unit nobody can convert is a fault of the notice while the goods are on their way, not of their receipt. */
function codeOf({ kind }: Discrepancy): ExceptionCode | null {
  return kind === 'wrong-unit' ? 'ASN_ITEM' : exceptionCodeOf(kind)
}

/** Later than the notice announced, by the last estimate of the carrier. */
function delay(facts: ShipmentFacts, notice: ShipNotice): readonly ShipmentFinding[] {
  const announced = notice.estimatedDeliveryDate
  const estimate = latestEstimate(facts)?.date ?? null
  if (announced === null || estimate === null || estimate <= announced) return []
  const measured = { expected: announced, actual: estimate }
  const discrepancy = measureDate('late-shipment', placeOf(notice), measured)
  return [{ step: 'date', code: 'SHIPMENT_DELAY', discrepancy }]
}

function placeOf(notice: ShipNotice): DiscrepancyPlace {
  return {
    documentNumber: notice.documentNumber,
    documentLineNumber: null,
    orderNumber: null,
    orderLineNumber: null,
    scheduleNumber: null,
  }
}

/** Names a finding, so that the same difference is told and opened once and another measure is another. */
export function findingKey({ code, discrepancy }: ShipmentFinding): string {
  return `${code ?? ''}|${discrepancy.orderNumber ?? ''}|${discrepancyIdentity(discrepancy)}`
}

/** What of the notice is out of tolerance and needs somebody, the carrier's delay apart. */
export function misalignments(facts: ShipmentFacts): readonly AssessedFinding[] {
  return (facts.assessment ?? []).filter(
    ({ judgement, code }) => judgement === 'outside' && code !== null && code !== 'SHIPMENT_DELAY',
  )
}

/** True when none of the lines can be received as announced: their orders, articles or units are not what was ordered. */
export function isUnreceivable(facts: ShipmentFacts): boolean {
  const notice = currentNotice(facts)
  const blocking = misalignments(facts)
    .filter(({ step }) => blockingSteps.has(step))
    .map(({ discrepancy }) => discrepancy)
  if (notice === null || blocking.length === 0) return false
  return notice.lines.every((line) =>
    blocking.some(
      (found) =>
        found.orderNumber === line.orderNumber &&
        (found.documentLineNumber === line.documentLineNumber ||
          (found.documentLineNumber === null && found.orderLineNumber === null) ||
          (found.orderLineNumber !== null && found.orderLineNumber === line.orderLineNumber)),
    ),
  )
}
