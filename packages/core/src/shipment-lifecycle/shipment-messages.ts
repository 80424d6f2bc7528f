import * as z from 'zod'
import { Discrepancy } from '../discrepancy/discrepancy.ts'
import { caseCommandSchemas } from '../exception/apply-case-command.ts'
import { LineNumber, OrderNumber } from '../identity/identity.ts'
import { MasterCheck } from '../masters/master-check.ts'
import { Milestone } from '../milestone/milestone.ts'
import { PositiveDecimal } from '../decimal/decimal.ts'
import { OrderCalendars } from '../order-lifecycle/order-events.ts'
import { UnitOfMeasure } from '../quantity/unit-of-measure.ts'
import { ConditionCount } from '../receipt/receipt.ts'
import { ShipNotice } from '../ship-notice/ship-notice.ts'

const reason = z.string().trim().min(1).max(1000)

/** The supplier says what left the dock, or corrects or withdraws an earlier notice of the same number. */
export const ShipNoticeReceived = z.strictObject({
  document: ShipNotice,
  /** Gathered when the notice comes in; the buyer's hours run the clocks of its cases. */
  calendars: OrderCalendars.optional(),
  /** The notice beside the master data, gathered as it comes in. Absent: no master says anything about it. */
  masters: MasterCheck.optional(),
})
export type ShipNoticeReceived = z.infer<typeof ShipNoticeReceived>

/** The carrier, the supplier or the gate reports a step of the shipment. */
export const MilestoneReported = z.strictObject({ document: Milestone })
export type MilestoneReported = z.infer<typeof MilestoneReported>

/** What one order found when it compared its part of the notice with what was ordered and confirmed. */
export const ShipNoticeCompared = z.strictObject({
  shipmentKey: z.string(),
  orderNumber: OrderNumber,
  /** The notice's revision that was compared; a reply to an older one no longer counts. Absent: the current one. */
  revision: z.int().nonnegative().optional(),
  aligned: z.boolean(),
  discrepancies: z.array(Discrepancy),
})
export type ShipNoticeCompared = z.infer<typeof ShipNoticeCompared>

/** What was counted of one line of the shipment, of one order. */
export const GoodsReceivedLine = z.strictObject({
  receiptNumber: z.string().min(1).max(80),
  receiptLineNumber: z.string().min(1).max(40),
  /** A later count of the same receipt replaces the earlier. */
  revision: z.int().nonnegative(),
  receiptType: z.enum(['receipt', 'reversal', 'return']),
  orderNumber: OrderNumber,
  orderLineNumber: LineNumber.nullable(),
  quantity: PositiveDecimal,
  unitOfMeasure: UnitOfMeasure,
  conditions: z.array(ConditionCount),
  final: z.boolean(),
})
export type GoodsReceivedLine = z.infer<typeof GoodsReceivedLine>

/** An order tells the shipment what the dock counted of it. */
export const GoodsReceived = z.strictObject({
  shipmentKey: z.string(),
  /** Empty only for a recount that found none of the shipment. */
  lines: z.array(GoodsReceivedLine).max(5000),
  /** The receipt was counted before: all that was told of it for this order gives way to `lines`. Absent: a first count. */
  recount: z
    .strictObject({
      orderNumber: OrderNumber,
      receiptNumber: z.string().min(1).max(80),
      revision: z.int().nonnegative(),
    })
    .optional(),
})
export type GoodsReceived = z.infer<typeof GoodsReceived>

/** A receiver or buyer closes a shipment whose difference is settled elsewhere. */
export const ShipmentClosed = z.strictObject({ reason })

/** A wait took longer than it should; the clock was armed when the wait began. */
export const ShipmentWaitOverdue = z.strictObject({ timerId: z.string().min(1).max(600) })

/** What can be told to a shipment, by message type, with the schema of its data. */
export const shipmentMessages = {
  'ship-notice.received': ShipNoticeReceived,
  'milestone.reported': MilestoneReported,
  'ship-notice.compared': ShipNoticeCompared,
  'goods.received': GoodsReceived,
  'shipment.closed': ShipmentClosed,
  'comparison.overdue': ShipmentWaitOverdue,
  'arrival.overdue': ShipmentWaitOverdue,
  'receiving.overdue': ShipmentWaitOverdue,
  'case.overdue': z.strictObject({
    exceptionId: z.string().min(1).max(600),
    level: z.int().positive(),
  }),
  ...caseCommandSchemas,
} as const

/** The type of a message a shipment takes. */
export type ShipmentMessageType = keyof typeof shipmentMessages

/** A message of a shipment, read: its type and its checked data. */
export type ShipmentMessage = {
  [Type in ShipmentMessageType]: {
    readonly type: Type
    readonly data: z.infer<(typeof shipmentMessages)[Type]>
  }
}[ShipmentMessageType]

/** True for the type of a message a shipment takes. */
export function isShipmentMessageType(type: string): type is ShipmentMessageType {
  return Object.hasOwn(shipmentMessages, type)
}
