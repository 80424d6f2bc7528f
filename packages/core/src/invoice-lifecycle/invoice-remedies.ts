import type { Approval } from '../approval/approval.ts'
import {
  isPositiveDecimal,
  minDecimal,
  subtractDecimals,
  sumDecimals,
} from '../decimal/decimal-arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import { compareMoney, type Money, subtractMoney, sumMoney } from '../money/money.ts'
import { isOpenRemedy, type Remedy } from '../resolution/remedy.ts'
import { isCountedInMoney, resolutionEffects } from '../resolution/resolution-effects.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** Every remedy of an invoice, oldest first. */
export function remediesOf({ remedies = [] }: InvoiceFacts): readonly Remedy[] {
  return remedies
}

/** True for an approval of a remedy, and not of the invoice as it was matched. */
export function isOfRemedy(facts: InvoiceFacts, { subject }: Pick<Approval, 'subject'>): boolean {
  return remediesOf(facts).some(({ remedyId }) => remedyId === subject)
}

/** The remedies of one case. */
export function remediesOfCase(facts: InvoiceFacts, exceptionId: string): readonly Remedy[] {
  return remediesOf(facts).filter((remedy) => remedy.exceptionId === exceptionId)
}

/** True for a remedy whose outcome is an amount. */
export function isMonetary({ code }: Pick<Remedy, 'code'>): boolean {
  return isCountedInMoney(resolutionEffects[code])
}

/** What came of a remedy that is an amount: credits given since it was asked for, or debit memos posted for it. */
export function receivedFor(facts: InvoiceFacts, remedy: Remedy): Money | null {
  const { amount } = remedy
  if (amount === null) return null
  switch (resolutionEffects[remedy.code].kind) {
    case 'expect-credit':
      return creditedTo(facts, remedy, amount)
    case 'draft-debit': {
      const posted = (facts.debits ?? []).filter(({ remedyId }) => remedyId === remedy.remedyId)
      return sumMoney(
        posted.map((debit) => debit.amount),
        amount.currency,
      )
    }
    // Nobody has to send anything: what was decided is done.
    case 'write-off':
    case 'reduce':
      return amount
    case 'accept':
    case 'change-order':
    case 'short-close':
    case 'return-goods':
    case 'task':
    case 'ask-supplier':
    case 'tell-supplier':
    case 'reject-invoice':
    case 'match-again':
    case 'note':
      return null
  }
}

/**
 * Credits fill the remedies that wait for one in the order in which they were asked for, each credit once. What was given
 * before it was asked for was given for something else.
 */
function creditedTo(facts: InvoiceFacts, remedy: Remedy, amount: Money): Money {
  const left = new Map(waitingForCredit(facts, amount).map((one) => [one, one.amount?.amount]))
  const taken: Decimal[] = []
  for (const credit of facts.credits) {
    if (credit.amount.currency !== amount.currency) continue
    let rest = credit.amount.amount
    for (const [one, wanted] of left) {
      if (wanted === undefined || one.knownCredits.includes(credit.creditInvoiceKey)) continue
      const part = minDecimal(rest, wanted)
      rest = subtractDecimals(rest, part)
      left.set(one, subtractDecimals(wanted, part))
      if (one.remedyId === remedy.remedyId) taken.push(part)
    }
  }
  return { amount: sumDecimals(taken), currency: amount.currency }
}

function waitingForCredit(facts: InvoiceFacts, { currency }: Money): readonly Remedy[] {
  return remediesOf(facts).filter(
    ({ code, state, amount }) =>
      resolutionEffects[code].kind === 'expect-credit' &&
      amount?.currency === currency &&
      state !== 'refused' &&
      state !== 'cancelled',
  )
}

/** How much of what is at stake in a case was given back, written off or is not paid. Null where nothing was. */
export function settledInMoney(facts: InvoiceFacts, exceptionId: string): Money | null {
  const received = remediesOfCase(facts, exceptionId).flatMap((remedy) =>
    isMonetary(remedy) && remedy.state === 'done' ? (remedy.received ?? []) : [],
  )
  const [first] = received
  return first === undefined ? null : sumMoney(received, first.currency)
}

/** True once all the money at stake in a case is accounted for. */
export function isSettledInFull(facts: InvoiceFacts, exceptionCase: ExceptionCase): boolean {
  const settled = settledInMoney(facts, exceptionCase.exceptionId)
  if (settled === null) return false
  const stake = stakeOf(facts, exceptionCase)
  return stake === null || stake.currency !== settled.currency
    ? isPositiveDecimal(settled.amount)
    : compareMoney(settled, stake) >= 0
}

/** The money at stake in a case: what was measured, else what is claimed in its disputes. Null where neither is known. */
export function stakeOf(
  facts: InvoiceFacts,
  { exceptionId, exposure }: ExceptionCase,
): Money | null {
  if (exposure !== null) return exposure
  const claims = facts.disputes.flatMap((dispute) =>
    dispute.exceptionId === exceptionId && dispute.claim !== null ? dispute.claim : [],
  )
  return claims[0] ?? null
}

/** What is at stake in a case and is in no remedy's hands yet; null where the stake is not known. */
export function unsettledStake(facts: InvoiceFacts, exceptionCase: ExceptionCase): Money | null {
  const stake = stakeOf(facts, exceptionCase)
  if (stake === null) return null
  const taken = remediesOfCase(facts, exceptionCase.exceptionId).flatMap((remedy) => {
    if (!isMonetary(remedy) || remedy.amount?.currency !== stake.currency) return []
    if (remedy.state === 'done') return remedy.received ?? []
    return isOpenRemedy(remedy) ? remedy.amount : []
  })
  return subtractMoney(stake, sumMoney(taken, stake.currency))
}

/** How much less is paid because somebody reduced the invoice by hand; `'0'` where nobody did. */
export function reducedByHand(facts: InvoiceFacts, invoiceLine?: string): Decimal {
  const amounts = remediesOf(facts).flatMap((remedy) => {
    const isReduction = resolutionEffects[remedy.code].kind === 'reduce' && remedy.state === 'done'
    if (!isReduction || remedy.received === null) return []
    return invoiceLine === undefined || remedy.invoiceLine === invoiceLine
      ? remedy.received.amount
      : []
  })
  return sumDecimals(amounts)
}
