import {
  announcedOrders,
  currentNotice,
  expectedDate,
  type ShipmentState,
  shipmentStatus,
  splitKey,
} from '@counterfoil/core'
import type { ViewRow } from '../store/stored-records.ts'
import { caseRow } from './case-row.ts'
import { dayMoment } from './day-moment.ts'
import type { ShipmentSummary } from './summaries.ts'

/** What the lists show of a shipment: the shipment itself and each of its cases. */
export function shipmentRows(state: ShipmentState): readonly ViewRow[] {
  const summary = summariseShipment(state)
  const { buyerOrganisation, supplier, estimatedDeliveryDate } = summary
  const shipment: ViewRow = {
    view: 'shipment',
    id: state.key,
    buyerOrganisation,
    supplier,
    state: summary.state,
    open: summary.open,
    ownerRole: null,
    openedAt: currentNotice(state.facts)?.issuedAt ?? null,
    dueAt: estimatedDeliveryDate === null ? null : dayMoment(estimatedDeliveryDate),
    body: summary,
  }
  return [shipment, ...state.facts.cases.map((one) => caseRow(one, supplier))]
}

/** A shipment in one row of a list. Reports may come before the notice; what the notice would say is then not known. */
export function summariseShipment({ key, facts }: ShipmentState): ShipmentSummary {
  const notice = currentNotice(facts)
  const [, buyerOrganisation = '', supplier = '', shipNoticeNumber = ''] = splitKey(key)
  const status = shipmentStatus(facts)
  return {
    shipmentKey: key,
    buyerOrganisation,
    supplier,
    shipNoticeNumber: notice?.documentNumber ?? shipNoticeNumber,
    state: status,
    open: status !== 'closed' && status !== 'cancelled',
    orderNumbers: notice === null ? [] : [...announcedOrders(notice)],
    estimatedDeliveryDate: expectedDate(facts),
  }
}
