import * as z from 'zod'
import { Acknowledgment } from '../acknowledgment/acknowledgment.ts'
import { AgreementAnswered } from '../agreement/agreement-answer.ts'
import {
  ApprovalAsked,
  ApprovalEscalated,
  ApprovalRequested,
  ApprovalRerouted,
} from '../approval/approval-events.ts'
import { BusinessCalendar } from '../calendar/business-calendar.ts'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { Instant } from '../calendar/instant.ts'
import { Decimal, NonNegativeDecimal, PositiveDecimal } from '../decimal/decimal.ts'
import { Discrepancy } from '../discrepancy/discrepancy.ts'
import { caseCommandSchemas } from '../exception/apply-case-command.ts'
import { taskCommandSchemas } from '../exception/change-task.ts'
import { ExceptionCase } from '../exception/exception.ts'
import { Task } from '../exception/task.ts'
import { DocumentNumber, LineNumber, SupplierId } from '../identity/identity.ts'
import { ClearedPrepayment, InvoiceType } from '../invoice/invoice.ts'
import { ItemIdentifiers } from '../item/item.ts'
import { MasterCheck } from '../masters/master-check.ts'
import { ChangeRequest, OrderDifference } from '../order-change/order-change.ts'
import { Conduct, PolicyDecision } from '../policy/policy.ts'
import { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { UnitOfMeasure } from '../quantity/unit-of-measure.ts'
import { Inspection, Receipt } from '../receipt/receipt.ts'
import { ShipNoticeLine } from '../ship-notice/ship-notice.ts'
import { OwnershipCheck } from '../system-of-record/drift.ts'
import { GoodsBilled } from './own-billing.ts'
import { DocumentAgreement } from './document-agreement.ts'

const reason = z.string().trim().min(1).max(1000)
const key = z.string().min(1).max(400)

/** The calendars an order's clocks run on, gathered when the order comes in. Absent: Monday to Friday, 8 to 17, UTC. */
export const OrderCalendars = z.strictObject({
  /** Hours the supplier works: the clocks that wait for it. */
  supplier: BusinessCalendar.optional(),
  /** Hours the buyer's own desks work: the clocks of cases. */
  buyer: BusinessCalendar.optional(),
})
export type OrderCalendars = z.infer<typeof OrderCalendars>

/** What was looked up about a document as it came in. */
const gathered = {
  /** The document beside the master data. Absent: there is no master, or it says nothing of such documents. */
  masters: MasterCheck.optional(),
  /** What of it was said by a system that does not own it, or has come apart. Absent: nothing was compared. */
  ownership: OwnershipCheck.optional(),
} as const

/** The buyer issued an order, or a later version of it. */
export const OrderIssued = z.strictObject({
  document: PurchaseOrder,
  calendars: OrderCalendars.optional(),
  ...gathered,
})
export type OrderIssued = z.infer<typeof OrderIssued>

/** What had happened to one schedule before the order was taken over from another system. */
export const ImportedOpening = z.strictObject({
  orderLineNumber: LineNumber,
  scheduleNumber: LineNumber,
  /** In the order line's unit of measure, like all quantities here. */
  quantityConfirmed: NonNegativeDecimal.optional(),
  promisedDate: CalendarDate.optional(),
  quantityShipped: NonNegativeDecimal.optional(),
  quantityReceived: NonNegativeDecimal.optional(),
  quantityInvoiced: NonNegativeDecimal.optional(),
  /** Net amount of `quantityInvoiced`, in the order's currency. */
  amountInvoiced: NonNegativeDecimal.optional(),
})
export type ImportedOpening = z.infer<typeof ImportedOpening>

/** An order already under way is taken over, with what had been confirmed, received and invoiced by then. */
export const OrderImported = z.strictObject({
  document: PurchaseOrder,
  calendars: OrderCalendars.optional(),
  opening: z.array(ImportedOpening).max(20_000).optional(),
  ...gathered,
})
export type OrderImported = z.infer<typeof OrderImported>

/** A buyer or planner writes an order that is not to be sent yet; it waits for approval. */
export const OrderDrafted = z.strictObject({
  document: PurchaseOrder,
  masters: MasterCheck.optional(),
})

const orderStep = z.strictObject({ reason: reason.optional() })

/** Somebody with authority agrees to the order; `asRole` where more than one of the roles asked is theirs. */
export const OrderApproved = z.strictObject({
  ...orderStep.shape,
  asRole: z.string().min(1).max(60).optional(),
})

/** The supplier's system took the order in (X12 997, MDN, opened in the portal). It is no answer yet. */
export const OrderDelivered = z.strictObject({ orderVersion: z.int().positive() })

/** A change somebody wishes for: the buyer (X12 860) or the supplier (X12 865). */
export const ChangeRequested = z.strictObject({ document: ChangeRequest })
/** The supplier's answer to the order. */
export const AcknowledgmentReceived = z.strictObject({ document: Acknowledgment, ...gathered })
/** Hash of a whole document, of which an order is told a part. Absent: the order is told the whole document. */
const documentHash = z.string().max(64).optional()

/** Goods counted, taken back or sent back. */
export const ReceiptRecorded = z.strictObject({ document: Receipt, documentHash, ...gathered })
export type ReceiptRecorded = z.infer<typeof ReceiptRecorded>
/** What quality control decided. */
export const InspectionRecorded = z.strictObject({ document: Inspection })

/** The goods of a receipt line are in their place in the warehouse. */
export const GoodsPutAway = z.strictObject({
  receiptNumber: DocumentNumber,
  receiptLineNumber: LineNumber,
})
export type GoodsPutAway = z.infer<typeof GoodsPutAway>

/** A buyer decides a proposed change. A counter names what the buyer wants instead. */
export const ChangeDecided = z.strictObject({
  changeId: key,
  decision: z.enum(['accept', 'reject', 'counter']),
  reason: reason.optional(),
  counter: z.array(OrderDifference).min(1).max(5000).optional(),
})
export type ChangeDecided = z.infer<typeof ChangeDecided>

/** Planning says whether a proposed change hurts an order downstream or the stock. */
export const ImpactAssessed = z.strictObject({
  changeId: key,
  impact: z.enum(['has-impact', 'no-impact']),
  sentence: z.string().max(1000).optional(),
})

/** Who proposed a change takes it back. */
export const ChangeWithdrawn = z.strictObject({ changeId: key, reason })

/** Nobody decided a proposed change in time; it falls. */
export const ChangeExpired = z.strictObject({ changeId: key })

/** What a system answered to a record written back to it. */
export const WriteBackAnswered = z.strictObject({
  system: z.enum(['erp', 'wms', 'finance', 'planning']),
  record: z.string().max(120),
  outcome: z.enum(['applied', 'conflict', 'refused']),
  /** The version the system is at, where it says so. */
  currentVersion: z.int().nullable(),
  sentence: z.string().max(1000),
})
export type WriteBackAnswered = z.infer<typeof WriteBackAnswered>

const lineCommand = z.strictObject({ orderLineNumber: LineNumber, reason })

/** A buyer gives up the rest of a schedule: nothing more is expected, nothing is sent back. */
export const ScheduleShortClosed = z.strictObject({
  orderLineNumber: LineNumber,
  scheduleNumber: LineNumber,
  reason,
})

/** The supplier answers the wish to cancel the order. */
export const OrderCancelAnswered = z.strictObject({
  accepted: z.boolean(),
  reason: reason.optional(),
})

const cancelPlace = {
  orderLineNumber: LineNumber,
  /** Absent: every schedule of the line. */
  scheduleNumber: LineNumber.optional(),
}

/** The buyer asks the supplier to let a line, or one schedule of it, go. */
export const LineCancelRequested = z.strictObject({ ...cancelPlace, reason })
export type LineCancelRequested = z.infer<typeof LineCancelRequested>

/** The supplier answers the wish to let a line or schedule go. */
export const LineCancelAnswered = z.strictObject({
  ...cancelPlace,
  accepted: z.boolean(),
  reason: reason.optional(),
})
export type LineCancelAnswered = z.infer<typeof LineCancelAnswered>

/** Somebody writes down what was said, on the telephone for instance. */
export const NoteRecorded = z.strictObject({ text: z.string().trim().min(1).max(4000) })

/** A shipment says what is on its way for this order. A withdrawn notice comes with the purpose `cancel`. */
export const ShipmentAnnounced = z.strictObject({
  shipmentKey: key,
  documentNumber: z.string().min(1).max(80),
  revision: z.int().nonnegative(),
  issuedAt: Instant,
  purpose: z.enum(['original', 'replace', 'cancel']),
  shipDate: CalendarDate.nullable(),
  estimatedDeliveryDate: CalendarDate.nullable(),
  /** Container codes (SSCC) of the whole shipment; none where absent. */
  containers: z.array(z.string().max(18)).max(10_000).optional(),
  /** The lines of this order only; none when an amended notice no longer has any. */
  lines: z.array(ShipNoticeLine).max(10_000),
})
export type ShipmentAnnounced = z.infer<typeof ShipmentAnnounced>

/** A shipment for this order is at the gate. */
export const ShipmentArrived = z.strictObject({ shipmentKey: key, arrivedAt: Instant })
export type ShipmentArrived = z.infer<typeof ShipmentArrived>

/** A shipment for this order comes on another day than announced. */
export const ShipmentDelayed = z.strictObject({
  shipmentKey: key,
  /** When it was reported: of several reports the latest counts. */
  reportedAt: Instant.optional(),
  newEstimatedDate: CalendarDate,
})
export type ShipmentDelayed = z.infer<typeof ShipmentDelayed>

/** An invoice asks which receipts its lines of this order are to be paid from. */
export const AllocationRequested = z.strictObject({
  invoiceKey: key,
  attempt: z.int().positive(),
  /** Who bills; the order's own supplier where absent. Another supplier's invoice is given nothing. */
  supplier: z.string().min(1).max(80).optional(),
  invoiceNumber: z.string().min(1).max(80),
  invoiceType: InvoiceType,
  /** The invoice it answers, where it names one. */
  correctsInvoiceNumber: z.string().min(1).max(80).optional(),
  /** The day units are converted for; the day of asking where absent. */
  invoiceDate: CalendarDate.optional(),
  /** The people who entered the invoice: they count none of its goods. Absent: no person did. */
  enteredBy: z.array(z.string().min(1).max(120)).optional(),
  lines: z
    .array(
      z.strictObject({
        invoiceLineNumber: z.string().min(1).max(40),
        orderLineNumber: z.string().min(1).max(40).nullable(),
        item: ItemIdentifiers,
        quantity: PositiveDecimal,
        unitOfMeasure: UnitOfMeasure,
        receiptNumbers: z.array(z.string().min(1).max(80)),
        shipNoticeNumber: z.string().min(1).max(80).nullable(),
      }),
    )
    .max(5000),
})
export type AllocationRequested = z.infer<typeof AllocationRequested>

/** An invoice counts against the order: on its way through the books (`pending`) or entered (`posted`). */
export const BillingRecorded = z.strictObject({
  invoiceKey: key,
  invoiceNumber: z.string().min(1).max(80),
  invoiceType: InvoiceType,
  status: z.enum(['pending', 'posted']),
  /** The invoice it answers, where it names one. */
  correctsInvoiceNumber: z.string().min(1).max(80).optional(),
  /** What it asks for in all, charges and taxes too. */
  totalAmount: Decimal.optional(),
  /** Prepayments it takes off, or gives back where it is a credit. Absent: none. */
  prepaymentsCleared: z.array(ClearedPrepayment).max(100).optional(),
  /** Something stops its payment: an open hold, or an approval nobody gave yet. */
  held: z.boolean().optional(),
  /** All of it was given back: it needs no goods any more. */
  credited: z.boolean().optional(),
  lines: z
    .array(
      z.strictObject({
        orderLineNumber: z.string().min(1).max(40),
        quantity: NonNegativeDecimal,
        unitOfMeasure: UnitOfMeasure,
        amount: NonNegativeDecimal,
        chargesAmount: NonNegativeDecimal,
        discountAmount: NonNegativeDecimal,
        /** In the price's unit, where the invoice says so. */
        pricingQuantity: PositiveDecimal.optional(),
      }),
    )
    .max(5000),
})
export type BillingRecorded = z.infer<typeof BillingRecorded>

/** An invoice no longer counts against the order: cancelled, rejected, or a duplicate. */
export const BillingWithdrawn = z.strictObject({ invoiceKey: key })

/** A document was held against the master again, as when the master was mended. */
export const MastersLookedUp = z.strictObject({ masters: MasterCheck })

/** A system's record was held against what stands here, and nothing of it was taken. */
export const OwnershipCompared = z.strictObject({ ownership: OwnershipCheck })

const acknowledgmentWait = z.strictObject({
  orderVersion: z.int().positive(),
  /** What else than the order is to be answered: see `AwaitedAnswer`. Absent: the order itself. */
  about: key.optional(),
})
const reminderWait = z.strictObject({
  ...acknowledgmentWait.shape,
  /** The first, the second, and so on. */
  reminder: z.int().positive().optional(),
})
const approvalWait = z.strictObject({ clock: z.string().min(1).max(600) })
const inspectionWait = z.strictObject({
  receiptNumber: DocumentNumber,
  receiptLineNumber: LineNumber,
})
const scheduleWait = z.strictObject({ orderLineNumber: LineNumber, scheduleNumber: LineNumber })

/** Goods came that name no order; they are kept here, by supplier, until somebody says whose they are. */
export const UnorderedGoodsReceived = z.strictObject({
  document: Receipt,
  documentHash,
  ...gathered,
})

/**
 * One text of a document is about other orders only, while another text under the same number names this one: a recount
 * that finds the goods to be of another order. Whichever text stands, every order that any of them names knows it.
 */
export const DocumentMoved = z.strictObject({
  documentKind: z.enum(['change-request', 'acknowledgment', 'receipt', 'inspection']),
  supplier: SupplierId,
  documentNumber: DocumentNumber,
  revision: z.int().nonnegative(),
  issuedAt: Instant,
  documentHash: z.string().max(64),
})
export type DocumentMoved = z.infer<typeof DocumentMoved>

/**
 * What can be told to an order, by message type, with the schema of its data: documents, commands of people, messages
 * of shipments, invoices and its agreement, and clocks that ran out.
 */
export const orderMessages = {
  'order.drafted': OrderDrafted,
  'order.submitted': orderStep,
  'order.approved': OrderApproved,
  'order.recalled': z.strictObject({ reason }),
  'order.returned': z.strictObject({ reason }),
  'approval.rerouted': ApprovalRerouted,
  'order.issued': OrderIssued,
  'order.imported': OrderImported,
  'order.delivered': OrderDelivered,
  'change.requested': ChangeRequested,
  'acknowledgment.received': AcknowledgmentReceived,
  'receipt.recorded': ReceiptRecorded,
  'inspection.recorded': InspectionRecorded,
  'goods.put-away': GoodsPutAway,
  'unordered-goods.received': UnorderedGoodsReceived,
  'document.moved': DocumentMoved,
  'change.decided': ChangeDecided,
  'change.withdrawn': ChangeWithdrawn,
  'change.expired': ChangeExpired,
  'impact.assessed': ImpactAssessed,
  'write-back.answered': WriteBackAnswered,
  'order.held': z.strictObject({ reason }),
  'order.released': z.strictObject({ reason }),
  'order.cancel-requested': z.strictObject({ reason }),
  'order.cancel-answered': OrderCancelAnswered,
  'order.archived': orderStep,
  'schedule.short-closed': ScheduleShortClosed,
  'line.cancel-requested': LineCancelRequested,
  'line.cancel-answered': LineCancelAnswered,
  /** Whatever of a line has not come is given up, schedule by schedule. */
  'line.short-closed': lineCommand,
  'line.cancelled': lineCommand,
  'line.reopened': lineCommand,
  'line.held': lineCommand,
  'line.released': lineCommand,
  'note.recorded': NoteRecorded,
  'masters.looked-up': MastersLookedUp,
  'ownership.compared': OwnershipCompared,
  'shipment.announced': ShipmentAnnounced,
  'shipment.arrived': ShipmentArrived,
  'shipment.delayed': ShipmentDelayed,
  'allocation.requested': AllocationRequested,
  'billing.recorded': BillingRecorded,
  'billing.withdrawn': BillingWithdrawn,
  'agreement.answered': AgreementAnswered,
  'acknowledgment.reminder-due': reminderWait,
  'acknowledgment.escalation-due': acknowledgmentWait,
  'acknowledgment.overdue': acknowledgmentWait,
  'ship-notice.overdue': scheduleWait,
  'reconfirmation.due': scheduleWait,
  'inspection.overdue': inspectionWait,
  'approval.overdue': approvalWait,
  'case.overdue': z.strictObject({ exceptionId: key, level: z.int().positive() }),
  'task.overdue': z.strictObject({ taskId: key }),
  ...caseCommandSchemas,
  ...taskCommandSchemas,
} as const

/** The type of a message an order takes. */
export type OrderMessageType = keyof typeof orderMessages

/** A message of an order, read: its type and its checked data. */
export type OrderMessage = {
  [Type in OrderMessageType]: {
    readonly type: Type
    readonly data: z.infer<(typeof orderMessages)[Type]>
  }
}[OrderMessageType]

/** True for the type of a message an order takes. */
export function isOrderMessageType(type: string): type is OrderMessageType {
  return Object.hasOwn(orderMessages, type)
}

const because = z.string().max(2000)
const identity = z.string().min(1).max(2000)
const timerId = z.string().min(1).max(600)

/** How the order is conducted where practice differs, as the rules say for this order. */
export const ConductAdopted = z.strictObject({
  conduct: Conduct,
  policy: PolicyDecision,
  /** The version of the order it was asked for. Absent: the first, as it was asked once an order before. */
  orderVersion: z.int().positive().optional(),
})

/** One difference held against the tolerance rules, whatever came of it. */
export const RecordedVariance = z.strictObject({
  identity,
  discrepancy: Discrepancy,
  /** The line it was measured at; null for the order as a whole. */
  line: z.string().max(40).nullable(),
  judgement: z.enum(['within', 'warn', 'outside']),
  policy: PolicyDecision,
})
export type RecordedVariance = z.infer<typeof RecordedVariance>

/** Differences were judged. Those inside tolerance are recorded too: suppliers are measured by them. */
export const VarianceRecorded = z.strictObject({ variances: z.array(RecordedVariance).min(1) })

/** A case was opened for a person; `wantedKey` names what it is for, so that it is opened once. */
export const CaseOpened = z.strictObject({ case: ExceptionCase, wantedKey: identity })
/** A case is over because its reason is gone. */
export const CaseCured = z.strictObject({ exceptionId: key, because })

/** What a case waited for is done; its owner goes on with it. */
export const CaseResumed = z.strictObject({ exceptionId: key, because })
/** A settlement puts something to people in the house. */
export const TaskOpened = z.strictObject({ task: Task })
/** What a task was for is settled. */
export const TaskDropped = z.strictObject({ taskId: key, because })

/** A clock runs; its due instant is counted once and kept. */
export const ClockStarted = z.strictObject({
  timerId,
  type: z.string().max(120),
  dueAt: Instant,
  data: z.record(z.string(), z.json()),
})
/** Many clocks begin to run at once: an order of thousands of lines waits for each of them. */
export const ClocksStarted = z.strictObject({ clocks: z.array(ClockStarted).min(1).max(5000) })
/** What many clocks wait for came, or no longer matters. */
export const ClocksStopped = z.strictObject({ timerIds: z.array(timerId).min(1).max(5000) })
/** What a clock waits for came, or no longer matters. */
export const ClockStopped = z.strictObject({ timerId })

/** What a shipment for this order was found to be beside what was ordered and promised. */
export const ShipmentCompared = z.strictObject({
  shipmentKey: key,
  revision: z.int().nonnegative(),
  aligned: z.boolean(),
  discrepancies: z.array(Discrepancy),
  /** sha-256 of the answer, so that it is given once. */
  answerHash: z.string().max(64),
  /** What was compared and agrees, and under which limits. Absent where something differs. */
  agreement: DocumentAgreement.optional(),
})

/** The approval rules say of a draft that nobody has to approve it, or that nobody may. */
export const OrderApprovalRuled = z.strictObject({
  subject: z.string().max(64),
  outcome: z.enum(['not-needed', 'refused']),
  because,
  policy: PolicyDecision,
})

/** What an order decided itself, by event type. Events of what it was told carry the message's own type and data. */
export const orderDecisions = {
  'conduct.adopted': ConductAdopted,
  'variance.recorded': VarianceRecorded,
  'document.compared': DocumentAgreement,
  'goods.billed': GoodsBilled,
  'case.opened': CaseOpened,
  'case.cured': CaseCured,
  'case.resumed': CaseResumed,
  'task.opened': TaskOpened,
  'task.dropped': TaskDropped,
  'clock.started': ClockStarted,
  'clock.stopped': ClockStopped,
  'clocks.started': ClocksStarted,
  'clocks.stopped': ClocksStopped,
  'shipment.compared': ShipmentCompared,
  'approval.requested': ApprovalRequested,
  'approval.ruled': OrderApprovalRuled,
  'approval.asked': ApprovalAsked,
  'approval.escalated': ApprovalEscalated,
} as const
export type OrderDecisionType = keyof typeof orderDecisions

/** Something an order decided itself. */
export type OrderDecision = {
  [Type in OrderDecisionType]: {
    readonly type: Type
    readonly data: z.infer<(typeof orderDecisions)[Type]>
  }
}[OrderDecisionType]
