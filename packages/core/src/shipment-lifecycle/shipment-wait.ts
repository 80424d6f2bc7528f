import { noticeRevision } from './current-shipment.ts'
import type { ShipmentFacts } from './shipment-state.ts'

/** The clock of the orders' answers about the notice as it counts now. */
export function comparisonWaitId(facts: ShipmentFacts): string {
  return `${facts.shipmentKey}/comparison/${noticeRevision(facts)}`
}

/** The clock of the arrival at the gate. */
export function arrivalWaitId(facts: ShipmentFacts): string {
  return `${facts.shipmentKey}/arrival`
}

/** The clock of the count, from the arrival on. */
export function receivingWaitId(facts: ShipmentFacts): string {
  return `${facts.shipmentKey}/receiving`
}

/** The clock of an open case. */
export function caseWaitId(facts: ShipmentFacts, exceptionId: string): string {
  return `${facts.shipmentKey}/case/${exceptionId}`
}

/** True once a clock rang and what it waits for has not come. */
export function isWaitOver(facts: ShipmentFacts, timerId: string): boolean {
  return facts.waits[timerId]?.over === true
}
