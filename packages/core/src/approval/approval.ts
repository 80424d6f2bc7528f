import * as z from 'zod'
import { Authority } from '../authority/authority-answer.ts'
import { Instant } from '../calendar/instant.ts'
import { Decimal } from '../decimal/decimal.ts'
import { TenantId } from '../identity/identity.ts'
import { Currency } from '../money/currency.ts'
import { PolicyDecision } from '../policy/policy.ts'
import { ApprovalProgress } from './approval-progress.ts'
import { ApprovalDecisionType, ApprovalRequirement } from './approval-requirement.ts'

/** An approval was handed from one role to another: by whom, when and why. */
export const ApprovalRerouting = z.strictObject({
  /** The step it was in, from 1. Absent where the approval knows no steps. */
  step: z.int().positive().optional(),
  fromRole: z.string().max(60),
  toRole: z.string().max(60),
  by: z.string().max(120).meta({ 'x-personal': 'name' }),
  /** For whom, where they acted for another. Absent: for themselves. */
  onBehalfOf: z.string().max(120).optional().meta({ 'x-personal': 'name' }),
  at: Instant,
  reason: z.string().max(1000),
  /** What the host said of the person's authority. Absent: no host was asked. */
  authority: Authority.optional(),
})
export type ApprovalRerouting = z.infer<typeof ApprovalRerouting>

/** A decision somebody with authority must take before something happens. */
export const Approval = z.strictObject({
  /** Whose books it is in. Absent in records kept before it was written down: then it is the first part of `subject`. */
  tenant: TenantId.optional(),
  approvalId: z.string().min(1).max(400),
  decisionType: ApprovalDecisionType,
  subject: z.string().max(400),
  requestedBy: z.string().max(120),
  requestedAt: Instant,
  exposure: z.strictObject({ amount: Decimal, currency: Currency }).nullable(),
  /**
   * Who is asked: the first role of the first step of `requirement`, where there is one, or the role it was handed to
   * since.
   */
  approverRole: z.string().max(60),
  /** Every time it was handed to another role, first to last. Absent: never. */
  rerouted: z.array(ApprovalRerouting).optional(),
  state: z.enum([
    'requested',
    'delegated',
    'escalated',
    'approved',
    'rejected',
    'returned',
    'expired',
    'recalled',
    'superseded',
  ]),
  decidedBy: z.string().max(120).nullable(),
  decidedAt: Instant.nullable(),
  reason: z.string().max(1000).nullable(),
  /** All that the approval rules ask for. Absent where no rule was written for it, and in records kept before there were any. */
  requirement: ApprovalRequirement.optional(),
  /** The rule that asks for it, and why; absent as above. */
  policy: PolicyDecision.optional(),
  /**
   * How far the steps of `requirement` are. Absent where there is none, and in records kept before steps were run: then one
   * answer decides, whoever gives it.
   */
  progress: ApprovalProgress.optional(),
  /** Which versions of the orders it was asked on, by order number: a later one makes it fall. Absent as `progress`. */
  orderVersions: z.record(z.string().max(80), z.int().positive()).optional(),
  /**
   * The differences of an invoice it was asked for, by their place, and how large each was: another one, or a larger one, makes
   * it fall. Absent as `progress`, and where it is for something else.
   */
  covers: z.record(z.string().max(400), Decimal.nullable()).optional(),
})
export type Approval = z.infer<typeof Approval>
