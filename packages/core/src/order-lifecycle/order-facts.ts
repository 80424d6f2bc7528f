import type {
  Acknowledgment,
  AcknowledgmentResponse,
  WholeLineAnswer,
} from '../acknowledgment/acknowledgment.ts'
import type { Approval } from '../approval/approval.ts'
import type { DutyDone } from '../authority/duty.ts'
import type { AgreementAnswered } from '../agreement/agreement-answer.ts'
import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Instant } from '../calendar/instant.ts'
import type { NonNegativeDecimal, PositiveDecimal } from '../decimal/decimal.ts'
import type { ItemIdentifiers } from '../item/item.ts'
import type { MasterFacts } from '../masters/record-master-check.ts'
import type { ReceiptAllocation } from '../match/match-input.ts'
import type { OrderDifference } from '../order-change/order-change.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import type { UnitOfMeasure } from '../quantity/unit-of-measure.ts'
import type { ConditionCount, Inspection, Receipt, ReceiptLine } from '../receipt/receipt.ts'
import type { LotOrSerial } from '../ship-notice/ship-notice.ts'
import type { DriftFacts } from '../system-of-record/drift.ts'
import type {
  AllocationRequested,
  BillingRecorded,
  ImportedOpening,
  OrderCalendars,
} from './order-events.ts'

/**
 * A document the order knows: which revision and content stand, and what else came under the same number. `rivals` are
 * other contents of the same revision, which is a conflict; `older` are contents a later revision replaced.
 */
export type DocumentStamp = {
  readonly revision: number
  readonly hash: string
  readonly issuedAt: Instant
  /** When the first text under the number was issued. Absent: the text that stands is the first, or it was not recorded. */
  readonly firstIssuedAt?: Instant
  readonly rivals?: readonly string[]
  readonly older?: readonly string[]
}

/** What can be compared of a line in a version that is no longer current. */
export type OutlineLine = Pick<
  OrderLine,
  'orderLineNumber' | 'item' | 'unitOfMeasure' | 'price' | 'schedules'
>

/** A version of the order. `issued` and `imported` come from the ERP, `agreed` follows from an accepted change. */
export type OrderVersion = {
  readonly version: number
  readonly issuedAt: Instant
  readonly source: 'issued' | 'imported' | 'agreed'
  /** The change that made an agreed version. */
  readonly changeId?: string
  readonly lines: readonly OutlineLine[]
}

/** The head of a supplier's answer. */
export type AcknowledgmentFact = {
  readonly documentNumber: string
  readonly revision: number
  readonly issuedAt: Instant
  readonly orderVersion: number | null
  readonly decision: Acknowledgment['decision']
  /** What silence about a line means; a bare yes or no speaks for every line. */
  readonly silence: Acknowledgment['unlistedLines']
  /** Day promised for the order as a whole. */
  readonly promisedDate?: CalendarDate
  readonly reasonText?: string
}

/** One line of a supplier's answer. */
export type AnswerFact = {
  readonly documentNumber: string
  readonly issuedAt: Instant
  readonly documentLineNumber: string
  /** The line number as the supplier returned it. */
  readonly orderLineNumber: string | null
  readonly scheduleNumber?: string
  readonly item: ItemIdentifiers
  readonly responses: readonly AcknowledgmentResponse[]
  readonly wholeLine?: WholeLineAnswer
}

/** The head of a shipment, as it announced itself. */
export type AnnouncedFact = {
  readonly documentNumber: string
  /** How often the shipment spoke before: its last word counts. */
  readonly revision: number
  readonly contentHash: string
  readonly issuedAt: Instant
  readonly cancelled: boolean
  readonly shipDate: CalendarDate | null
  readonly estimatedDeliveryDate: CalendarDate | null
  /** Container codes it names; none where absent. */
  readonly containers?: readonly string[]
  readonly arrivedAt?: Instant
  readonly delay?: { readonly reportedAt: Instant; readonly newEstimatedDate: CalendarDate }
}

/** One line of a ship notice. */
export type ShippedFact = {
  readonly shipmentKey: string
  readonly documentNumber: string
  readonly issuedAt: Instant
  readonly documentLineNumber: string
  readonly orderLineNumber: string | null
  readonly scheduleNumber?: string
  readonly item: ItemIdentifiers
  readonly quantityShipped: PositiveDecimal
  readonly unitOfMeasure: UnitOfMeasure
  /** Absent: it names none. */
  readonly lots?: readonly LotOrSerial[]
  /** All the supplier says it shipped since its counting began. Absent: it does not count on. */
  readonly quantityCumulative?: NonNegativeDecimal
}

/** One line of a receipt, reversal or return; what is usual is left out to keep long histories small. */
export type ReceivedFact = {
  readonly receiptNumber: string
  readonly receiptLineNumber: string
  readonly receiptType: Receipt['receiptType']
  readonly receivedDate: CalendarDate
  readonly issuedAt: Instant
  readonly quantity: PositiveDecimal
  readonly unitOfMeasure: UnitOfMeasure
  readonly orderLineNumber?: string
  readonly item?: ItemIdentifiers
  readonly scheduleNumber?: string
  readonly shipNoticeNumber?: string
  readonly reversesReceiptNumber?: string
  readonly pricingQuantity?: PositiveDecimal
  readonly quantityAccepted?: NonNegativeDecimal
  readonly quantityRejected?: NonNegativeDecimal
  readonly conditions?: readonly ConditionCount[]
  /** The first day any of its lots expires. */
  readonly expiryDate?: CalendarDate
  /** Absent: it names none. */
  readonly lots?: readonly LotOrSerial[]
  /** Absent: taken to stock. */
  readonly disposition?: Exclude<ReceiptLine['disposition'], 'stock'>
  /** Nobody counted it here: the shipment's arrival at the customer stands for a count. */
  readonly proof?: true
  readonly final?: true
  readonly noReplacement?: true
}

/** What quality control decided about a receipt line. */
export type InspectionFact = {
  readonly documentNumber: string
  readonly issuedAt: Instant
  readonly receiptNumber: string
  readonly receiptLineNumber: string
  readonly orderLineNumber: string
  readonly quantityAccepted: NonNegativeDecimal
  readonly quantityRejected: NonNegativeDecimal
  /** Absent: what was accepted went to stock. */
  readonly disposition?: Exclude<Inspection['disposition'], 'stock'>
  /** So much of the price is taken off what was accepted. Absent: nothing. */
  readonly priceReductionPercent?: PositiveDecimal
}

/** What documents say about one order line, each list in its canonical order: by issue time, then document. */
export type LineFacts = {
  readonly answers: readonly AnswerFact[]
  readonly shipped: readonly ShippedFact[]
  readonly received: readonly ReceivedFact[]
  readonly inspected: readonly InspectionFact[]
  /** Consignment goods taken for use, and put back. Absent: none. */
  readonly consumed?: readonly ReceivedFact[]
}

/** Who said something, when and why. */
export type SaidFact = { readonly by: string; readonly at: Instant; readonly reason: string }

/** A wish to let goods go, and what the supplier said to it. */
export type CancelAsked = {
  readonly asked: SaidFact
  /** Absent: it has not answered. */
  readonly answer?: { readonly accepted: boolean; readonly reason: string | null }
}

/** What people decided about a line. */
export type LineControl = {
  /** By schedule, `*` for the whole line. Absent: nobody asked the supplier to let any of it go. */
  readonly cancelAsked?: { readonly [scheduleNumber: string]: CancelAsked }
  readonly held?: SaidFact
  readonly cancelled?: SaidFact
  readonly shortClosed?: { readonly [scheduleNumber: string]: SaidFact }
}

/** What people decided about the order as a whole. */
export type OrderControl = {
  readonly submitted?: true
  /** Who asks for approval; nobody approves what they asked for. */
  readonly submittedBy?: string
  /** Who wrote the last draft: nobody approves what they wrote. Absent where it was not recorded. */
  readonly draftedBy?: string
  readonly approved?: true
  /** Who approved it: receiving its goods is for somebody else. Absent where it was not recorded. */
  readonly approvedBy?: string
  /** For whom, where they acted for others. Absent: for themselves, or it was not recorded. */
  readonly approvedFor?: readonly string[]
  readonly held?: SaidFact
  readonly cancelRequested?: SaidFact
  readonly cancelAnswered?: { readonly accepted: boolean; readonly reason: string | null }
  readonly archived?: true
  /** The highest version the supplier's system is known to have taken in. */
  readonly deliveredVersion?: number
}

/** A change document: a wish of the buyer or of the supplier. */
export type ChangeFact = {
  readonly changeId: string
  readonly initiator: 'buyer' | 'supplier'
  /** The person of the buyer who entered it by hand: somebody else accepts it. Absent for a document that was sent. */
  readonly requestedBy?: string
  readonly documentNumber: string
  readonly issuedAt: Instant
  readonly basedOnVersion: number
  readonly differences: readonly OrderDifference[]
  readonly reasonText?: string
}

/** What was decided about a change, by whom, on which version of the order. */
export type ChangeDecision = {
  readonly decision: 'accept' | 'reject' | 'counter'
  readonly by: string
  readonly at: Instant
  readonly reason: string | null
  readonly basedOnVersion: number
  /** What an accepted change makes of the order, or what the buyer wants instead. */
  readonly differences: readonly OrderDifference[]
}

/** What else became known of a change. */
export type ChangeNews = {
  readonly impact?: 'has-impact' | 'no-impact'
  readonly withdrawn?: SaidFact
  readonly expired?: true
  readonly written?: 'applied' | 'conflict' | 'refused'
}

/** An invoice that counts against the order. */
export type BillingEntry = Omit<BillingRecorded, 'invoiceKey'>

/** What was set aside for an invoice at its latest attempt. */
export type AllocationEntry = {
  readonly attempt: number
  /** Who bills; the order's own supplier where absent. */
  readonly supplier?: string
  readonly invoiceNumber: string
  readonly invoiceType: AllocationRequested['invoiceType']
  /** The invoice a credit names. */
  readonly correctsInvoiceNumber?: string
  /** The day the invoice was written: goods go to the invoice written first. */
  readonly invoiceDate: CalendarDate
  /** The people who entered it. Absent: no person did. */
  readonly enteredBy?: readonly string[]
  /** The lines asked about, each with the order line it was found to mean; null where none was found. */
  readonly lines: readonly (AllocationRequested['lines'][number] & {
    readonly meantLine: string | null
  })[]
  readonly orderLineNumbers: readonly string[]
  readonly allocations: readonly ReceiptAllocation[]
  /** Some of what is billed is covered by no receipt. */
  readonly uncovered: boolean
  /** What is known of the goods of its lines, as far as it explains what is missing. */
  readonly situation: string
  /** What the answer rested on; another basis calls for another match. */
  readonly basis: string
  /** The invoice was told to ask again and has not yet. */
  readonly reopened: boolean
}

/** A record another system did not take. */
export type FailedWrite = {
  readonly system: string
  readonly outcome: 'conflict' | 'refused'
  readonly sentence: string
}

/** A ship notice that came after the day it was expected for had passed. */
export type LateNotice = { readonly day: string; readonly shipmentKey: string }

/** Clocks that ran out. */
export type OverdueFacts = {
  /** The version whose acknowledgment is overdue. */
  readonly acknowledgment?: number
  /** What else the supplier did not answer in time: see `AwaitedAnswer`. Absent: nothing. */
  readonly answers?: readonly string[]
  /** `line/schedule` of schedules whose ship notice is overdue, with the day it was expected for. */
  readonly shipNotice?: { readonly [schedule: string]: string }
  /** `line/schedule` of schedules to be confirmed again, with the answer that stood when the clock ran out. */
  readonly reconfirmation?: { readonly [schedule: string]: string }
  /** `receipt/line/rework` of receipt lines quality control did not decide on in time. Absent: none. */
  readonly inspection?: { readonly [place: string]: true }
}

/**
 * Everything an order was told. Facts of documents do not depend on the order in which they came: the same documents give
 * the same facts, and every state, quantity and case follows from them.
 */
export type OrderFacts = {
  readonly documents: { readonly [documentKey: string]: DocumentStamp }
  /** Keys of documents that came with two contents under one number and revision. */
  readonly conflicts: readonly string[]
  readonly calendars: OrderCalendars
  /** The latest version the ERP issued, whole. Null before it is known. */
  readonly issued: PurchaseOrder | null
  /** An order written but not issued. */
  readonly draft: PurchaseOrder | null
  /** Every version the ERP issued, ascending. */
  readonly versions: readonly OrderVersion[]
  readonly opening: readonly ImportedOpening[]
  readonly acknowledgments: readonly AcknowledgmentFact[]
  readonly lines: { readonly [orderLineNumber: string]: LineFacts }
  /** Lines of documents that fit no line of the current version. */
  readonly unplaced: LineFacts
  readonly shipments: { readonly [shipmentKey: string]: AnnouncedFact }
  readonly changes: readonly ChangeFact[]
  readonly decisions: { readonly [changeId: string]: ChangeDecision }
  readonly changeNews: { readonly [changeId: string]: ChangeNews }
  readonly control: OrderControl
  readonly lineControl: { readonly [orderLineNumber: string]: LineControl }
  readonly billings: { readonly [invoiceKey: string]: BillingEntry }
  readonly ledger: { readonly [invoiceKey: string]: AllocationEntry }
  /** Receipt lines whose goods are in their place in the warehouse, by `receipt/line`; none where absent. */
  readonly putAway?: {
    readonly [receiptLine: string]: { readonly by: string; readonly at: Instant }
  }
  /** What the agreement last said of this release. Absent: it said nothing, so all of it is covered. */
  readonly agreement?: AgreementAnswered
  readonly overdue: OverdueFacts
  /** `line/schedule` of schedules announced only after their clock had run out, with the notice that came so late. Absent: none. */
  readonly lateNotices?: { readonly [schedule: string]: readonly LateNotice[] }
  readonly failedWrites: { readonly [record: string]: FailedWrite }
  /** What the master data says against the documents of the order. Absent: never looked up. */
  readonly masters?: MasterFacts
  /** What systems say otherwise than it stands here. Absent: never compared. */
  readonly drift?: DriftFacts
  readonly notes: readonly { readonly at: Instant; readonly by: string; readonly text: string }[]
  /** What was asked of people with authority, and what they answered. Absent: no rule asks for it. */
  readonly approvals?: readonly Approval[]
  /** What the rules said of a draft for which they ask nobody. Absent: never. */
  readonly approvalRuling?: {
    readonly outcome: 'not-needed' | 'refused'
    /** Hash of the draft it was said of. */
    readonly subject: string
    readonly because: string
  }
  /** People who counted or inspected its goods. Absent: none did, or it was not kept. */
  readonly receivedBy?: readonly DutyDone[]
  /** Every person who wrote, issued or asked to change the order, and for whom they did, by name. Absent: none. */
  readonly writtenBy?: readonly string[]
}

/** A line nothing was said about. */
export const noLineFacts: LineFacts = { answers: [], shipped: [], received: [], inspected: [] }

/** An order nothing was told. */
export const noFacts: OrderFacts = {
  documents: {},
  conflicts: [],
  calendars: {},
  issued: null,
  draft: null,
  versions: [],
  opening: [],
  acknowledgments: [],
  lines: {},
  unplaced: noLineFacts,
  shipments: {},
  changes: [],
  decisions: {},
  changeNews: {},
  control: {},
  lineControl: {},
  billings: {},
  ledger: {},
  overdue: {},
  failedWrites: {},
  notes: [],
}
