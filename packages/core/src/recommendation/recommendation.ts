import * as z from 'zod'
import { TenantId } from '../identity/identity.ts'
import { Instant } from '../calendar/instant.ts'
import { NonNegativeDecimal } from '../decimal/decimal.ts'
import { DocumentReference } from '../document/document-reference.ts'
import { ExceptionSubject } from '../exception/exception.ts'

const probability = NonNegativeDecimal

/**
 * What a model advises: its options, best first, with how likely each is right and what it rests on. Advice never decides;
 * what became of it is kept beside it.
 */
export const Recommendation = z.strictObject({
  /** Whose books it is in. */
  tenant: TenantId,
  recommendationId: z.string().min(1).max(400),
  model: z.string().min(1).max(120),
  modelVersion: z.string().min(1).max(40),
  /** What kind of advice it is: `resolve-exception`, `classify-message`. */
  actionClass: z.string().min(1).max(60),
  subject: ExceptionSubject,
  madeAt: Instant,
  options: z
    .array(
      z.strictObject({
        action: z.string().min(1).max(60),
        /** Probability that it is right, 0 to 1. */
        probability,
        because: z.string().max(1000),
      }),
    )
    .min(1)
    .max(50),
  evidence: z.array(DocumentReference),
  /** Least probability, 0 to 1, at which it may be shown or followed. */
  threshold: probability,
  disposition: z.enum(['shown', 'accepted', 'edited', 'rejected', 'auto']).nullable(),
})
export type Recommendation = z.infer<typeof Recommendation>
