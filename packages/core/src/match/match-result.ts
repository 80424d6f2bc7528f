import * as z from 'zod'
import { Decimal } from '../decimal/decimal.ts'
import { Discrepancy } from '../discrepancy/discrepancy.ts'
import { ExceptionCode } from '../exception/exception.ts'
import { TenantId } from '../identity/identity.ts'
import { ExceedEffect, PolicyDecision, PolicyReference, Route } from '../policy/policy.ts'
import { Tolerance } from '../policy/tolerance.ts'
import { AllocationRemainder, ReceiptAllocation } from './match-input.ts'

/**
 * What a match decided: the worst of what its failed checks lead to. Worst first: reject, suspect-duplicate,
 * awaiting-resolution, awaiting-receipt, hold, route-approval, reduce, match-with-warning, match-within-tolerance, match.
 */
export const MatchDecision = z.enum([
  'reject',
  'suspect-duplicate',
  'hold',
  'route-approval',
  'reduce',
  'match-with-warning',
  'match-within-tolerance',
  'match',
  'awaiting-receipt',
  'awaiting-resolution',
])
export type MatchDecision = z.infer<typeof MatchDecision>

/** One check, measured. Percentages are exact in the comparison and shown at 4 digits; null where the base is 0. */
export const CheckResult = z.strictObject({
  name: z.string(),
  check: z.string(),
  /** Invoice line, or null for the header. */
  invoiceLineNumber: z.string().nullable(),
  orderNumber: z.string().nullable(),
  orderLineNumber: z.string().nullable(),
  code: z.string().nullable(),
  field: z.string().nullable(),
  within: z.boolean(),
  expected: Decimal.nullable(),
  actual: Decimal.nullable(),
  variance: Decimal.nullable(),
  percent: Decimal.nullable(),
  /** Money value of a quantity variance. */
  varianceAmount: Decimal.nullable(),
  /** What the check answers in words where it has no number (billing basis: `yes`, `no`, `exception`). */
  answer: z.string().nullable(),
  /** Receipts that cover the line one after the other, for the check that walks them. */
  associated: z.array(z.strictObject({ receiptNumber: z.string(), quantity: Decimal })).optional(),
  tolerance: Tolerance,
  /** `null` when within. */
  effect: ExceedEffect.nullable(),
  holdCode: z.string().nullable(),
  discrepancy: Discrepancy.nullable(),
  exceptionCode: ExceptionCode.nullable(),
  /** What was compared with what, and how it came out, in words. */
  sentence: z.string(),
  policy: z.array(PolicyDecision),
})
export type CheckResult = z.infer<typeof CheckResult>

/** A hold the match wants placed: `CODE`, `CODE:line` on invoices of several lines, `CODE:charge`, `CODE:field`. */
export const WantedHold = z.strictObject({
  text: z.string(),
  code: z.string(),
  scope: z.enum(['invoice', 'line', 'charge', 'field']),
  scopeKey: z.string().nullable(),
  blocks: z.enum(['posting', 'payment']),
  reason: z.string(),
})
export type WantedHold = z.infer<typeof WantedHold>

/** A case the match wants opened, with the answer of the routing rules. */
export const WantedException = z.strictObject({
  code: ExceptionCode,
  invoiceLineNumber: z.string().nullable(),
  orderNumber: z.string().nullable(),
  orderLineNumber: z.string().nullable(),
  chargeCode: z.string().nullable(),
  field: z.string().nullable(),
  holdText: z.string().nullable(),
  discrepancy: Discrepancy.nullable(),
  sentence: z.string(),
  route: Route,
  policy: PolicyDecision,
})
export type WantedException = z.infer<typeof WantedException>

/** What would settle the difference: the action, how much, and what it is worth. */
export const ProposedResolution = z.strictObject({
  action: z.string(),
  invoiceLineNumber: z.string().nullable(),
  quantity: Decimal.nullable(),
  amount: Decimal.nullable(),
  /** For a reduction: value of the credit memo posted with the full invoice. */
  creditMemoAmount: Decimal.nullable(),
  /** For a reduction: quantity the order's history gets. */
  quantityPosted: Decimal.nullable(),
  supplierNotice: z.enum(['complaint']).nullable(),
})
export type ProposedResolution = z.infer<typeof ProposedResolution>

/** Everything one matching attempt found. Same inputs, same policy, same clock: the same bytes (INV-18). */
export const MatchResult = z.strictObject({
  /** Whose books it is in. Absent in records kept before it was written down: then it is the first part of `invoiceKey`. */
  tenant: TenantId.optional(),
  invoiceKey: z.string(),
  attempt: z.int().positive(),
  decision: MatchDecision,
  checks: z.array(CheckResult),
  allocations: z.array(ReceiptAllocation),
  /** What no receipt covers; with the allocations it adds up to the billed quantities (INV-10). */
  remainders: z.array(AllocationRemainder).optional(),
  holds: z.array(WantedHold),
  exceptions: z.array(WantedException),
  resolutions: z.array(ProposedResolution),
  /** What may be paid now when the decision is to reduce or to release partially; null when all or nothing. */
  payableAmount: Decimal.nullable(),
  references: z.array(PolicyReference),
  /** sha-256 of invoice, views and register, canonical. */
  inputHash: z.string(),
})
export type MatchResult = z.infer<typeof MatchResult>
