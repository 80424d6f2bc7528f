import * as z from 'zod'
import { Duty } from '../authority/duty.ts'
import type { ApprovalRequirement } from '../approval/approval-requirement.ts'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { MatchLevelTable } from '../match/match-level.ts'
import { TaxTable } from '../match/tax-table.ts'
import { NonNegativeDecimal } from '../decimal/decimal.ts'
import type { Tolerance } from './tolerance.ts'

/** The exact rule-set version a decision was taken under. */
export const PolicyReference = z.strictObject({
  ruleSet: z.string().min(1).max(120),
  version: z.string().min(1).max(40),
  /** sha-256 of the canonical rule set, hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** First business day it is in force. Absent in decisions kept before it was written down, and for the defaults. */
  effectiveFrom: CalendarDate.optional(),
  /** What it is for, as `supplier` to `S100`; empty where it is for everything, absent as above. */
  scope: z.record(z.string().max(60), z.string().max(200)).optional(),
})
export type PolicyReference = z.infer<typeof PolicyReference>

/** Why an answer of the policy is what it is: rule set, rules that fired, and the facts they saw. Plain data, stored. */
export const PolicyDecision = z.strictObject({
  reference: PolicyReference,
  firedRules: z.array(z.string()),
  /** The `because` of the rules that fired, written for the buyer. */
  because: z.array(z.string()),
  facts: z.record(z.string(), z.json()),
})
export type PolicyDecision = z.infer<typeof PolicyDecision>

/** Facts a rule may look at, by name; each is plain JSON. Decimal values are strings. */
export type PolicyFacts = { readonly [name: string]: unknown }

/** A value the policy answered with, and why. */
export type PolicyAnswer<Value> = { readonly value: Value; readonly decision: PolicyDecision }

/**
 * What an exceeded limit leads to. Worst first: reject, duplicate, wait, hold, route-approval, reduce, warn. `wait` parks
 * the invoice until goods arrive, without opening a case.
 */
export const ExceedEffect = z.enum([
  'reject',
  'duplicate',
  'wait',
  'hold',
  'route-approval',
  'reduce',
  'warn',
])
export type ExceedEffect = z.infer<typeof ExceedEffect>

/**
 * One check the policy asks for on an invoice. `check` names a general comparison (see match-checks), `parameters`
 * its variation (percentage slack, rounding of the limit, basis, any-limit-passes ...). `name` is what the rule set
 * calls it, unique within the plan for one line; the tolerance rule set is asked by that name.
 */
export const PlannedCheck = z.strictObject({
  name: z.string().min(1).max(80),
  check: z.string().min(1).max(80),
  /** Hold code placed when the check fails with effect `hold`. */
  holdCode: z.string().min(1).max(60),
  onExceed: ExceedEffect,
  /** The charge code, for the checks that need one. */
  code: z.string().max(80).optional(),
  /** The totals field, for the checks that need one. */
  field: z.string().max(80).optional(),
  /** How the comparison is varied: slack, rounding of the limit, basis. */
  parameters: z.record(z.string(), z.json()),
})
export type PlannedCheck = z.infer<typeof PlannedCheck>

/** The checks of one invoice line (or of the invoice's header), in order. */
export type MatchPlan = { readonly checks: readonly PlannedCheck[] }

/** Who answers for an exception, by when, and who is called if nobody does. */
export const Route = z.strictObject({
  /** Who answers for it. */
  ownerRole: z.string().min(1).max(60),
  /** Others who are told. */
  alsoRoles: z.array(z.string().min(1).max(60)),
  /** Working hours of `calendar` from opening to due time. */
  dueBusinessHours: z.int().positive(),
  /** Roles called in turn, each so many working hours after the due time. */
  escalation: z.array(
    z.strictObject({
      /** Working hours after the due time. */
      afterBusinessHours: z.int().nonnegative(),
      /** Who is called then. */
      toRole: z.string().min(1).max(60),
    }),
  ),
  /** How urgent it is for those who work on cases. */
  priority: z.enum(['low', 'normal', 'high', 'critical']),
  /** While the case is open, invoices that depend on its schedule are not matched. */
  blocksMatching: z.boolean(),
  /** Whether the clock stops while the supplier is to answer. */
  pausesForSupplier: z.boolean(),
  /** Whether a person may set the case aside unsolved; not allowed when absent. */
  bypassAllowed: z.boolean().optional(),
})
export type Route = z.infer<typeof Route>

/** The clock of one kind of waiting: an acknowledgment, a ship notice, goods. */
export const Timing = z.strictObject({
  /** Working hours after the wait began at which the other side is reminded, in turn. */
  remindAfterBusinessHours: z.array(z.int().positive()),
  /** Working hours after which the owner's superior is told; null for never. */
  escalateAfterBusinessHours: z.int().positive().nullable(),
  /** Working hours after which an exception is opened; null for never. */
  overdueAfterBusinessHours: z.int().positive().nullable(),
  /** What becomes of a dispute nobody answered by then; a superior is called where not said. */
  onOverdue: z.enum(['escalate', 'accept', 'write-off', 'debit-memo']).optional(),
})
export type Timing = z.infer<typeof Timing>

/** How orders and invoices are conducted where practice differs between buyers. */
export const Conduct = z.strictObject({
  /** Least confidence, 0 to 1, of a field a machine read; below it a person compares with the original. Absent: any will do. */
  extractionConfidenceMin: NonNegativeDecimal.optional(),
  /** A new order version keeps the confirmation of lines it does not change. */
  retainConfirmationOnUnchangedLines: z.boolean(),
  /**
   * A supplier that took a delivery as ordered, or refused all of it, has said its last word: what it says later is a wish
   * to change that, and applies once it is accepted. Absent: the last answer counts.
   */
  finalAnswers: z.boolean().optional(),
  /** Delivery counts as complete once the received quantity is inside the under-delivery tolerance. */
  completeWithinUnderDelivery: z.boolean(),
  /** One held line does not hold the others. */
  partialRelease: z.boolean(),
  /** Held invoices are matched again when the policy changes. */
  rematchOnPolicyChange: z.boolean(),
  /** A delay, decrease or cancellation a supplier proposes waits until planning said whether it hurts; at once where absent. */
  assessImpact: z.boolean().optional(),
  /** Levels for order lines that set none themselves; see `resolveMatchLevel` for which of them counts. */
  matchLevels: MatchLevelTable.optional(),
  /** Whether a more specific level replaces any other, or only makes it stricter; any where not said. */
  matchLevelOverride: z.enum(['any', 'only-stricter']).optional(),
  /**
   * Pairs of duties that one person may do in one case where a second approver stands for it, with a reason, for the auditors'
   * list. Absent: none, all stay apart.
   */
  compensableDuties: z.array(z.tuple([Duty, Duty])).optional(),
  /**
   * What proves that goods of a drop shipment reached the customer: that the shipment arrived, as the carrier reports, or the
   * supplier's notice alone. The arrival where absent.
   */
  proofOfDelivery: z.enum(['arrival', 'ship-notice']).optional(),
  /**
   * The buyer bills itself what was counted, at the ordered price, as agreed with the supplier (evaluated receipts); of
   * consignment goods what was consumed. The supplier bills where absent or false.
   */
  selfBilling: z.boolean().optional(),
  /**
   * The taxes of the buyer's own bills, by the tax code of each order line, as agreed with the supplier: what a supplier charges is
   * billed, reverse charge is not. Absent: bills of our own bear no tax.
   */
  selfBillingTaxes: TaxTable.optional(),
  /** How an expected amount is rounded, once, to the digits of its currency before it is compared. */
  roundingMode: z.enum(['half-up', 'half-even', 'down']),
})
export type Conduct = z.infer<typeof Conduct>

/**
 * What core asks of the rules. Synchronous and total: outside facts are gathered first and recorded in the event, and a
 * question no rule answers gets the documented default, never an error. Every answer carries its reason.
 */
export type Policy = {
  /** Rule-set versions this policy is pinned to. */
  readonly references: readonly PolicyReference[]
  /** Checks for one invoice line, or for the header when `facts.line` is null. */
  readonly matching: (facts: PolicyFacts) => PolicyAnswer<MatchPlan>
  /** Limits for one planned check, or for a discrepancy between documents (`facts.discrepancy.kind`). */
  readonly tolerance: (facts: PolicyFacts) => PolicyAnswer<Tolerance>
  /** Owner, clock and escalation for an exception (`facts.exception.code`). */
  readonly routing: (facts: PolicyFacts) => PolicyAnswer<Route>
  /**
   * Clock for a wait (`facts.waiting.for`: acknowledgment, ship-notice, receipt, inspection, reconfirmation, change-decision; of cases that
   * wait supplier, internal and approval; task, dispute-answer).
   */
  readonly timing: (facts: PolicyFacts) => PolicyAnswer<Timing>
  readonly conduct: (facts: PolicyFacts) => PolicyAnswer<Conduct>
  /** Whether a decision needs approval, and whose (`facts.approval.decisionType`, `facts.approval.exposure`). */
  readonly approval: (facts: PolicyFacts) => PolicyAnswer<ApprovalRequirement>
}

/** Where a decision belongs; rule sets say what part of this they are for. */
export const PolicyScope = z.strictObject({
  tenant: z.string(),
  legalEntity: z.string().optional(),
  businessUnit: z.string().optional(),
  supplierClass: z.string().optional(),
  category: z.string().optional(),
  supplier: z.string().optional(),
  item: z.string().optional(),
})
export type PolicyScope = z.infer<typeof PolicyScope>

/** Picks the policy in force for a scope on a business date; the result is pinned to exact rule-set versions. */
export type PolicySource = {
  readonly pick: (scope: PolicyScope, businessDate: CalendarDate) => Policy
}
