import * as z from 'zod'
import { Instant } from '../calendar/instant.ts'
import { TenantId } from '../identity/identity.ts'

/** Stops a payment or a posting. History rows: the same code may be placed, released and placed again. */
export const Hold = z.strictObject({
  /** Whose books it is in. Absent in records kept before it was written down: then it is the first part of the key. */
  tenant: TenantId.optional(),
  holdId: z.string().min(1).max(400),
  /** `PRICE`, `QTY_RECEIVED`, `NO_RECEIPT` ... from the rule set. */
  code: z.string().min(1).max(60),
  scope: z.enum(['invoice', 'line', 'schedule', 'charge', 'field']),
  /** Line number, charge code or field name inside the scope. */
  scopeKey: z.string().max(120).nullable(),
  invoiceKey: z.string(),
  placedBy: z.string().max(120),
  placedAt: Instant,
  reason: z.string().max(1000),
  blocks: z.enum(['posting', 'payment']),
  /** `auto`: goes when its condition is gone; `manual`: only a person releases it; `never`: only with the invoice. */
  releasable: z.enum(['auto', 'manual', 'never']),
  ownerRole: z.string().max(60),
  exceptionId: z.string().nullable(),
  state: z.enum(['placed', 'under-review', 'released', 'converted', 'cancelled-with-invoice']),
  released: z
    .strictObject({
      by: z.string().max(120),
      at: Instant,
      code: z.string().max(60),
      reason: z.string().max(1000),
    })
    .nullable(),
})
export type Hold = z.infer<typeof Hold>
