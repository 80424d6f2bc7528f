import type { OrderState, OrderStates, OrderStatus, ScheduleStates } from '@counterfoil/core'
import { defineEnum } from '../enum/define-enum.ts'
import { connectionSdl, pageArguments } from '../paging/connection.sdl.ts'

/** The words for where orders and schedules stand. */
export const orderEnums = [
  defineEnum('OrderState', 'Where an order stands, in one word for a list.', {
    awaited: 'Something was said about it, and the order itself has not come.',
    'unordered-goods': 'The place of goods nobody ordered.',
    draft: 'Written, not sent.',
    'pending-approval': 'Waits for approval.',
    approved: 'Approved, not sent.',
    sent: 'Sent to the supplier.',
    delivered: "Taken in by the supplier's system.",
    'partially-acknowledged': 'The supplier answered some of it.',
    acknowledged: 'The supplier took all of it as ordered.',
    'acknowledged-with-changes': 'The supplier answered all of it, some of it otherwise.',
    rejected: 'The supplier refused all of it.',
    'in-fulfilment': 'Goods are on their way or have come.',
    fulfilled: 'Nothing more is expected.',
    'on-hold': 'Somebody stopped it.',
    'cancel-pending': 'It is to be cancelled, and the supplier has not agreed.',
    cancelled: 'It is cancelled.',
    completed: 'All is delivered and billed, and nothing is left to settle.',
    archived: 'Put away.',
  } satisfies Record<OrderStatus, string>),
  defineEnum('OrderIssuing', 'Whether the order was sent.', {
    draft: 'Somebody writes it.',
    'pending-approval': 'It waits for approval.',
    approved: 'It may be sent.',
    sent: 'It was sent.',
    delivered: "The supplier's system took it in.",
  } satisfies Record<OrderStates['issuing'], string>),
  defineEnum('OrderAcknowledgment', 'What the supplier answered to the order as a whole.', {
    unacknowledged: 'Nothing.',
    'partially-acknowledged': 'Something to some of it.',
    acknowledged: 'Yes to all of it.',
    'acknowledged-with-changes': 'Something to all of it, not always as ordered.',
    rejected: 'No to all of it.',
  } satisfies Record<OrderStates['acknowledgment'], string>),
  defineEnum('OrderFulfilment', 'How far delivery of the order is.', {
    'awaiting-shipment': 'Nothing is on its way.',
    'in-fulfilment': 'Something is on its way or has come.',
    fulfilled: 'Nothing more is expected.',
  } satisfies Record<OrderStates['fulfilment'], string>),
  defineEnum('BillingState', 'How much is invoiced.', {
    'not-invoiced': 'Nothing.',
    'part-invoiced': 'Some of it.',
    invoiced: 'All of it.',
  } satisfies Record<ScheduleStates['billing'], string>),
  defineEnum('OrderControl', 'Whether somebody stopped the order.', {
    active: 'Nobody did.',
    'on-hold': 'Somebody did.',
  } satisfies Record<OrderStates['control'], string>),
  defineEnum('OrderCancellation', 'Whether the order is to be cancelled.', {
    'not-cancelled': 'Nobody asked for it.',
    'cancel-pending': 'Asked for; the supplier has not answered.',
    'cancel-refused': 'The supplier refused.',
    cancelled: 'It is cancelled.',
  } satisfies Record<OrderStates['cancellation'], string>),
  defineEnum('OrderCompletion', 'Whether anything is left to do.', {
    open: 'Something is.',
    completed: 'Nothing is.',
    archived: 'It was put away.',
  } satisfies Record<OrderStates['completion'], string>),
  defineEnum('ScheduleAcknowledgment', 'What the supplier answered to a schedule.', {
    'awaiting-acknowledgment': 'Nothing yet.',
    'change-proposed': 'Something else than ordered; the buyer is to decide.',
    'counter-proposed':
      'The buyer wants something else than the supplier; the supplier is to answer.',
    'reconfirm-required': 'It has to be confirmed once more.',
    rejected: 'No.',
    backordered: 'Later.',
    'part-backordered': 'Some of it later.',
    confirmed: 'Yes.',
  } satisfies Record<ScheduleStates['acknowledgment'], string>),
  defineEnum('ScheduleShipping', 'How much is announced by ship notices.', {
    'not-shipped': 'Nothing.',
    'part-shipped': 'Some of it.',
    shipped: 'All of it.',
  } satisfies Record<ScheduleStates['shipping'], string>),
  defineEnum('ScheduleDelivery', 'How much was counted at the dock.', {
    'not-received': 'Nothing.',
    'part-received': 'Some of it.',
    received: 'All of it.',
  } satisfies Record<ScheduleStates['delivery'], string>),
  defineEnum('ScheduleClosure', 'Whether more is expected.', {
    open: 'Yes.',
    'delivery-complete': 'No: it was delivered, or near enough.',
    'short-closed': 'No: the buyer gave the rest up.',
    cancelled: 'No: it was cancelled.',
    closed: 'No, and it is billed.',
  } satisfies Record<ScheduleStates['closure'], string>),
  defineEnum('ScheduleControl', 'Whether somebody stopped the line.', {
    released: 'Nobody did.',
    held: 'Somebody did.',
  } satisfies Record<ScheduleStates['control'], string>),
  defineEnum('ScheduleResolution', 'Whether a receiving case keeps invoices waiting.', {
    clear: 'None does.',
    'awaiting-resolution': 'One does.',
  } satisfies Record<ScheduleStates['resolution'], string>),
  defineEnum('OrderVersionSource', 'Where a version of an order comes from.', {
    issued: 'The ERP issued it.',
    imported: 'It was taken over from the ERP while under way.',
    agreed: 'It follows from a change that was agreed.',
  } satisfies Record<OrderState['standing']['versions'][number]['source'], string>),
  defineEnum('DateMeaning', 'What a promised day is the day of.', {
    delivery: 'Arriving.',
    ship: 'Leaving.',
  }),
]

/** Orders, their lines and schedules. */
export const orderSdl = `
"""
What the buyer ordered, with everything that came of it.
"""
type Order implements Node {
  """
  Opaque id.
  """
  id: ID!
  """
  Tenant, buyer organisation and number, joined by slashes.
  """
  orderKey: String!
  """
  The legal entity or business unit that buys.
  """
  buyerOrganisation: String!
  """
  The buyer's number; for goods nobody ordered the supplier they came from.
  """
  orderNumber: String!
  """
  The supplier's number in the buyer's ERP; null before it is known.
  """
  supplier: String
  """
  Where it stands, in one word.
  """
  state: OrderState!
  """
  Something is left to do.
  """
  open: Boolean!
  """
  The current version of the order; null before the order itself came.
  """
  orderVersion: Int
  """
  Number of events so far, to give as \`expectedVersion\`.
  """
  version: Int
  """
  ISO 4217 code; null before the order itself came.
  """
  currency: String
  """
  What the order is for.
  """
  orderType: OrderType
  """
  When the current version was issued.
  """
  issuedAt: Instant
  """
  When payment is due and what paying early earns.
  """
  paymentTerms: PaymentTerms
  """
  Where the goods go, unless a schedule says otherwise.
  """
  shipTo: String
  """
  How many of its cases are open.
  """
  openExceptions: Int!
  """
  The first day anything still open is wanted.
  """
  nextRequestedDate: CalendarDate
  """
  Where each of its independent sides stands; null before anything is known.
  """
  states: OrderStates
  """
  Its versions, oldest first. At most the last 250.
  """
  versions: [OrderVersion!]!
  """
  Its lines, as they stand.
  """
  lines(${pageArguments}
  ): OrderLineConnection!
  """
  Changes somebody wished for, oldest first.
  """
  changes(
    """
    Only those somebody still has to decide.
    """
    pendingDecision: Boolean = false${pageArguments}
  ): ChangeConnection!
  """
  Its own cases, oldest first. Cases of its shipments and invoices are theirs; those of what could not be sent for it are
  among \`exceptions(filter: { about })\`.
  """
  exceptions(
    """
    Open ones, or settled ones; both when absent.
    """
    open: Boolean${pageArguments}
  ): ExceptionCaseConnection!
  """
  Shipments that announced goods for it.
  """
  shipments(${pageArguments}
  ): ShipmentConnection!
  """
  Invoices that bill it.
  """
  invoices(${pageArguments}
  ): InvoiceConnection!
  """
  Everything that happened to it, its shipments and its invoices, in the order in which it was decided, with why.
  """
  timeline(${pageArguments}
  ): TimelineEntryConnection!
  """
  What was compared for it, its shipments and its invoices: why something was opened, or why nothing was.
  """
  comparisons(
    """
    Only comparisons inside tolerance, or only those outside.
    """
    withinTolerance: Boolean${pageArguments}
  ): ComparisonConnection!
  """
  Its audit trail, in the order of its hash chain.
  """
  auditTrail(${pageArguments}
  ): AuditEntryConnection!
  """
  What people wrote down, oldest first. At most the last 250.
  """
  notes: [Note!]!
}

"""
Where each independent side of an order stands.
"""
type OrderStates {
  """
  Whether it was sent.
  """
  issuing: OrderIssuing!
  """
  What the supplier answered.
  """
  acknowledgment: OrderAcknowledgment!
  """
  How far delivery is.
  """
  fulfilment: OrderFulfilment!
  """
  How much is invoiced.
  """
  billing: BillingState!
  """
  Whether somebody stopped it.
  """
  control: OrderControl!
  """
  Whether it is to be cancelled.
  """
  cancellation: OrderCancellation!
  """
  Whether anything is left to do.
  """
  completion: OrderCompletion!
}

"""
A version of an order.
"""
type OrderVersion {
  """
  1 for the first issue.
  """
  version: Int!
  """
  When it was issued or agreed.
  """
  issuedAt: Instant!
  """
  Where it comes from.
  """
  source: OrderVersionSource!
  """
  The change that made an agreed version.
  """
  changeId: String
}

"""
One article, charge or service ordered.
"""
type OrderLine {
  """
  The buyer's line number.
  """
  orderLineNumber: String!
  """
  What it is for.
  """
  lineType: LineType!
  """
  The numbers the item is known by.
  """
  item: ItemIdentifiers!
  """
  In words.
  """
  description: String!
  """
  Unit of all quantities of the line, UN/ECE Rec 20.
  """
  unitOfMeasure: String!
  """
  How much is ordered.
  """
  quantityOrdered: Decimal!
  """
  Its net price.
  """
  price: LinePrice!
  """
  Discount on the line.
  """
  discountAmount: Decimal!
  """
  Charges on the line.
  """
  chargesAmount: Decimal!
  """
  How an invoice line is compared, where the line says so itself.
  """
  matchLevel: MatchLevel
  """
  What an invoice line is verified against.
  """
  matchTo: MatchTo!
  """
  How much more or less may be delivered.
  """
  deliveryTolerance: DeliveryTolerance!
  """
  Its deliveries, as they stand.
  """
  schedules(${pageArguments}
  ): ScheduleConnection!
}

"""
One delivery of an order line: so much, there, on that day. The real unit of work.
"""
type Schedule {
  """
  Its number inside the line.
  """
  scheduleNumber: String!
  """
  Day the goods are wanted.
  """
  requestedDate: CalendarDate
  """
  Day the last delivery is promised for; null while nothing is promised.
  """
  promisedDate: CalendarDate
  """
  Day goods are expected: announced or reported by the shipment, else promised, else requested.
  """
  expectedDate: CalendarDate
  """
  The supplier's answer that counts, by its document number.
  """
  answeredBy: String
  """
  Its quantities, in the line's unit of measure.
  """
  quantities: ScheduleQuantities!
  """
  Where each of its independent sides stands.
  """
  states: ScheduleStates!
  """
  Every promise there was, by issue time. Never shortened and never overwritten.
  """
  promises(${pageArguments}
  ): PromiseConnection!
}

"""
The quantities of a schedule, in its line's unit of measure.
"""
type ScheduleQuantities {
  """
  What is ordered.
  """
  ordered: Decimal!
  """
  Promised, and accepted by the buyer or inside tolerance.
  """
  confirmed: Decimal!
  """
  Promised for later, without a day or outside the order.
  """
  backordered: Decimal!
  """
  Refused by the supplier.
  """
  rejected: Decimal!
  """
  Given up: cancelled or short-closed while still open.
  """
  cancelled: Decimal!
  """
  Ordered and not answered.
  """
  awaiting: Decimal!
  """
  Announced by ship notices that were not withdrawn.
  """
  shipped: Decimal!
  """
  Counted at the dock, less what was taken back.
  """
  received: Decimal!
  """
  Of it, what quality control took.
  """
  accepted: Decimal!
  """
  Of it, what quality control refused.
  """
  rejectedByQuality: Decimal!
  """
  Of it, what is under inspection, blocked or on hold.
  """
  inInspection: Decimal!
  """
  Sent back to the supplier.
  """
  returned: Decimal!
  """
  Billed by invoices that count.
  """
  invoiced: Decimal!
  """
  Given back by credits and reversals.
  """
  credited: Decimal!
  """
  Still to be delivered.
  """
  open: Decimal!
}

"""
Where each independent side of a schedule stands.
"""
type ScheduleStates {
  """
  What the supplier answered.
  """
  acknowledgment: ScheduleAcknowledgment!
  """
  How much is announced.
  """
  shipping: ScheduleShipping!
  """
  How much was counted.
  """
  delivery: ScheduleDelivery!
  """
  How much is invoiced.
  """
  billing: BillingState!
  """
  Whether more is expected.
  """
  closure: ScheduleClosure!
  """
  Whether somebody stopped the line.
  """
  control: ScheduleControl!
  """
  Whether a receiving case keeps invoices waiting.
  """
  resolution: ScheduleResolution!
}

"""
One promise of the supplier.
"""
type Promise {
  """
  The answer it was made in.
  """
  documentNumber: String!
  """
  When it was made.
  """
  issuedAt: Instant!
  """
  The version of the order it answers.
  """
  orderVersion: Int!
  """
  How much for which day. At most 250.
  """
  deliveries: [PromisedDelivery!]!
}

"""
So much, promised for a day.
"""
type PromisedDelivery {
  """
  The day; null where none was named.
  """
  date: CalendarDate
  """
  Whether it arrives or leaves on that day.
  """
  dateMeaning: DateMeaning!
  """
  How much.
  """
  quantity: Decimal!
}

"""
Something a person wrote down, a phone call for instance.
"""
type Note {
  """
  When.
  """
  at: Instant!
  """
  Who.
  """
  by: String!
  """
  In their own words.
  """
  text: String!
}

"""
Selects orders. What is left out lets everything pass.
"""
input OrderFilter {
  """
  Orders that stand there.
  """
  state: OrderState
  """
  Orders with something left to do, or those without.
  """
  open: Boolean
  """
  Orders to this supplier.
  """
  supplier: String
  """
  Orders of this buyer organisation.
  """
  buyerOrganisation: String
}

"""
Names an order: by its id, or as people do.
"""
input OrderReference @oneOf {
  """
  The id this schema gave it.
  """
  id: ID
  """
  Buyer organisation and number.
  """
  number: OrderNumberInput
}

"""
An order as people name it.
"""
input OrderNumberInput {
  """
  The legal entity or business unit that buys.
  """
  buyerOrganisation: String!
  """
  The buyer's order number.
  """
  orderNumber: String!
}
${connectionSdl('Order', 'orders')}${connectionSdl('OrderLine', 'lines', { counted: true })}${connectionSdl('Schedule', 'schedules', { counted: true })}${connectionSdl('Promise', 'promises', { counted: true })}`
