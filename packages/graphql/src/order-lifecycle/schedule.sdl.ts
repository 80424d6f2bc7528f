import { connectionSdl, pageArguments } from '../paging/connection.sdl.ts'

/** Order lines and their schedules. */
export const scheduleSdl = `
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
  What the discount is made of, where that is known.
  """
  discounts: [Discount!]
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
  Whether the buyer's system calls it complete with what came.
  """
  finalDelivery: Boolean
  """
  Its deliveries, as they stand.
  """
  schedules(${pageArguments}
  ): ScheduleConnection!
}

"""
One discount of a line.
"""
type Discount {
  """
  Its code.
  """
  code: String!
  """
  How much.
  """
  amount: Decimal!
  """
  Where it was worked out as a percentage.
  """
  percent: Decimal
  """
  In words.
  """
  description: String
}

"""
Goods of one line at the dock.
"""
type ReceiptLine {
  """
  The order line they were counted for.
  """
  orderLineNumber: String!
  """
  The receipt they were counted on; null while they are only announced.
  """
  receiptNumber: String
  """
  The line of the receipt.
  """
  receiptLineNumber: String
  """
  The ship notice that announced them, where one is named.
  """
  shipNoticeNumber: String
  """
  How much, in the order line's unit.
  """
  quantity: Decimal!
  """
  What became of them.
  """
  state: ReceiptLineState!
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
  Day it was first asked for, whatever was agreed on since.
  """
  originalRequestedDate: CalendarDate
  """
  Day of the first promise there was.
  """
  firstPromisedDate: CalendarDate
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
  Announced and not counted yet.
  """
  inTransit: Decimal
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
${connectionSdl('OrderLine', 'lines', { counted: true })}${connectionSdl('Schedule', 'schedules', { counted: true })}${connectionSdl('ReceiptLine', 'receiptLines', { counted: true })}${connectionSdl('Promise', 'promises', { counted: true })}`
