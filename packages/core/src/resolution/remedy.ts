import * as z from 'zod'
import { Instant } from '../calendar/instant.ts'
import { RootCause } from '../exception/exception.ts'
import { LineNumber, OrderNumber } from '../identity/identity.ts'
import { Money } from '../money/money.ts'
import { OrderDifference } from '../order-change/order-change.ts'
import { ResolutionCode } from './resolution-code.ts'

/**
 * What a resolution set going, until it has come to its end: a credit memo that was asked for, a debit memo that was
 * drafted, a change of the order, a count that is done again.
 */
export const Remedy = z.strictObject({
  remedyId: z.string().min(1).max(400),
  /** The case it settles. */
  exceptionId: z.string().min(1).max(400),
  /** The dispute it was agreed on in; null where there was none. */
  disputeId: z.string().max(600).nullable(),
  code: ResolutionCode,
  /**
   * `awaiting-approval`: nothing was done yet; `under-way`: it was, and what it should bring is waited for; `done`: it came;
   * `refused`: nobody with authority agreed; `cancelled`: the invoice ended, or another way was chosen.
   */
  state: z.enum(['awaiting-approval', 'under-way', 'done', 'refused', 'cancelled']),
  startedAt: Instant,
  startedBy: z.string().max(120),
  note: z.string().max(2000).nullable(),
  rootCause: RootCause.nullable(),
  /** How much it is to bring; null where it is no amount. */
  amount: Money.nullable(),
  /** How much came by now; null where it is no amount. */
  received: Money.nullable(),
  /** Who is waited for while it is under way; null for nobody. */
  waitsFor: z.enum(['supplier', 'internal', 'finance']).nullable(),
  /** Credits that were known when it was asked for: they were not given because of it. */
  knownCredits: z.array(z.string().max(400)),
  /** What it changes at the order; absent where it changes nothing. */
  orderChange: z
    .strictObject({
      orderNumber: OrderNumber,
      basedOnVersion: z.int().positive(),
      differences: z.array(OrderDifference).min(1).max(50),
    })
    .optional(),
  /** The order line it is about; absent where it is about none. */
  orderLine: z.strictObject({ orderNumber: OrderNumber, orderLineNumber: LineNumber }).optional(),
  /** The line of the invoice it is about; absent where it is about all of it. */
  invoiceLine: LineNumber.optional(),
  /** Goods that go back are not delivered again. Absent: they are, or none go back. */
  noReplacement: z.boolean().optional(),
  ended: z.strictObject({ at: Instant, because: z.string().max(2000) }).nullable(),
})
export type Remedy = z.infer<typeof Remedy>

/** True while a remedy has still to be approved or to bring what it should. */
export function isOpenRemedy({ state }: Pick<Remedy, 'state'>): boolean {
  return state === 'awaiting-approval' || state === 'under-way'
}
