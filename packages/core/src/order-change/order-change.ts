import * as z from 'zod'
import { documentHeaderFields } from '../document/document-header.ts'
import { OrderNumber } from '../identity/identity.ts'

/** One field changed: a path inside the order (`lines/10/schedules/1/requestedDate`), its old and new value as text. */
export const OrderDifference = z.strictObject({
  path: z.string().min(1).max(200),
  from: z.string().max(400).nullable(),
  to: z.string().max(400).nullable(),
})
export type OrderDifference = z.infer<typeof OrderDifference>

/**
 * A wish to change an order, by the buyer (X12 860, EDIFACT ORDCHG, UBL OrderChange) or by the supplier (X12 865,
 * or an acknowledgment outside tolerance). Applying it needs `basedOnVersion` to be the current version.
 */
export const ChangeRequest = z.strictObject({
  kind: z.literal('change-request'),
  ...documentHeaderFields,
  orderNumber: OrderNumber,
  initiator: z.enum(['buyer', 'supplier']),
  basedOnVersion: z.int().positive(),
  differences: z.array(OrderDifference).min(1).max(5000),
  reasonText: z.string().max(400).optional(),
})
export type ChangeRequest = z.infer<typeof ChangeRequest>
