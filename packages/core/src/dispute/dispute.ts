import * as z from 'zod'
import { Instant } from '../calendar/instant.ts'
import { Decimal } from '../decimal/decimal.ts'
import { TenantId } from '../identity/identity.ts'
import { Currency } from '../money/currency.ts'
import { Money } from '../money/money.ts'
import { PolicyDecision } from '../policy/policy.ts'

/** References of documents shown in a dispute, as the host's archive knows them: a photo, a price list, a mail. */
export const DisputeDocuments = z.array(z.string().min(1).max(400)).max(20)

/** How a dispute ends for the books. */
export const DisputeSettlement = z.enum([
  'credit-memo',
  'debit-memo',
  're-bill',
  'price-update',
  'replacement',
  'write-off',
])
export type DisputeSettlement = z.infer<typeof DisputeSettlement>

/** An amount one side would settle for. The last one is on the table; those before it fell with it. */
export const DisputeOffer = z.strictObject({
  offerId: z.string().min(1).max(600),
  from: z.enum(['buyer', 'supplier']),
  by: z.string().max(120),
  at: Instant,
  amount: Money,
})
export type DisputeOffer = z.infer<typeof DisputeOffer>

/** What becomes of a dispute that nobody answers in time, as the rules say. */
export const DisputeLapse = z.strictObject({
  /**
   * `escalate`: the owner's superior is called and the talk goes on; `accept`: the claim is dropped and the difference
   * passes; `write-off` and `debit-memo`: the claim is settled that way.
   */
  action: z.enum(['escalate', 'accept', 'write-off', 'debit-memo']),
  at: Instant,
  policy: PolicyDecision,
})
export type DisputeLapse = z.infer<typeof DisputeLapse>

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
    'settling',
    'settled',
    'closed',
    'withdrawn',
    'expired',
    'escalated',
  ]),
  openedAt: Instant,
  openedBy: z.string().max(120),
  claim: z.strictObject({ amount: Decimal, currency: Currency }).nullable(),
  settlement: DisputeSettlement.nullable(),
  messages: z.array(
    z.strictObject({
      at: Instant,
      from: z.string().max(120),
      text: z.string().max(4000),
      /** Absent: none was shown. */
      documents: DisputeDocuments.optional(),
    }),
  ),
  /** Amounts the two sides named, oldest first; nothing is taken out. Absent: none was named. */
  offers: z.array(DisputeOffer).optional(),
  /** The one offer that was accepted. Absent: none was. */
  acceptedOfferId: z.string().max(600).optional(),
  /** Each way it is settled and over how much; null where the settlement is no amount. Absent: none was chosen. */
  settlements: z
    .array(
      z.strictObject({
        settlement: DisputeSettlement,
        amount: Money.nullable(),
        by: z.string().max(120),
        at: Instant,
      }),
    )
    .optional(),
  /** What became of it when its time ran out. Absent: it did not. */
  lapse: DisputeLapse.optional(),
})
export type Dispute = z.infer<typeof Dispute>
