import * as z from 'zod'

const Days = z.int().nonnegative().max(36_500)

const named = /^(order|shipment|invoice|agreement):.+$/
const notNamed = 'names no order, shipment, invoice or agreement: write order:tenant/buyer/number'

/** How long what is closed is kept, and what is kept whatever its age. */
export const RetentionRules = z.strictObject({
  /** Days after the last thing that happened to it, for each kind. */
  days: z.strictObject({
    order: Days,
    shipment: Days,
    invoice: Days,
    /** Absent: as long as orders. */
    agreement: Days.optional(),
  }),
  /**
   * Legal hold: orders, shipments, invoices and agreements as `order:acme/0001/4711`. What they are linked with is kept too. One
   * that is not in the books is refused.
   */
  legalHold: z.array(z.string().max(500).regex(named, notNamed)).default([]),
})
export type RetentionRules = z.infer<typeof RetentionRules>
