import * as z from 'zod'
import { ApprovalRerouted } from '../approval/approval-events.ts'
import { Duty } from '../authority/duty.ts'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { PositiveDecimal } from '../decimal/decimal.ts'
import { DisputeDocuments, DisputeSettlement } from '../dispute/dispute.ts'
import { caseCommandSchemas } from '../exception/apply-case-command.ts'
import { taskCommandSchemas } from '../exception/change-task.ts'
import { LineNumber, OrderNumber } from '../identity/identity.ts'
import { Invoice } from '../invoice/invoice.ts'
import { MasterCheck } from '../masters/master-check.ts'
import { OrderMatchView, RegisteredInvoice } from '../match/match-input.ts'
import { Money } from '../money/money.ts'
import { OrderCalendars, WriteBackAnswered } from '../order-lifecycle/order-events.ts'
import { PolicyReference } from '../policy/policy.ts'
import { OwnershipCheck } from '../system-of-record/drift.ts'
import { SupplierStanding } from '../trading-partner/trading-partner.ts'

/** Why somebody did something, in their own words. Always asked for where a person overrides a decision. */
const reason = z.string().trim().min(1).max(1000)
const messageId = z.string().min(1).max(600)

/** The supplier's invoice, credit or debit came in. */
export const InvoiceReceived = z.strictObject({
  document: Invoice,
  /** Gathered when the invoice comes in; the buyer's hours run the clocks of its cases. */
  calendars: OrderCalendars.optional(),
  /** How its supplier stood in the master when it came in. Absent: nothing is said against the supplier. */
  supplier: SupplierStanding.optional(),
  /** The invoice beside the master data of its date. Absent: there is no master. */
  masters: MasterCheck.optional(),
  /** What of it was said by a system that does not own it, or has come apart. Absent: nothing was compared. */
  ownership: OwnershipCheck.optional(),
})
export type InvoiceReceived = z.infer<typeof InvoiceReceived>

/** The supplier was blocked, put on hold, let go or given other accounts in the master of suppliers. */
export const SupplierChanged = z.strictObject({ supplier: SupplierStanding })

/** The invoice was held against the master again, as when the master was mended. */
export const InvoiceMastersLookedUp = z.strictObject({ masters: MasterCheck })

/** A system's record of the invoice was held against what stands here, and nothing of it was taken. */
export const InvoiceOwnershipCompared = z.strictObject({ ownership: OwnershipCheck })

/** A person compared what a machine read from a picture or a mail with the original. */
export const ExtractionConfirmed = z.strictObject({ reason })

/** What the supplier's invoice-number register answered to the look-up of that id. */
export const RegisterLookedUp = z.strictObject({
  lookUpId: messageId,
  entries: z.array(RegisteredInvoice),
})
export type RegisterLookedUp = z.infer<typeof RegisterLookedUp>

/** What one order answers to an allocation question; `view` is null when there is no such order. */
export const AllocationAnswered = z.strictObject({
  invoiceKey: z.string(),
  attempt: z.int().positive(),
  orderNumber: OrderNumber,
  view: OrderMatchView.nullable(),
})
export type AllocationAnswered = z.infer<typeof AllocationAnswered>

/** An order's quantities, prices or cases changed so that the invoice has to be matched again. */
export const MatchReopened = z.strictObject({
  invoiceKey: z.string(),
  orderNumber: OrderNumber,
  because: z.string().max(1000),
})
export type MatchReopened = z.infer<typeof MatchReopened>

/** The rule sets in force changed. Held invoices are matched again only where the policy's conduct says so. */
export const PolicyChanged = z.strictObject({ references: z.array(PolicyReference) })

/** A person asks for another matching attempt. */
export const RematchRequested = z.strictObject({ reason })

/** A payables clerk says which order line an invoice line bills. */
export const InvoiceLinked = z.strictObject({
  links: z
    .array(
      z.strictObject({
        invoiceLineNumber: LineNumber,
        orderNumber: OrderNumber,
        orderLineNumber: LineNumber,
      }),
    )
    .min(1)
    .max(5000),
  reason,
})
export type InvoiceLinked = z.infer<typeof InvoiceLinked>

/** A person decided whether a suspected duplicate is one. */
export const DuplicateDecided = z.strictObject({
  decision: z.enum(['confirmed', 'cleared']),
  reason,
})

/** Somebody, or the ERP, stops the whole invoice by hand. Only a person takes such a hold away again. */
export const HoldPlaced = z.strictObject({
  code: z.string().min(1).max(60),
  blocks: z.enum(['posting', 'payment']),
  /** `never`: it goes only with the invoice. */
  releasable: z.enum(['manual', 'never']).optional(),
  ownerRole: z.string().min(1).max(60).optional(),
  reason,
})

/** Somebody looks into a hold. */
export const HoldReviewed = z.strictObject({ holdId: messageId })

/** A person lets one hold go, and why. Whoever entered the invoice may not. */
export const HoldReleased = z.strictObject({
  holdId: messageId,
  code: z.string().min(1).max(60),
  reason,
})
export type HoldReleased = z.infer<typeof HoldReleased>

/** The role an answer to an approval is given as; where absent, the one of the person's that is asked and not answered. */
const asRole = z.string().min(1).max(60).optional()

/** Somebody with authority agreed to an invoice. Never the one who entered it. */
export const InvoiceApproved = z.strictObject({
  approvalId: messageId,
  reason: reason.optional(),
  asRole,
})
/** A no says why; so does an approver who needs to know more, for whoever asked to explain and ask again. */
export const ApprovalRejected = z.strictObject({ approvalId: messageId, reason, asRole })

/** An approver lets another person take this one decision for them. */
export const ApprovalDelegated = z.strictObject({
  approvalId: messageId,
  to: z.string().min(1).max(120).meta({ 'x-personal': 'name' }),
  reason,
})

/** Whoever asked for an approval takes it back. */
export const ApprovalRecalled = z.strictObject({ approvalId: messageId, reason })

/** An approval that was given back, taken back or fell is asked for again, under the rules of today. */
export const ApprovalRenewed = z.strictObject({ approvalId: messageId, reason })

/** Somebody with no hand in it stands for two duties that another does in this case, where a rule lets them. */
export const DutiesCompensated = z.strictObject({
  person: z.string().min(1).max(120).meta({ 'x-personal': 'name' }),
  duties: z.tuple([Duty, Duty]),
  reason,
})

/** The finance system entered the invoice in its books. */
export const InvoicePosted = z.strictObject({
  postingNumber: z.string().min(1).max(80),
  postedOn: CalendarDate,
})

/** Money left for this invoice, or arrived for a credit. */
export const PaymentCleared = z.strictObject({
  paymentReference: z.string().min(1).max(120),
  paidOn: CalendarDate,
  amount: PositiveDecimal,
  discountTaken: PositiveDecimal.optional(),
})

/** A payment bounced or was taken back. */
export const PaymentReversed = z.strictObject({
  paymentReference: z.string().min(1).max(120),
  reason,
})

/** The supplier or a payables clerk withdrew the invoice, or a correction took its place. */
export const InvoiceCancelled = z.strictObject({
  reason,
  /** The cancelling or correcting document, when a document did it. */
  documentNumber: z.string().max(80).optional(),
})

/** The posting was taken back in the books; the invoice stands as received and is matched again. */
export const InvoiceReversed = z.strictObject({
  reason,
  documentNumber: z.string().max(80).optional(),
})

/** A credit memo answers this invoice. */
export const InvoiceCredited = z.strictObject({
  creditInvoiceKey: z.string().max(400),
  documentNumber: z.string().max(80),
  amount: Money,
})

/** A credit memo that answered this invoice does so no more: it is held again, withdrawn, or answers another. */
export const InvoiceCreditWithdrawn = z.strictObject({
  creditInvoiceKey: z.string().max(400),
  documentNumber: z.string().max(80),
  reason,
})

/** The invoice goes back to the supplier and will not be paid. */
export const InvoiceRejected = z.strictObject({ reason })

/** An invoice that was closed is taken up again, by somebody with the authority to. */
export const InvoiceReopened = z.strictObject({ reason })

/** The difference is taken up with the supplier. */
export const InvoiceDisputed = z.strictObject({
  exceptionId: messageId,
  claim: Money.nullable(),
  text: z.string().trim().min(1).max(4000),
  documents: DisputeDocuments.optional(),
})

/** One step of a dispute: what was said, and for a settlement what was agreed. */
export const DisputeStep = z.strictObject({
  disputeId: messageId,
  text: z.string().trim().min(1).max(4000),
  documents: DisputeDocuments.optional(),
})

/** It was settled by hand, outside: nothing is set going. */
export const DisputeSettled = z.strictObject({
  ...DisputeStep.shape,
  settlement: DisputeSettlement,
})

/** One side names an amount it would settle for; it takes the place of the one on the table. */
export const DisputeOffered = z.strictObject({
  ...DisputeStep.shape,
  amount: Money,
  /** Whose offer it is. Absent: the supplier's where a person of the supplier says it, else the buyer's. */
  from: z.enum(['buyer', 'supplier']).optional(),
})

/** One side agrees to the other's offer, the one on the table. */
export const DisputeAccepted = z.strictObject({
  ...DisputeStep.shape,
  offerId: messageId,
  /** Who accepts. Absent: as with an offer. */
  from: z.enum(['buyer', 'supplier']).optional(),
})

/** The buyer says how what was agreed on is settled, and sets that going; several ways may share the amount. */
export const DisputeSettlementChosen = z.strictObject({
  ...DisputeStep.shape,
  settlement: DisputeSettlement,
  /** Absent: what was agreed on, less what was settled another way. */
  amount: Money.optional(),
})

/** Finance posted a debit memo that was drafted here. */
export const DebitMemoPosted = z.strictObject({
  remedyId: messageId,
  debitNumber: z.string().min(1).max(80),
  amount: Money,
  postedOn: CalendarDate,
})

/** The next person answering for a case is to be called. */
export const CaseOverdue = z.strictObject({ exceptionId: messageId, level: z.int().positive() })

/** A wait took longer than it should; the clock was armed when the wait began. */
export const WaitOverdue = z.strictObject({ timerId: messageId })

/** The clock of a task, of a case that waits, or of a dispute rang. */
export const TaskOverdue = z.strictObject({ timerId: messageId, taskId: messageId })
export const CaseWaitOverdue = z.strictObject({ timerId: messageId, exceptionId: messageId })
export const DisputeOverdue = z.strictObject({ timerId: messageId, disputeId: messageId })

/** What can be told to an invoice, by message type, with the schema of its data. */
export const invoiceMessages = {
  'invoice.received': InvoiceReceived,
  'supplier.changed': SupplierChanged,
  'masters.looked-up': InvoiceMastersLookedUp,
  'ownership.compared': InvoiceOwnershipCompared,
  'extraction.confirmed': ExtractionConfirmed,
  'register.looked-up': RegisterLookedUp,
  'allocation.answered': AllocationAnswered,
  'match.reopened': MatchReopened,
  'policy.changed': PolicyChanged,
  'rematch.requested': RematchRequested,
  'invoice.linked': InvoiceLinked,
  'duplicate.decided': DuplicateDecided,
  'hold.placed': HoldPlaced,
  'hold.reviewed': HoldReviewed,
  'hold.released': HoldReleased,
  'invoice.approved': InvoiceApproved,
  'approval.rejected': ApprovalRejected,
  'approval.returned': ApprovalRejected,
  'approval.delegated': ApprovalDelegated,
  'approval.recalled': ApprovalRecalled,
  'approval.renewed': ApprovalRenewed,
  'duties.compensated': DutiesCompensated,
  'approval.rerouted': ApprovalRerouted,
  'invoice.posted': InvoicePosted,
  'payment.cleared': PaymentCleared,
  'payment.reversed': PaymentReversed,
  'invoice.cancelled': InvoiceCancelled,
  'invoice.reversed': InvoiceReversed,
  'invoice.credited': InvoiceCredited,
  'invoice.credit-withdrawn': InvoiceCreditWithdrawn,
  'invoice.rejected': InvoiceRejected,
  'invoice.reopened': InvoiceReopened,
  'invoice.disputed': InvoiceDisputed,
  'dispute.sent': DisputeStep,
  'dispute.acknowledged': DisputeStep,
  'dispute.answered': DisputeStep,
  'dispute.countered': DisputeStep,
  'dispute.agreed': DisputeStep,
  'dispute.settled': DisputeSettled,
  'dispute.withdrawn': DisputeStep,
  'dispute.expired': DisputeStep,
  'dispute.closed': DisputeStep,
  'dispute.offered': DisputeOffered,
  'dispute.accepted': DisputeAccepted,
  'dispute.settlement-chosen': DisputeSettlementChosen,
  'debit-memo.posted': DebitMemoPosted,
  'dispute.reminder-due': DisputeOverdue,
  'dispute.overdue': DisputeOverdue,
  'task.reminder-due': TaskOverdue,
  'task.overdue': TaskOverdue,
  'waiting.reminder-due': CaseWaitOverdue,
  'waiting.overdue': CaseWaitOverdue,
  'register.overdue': WaitOverdue,
  'allocation.overdue': WaitOverdue,
  'receipt.overdue': WaitOverdue,
  'approval.overdue': WaitOverdue,
  'approval.expired': WaitOverdue,
  'posting.overdue': WaitOverdue,
  'payment.due': WaitOverdue,
  'write-back.answered': WriteBackAnswered,
  'case.overdue': CaseOverdue,
  ...caseCommandSchemas,
  ...taskCommandSchemas,
} as const

/** The type of a message an invoice takes. */
export type InvoiceMessageType = keyof typeof invoiceMessages

/** A message of an invoice, read: its type and its checked data. */
export type InvoiceMessage = {
  [Type in InvoiceMessageType]: {
    readonly type: Type
    readonly data: z.infer<(typeof invoiceMessages)[Type]>
  }
}[InvoiceMessageType]
