import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { PositiveDecimal } from '../decimal/decimal.ts'
import { documentHeaderFields } from '../document/document-header.ts'
import { LineNumber, OrderNumber } from '../identity/identity.ts'
import { ItemIdentifiers } from '../item/item.ts'
import { LinePrice } from '../purchase-order/order-line.ts'
import { UnitOfMeasure } from '../quantity/unit-of-measure.ts'

/** What the supplier says to part of a line. X12 ACK01, EDIFACT 1229, UBL LineStatusCode; raw codes stay in `reasonCode`. */
export const AcknowledgmentAction = z.enum([
  'accept',
  'backorder',
  'reject',
  'cancel',
  'hold',
  'substitute',
  'pending',
  'shipped',
])
export type AcknowledgmentAction = z.infer<typeof AcknowledgmentAction>

/** One part of the answer to an order line; the parts of a line add up to what is answered of it. */
export const AcknowledgmentResponse = z.strictObject({
  action: AcknowledgmentAction,
  quantity: PositiveDecimal,
  unitOfMeasure: UnitOfMeasure,
  /** Day promised; null when the supplier names none and so takes the requested one, or owes one (`pending`). */
  promisedDate: CalendarDate.nullable(),
  dateMeaning: z.enum(['delivery', 'ship']),
  /** Only when the supplier states a price. */
  price: LinePrice.optional(),
  substituteItem: ItemIdentifiers.optional(),
  reasonCode: z.string().max(40).optional(),
  reasonText: z.string().max(400).optional(),
})
export type AcknowledgmentResponse = z.infer<typeof AcknowledgmentResponse>

/** The answer to all of an order line, from a supplier who names no quantity: only whoever knows the order can add it. */
export const WholeLineAnswer = AcknowledgmentResponse.omit({ quantity: true, unitOfMeasure: true })
export type WholeLineAnswer = z.infer<typeof WholeLineAnswer>

/** The answer to one order line (or one schedule of it). */
export const AcknowledgmentLine = z.strictObject({
  documentLineNumber: LineNumber,
  /** The buyer's line number as the supplier returned it; null when missing: then items and quantity find the line. */
  orderLineNumber: LineNumber.nullable(),
  scheduleNumber: LineNumber.optional(),
  supplierLineNumber: LineNumber.optional(),
  item: ItemIdentifiers,
  responses: z.array(AcknowledgmentResponse).max(200),
  /**
   * Set where a line is accepted, refused or replaced as a whole without saying how much (UBL LineStatusCode without
   * Quantity); `responses` is then empty.
   */
  wholeLine: WholeLineAnswer.optional(),
})
export type AcknowledgmentLine = z.infer<typeof AcknowledgmentLine>

/** The supplier's answer to an order. X12 855, EDIFACT ORDRSP, UBL OrderResponse. */
export const Acknowledgment = z.strictObject({
  kind: z.literal('acknowledgment'),
  ...documentHeaderFields,
  orderNumber: OrderNumber,
  /** The order version the supplier answers; null when it names none, taken as the one current at `issuedAt`. */
  orderVersion: z.int().positive().nullable(),
  decision: z.enum(['received', 'accepted', 'accepted-with-changes', 'rejected']),
  /** What silence about a line means: the supplier took it (X12 BAK02 AE, AK) or has not answered it (AC, AD). */
  unlistedLines: z.enum(['accepted', 'rejected', 'unanswered']),
  /** Day of delivery promised for the order as a whole; holds for the lines not listed. UBL Delivery/PromisedDeliveryPeriod. */
  unlistedPromisedDate: CalendarDate.optional(),
  reasonText: z.string().max(400).optional(),
  lines: z.array(AcknowledgmentLine).max(5000),
})
export type Acknowledgment = z.infer<typeof Acknowledgment>
