import { Milestone, type ShipmentStatus } from '@counterfoil/core'
import { defineEnum } from '../enum/define-enum.ts'
import { connectionSdl, pageArguments } from '../paging/connection.sdl.ts'

/** Words about shipments. */
export const shipmentEnums = [
  defineEnum('ShipmentState', 'Where a shipment is, in one word.', {
    draft: 'Reports came, and no notice.',
    submitted: 'The notice is being compared with its orders.',
    rejected: 'The notice cannot be received by.',
    validated: 'The notice fits, and the goods have not left.',
    misaligned: 'The notice does not fit its orders.',
    'pre-arrival-alert': 'It does not fit, and the warehouse was told before the goods come.',
    'in-transit': 'The goods are on their way.',
    overdue: 'They should be here.',
    lost: 'The carrier lost them.',
    arrived: 'They are at the gate.',
    unloading: 'They are being counted.',
    received: 'All is counted.',
    discrepant: 'All is counted, and not as announced.',
    closed: 'Nothing is left to do.',
    cancelled: 'The supplier took the notice back.',
  } satisfies Record<ShipmentStatus, string>),
  defineEnum('MilestoneCode', 'A step of a shipment on its way.', Milestone.shape.code.options),
  defineEnum(
    'TimeMeaning',
    'Whether a time is planned, estimated or has come.',
    Milestone.shape.timeMeaning.options,
  ),
]

/** Shipments. */
export const shipmentSdl = `
"""
Goods on their way, for one order or several: the ship notice with everything that came of it.
"""
type Shipment implements Node {
  """
  Opaque id.
  """
  id: ID!
  """
  Tenant, buyer organisation, supplier and ship-notice number, joined by slashes.
  """
  shipmentKey: String!
  """
  The legal entity or business unit that buys.
  """
  buyerOrganisation: String!
  """
  The supplier's number in the buyer's ERP.
  """
  supplier: String!
  """
  The supplier's number of the notice.
  """
  shipNoticeNumber: String!
  """
  Where it is, in one word.
  """
  state: ShipmentState!
  """
  Something is left to do.
  """
  open: Boolean!
  """
  Number of events so far, to give as \`expectedVersion\`.
  """
  version: Int
  """
  The orders it brings goods for.
  """
  orderNumbers: [String!]!
  """
  Those orders themselves. Orders that are not known are left out.
  """
  orders(${pageArguments}
  ): OrderConnection!
  """
  Day it left or leaves.
  """
  shipDate: CalendarDate
  """
  Day it is expected: the last estimate, else what the notice says.
  """
  estimatedDeliveryDate: CalendarDate
  """
  When it came to the gate.
  """
  arrivedAt: Instant
  """
  Who carries it.
  """
  carrier: String
  """
  The carrier's number to follow it by.
  """
  trackingNumber: String
  """
  What the supplier says is in it.
  """
  lines(${pageArguments}
  ): ShipNoticeLineConnection!
  """
  Reports of its way, by issue time. At most the last 250.
  """
  milestones: [Milestone!]!
  """
  Its own cases, oldest first.
  """
  exceptions(
    """
    Open ones, or settled ones; both when absent.
    """
    open: Boolean${pageArguments}
  ): ExceptionCaseConnection!
  """
  Everything that happened to it, in the order in which it was decided, with why.
  """
  history(${pageArguments}
  ): TimelineEntryConnection!
}

"""
What the supplier says left the dock, of one order line.
"""
type ShipNoticeLine {
  """
  The notice's own line number.
  """
  documentLineNumber: String!
  """
  The order it is of.
  """
  orderNumber: String!
  """
  The order's line, where the supplier named it.
  """
  orderLineNumber: String
  """
  The schedule, where the supplier named it.
  """
  scheduleNumber: String
  """
  The numbers the item is known by.
  """
  item: ItemIdentifiers!
  """
  How much left.
  """
  quantityShipped: Decimal!
  """
  Unit of that quantity, UN/ECE Rec 20.
  """
  unitOfMeasure: String!
}

"""
A report of a step of the shipment.
"""
type Milestone {
  """
  Which step.
  """
  code: MilestoneCode!
  """
  Whether the time is planned, estimated or has come.
  """
  timeMeaning: TimeMeaning!
  """
  The time.
  """
  at: Instant!
  """
  Where.
  """
  location: String
  """
  When it was reported.
  """
  issuedAt: Instant!
}

"""
Selects shipments. What is left out lets everything pass.
"""
input ShipmentFilter {
  """
  Shipments that are there.
  """
  state: ShipmentState
  """
  Shipments with something left to do, or those without.
  """
  open: Boolean
  """
  Shipments of this supplier.
  """
  supplier: String
  """
  Shipments for this buyer organisation.
  """
  buyerOrganisation: String
  """
  Expected on or before this day.
  """
  expectedBefore: CalendarDate
}

"""
Names a shipment: by its id, or as people do.
"""
input ShipmentReference @oneOf {
  """
  The id this schema gave it.
  """
  id: ID
  """
  Buyer organisation, supplier and ship-notice number.
  """
  number: ShipNoticeNumberInput
}

"""
A shipment as people name it.
"""
input ShipNoticeNumberInput {
  """
  The legal entity or business unit that buys.
  """
  buyerOrganisation: String!
  """
  The supplier's number in the buyer's ERP.
  """
  supplier: String!
  """
  The supplier's number of the notice.
  """
  shipNoticeNumber: String!
}
${connectionSdl('Shipment', 'shipments')}${connectionSdl('ShipNoticeLine', 'lines', { counted: true })}`
