import * as z from 'zod'
import { DocumentReference } from '../document/document-reference.ts'

/** Why somebody decided as they did: a code of the buyer's catalogue, in words, and what shows it. */
export const Reason = z.strictObject({
  code: z.string().trim().min(1).max(60),
  text: z.string().max(2000).optional(),
  evidence: z.array(DocumentReference),
})
export type Reason = z.infer<typeof Reason>
