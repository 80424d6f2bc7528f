import * as z from 'zod'

/**
 * Names a record in the system that owns it, by that system's own number, with the line, schedule and version it means.
 * Numbers of different systems are never mixed: each keeps its own.
 */
export const DocumentReference = z.strictObject({
  /** The system whose number it is: `erp`, `wms`, a partner's mailbox. */
  system: z.string().trim().min(1).max(80),
  /** What kind of record it is there: `purchase-order`, `goods-receipt`. */
  type: z.string().trim().min(1).max(80),
  id: z.string().trim().min(1).max(200),
  line: z.string().max(40).optional(),
  schedule: z.string().max(40).optional(),
  version: z.string().max(40).optional(),
})
export type DocumentReference = z.infer<typeof DocumentReference>
