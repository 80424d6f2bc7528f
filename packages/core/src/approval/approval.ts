import * as z from 'zod'
import { Instant } from '../calendar/instant.ts'
import { Decimal } from '../decimal/decimal.ts'
import { TenantId } from '../identity/identity.ts'
import { Currency } from '../money/currency.ts'
import { ApprovalDecisionType } from './approval-requirement.ts'

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
  approverRole: z.string().max(60),
  state: z.enum(['requested', 'approved', 'rejected', 'recalled', 'superseded']),
  decidedBy: z.string().max(120).nullable(),
  decidedAt: Instant.nullable(),
  reason: z.string().max(1000).nullable(),
})
export type Approval = z.infer<typeof Approval>
