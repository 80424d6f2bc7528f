import * as z from 'zod'
import { ApprovalAsked, ApprovalEscalated, ApprovalRequested } from '../approval/approval-events.ts'
import { Instant } from '../calendar/instant.ts'
import { DisputeLapse } from '../dispute/dispute.ts'
import { ExceptionCase } from '../exception/exception.ts'
import { Task } from '../exception/task.ts'
import { Hold } from '../hold/hold.ts'
import { OrderNumber } from '../identity/identity.ts'
import { KeptMatchResult } from '../match/kept-match-result.ts'
import { Money } from '../money/money.ts'
import { PolicyDecision } from '../policy/policy.ts'
import { Remedy } from '../resolution/remedy.ts'

const id = z.string().min(1).max(600)
const because = z.string().max(2000)

/** A matching attempt began: the register was asked, and each order billed was asked for one allocation. */
export const MatchStarted = z.strictObject({
  attempt: z.int().positive(),
  because,
  lookUpId: id,
  orders: z.array(OrderNumber),
})

/** Everything asked was answered and the match decided. */
export const InvoiceMatched = z.strictObject({
  attempt: z.int().positive(),
  result: KeptMatchResult,
  /** Conduct in force: one held line does not hold the others. */
  partialRelease: z.boolean(),
  /**
   * Something is routed for approval beside what is held, and letting the hold go does not stand for it. Absent: nothing is, or
   * it was written down by a release that asked nobody then.
   */
  asksBesideHolds: z.literal(true).optional(),
})

/** Fields a machine read with less confidence than the conduct asks for; a person compares them with the original. */
export const ExtractionDoubted = z.strictObject({
  documentHash: z.string(),
  fields: z.array(z.string().max(200)).min(1),
})

/** A hold was placed; `holdText` is how the match writes it: `PRICE:2`. */
export const InvoiceHeld = z.strictObject({ hold: Hold, holdText: z.string().max(200) })

/** A hold ended without a person releasing it: its condition is gone, it was settled, or the invoice was closed. */
export const HoldEnded = z.strictObject({ holdId: id, because })

/** Who decided on a case accepted the difference, so the hold linked to it goes too. */
export const HoldAccepted = z.strictObject({
  holdId: id,
  by: z.string().max(120),
  code: z.string().max(60),
  because,
})

/** A case was opened for a person; `wantedKey` names what it is for, so that it is opened once. */
export const CaseOpened = z.strictObject({ case: ExceptionCase, wantedKey: z.string().max(400) })
export const CaseCured = z.strictObject({ exceptionId: id, because })

/** The approval rules say of a match that was routed for approval that nobody has to approve it, or that nobody may. */
export const ApprovalRuled = z.strictObject({
  attempt: z.int().positive(),
  outcome: z.enum(['not-needed', 'refused']),
  because,
  policy: PolicyDecision,
})
export const ApprovalSuperseded = z.strictObject({ approvalId: id, because })

/** A dispute ended with its invoice. */
export const DisputeEnded = z.strictObject({ disputeId: id, because })

/** The invoice may be paid: nothing stops it any more. */
export const InvoiceReleased = z.strictObject({ payable: Money, because })

/** So much may be paid now while other lines stay held. */
export const InvoicePartlyReleased = z.strictObject({ payable: Money, because })

/** A release was taken back before payment. */
export const InvoiceWithheld = z.strictObject({ because })

/** The match or an approver turned the invoice down; it will not be paid. */
export const InvoiceRefused = z.strictObject({ because })

/** A cancellation or reversal took effect on the invoice it names. */
export const CorrectionApplied = z.strictObject({
  effect: z.enum(['cancel', 'reverse']),
  invoiceKey: z.string().max(400),
})

/** A wait began, with the clock that ends it; the due instant is counted once and kept. */
export const WaitStarted = z.strictObject({
  timerId: id,
  type: z.string().max(120),
  dueAt: Instant,
  data: z.record(z.string(), z.json()),
})
export const WaitEnded = z.strictObject({ timerId: id })

/** What a resolution or settlement is to bring was asked for, or waits to be approved; and the rules that say so. */
export const RemedyStarted = z.strictObject({ remedy: Remedy, policy: PolicyDecision.nullable() })

/** Somebody with authority agreed to a remedy, so it goes ahead. */
export const RemedyApproved = z.strictObject({ remedyId: id, approvalId: id })

/** Part of what a remedy is to bring came. */
export const RemedyAdvanced = z.strictObject({ remedyId: id, received: Money, because })

/** A remedy came to its end. `received`: how much it brought, where it is an amount. */
export const RemedyEnded = z.strictObject({
  remedyId: id,
  outcome: z.enum(['done', 'refused', 'cancelled']),
  received: Money.nullable(),
  because,
})

/** A credit that had ended a remedy was taken back: what it gave is waited for again. */
export const RemedyReopened = z.strictObject({ remedyId: id, received: Money, because })

/** What the invoice is matched with was put right, a case was set aside or taken up again: it is matched anew. */
export const MatchRenewed = z.strictObject({
  exceptionId: id,
  because,
  /** What was let pass with the case is not let pass any more. Absent: it is. */
  withdrawsAcceptance: z.boolean().optional(),
})

/** What a case waited for is there, or will not come any more; its owner goes on with it. */
export const CaseResumed = z.strictObject({ exceptionId: id, because })

/** A remedy needs somebody in the house to do something. */
export const TaskOpened = z.strictObject({ task: Task })

/** What a task was for is settled. */
export const TaskDropped = z.strictObject({ taskId: id, because })

/** What a dispute was settled with has come. */
export const DisputeEffected = z.strictObject({ disputeId: id, because })

/** Nobody answered a dispute in time; what becomes of it is as the rules say. */
export const DisputeLapsed = z.strictObject({ disputeId: id, lapse: DisputeLapse, because })

/** What an invoice decided itself, by event type. Events of what it was told carry the message's own type and data. */
export const invoiceDecisions = {
  'extraction.doubted': ExtractionDoubted,
  'match.started': MatchStarted,
  'invoice.matched': InvoiceMatched,
  'invoice.held': InvoiceHeld,
  'hold.cured': HoldEnded,
  'hold.accepted': HoldAccepted,
  'hold.converted': HoldAccepted,
  'hold.cancelled': HoldEnded,
  'case.opened': CaseOpened,
  'case.cured': CaseCured,
  'approval.requested': ApprovalRequested,
  'approval.ruled': ApprovalRuled,
  'approval.asked': ApprovalAsked,
  'approval.escalated': ApprovalEscalated,
  'approval.superseded': ApprovalSuperseded,
  'dispute.ended': DisputeEnded,
  'dispute.effected': DisputeEffected,
  'dispute.lapsed': DisputeLapsed,
  'remedy.started': RemedyStarted,
  'remedy.approved': RemedyApproved,
  'remedy.advanced': RemedyAdvanced,
  'remedy.ended': RemedyEnded,
  'remedy.reopened': RemedyReopened,
  'match.renewed': MatchRenewed,
  'case.resumed': CaseResumed,
  'task.opened': TaskOpened,
  'task.dropped': TaskDropped,
  'invoice.released': InvoiceReleased,
  'invoice.partly-released': InvoicePartlyReleased,
  'invoice.withheld': InvoiceWithheld,
  'invoice.refused': InvoiceRefused,
  'correction.applied': CorrectionApplied,
  'wait.started': WaitStarted,
  'wait.ended': WaitEnded,
} as const
export type InvoiceDecisionType = keyof typeof invoiceDecisions

/** Something an invoice decided itself. */
export type InvoiceDecision = {
  [Type in InvoiceDecisionType]: {
    readonly type: Type
    readonly data: z.infer<(typeof invoiceDecisions)[Type]>
  }
}[InvoiceDecisionType]
