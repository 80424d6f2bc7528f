import {
  currentNotice,
  type Message,
  shipmentAggregate,
  type ShipmentState,
} from '@counterfoil/core'
import { beforeShapes } from '../machines/machine-stamp.ts'
import type { ConductedAggregate } from '../runtime.ts'
import { shipmentRows } from '../views/shipment-rows.ts'
import { businessScope, dayOfIssue } from './business-scope.ts'

/** The shipment of core, as a runtime conducts it: its rules are those of the day the ship notice was issued. */
export const conductedShipment: ConductedAggregate = {
  ...shipmentAggregate,
  older: [{ machine: beforeShapes(shipmentAggregate.machine), take: { kind: 'replay' } }],
  scopeOf: (state: ShipmentState | null, message: Message) => {
    const notice = state === null ? null : currentNotice(state.facts)
    if (state === null || notice === null) return businessScope(message, null)
    const { supplier, issuedAt } = notice
    return businessScope(message, { supplier, date: dayOfIssue(issuedAt, state.facts.calendar) })
  },
  rowsOf: (state: ShipmentState) => shipmentRows(state),
}
