import {
  announcedOrders,
  type CalendarDate,
  currentNotice,
  expectedDate,
  type ShipmentState,
  shipmentStatus,
  type ShipmentStatus,
  type ShipNotice,
} from '@counterfoil/core'
import { type Disruption, isInWindow, type Struck } from './disruption.ts'
import { openCasesOf } from './open-cases.ts'
import { isCalled } from './touch-order.ts'
import type { TouchedShipment } from './touched.ts'

/** A shipment that a disruption may stop on its way; null where it has arrived, ended, or goes another way. */
export function touchShipment(
  state: ShipmentState,
  { disruption, today }: { readonly disruption: Disruption; readonly today: CalendarDate },
): TouchedShipment | null {
  const { facts, key, sequence } = state
  const notice = currentNotice(facts)
  const status = shipmentStatus(facts)
  if (notice === null || arrived.has(status) || !isStruck(disruption.what, notice)) return null
  const expected = expectedDate(facts)
  if (!isInWindow(disruption, { day: expected, today })) return null
  return {
    kind: 'shipment',
    reference: { kind: 'shipment', key },
    version: sequence,
    buyerOrganisation: notice.buyerOrganisation,
    supplier: notice.supplier,
    state: status,
    openCases: openCasesOf(facts.cases),
    shipNoticeNumber: notice.documentNumber,
    orderNumbers: [...announcedOrders(notice)],
    expected,
    shipTo: notice.shipTo,
  }
}

const arrived: ReadonlySet<ShipmentStatus> = new Set<ShipmentStatus>([
  'arrived',
  'unloading',
  'received',
  'discrepant',
  'closed',
  'cancelled',
])

function isStruck(what: Struck, notice: ShipNotice): boolean {
  const { supplier, shipFrom, shipTo, lines } = notice
  switch (what.kind) {
    case 'supplier':
      return supplier === what.supplier
    case 'site':
      return shipTo === what.site || shipFrom === what.site
    case 'item':
      return lines.some(({ item }) => isCalled(item, what.item))
    case 'lane':
      return shipTo === what.to && (supplier === what.from || shipFrom === what.from)
  }
}
