import { agreedAmount } from '../dispute/change-dispute.ts'
import type { Dispute } from '../dispute/dispute.ts'
import { type Money, subtractMoney, sumMoney } from '../money/money.ts'
import { isMonetary, remediesOf } from './invoice-remedies.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** Where the money of a dispute is. Each amount is null where the dispute is about none. */
export type DisputeBalance = {
  /** What the buyer asked for. */
  readonly claimed: Money | null
  /** What both sides agreed on. */
  readonly agreed: Money | null
  /** What settlements were chosen for, those turned down left out. */
  readonly settled: Money | null
  /** What of that has come. */
  readonly received: Money | null
  /** What was settled and has not come. */
  readonly remaining: Money | null
  /** What was claimed and is in no settlement. */
  readonly unsettled: Money | null
}

/** Counts a dispute: claimed, agreed, settled, received, and what is still to come. */
export function disputeBalance(facts: InvoiceFacts, dispute: Dispute): DisputeBalance {
  const { claim, disputeId } = dispute
  const agreed = agreedAmount(dispute)
  const own = remediesOf(facts).filter(
    (remedy) =>
      remedy.disputeId === disputeId &&
      isMonetary(remedy) &&
      remedy.state !== 'refused' &&
      remedy.state !== 'cancelled',
  )
  const currency = claim?.currency ?? agreed?.currency ?? own[0]?.amount?.currency
  if (currency === undefined) {
    return {
      claimed: null,
      agreed: null,
      settled: null,
      received: null,
      remaining: null,
      unsettled: null,
    }
  }
  const settled = sumMoney(
    own.flatMap(({ amount }) => amount ?? []),
    currency,
  )
  const received = sumMoney(
    own.flatMap((remedy) => remedy.received ?? []),
    currency,
  )
  return {
    claimed: claim,
    agreed,
    settled,
    received,
    remaining: subtractMoney(settled, received),
    unsettled: claim === null ? null : subtractMoney(claim, settled),
  }
}

/** What was agreed on and is in no settlement yet; null where no amount was agreed on. */
export function agreedLeft(facts: InvoiceFacts, dispute: Dispute): Money | null {
  const agreed = agreedAmount(dispute)
  const { settled } = disputeBalance(facts, dispute)
  if (agreed === null || settled === null) return agreed
  return subtractMoney(agreed, settled)
}
