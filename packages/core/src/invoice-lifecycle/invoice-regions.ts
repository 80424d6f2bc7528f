import { isOpenDispute } from '../dispute/change-dispute.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import {
  currentInvoice,
  currentVersion,
  isCorrectionOnly,
  isMatched,
  isPaid,
  isSure,
  unlinkedLines,
} from './current-invoice.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { lacksApproval } from './wanted-approval.ts'
import { wantedHolds } from './wanted-holds.ts'

/** What the states of an invoice's regions follow from: each function reads the facts and names one state. */
export const invoiceRegions = {
  document: documentState,
  duplicate: duplicateState,
  linking: linkingState,
  matching: matchingState,
  reduction: reductionState,
  posting: postingState,
  payment: paymentState,
  dispute: disputeState,
  standing: standingState,
} as const
export type InvoiceRegion = keyof typeof invoiceRegions

function documentState(facts: InvoiceFacts): 'captured' | 'extraction-review' | 'received' {
  const version = currentVersion(facts)
  if (version === null) return 'captured'
  return isSure(version) ? 'received' : 'extraction-review'
}

function duplicateState(facts: InvoiceFacts): 'unchecked' | 'clear' | 'suspected' | 'confirmed' {
  if (facts.duplicate?.decision === 'confirmed') return 'confirmed'
  if (!isMatched(facts)) return 'unchecked'
  if (facts.match?.result.decision !== 'suspect-duplicate') return 'clear'
  return facts.duplicate === null ? 'suspected' : 'clear'
}

function linkingState(facts: InvoiceFacts): 'waiting' | 'asking' | 'unlinked' | 'linked' {
  const invoice = currentInvoice(facts)
  if (invoice === null || documentState(facts) !== 'received') return 'waiting'
  const unanswered = invoice.lines.some(
    (line) => line.orderNumber !== null && facts.answers[line.orderNumber] === undefined,
  )
  if (unanswered && facts.appliedTo === null && !isCorrectionOnly(facts)) return 'asking'
  return unlinkedLines(facts).length > 0 && !isCorrectionOnly(facts) ? 'unlinked' : 'linked'
}

/** The state of matching: what the last attempt found, and which of its holds and approvals are left. */
export function matchingState(
  facts: InvoiceFacts,
):
  | 'waiting'
  | 'suspected-duplicate'
  | 'awaiting-receipt'
  | 'awaiting-resolution'
  | 'awaiting-approval'
  | 'on-hold'
  | 'matched'
  | 'refused' {
  if (facts.appliedTo !== null) return 'matched'
  if (!isMatched(facts) || facts.match === null) return 'waiting'
  switch (facts.match.result.decision) {
    case 'reject':
      return 'refused'
    case 'suspect-duplicate':
      return facts.duplicate === null ? 'suspected-duplicate' : 'waiting'
    case 'awaiting-receipt':
    case 'awaiting-resolution':
      return facts.match.result.decision
    case 'hold':
    case 'route-approval':
    case 'reduce':
    case 'match-with-warning':
    case 'match-within-tolerance':
    case 'match':
      return afterHolds(facts)
  }
}

function afterHolds(facts: InvoiceFacts): 'on-hold' | 'awaiting-approval' | 'matched' {
  if (facts.holds.some(isOpenHold) || wantedHolds(facts).length > 0) return 'on-hold'
  return lacksApproval(facts) ? 'awaiting-approval' : 'matched'
}

/** Whether all that is billed is owed: a match that reduces pays only what is, whatever stops it otherwise. */
function reductionState(facts: InvoiceFacts): 'whole' | 'reduced' {
  const isReduced = isMatched(facts) && facts.match?.result.decision === 'reduce'
  return isReduced && facts.closing === null ? 'reduced' : 'whole'
}

function postingState(facts: InvoiceFacts): 'unposted' | 'posted' {
  const stopped = facts.holds.some((hold) => isOpenHold(hold) && hold.blocks === 'posting')
  return facts.posting === null || stopped ? 'unposted' : 'posted'
}

/** Whether the invoice may be paid, and whether it was. */
export function paymentState(
  facts: InvoiceFacts,
): 'not-released' | 'partly-released' | 'released' | 'payment-ready' | 'paid' {
  if (isPaid(facts)) return 'paid'
  if (facts.released !== null) {
    return postingState(facts) === 'posted' ? 'payment-ready' : 'released'
  }
  return facts.partlyReleased === null ? 'not-released' : 'partly-released'
}

function disputeState(facts: InvoiceFacts): 'undisputed' | 'disputed' | 'settled' {
  if (facts.disputes.some(isOpenDispute)) return 'disputed'
  const settled = facts.disputes.some(
    (dispute) => dispute.state === 'settled' || dispute.state === 'closed',
  )
  return settled ? 'settled' : 'undisputed'
}

function standingState(
  facts: InvoiceFacts,
): 'open' | 'duplicate' | 'rejected' | 'cancelled' | 'credited' | 'applied' {
  return facts.closing?.as ?? 'open'
}

/** The one word a desk uses for where an invoice is. */
export type InvoiceStatus =
  | 'captured'
  | 'extraction-review'
  | 'received'
  | 'suspected-duplicate'
  | 'confirmed-duplicate'
  | 'rejected'
  | 'unlinked'
  | 'matching'
  | 'matched'
  | 'awaiting-receipt'
  | 'awaiting-resolution'
  | 'on-hold'
  | 'awaiting-approval'
  | 'released'
  | 'partly-released'
  | 'posted'
  | 'payment-ready'
  | 'paid'
  | 'cancelled'
  | 'credited'
  | 'applied'

/** Where an invoice is, in one word (MODEL 3.6): how it ended, else how far payment is, else what matching waits for. */
export function invoiceStatus(facts: InvoiceFacts): InvoiceStatus {
  if (facts.closing !== null) {
    return facts.closing.as === 'duplicate' ? 'confirmed-duplicate' : facts.closing.as
  }
  const payment = paymentState(facts)
  if (payment !== 'not-released') return payment
  const document = documentState(facts)
  if (document !== 'received') return document
  if (facts.holds.some(isOpenHold)) return 'on-hold'
  return statusOfMatching(facts)
}

function statusOfMatching(facts: InvoiceFacts): InvoiceStatus {
  const matching = matchingState(facts)
  switch (matching) {
    case 'waiting':
      return linkingState(facts) === 'unlinked' ? 'unlinked' : 'matching'
    case 'refused':
      return 'rejected'
    case 'matched':
      return postingState(facts) === 'posted' ? 'posted' : 'matched'
    case 'suspected-duplicate':
    case 'awaiting-receipt':
    case 'awaiting-resolution':
    case 'awaiting-approval':
    case 'on-hold':
      return matching
  }
}
