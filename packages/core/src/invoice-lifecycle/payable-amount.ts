import { isOpenHold } from '../hold/change-hold.ts'
import {
  compareDecimals,
  isPositiveDecimal,
  subtractDecimals,
  sumDecimals,
} from '../decimal/decimal-arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { isCrediting } from '../match/order-line-ledger.ts'
import type { MatchDecision } from '../match/match-result.ts'
import type { Money } from '../money/money.ts'
import { invoiceTotal } from '../invoice/invoice-total.ts'
import {
  contradictingVersions,
  currentInvoice,
  isCorrectionOnly,
  isMatched,
} from './current-invoice.ts'
import { reducedByHand } from './invoice-remedies.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { matchingState } from './invoice-regions.ts'
import { isAttemptOpen } from './match-attempt.ts'
import { isApprovalNotNeeded, lacksApproval } from './wanted-approval.ts'

/** What may be paid now: everything, part of it while lines stay held, or nothing. */
export type Payable =
  | { readonly kind: 'all'; readonly amount: Money; readonly because: string }
  | { readonly kind: 'part'; readonly amount: Money; readonly because: string }
  | { readonly kind: 'nothing'; readonly because: string }

/**
 * What the facts allow to be paid. All of it once the last match is good, every hold is gone and every approval is given;
 * part of it only where the policy's conduct lets one held line not hold the others.
 */
export function payableNow(facts: InvoiceFacts): Payable {
  const invoice = currentInvoice(facts)
  if (invoice === null || facts.closing !== null || facts.match === null || !isMatched(facts)) {
    return { kind: 'nothing', because: 'it is not matched' }
  }
  if (isCorrectionOnly(facts)) return { kind: 'nothing', because: 'it asks for no money' }
  const { result, partialRelease } = facts.match
  if (matchingState(facts) === 'matched' && facts.holds.every((hold) => !isOpenHold(hold))) {
    const reduced = result.decision === 'reduce' ? result.payableAmount : null
    const total = invoiceTotal(invoice)
    const owed = reduced === null ? total : { amount: reduced, currency: invoice.currency }
    const amount = { ...owed, amount: subtractDecimals(owed.amount, reducedByHand(facts)) }
    return {
      kind: 'all',
      amount: lessPrepaid(invoice, amount),
      because: reasonOf(facts, result.decision),
    }
  }
  const held = result.payableAmount
  const part =
    held === null ? null : lessPrepaid(invoice, { ...zeroOf(invoice), amount: held }).amount
  const mayPart =
    partialRelease && result.decision === 'hold' && !lacksApproval(facts) && onlyLinesHeld(facts)
  if (mayPart && part !== null && isPositiveDecimal(part)) {
    const amount = { amount: part, currency: invoice.currency }
    return { kind: 'part', amount, because: 'only some lines are held' }
  }
  return { kind: 'nothing', because: matchingState(facts) }
}

/** What was paid in advance and is taken off is not paid again; never less than nothing. */
function lessPrepaid(invoice: Invoice, { amount, currency }: Money): Money {
  if (invoice.prepayments === undefined || isCrediting(invoice.invoiceType)) {
    return { amount, currency }
  }
  const prepaid = sumDecimals(invoice.prepayments.map((one) => one.amount))
  const left = subtractDecimals(amount, prepaid)
  return compareDecimals(left, nothing) < 0 ? zeroOf(invoice) : { amount: left, currency }
}

const nothing = '0' as Decimal
const zeroOf = ({ currency }: Invoice): Money => ({ amount: nothing, currency })

function reasonOf(facts: InvoiceFacts, decision: MatchDecision): string {
  const isUnasked = decision === 'route-approval' && isApprovalNotNeeded(facts)
  const because = facts.approvalRuling?.because ?? ''
  return isUnasked ? `no approval is needed: ${because}`.slice(0, 2000) : reasonToPay[decision]
}

/** True while an attempt is under way or due; what was released stays so until the attempt says otherwise. */
export function isBeingMatched(facts: InvoiceFacts): boolean {
  return facts.rematchBecause !== null || isAttemptOpen(facts)
}

function onlyLinesHeld(facts: InvoiceFacts): boolean {
  if (contradictingVersions(facts).length > 0) return false
  return facts.holds
    .filter(isOpenHold)
    .every((hold) => hold.blocks === 'payment' && hold.scope !== 'invoice')
}

const reasonToPay: Readonly<Record<MatchDecision, string>> = {
  match: 'everything agrees',
  'match-within-tolerance': 'every difference is within its limit',
  'match-with-warning': 'it agrees, with remarks',
  reduce: 'it is paid as far as it is owed',
  'route-approval': 'it was approved',
  hold: 'the last hold is gone',
  'suspect-duplicate': 'it is no duplicate',
  'awaiting-receipt': 'the goods came',
  'awaiting-resolution': 'what kept it waiting was settled',
  reject: 'it was taken up again',
}
