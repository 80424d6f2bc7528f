import type { BusinessCalendar } from '../calendar/business-calendar.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import type { Judgement } from '../discrepancy/judge-discrepancy.ts'
import type { ExceptionCase, ExceptionCode } from '../exception/exception.ts'
import type { LifecycleValue } from '../lifecycle/state-tree.ts'
import type { AggregateState } from '../message/decision.ts'
import type { MasterFinding } from '../masters/master-check.ts'
import type { Milestone } from '../milestone/milestone.ts'
import type { PolicyDecision } from '../policy/policy.ts'
import type { ShipNotice } from '../ship-notice/ship-notice.ts'
import type { GoodsReceivedLine } from './shipment-messages.ts'
import type { ValidationStep } from './validation-step.ts'

/** One text of the ship notice as it came in: the first issue, a correction, a withdrawal, or a contradiction. */
export type NoticeVersion = {
  /** sha-256 of the document without its origin: the same content twice is the same version. */
  readonly hash: string
  readonly document: ShipNotice
  /** What the master data says against this text. Absent: nothing, or it was not asked. */
  readonly masterFindings?: readonly MasterFinding[]
}

/** One report of a step of the shipment; a corrected report has a higher revision under its number. */
export type MilestoneVersion = { readonly hash: string; readonly document: Milestone }

/** What one order found, and of which revision of the notice. */
export type OrderComparison = {
  readonly revision: number
  readonly aligned: boolean
  readonly discrepancies: readonly Discrepancy[]
}

/** Something that is not as ordered, promised or complete: at which step of the validation it came up. */
export type ShipmentFinding = {
  readonly step: ValidationStep
  /** The code of the case it opens when it is out of tolerance; null where it opens none. */
  readonly code: ExceptionCode | null
  readonly discrepancy: Discrepancy
}

/** A finding held against the tolerances in force, and why the answer is what it is. */
export type AssessedFinding = ShipmentFinding & {
  readonly judgement: Judgement
  readonly policy: PolicyDecision
}

/** A clock that was started; `over` once it rang and what it waits for has not come yet. */
export type ShipmentWait = { readonly type: string; readonly dueAt: string; readonly over: boolean }

/** A person ended the shipment. It holds only as long as nothing new is known of it. */
export type ShipmentClosing = {
  readonly at: string
  readonly by: string
  readonly because: string
  /** Hash of the notice and the counts that were known then. */
  readonly basis: string
}

/**
 * Everything known of a shipment. Notices, reports, counts and answers only add facts, keyed by what they are about; the
 * states of every region follow from them. Plain JSON.
 */
export type ShipmentFacts = {
  readonly shipmentKey: string
  readonly notices: readonly NoticeVersion[]
  /** Hashes of notices a person decided to leave aside. */
  readonly setAside: readonly string[]
  /** The hours of the buyer's desks; null until somebody named them. */
  readonly calendar: BusinessCalendar | null
  readonly milestones: readonly MilestoneVersion[]
  /** The last comparison of each order, by order number. */
  readonly comparisons: Readonly<Record<string, OrderComparison>>
  /** What was counted, by order, receipt and receipt line. */
  readonly counts: Readonly<Record<string, GoodsReceivedLine>>
  /** Null while something is known that was not held against the tolerances yet. */
  readonly assessment: readonly AssessedFinding[] | null
  /** Differences the warehouse was told of before the goods came; what it was told depends on when things came in. */
  readonly alerted: readonly string[]
  readonly cases: readonly ExceptionCase[]
  /** Case id to what it was wanted for. */
  readonly caseKeys: Readonly<Record<string, string>>
  readonly waits: Readonly<Record<string, ShipmentWait>>
  readonly closing: ShipmentClosing | null
}

/** What the runtime stores of a shipment. */
export type ShipmentState = AggregateState & {
  /** The state of every region of the lifecycle. */
  readonly regions: LifecycleValue
  readonly facts: ShipmentFacts
  /** Ids of the messages applied so far; the same one again has no effect. */
  readonly messageIds: readonly string[]
}

/** A shipment nothing is known of yet. */
export function unknownShipment(shipmentKey: string): ShipmentFacts {
  return {
    shipmentKey,
    notices: [],
    setAside: [],
    calendar: null,
    milestones: [],
    comparisons: {},
    counts: {},
    assessment: null,
    alerted: [],
    cases: [],
    caseKeys: {},
    waits: {},
    closing: null,
  }
}
