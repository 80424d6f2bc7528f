import type { Approval } from '../approval/approval.ts'
import type { DutyDone } from '../authority/duty.ts'
import type { DutyCompensation } from '../authority/duty-compensation.ts'
import type { BusinessCalendar } from '../calendar/business-calendar.ts'
import type { Instant } from '../calendar/instant.ts'
import type { Dispute } from '../dispute/dispute.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import type { Task } from '../exception/task.ts'
import type { Hold } from '../hold/hold.ts'
import type { Invoice } from '../invoice/invoice.ts'
import type { LifecycleValue } from '../lifecycle/state-tree.ts'
import type { MasterFacts } from '../masters/record-master-check.ts'
import type { OrderMatchView, RegisteredInvoice } from '../match/match-input.ts'
import type { KeptMatchResult } from '../match/kept-match-result.ts'
import type { Actor } from '../message/actor.ts'
import type { AggregateState } from '../message/decision.ts'
import type { Money } from '../money/money.ts'
import type { DriftFacts } from '../system-of-record/drift.ts'
import type { Remedy } from '../resolution/remedy.ts'
import type { SupplierStanding } from '../trading-partner/trading-partner.ts'

/** One text of the invoice as it came in: the first issue, a correction, or something else under the same number. */
export type InvoiceVersion = {
  /** sha-256 of the document without its origin: the same content twice is the same version. */
  readonly hash: string
  readonly document: Invoice
  readonly receivedAt: string
  readonly enteredBy: Actor
  /** Fields read with too little confidence; empty once a person confirmed them. */
  readonly doubtedFields: readonly string[]
  readonly confirmedBy: string | null
}

/** How an invoice ended, other than by being paid. */
export type InvoiceClosing = {
  readonly as: 'duplicate' | 'rejected' | 'cancelled' | 'credited' | 'applied'
  readonly at: string
  readonly by: string
  readonly because: string
  readonly documentHash: string
}

/** A matching attempt that was started, and what it waits for. */
export type MatchAttempt = {
  readonly number: number
  readonly because: string
  readonly lookUpId: string
  readonly orders: readonly string[]
  readonly documentHash: string
}

/** A clock that was started; `over` once it rang and what it waits for has not come yet. */
export type InvoiceWait = { readonly type: string; readonly dueAt: string; readonly over: boolean }

/** Money that left for the invoice; `reversed` when it came back. */
export type InvoicePayment = {
  readonly reference: string
  readonly paidOn: string
  readonly amount: string
  readonly discountTaken: string | null
  readonly reversed: boolean
}

/** A debit memo of the buyer's own, in the books. */
export type PostedDebit = {
  readonly remedyId: string
  readonly debitNumber: string
  readonly amount: Money
  readonly postedOn: string
}

/** Something that came too late or against what was decided, kept until a person has dealt with it. */
export type InvoiceConflict = {
  readonly conflictId: string
  readonly code: 'CONFLICTING_DOCUMENT' | 'SOR_CONFLICT' | 'WRITEBACK_FAILED'
  readonly sentence: string
}

/**
 * Everything known of an invoice. Documents and answers only add facts, keyed by what they are about; the states of every
 * region follow from them. Plain JSON.
 */
export type InvoiceFacts = {
  readonly invoiceKey: string
  readonly versions: readonly InvoiceVersion[]
  /** Hashes a person decided to leave aside. */
  readonly setAside: readonly string[]
  readonly calendar: BusinessCalendar | null
  /** How the supplier stands in the master, when that was looked up, and since when it is so. Absent: never told. */
  readonly supplier?: {
    readonly standing: SupplierStanding
    readonly at: Instant
    readonly since: Instant
  }
  /** What the master data says against the invoice. Absent: never looked up. */
  readonly masters?: MasterFacts
  /** What systems say otherwise than it stands here. Absent: never compared. */
  readonly drift?: DriftFacts
  /** Order lines a payables clerk named for invoice lines. */
  readonly links: Readonly<
    Record<string, { readonly orderNumber: string; readonly orderLineNumber: string }>
  >
  readonly attempt: MatchAttempt | null
  /** Why another attempt is due; null when none is. */
  readonly rematchBecause: string | null
  readonly register: {
    readonly lookUpId: string
    readonly entries: readonly RegisteredInvoice[]
  } | null
  readonly answers: Readonly<
    Record<string, { readonly attempt: number; readonly view: OrderMatchView | null }>
  >
  readonly match: {
    readonly documentHash: string
    /** `matchResultOf` gives it in full. */
    readonly result: KeptMatchResult
    readonly partialRelease: boolean
    /** Something is routed for approval beside what is held. Absent: as in `invoice.matched`. */
    readonly asksBesideHolds?: true
  } | null
  readonly duplicate: {
    readonly decision: 'confirmed' | 'cleared'
    readonly by: string
    readonly because: string
  } | null
  /** Invoice numbers, normalised, that a person said are no duplicates of this one. */
  readonly clearedNumbers: readonly string[]
  readonly holds: readonly Hold[]
  /** Hold id to the text the match writes it by. */
  readonly holdTexts: Readonly<Record<string, string>>
  /** Differences a person let pass, by hold text, with the variance seen then. */
  readonly accepted: Readonly<Record<string, { readonly variance: string | null }>>
  readonly cases: readonly ExceptionCase[]
  /** Case id to what it was wanted for. */
  readonly caseKeys: Readonly<Record<string, string>>
  readonly approvals: readonly Approval[]
  /** What the rules said of an attempt's match that was routed for approval, where they ask nobody. Absent: never. */
  readonly approvalRuling?: {
    readonly attempt: number
    readonly outcome: 'not-needed' | 'refused'
    readonly because: string
  }
  readonly disputes: readonly Dispute[]
  /** What resolutions and settlements set going. Absent: nothing. */
  readonly remedies?: readonly Remedy[]
  /** What colleagues were asked to do. Absent: nothing. */
  readonly tasks?: readonly Task[]
  /** Debit memos finance posted for the remedies that asked for them. Absent: none. */
  readonly debits?: readonly PostedDebit[]
  readonly conflicts: readonly InvoiceConflict[]
  readonly posting: {
    readonly postingNumber: string
    readonly postedOn: string
    readonly documentHash: string
  } | null
  readonly payments: readonly InvoicePayment[]
  readonly released: { readonly payable: Money; readonly at: string } | null
  readonly partlyReleased: Money | null
  readonly credits: readonly {
    readonly creditInvoiceKey: string
    readonly documentNumber: string
    readonly amount: Money
  }[]
  /** For a cancellation or reversal: the invoice it took effect on. */
  readonly appliedTo: string | null
  readonly closing: InvoiceClosing | null
  readonly waits: Readonly<Record<string, InvoiceWait>>
  /** People who had a hand in it; none for a touchless invoice. */
  readonly touchedBy: readonly string[]
  /** Who did which duty with it. Absent: nobody, or in facts of before it was kept. */
  readonly duties?: readonly DutyDone[]
  /** Duties of one person that another stands for. Absent: none. */
  readonly compensations?: readonly DutyCompensation[]
}

/** What the runtime stores of an invoice. */
export type InvoiceState = AggregateState & {
  /** The state of every region of the lifecycle. */
  readonly regions: LifecycleValue
  readonly facts: InvoiceFacts
  /** Ids of the messages applied so far; the same one again has no effect. */
  readonly messageIds: readonly string[]
}

/** An invoice nothing is known of yet. */
export function unknownInvoice(invoiceKey: string): InvoiceFacts {
  return {
    invoiceKey,
    versions: [],
    setAside: [],
    calendar: null,
    links: {},
    attempt: null,
    rematchBecause: null,
    register: null,
    answers: {},
    match: null,
    duplicate: null,
    clearedNumbers: [],
    holds: [],
    holdTexts: {},
    accepted: {},
    cases: [],
    caseKeys: {},
    approvals: [],
    disputes: [],
    conflicts: [],
    posting: null,
    payments: [],
    released: null,
    partlyReleased: null,
    credits: [],
    appliedTo: null,
    closing: null,
    waits: {},
    touchedBy: [],
  }
}
