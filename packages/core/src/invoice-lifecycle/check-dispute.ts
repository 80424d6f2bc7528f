import {
  acceptOffer,
  offerInDispute,
  offerOnTable,
  settleDisputeBy,
  stepDispute,
} from '../dispute/change-dispute.ts'
import type { Dispute } from '../dispute/dispute.ts'
import { instant } from '../calendar/instant.ts'
import { isPositiveDecimal } from '../decimal/decimal-arithmetic.ts'
import { type Answer, personOnly, refused } from '../message/answer.ts'
import type { Actor } from '../message/actor.ts'
import type { Message } from '../message/message.ts'
import { compareMoney } from '../money/money.ts'
import { personsActing } from '../approval/decide-approval.ts'
import { makersOf } from './current-invoice.ts'
import { agreedLeft } from './dispute-balance.ts'
import type { InvoiceMessage } from './invoice-messages.ts'
import { holdLetGoBy } from './code-settled-by.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { refusalOfRemedy, remedyAsked } from './start-remedy.ts'
import type { InvoiceFact } from './invoice-fact.ts'

/** What can be said in a dispute. */
export type DisputeMessage = Exclude<
  Extract<InvoiceMessage, { readonly type: `dispute.${string}` }>,
  { readonly type: 'dispute.overdue' | 'dispute.reminder-due' }
>

/** Whose word it is: a person of the supplier speaks for the supplier, everybody else for the buyer unless they say so. */
export function sideOf(
  { kind }: Pick<Actor, 'kind'>,
  { from }: { readonly from?: 'buyer' | 'supplier' | undefined },
): 'buyer' | 'supplier' {
  return kind === 'supplier-user' ? 'supplier' : (from ?? 'buyer')
}

/** Why something is not to be said in a dispute; null when it may. */
export function answerAboutDispute(
  facts: InvoiceFacts,
  message: Message,
  said: DisputeMessage,
): Answer | null {
  const dispute = facts.disputes.find((one) => one.disputeId === said.data.disputeId)
  if (dispute === undefined) return refused('dispute-unknown', 'there is no such dispute')
  switch (said.type) {
    case 'dispute.offered':
      return answerToOffer(dispute, message, said)
    case 'dispute.accepted':
      return answerToAcceptance(dispute, message, said)
    case 'dispute.settlement-chosen':
      return answerToSettlement(facts, dispute, message, said)
    case 'dispute.settled':
      return answerToSettled(facts, dispute, message, said)
    case 'dispute.sent':
    case 'dispute.acknowledged':
    case 'dispute.answered':
    case 'dispute.countered':
    case 'dispute.agreed':
    case 'dispute.withdrawn':
    case 'dispute.expired':
    case 'dispute.closed':
      return stepDispute(dispute, said.type, remarkOf(message, said)) === null
        ? outOfPlace(dispute, said)
        : null
  }
}

function remarkOf(message: Message, said: DisputeMessage) {
  return { by: message.actor.id, at: instant(message.receivedAt), text: said.data.text }
}

function outOfPlace({ state }: Dispute, { type }: DisputeMessage): Answer {
  return refused('dispute-state', `\`${type}\` cannot be said: the dispute is ${state}`)
}

type Of<Type extends DisputeMessage['type']> = Extract<DisputeMessage, { readonly type: Type }>

function wrongSide(
  message: Message,
  { from }: { readonly from?: string | undefined },
): Answer | null {
  if (message.actor.kind !== 'supplier-user' || from !== 'buyer') return null
  return refused('not-a-buyer', "a person of the supplier does not speak for the buyer's side")
}

function answerToOffer(
  dispute: Dispute,
  message: Message,
  said: Of<'dispute.offered'>,
): Answer | null {
  const { amount } = said.data
  const { claim } = dispute
  const wrong = wrongSide(message, said.data)
  if (wrong !== null) return wrong
  if (claim !== null && claim.currency !== amount.currency) {
    return refused(
      'wrong-currency',
      `the claim is in ${claim.currency}, and the offer in ${amount.currency}`,
    )
  }
  if (!isPositiveDecimal(amount.amount)) {
    return refused('nothing-offered', 'an offer is over an amount: withdraw the dispute instead')
  }
  if (claim !== null && compareMoney(amount, claim) > 0) {
    return refused(
      'more-than-claimed',
      `${amount.amount} ${amount.currency} is more than the ${claim.amount} that is claimed`,
    )
  }
  const offer = { offerId: message.id, from: sideOf(message.actor, said.data), amount }
  return offerInDispute(dispute, offer, remarkOf(message, said)) === null
    ? outOfPlace(dispute, said)
    : null
}

/** One offer is accepted, once, by the other side: the one on the table. Nobody agrees with themselves. */
function answerToAcceptance(
  dispute: Dispute,
  message: Message,
  said: Of<'dispute.accepted'>,
): Answer | null {
  const wrong = wrongSide(message, said.data)
  if (wrong !== null) return wrong
  const { offerId } = said.data
  const offer = dispute.offers?.find((one) => one.offerId === offerId)
  if (offer === undefined) return refused('offer-unknown', 'there is no such offer')
  if (dispute.acceptedOfferId !== undefined) {
    return refused('offer-accepted', 'an offer was accepted already: there is only one settlement')
  }
  const side = sideOf(message.actor, said.data)
  if (offer.from === side) {
    return refused('own-offer', `the offer is the ${side}'s own: the other side accepts it`)
  }
  if (offerOnTable(dispute)?.offerId !== offerId) {
    return refused('offer-replaced', 'another offer took its place: accept that one')
  }
  if (acceptOffer(dispute, offerId, remarkOf(message, said)) === null) {
    return outOfPlace(dispute, said)
  }
  // To take less than was claimed is a decision about money, and so a person's.
  return side === 'buyer' ? personOnly(message) : null
}

/** How a dispute is settled is for a person of the buyer's who did not enter the invoice. */
/** That a dispute is settled lets the hold go that it kept, as choosing how does. */
function answerToSettled(
  facts: InvoiceFacts,
  dispute: Dispute,
  message: Message,
  said: Of<'dispute.settled'>,
): Answer | null {
  if (stepDispute(dispute, said.type, remarkOf(message, said)) === null) {
    return outOfPlace(dispute, said)
  }
  return holdLetGoBy(facts, said) === null ? null : barredFromSettling(facts, message)
}

/** Why somebody does not settle what is disputed of an invoice; null when they may. */
function barredFromSettling(facts: InvoiceFacts, message: Message): Answer | null {
  const barred = personOnly(message)
  if (barred !== null) return barred
  const own = personsActing(message).find((one) => makersOf(facts).includes(one))
  if (own === undefined) return null
  return refused(
    'same-person',
    `\`${own}\` entered the invoice, so somebody else settles what is disputed of it`,
  )
}

function answerToSettlement(
  facts: InvoiceFacts,
  dispute: Dispute,
  message: Message,
  said: Of<'dispute.settlement-chosen'>,
): Answer | null {
  const barred = barredFromSettling(facts, message)
  if (barred !== null) return barred
  const { settlement, amount } = said.data
  const over = amount ?? agreedLeft(facts, dispute)
  const remark = remarkOf(message, said)
  if (settleDisputeBy(dispute, { settlement, amount: over }, remark) === null) {
    return outOfPlace(dispute, said)
  }
  const fact = { type: said.type, data: said.data, by: message.actor } as InvoiceFact
  const asked = remedyAsked(facts, fact)
  const refusal = asked === null ? null : refusalOfRemedy(facts, asked)
  return refusal === null ? null : refused(refusal.reason, refusal.sentence)
}
