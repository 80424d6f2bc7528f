import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { Instant } from '../calendar/instant.ts'
import { Decimal, NonNegativeDecimal, PositiveDecimal } from '../decimal/decimal.ts'
import { caseCommandSchemas } from '../exception/apply-case-command.ts'
import { LineNumber, OrderNumber } from '../identity/identity.ts'
import { ItemIdentifiers } from '../item/item.ts'
import { Currency } from '../money/currency.ts'
import { OrderCalendars } from '../order-lifecycle/order-events.ts'
import { LinePrice } from '../purchase-order/order-line.ts'
import { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { UnitOfMeasure } from '../quantity/unit-of-measure.ts'
import { PurchaseAgreement } from './purchase-agreement.ts'

const reason = z.string().trim().min(1).max(1000)

/** Buyer and supplier agreed, or extended or changed what they agreed on: a later version. */
export const AgreementIssued = z.strictObject({
  document: PurchaseAgreement,
  /** Gathered when it comes in; the buyer's hours run the clocks of its cases. */
  calendars: OrderCalendars.optional(),
})
export type AgreementIssued = z.infer<typeof AgreementIssued>

/** A quantity on a day: what is to be delivered, or what was counted. Signed: goods that went back are negative. */
export const DatedQuantity = z.strictObject({ date: CalendarDate.nullable(), quantity: Decimal })
export type DatedQuantity = z.infer<typeof DatedQuantity>

/** A ship notice as far as it counts a cumulative quantity on. */
export const CountedNotice = z.strictObject({
  documentNumber: z.string().max(80),
  issuedAt: Instant,
  quantity: PositiveDecimal,
  /** What the supplier says it has shipped in all since the counting began, this notice included. X12 SN103, EDIFACT QTY+3. */
  quantityCumulative: NonNegativeDecimal.optional(),
})
export type CountedNotice = z.infer<typeof CountedNotice>

/** One line of a release as it stands: ordered firmly, received, billed. Quantities in `unitOfMeasure`. */
export const ReleaseLine = z.strictObject({
  orderLineNumber: LineNumber,
  /** The agreement's line it names. Null: the only one of its article is meant. */
  agreementLineNumber: LineNumber.nullable(),
  item: ItemIdentifiers,
  unitOfMeasure: UnitOfMeasure,
  price: LinePrice,
  /** Ordered firmly and not given up or refused since. */
  quantityReleased: NonNegativeDecimal,
  /** What that costs at the release's price, in its currency; null where it is priced by a weight nobody stated. */
  amountReleased: NonNegativeDecimal.nullable(),
  /** Received less what was sent back. */
  quantityReceived: Decimal,
  /** Billed less what was given back. */
  quantityInvoiced: Decimal,
  amountInvoiced: Decimal,
  /** Firm deliveries by the day they are wanted. Absent: not a scheduling release. */
  planned: z.array(DatedQuantity).max(2000).optional(),
  /** What was counted, by day. Absent: not a scheduling release. */
  received: z.array(DatedQuantity).max(20_000).optional(),
  /** Ship notices that count on. Absent: not a scheduling release. */
  notices: z.array(CountedNotice).max(20_000).optional(),
})
export type ReleaseLine = z.infer<typeof ReleaseLine>

/**
 * An order tells its agreement how it stands as a release: all of it each time, so that any of several tellings is enough
 * and the last by `orderSequence` counts, whichever comes last. Without lines it is no release of this agreement any more.
 */
export const ReleaseCounted = z.strictObject({
  orderKey: z.string().min(1).max(400),
  orderNumber: OrderNumber,
  orderVersion: z.int().positive(),
  /** How many events the order had: of two tellings the higher is the later. */
  orderSequence: z.int().positive(),
  orderType: PurchaseOrder.shape.orderType,
  supplier: PurchaseOrder.shape.supplier,
  currency: Currency,
  /** The day its first version was issued: releases take from the agreement in this order, then by number. */
  releasedOn: CalendarDate,
  lines: z.array(ReleaseLine).max(5000),
  /** Every person who wrote the release or asked to change it: none of them accepts what goes beyond the agreement. Absent: none. */
  writtenBy: z
    .array(z.string().min(1).max(120).meta({ 'x-personal': 'name' }))
    .max(1000)
    .optional(),
})
export type ReleaseCounted = z.infer<typeof ReleaseCounted>

/** A planner begins the cumulative quantities anew, as suppliers do when their year begins. */
export const CumulativeReset = z.strictObject({ from: CalendarDate, reason })
export type CumulativeReset = z.infer<typeof CumulativeReset>

/** A wait took longer than it should. */
export const AgreementWaitOverdue = z.strictObject({ timerId: z.string().min(1).max(600) })

/** What can be told to an agreement, by message type, with the schema of its data. */
export const agreementMessages = {
  'agreement.issued': AgreementIssued,
  'release.counted': ReleaseCounted,
  'cumulative.reset': CumulativeReset,
  'agreement.closed': z.strictObject({ reason }),
  'agreement.expired': AgreementWaitOverdue,
  'agreement.overdue': AgreementWaitOverdue,
  'case.overdue': z.strictObject({
    exceptionId: z.string().min(1).max(600),
    level: z.int().positive(),
  }),
  ...caseCommandSchemas,
} as const

/** The type of a message an agreement takes. */
export type AgreementMessageType = keyof typeof agreementMessages

/** A message of an agreement, read: its type and its checked data. */
export type AgreementMessage = {
  [Type in AgreementMessageType]: {
    readonly type: Type
    readonly data: z.infer<(typeof agreementMessages)[Type]>
  }
}[AgreementMessageType]
