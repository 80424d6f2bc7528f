import * as z from 'zod'

/** Where in a received text something was found. Offsets count UTF-16 units from 0; lines and columns from 1. */
export const FindingPosition = z.strictObject({
  offset: z.int().nonnegative(),
  line: z.int().positive(),
  column: z.int().positive(),
  /** The place in the standard's own words: `ISA[1]/GS[1]/ST[2]/PO1[3]/02`, `/Order/OrderLine[2]/LineItem/Quantity`. */
  path: z.string().max(300),
})
export type FindingPosition = z.infer<typeof FindingPosition>

/**
 * Something a reader noticed in a document. `error`: this document cannot be used and is quarantined whole;
 * `warning`: usable, but somebody should know; `info`: a liberty the reader took.
 */
export const Finding = z.strictObject({
  /** Stable name of the rule, kebab-case: `x12-segment-count`, `line-without-quantity`. */
  rule: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  severity: z.enum(['error', 'warning', 'info']),
  position: FindingPosition,
  /** The text found there, cut to 200 characters. */
  excerpt: z.string().max(200),
  /** What is wrong and what would mend it, for a person who knows the trade and not the program. */
  sentence: z.string().min(1).max(600),
})
export type Finding = z.infer<typeof Finding>
