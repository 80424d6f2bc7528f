import * as z from 'zod'

/** What has to be approved before it happens. */
export const ApprovalDecisionType = z.enum([
  'order',
  'change',
  'over-receipt',
  'accept-variance',
  'release-hold',
  'credit',
  'write-off',
  'policy-change',
  'supplier-activation',
])
export type ApprovalDecisionType = z.infer<typeof ApprovalDecisionType>

const role = z.string().min(1).max(60)

/** One step of an approval: who is asked, how many of them must agree, and who is called when nobody answers. */
export const ApprovalStep = z.strictObject({
  /** Who is asked. */
  roles: z.array(role).min(1).max(20),
  /** `any`: one role's yes is enough; `all`: every role's; `quorum`: that of `quorum` roles. */
  mode: z.enum(['any', 'all', 'quorum']),
  /** How many of the roles have to agree, where `mode` is `quorum`. */
  quorum: z.int().positive().max(20).optional(),
  /** Working hours from the request to the due time. */
  dueBusinessHours: z.int().positive(),
  /** Who is called once the due time has passed; null for nobody. */
  escalateToRole: role.nullable(),
})
export type ApprovalStep = z.infer<typeof ApprovalStep>

/**
 * What the approval matrix says about a decision: it needs no approval, or these steps in turn, or nobody may approve it.
 * Where an amount is at stake, the band that holds for it was chosen by the rules.
 */
export const ApprovalRequirement = z.discriminatedUnion('outcome', [
  z.strictObject({
    /** Whether approval is needed; `refused` where nobody may give it. */
    outcome: z.literal('not-needed'),
  }),
  z.strictObject({
    outcome: z.literal('needed'),
    /** Who has to agree, in turn. */
    steps: z.array(ApprovalStep).min(1).max(10),
    /** Two different persons have to agree, however many steps there are. */
    fourEyes: z.boolean(),
    /** Working hours from the request after which it falls and has to be asked for again. Absent: it does not fall. */
    expiresAfterBusinessHours: z.int().positive().optional(),
  }),
  z.strictObject({ outcome: z.literal('refused') }),
])
export type ApprovalRequirement = z.infer<typeof ApprovalRequirement>
