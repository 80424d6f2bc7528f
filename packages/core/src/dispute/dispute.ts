import * as z from 'zod'
import { Instant } from '../calendar/instant.ts'
import { Decimal } from '../decimal/decimal.ts'
import { TenantId } from '../identity/identity.ts'
import { Currency } from '../money/currency.ts'

/** The talk with a supplier about a difference. Separate from the exception and the hold it is linked to. */
export const Dispute = z.strictObject({
  /** Whose books it is in. Absent in records kept before it was written down: then it is that of its case. */
  tenant: TenantId.optional(),
  disputeId: z.string().min(1).max(400),
  exceptionId: z.string(),
  state: z.enum([
    'opened',
    'sent',
    'acknowledged',
    'supplier-responded',
    'agreed',
    'settled',
    'closed',
    'withdrawn',
    'expired',
  ]),
  openedAt: Instant,
  openedBy: z.string().max(120),
  claim: z.strictObject({ amount: Decimal, currency: Currency }).nullable(),
  settlement: z
    .enum(['credit-memo', 'debit-memo', 're-bill', 'price-update', 'replacement', 'write-off'])
    .nullable(),
  messages: z.array(
    z.strictObject({ at: Instant, from: z.string().max(120), text: z.string().max(4000) }),
  ),
})
export type Dispute = z.infer<typeof Dispute>
