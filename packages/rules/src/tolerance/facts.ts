import * as z from 'zod'
import { CheckFact, commonFacts, DiscrepancyFact } from '../facts/trade-facts.ts'

/** What tolerance rules may look at: the planned check, or the difference between two documents. */
export const ToleranceFacts = z.object({
  ...commonFacts,
  check: CheckFact.nullable().optional(),
  discrepancy: DiscrepancyFact.nullable().optional(),
})
export type ToleranceFacts = z.infer<typeof ToleranceFacts>
