import * as z from 'zod'
import { commonFacts } from '../facts/trade-facts.ts'

/** What matching rules may look at: the invoice, the order it bills, and one line or, for the header, none. */
export const MatchingFacts = z.object({
  ...commonFacts,
})
export type MatchingFacts = z.infer<typeof MatchingFacts>
