import * as z from 'zod'
import { commonFacts, DiscrepancyFact, ExceptionFact, WaitingFact } from '../facts/trade-facts.ts'

/** What routing rules may look at: the exception to be answered for, or what somebody waits for. */
export const RoutingFacts = z.object({
  ...commonFacts,
  exception: ExceptionFact.nullable().optional(),
  waiting: WaitingFact.nullable().optional(),
  discrepancy: DiscrepancyFact.nullable().optional(),
})
export type RoutingFacts = z.infer<typeof RoutingFacts>
