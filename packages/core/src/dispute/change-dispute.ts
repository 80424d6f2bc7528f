import type { Instant } from '../calendar/instant.ts'
import type { TenantId } from '../identity/identity.ts'
import { moveLifecycle } from '../lifecycle/move-lifecycle.ts'
import type { Money } from '../money/money.ts'
import { disputeLifecycle, type DisputeEvent } from './dispute-lifecycle.machine.ts'
import { Dispute, type DisputeOffer, type DisputeSettlement } from './dispute.ts'

/** Something said in a dispute: who, when, the words, and what was shown with them. */
export type DisputeRemark = {
  readonly by: string
  readonly at: Instant
  readonly text: string
  readonly documents?: readonly string[] | undefined
}

/** Opens a dispute with the supplier about a case. The claim is what the buyer wants back; null when it is not money. */
export function openDispute({
  tenant,
  disputeId,
  exceptionId,
  claim,
  remark,
}: {
  readonly tenant: TenantId
  readonly disputeId: string
  readonly exceptionId: string
  readonly claim: Dispute['claim']
  readonly remark: DisputeRemark
}): Dispute {
  return {
    tenant,
    disputeId,
    exceptionId,
    state: 'opened',
    openedAt: remark.at,
    openedBy: remark.by,
    claim,
    settlement: null,
    messages: [messageOf(remark)],
  }
}

/** Takes one step of the talk; null when the dispute is not at a point where that can be said. */
export function stepDispute(
  dispute: Dispute,
  type: DisputeEvent['type'],
  remark: DisputeRemark,
  settlement: Dispute['settlement'] = null,
): Dispute | null {
  const position = { value: dispute.state, context: undefined }
  const moved = moveLifecycle(disputeLifecycle, position, { type })
  if (!moved.changed) return null
  return {
    ...dispute,
    state: Dispute.shape.state.parse(moved.value),
    settlement: settlement ?? dispute.settlement,
    messages: [...dispute.messages, messageOf(remark)],
  }
}

/** The dispute after something more is said where it stands. */
function sayMore(dispute: Dispute, remark: DisputeRemark): Dispute {
  return { ...dispute, messages: [...dispute.messages, messageOf(remark)] }
}

function messageOf({ at, by, text, documents }: DisputeRemark): Dispute['messages'][number] {
  return {
    at,
    from: by,
    text,
    ...(documents === undefined || documents.length === 0 ? {} : { documents: [...documents] }),
  }
}

/** Puts an amount on the table; whatever was on it before falls. Null when nothing can be offered any more. */
export function offerInDispute(
  dispute: Dispute,
  offer: Pick<DisputeOffer, 'offerId' | 'from' | 'amount'>,
  remark: DisputeRemark,
): Dispute | null {
  const isSuppliers = offer.from === 'supplier'
  const said = isSuppliers ? 'dispute.answered' : 'dispute.countered'
  // Who had the last word may say something else.
  const isAgain = dispute.state === (isSuppliers ? 'supplier-responded' : 'sent')
  const stepped = isAgain ? sayMore(dispute, remark) : stepDispute(dispute, said, remark)
  if (stepped === null) return null
  const { by, at } = remark
  return { ...stepped, offers: [...(dispute.offers ?? []), { ...offer, by, at }] }
}

/** The offer on the table: the last one, until one was accepted. Null when there is none. */
export function offerOnTable({ offers, acceptedOfferId }: Dispute): DisputeOffer | null {
  return acceptedOfferId === undefined ? (offers?.at(-1) ?? null) : null
}

/** Agrees to the offer on the table. Null when it is not on the table, or nothing can be agreed on any more. */
export function acceptOffer(
  dispute: Dispute,
  offerId: string,
  remark: DisputeRemark,
): Dispute | null {
  if (offerOnTable(dispute)?.offerId !== offerId) return null
  const stepped = stepDispute(dispute, 'dispute.agreed', remark)
  return stepped === null ? null : { ...stepped, acceptedOfferId: offerId }
}

/** What both sides agreed on; null where no offer was accepted. */
export function agreedAmount({ offers = [], acceptedOfferId }: Dispute): Money | null {
  return offers.find(({ offerId }) => offerId === acceptedOfferId)?.amount ?? null
}

/** Chooses a way to settle what was agreed on, over an amount where it is one; the first one names the settlement. */
export function settleDisputeBy(
  dispute: Dispute,
  { settlement, amount }: { readonly settlement: DisputeSettlement; readonly amount: Money | null },
  remark: DisputeRemark,
): Dispute | null {
  const stepped =
    dispute.state === 'settling'
      ? sayMore(dispute, remark)
      : stepDispute(dispute, 'dispute.settling', remark, settlement)
  if (stepped === null) return null
  const { by, at } = remark
  const chosen = { settlement, amount, by, at }
  return { ...stepped, settlements: [...(dispute.settlements ?? []), chosen] }
}

/** True while the talk goes on, or what it was settled with has not come. */
export function isOpenDispute(dispute: Dispute): boolean {
  switch (dispute.state) {
    case 'opened':
    case 'sent':
    case 'acknowledged':
    case 'supplier-responded':
    case 'escalated':
    case 'agreed':
    case 'settling':
      return true
    case 'settled':
    case 'closed':
    case 'withdrawn':
    case 'expired':
      return false
  }
}

/** True while the supplier is to answer. */
export function awaitsSupplier({ state }: Dispute): boolean {
  return state === 'sent' || state === 'acknowledged'
}
