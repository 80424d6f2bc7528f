import * as z from 'zod'

const Days = z.int().nonnegative().max(36_500)

/** How long what is closed is kept, and what is kept whatever its age. */
export const RetentionRules = z.strictObject({
  /** Days after the last thing that happened to it, for each kind. */
  days: z.strictObject({ order: Days, shipment: Days, invoice: Days }),
  /** Legal hold: orders, shipments and invoices as `order:acme/0001/4711`. What they are linked with is kept too. */
  legalHold: z.array(z.string().min(1).max(500)).default([]),
})
export type RetentionRules = z.infer<typeof RetentionRules>
