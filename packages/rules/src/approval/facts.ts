import * as z from 'zod'
import { ApprovalFact, commonFacts, DiscrepancyFact } from '../facts/trade-facts.ts'

/** What approval rules may look at: the decision to be approved and what it is about. */
export const ApprovalFacts = z.object({
  ...commonFacts,
  approval: ApprovalFact.nullable().optional(),
  discrepancy: DiscrepancyFact.nullable().optional(),
})
export type ApprovalFacts = z.infer<typeof ApprovalFacts>
