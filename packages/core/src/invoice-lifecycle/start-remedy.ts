import { instant } from '../calendar/instant.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import type { DecisionContext } from '../message/decision.ts'
import { compareMoney, type Money } from '../money/money.ts'
import type { PolicyAnswer } from '../policy/policy.ts'
import type { ApprovalRequirement } from '../approval/approval-requirement.ts'
import type { Remedy } from '../resolution/remedy.ts'
import {
  isAcceptance,
  readResolutionCode,
  type ResolutionCode,
} from '../resolution/resolution-code.ts'
import {
  isCountedInMoney,
  needsAuthority,
  type ResolutionEffect,
  resolutionEffects,
} from '../resolution/resolution-effects.ts'
import { codeSettledBy } from './code-settled-by.ts'
import { currentInvoice } from './current-invoice.ts'
import { agreedLeft } from './dispute-balance.ts'
import type { InvoiceDecision } from './invoice-events.ts'
import type { InvoiceFact, InvoiceFactOf } from './invoice-fact.ts'
import type { InvoiceMessage } from './invoice-messages.ts'
import { remediesOf, stakeOf, unsettledStake } from './invoice-remedies.ts'
import { approvalFactsForRules } from './invoice-rule-facts.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { invoiceLineOf, orderChangeAsked } from './order-change-asked.ts'

/** What somebody chose: how a case is settled, over how much, and why. */
export type RemedyAsked = {
  readonly exceptionId: string
  readonly disputeId: string | null
  readonly code: ResolutionCode
  readonly amount: Money | null
  readonly noReplacement: boolean
  readonly note: string | null
  readonly rootCause: Remedy['rootCause']
  readonly by: string
}

/** What something that was said asks for; null where it sets nothing going that is not done by itself. */
export function remedyAsked(facts: InvoiceFacts, told: InvoiceFact): RemedyAsked | null {
  if (told.type === 'approval.renewed') return askedAnew(facts, told)
  const settled = codeSettledBy(facts, told as InvoiceMessage)
  if (settled === null) return null
  const { exceptionId, code } = settled
  const asked = {
    exceptionId,
    disputeId: null,
    amount: null,
    noReplacement: false,
    note: null,
    rootCause: null,
    by: told.by.id,
  }
  const known = facts.cases.find((one) => one.exceptionId === exceptionId)
  // What is agreed to is carried out by another word.
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (told.type) {
    case 'case.resolved': {
      const { amount = null, noReplacement = false, note = null, rootCause } = told.data
      const cause = rootCause ?? known?.classification?.rootCause ?? null
      return setsGoing({ ...asked, amount, noReplacement, note, rootCause: cause }, code)
    }
    case 'case.executing':
      return setsGoing({ ...asked, note: known?.proposal?.note ?? null }, code)
    case 'dispute.settlement-chosen': {
      const { disputeId, text } = told.data
      const dispute = facts.disputes.find((one) => one.disputeId === disputeId)
      // What earlier settlements took of the agreed amount is not taken again.
      const amount = told.data.amount ?? (dispute === undefined ? null : agreedLeft(facts, dispute))
      return setsGoing({ ...asked, disputeId, amount, note: text.slice(0, 2000) }, code)
    }
    default:
      return null
  }
}

/** What was not agreed to, taken back or left undecided is chosen again, just as it was; null for an approval of something else. */
function askedAnew(
  facts: InvoiceFacts,
  { by, data: { approvalId } }: InvoiceFactOf<'approval.renewed'>,
): RemedyAsked | null {
  const approval = facts.approvals.find((one) => one.approvalId === approvalId)
  const remedy = remediesOf(facts).find(({ remedyId }) => remedyId === approval?.subject)
  if (remedy === undefined) return null
  const { exceptionId, disputeId, code, amount, note, rootCause, noReplacement = false } = remedy
  return { exceptionId, disputeId, code, amount, note, rootCause, noReplacement, by: by.id }
}

function setsGoing(asked: Omit<RemedyAsked, 'code'>, said: string): RemedyAsked | null {
  const code = readResolutionCode(said)
  if (code === null) return null
  const { kind } = resolutionEffects[code]
  // What is accepted by its name lets the hold go by itself, as it always did.
  if (kind === 'note' || kind === 'match-again' || isAcceptance(code)) return null
  return { ...asked, code }
}

/** Why a settlement cannot be carried out; null when it can. */
export function refusalOfRemedy(
  facts: InvoiceFacts,
  asked: RemedyAsked,
): { readonly reason: string; readonly sentence: string } | null {
  const effect = resolutionEffects[asked.code]
  const settled = facts.cases.find((one) => one.exceptionId === asked.exceptionId)
  if (settled === undefined) return { reason: 'case-unknown', sentence: 'there is no such case' }
  if (effect.kind === 'change-order' && orderChangeAsked(facts, settled, effect.field) === null) {
    return {
      reason: 'order-change-unknown',
      sentence: `the order cannot take over the ${effect.field} that was billed: change the order itself, or settle the case another way`,
    }
  }
  return isCountedInMoney(effect) ? refusalOfAmount(facts, settled, asked) : null
}

function refusalOfAmount(
  facts: InvoiceFacts,
  settled: ExceptionCase,
  { amount, code }: RemedyAsked,
): { readonly reason: string; readonly sentence: string } | null {
  const left = unsettledStake(facts, settled)
  const wanted = amount ?? left
  if (wanted === null) {
    return { reason: 'amount-missing', sentence: `say how much \`${code}\` is over` }
  }
  const currency = currentInvoice(facts)?.currency
  if (wanted.currency !== currency) {
    return {
      reason: 'wrong-currency',
      sentence: `the invoice is in ${currency ?? ''}, and the amount in ${wanted.currency}`,
    }
  }
  if (compareMoney(wanted, { ...wanted, amount: zero }) <= 0) {
    return { reason: 'nothing-left', sentence: 'nothing is left to settle: all of it is in hand' }
  }
  if (left === null || left.currency !== wanted.currency || compareMoney(wanted, left) <= 0) {
    return null
  }
  return {
    reason: 'more-than-at-stake',
    sentence: `${wanted.amount} ${wanted.currency} is more than the ${left.amount} that is left to settle`,
  }
}

const zero = '0' as Money['amount']

/** Sets going what somebody chose: at once, or once somebody with authority agreed. Null where nothing was chosen. */
export function startRemedy(
  facts: InvoiceFacts,
  told: InvoiceFact | null,
  { context, recordId }: { readonly context: DecisionContext; readonly recordId: string },
): InvoiceDecision | null {
  if (told === null) return null
  const asked = remedyAsked(facts, told)
  if (asked !== null) return remedyFor(facts, asked, { context, recordId })
  return renewal(facts, told)
}

/** A case that was set aside, or something that was put right elsewhere, has the invoice matched anew. */
function renewal(facts: InvoiceFacts, told: InvoiceFact): InvoiceDecision | null {
  if (
    told.type !== 'case.bypassed' &&
    told.type !== 'case.resolved' &&
    told.type !== 'case.reopened'
  ) {
    return null
  }
  const { exceptionId } = told.data
  const known = facts.cases.find((one) => one.exceptionId === exceptionId)
  if (known === undefined || facts.closing !== null) return null
  if (told.type === 'case.bypassed') {
    const because = `case ${known.code} was set aside by \`${told.by.id}\`: ${told.data.reason}`
    return { type: 'match.renewed', data: { exceptionId, because: because.slice(0, 2000) } }
  }
  if (told.type === 'case.reopened') {
    const because = `case ${known.code} was taken up again by \`${told.by.id}\`: ${told.data.reason}`
    return {
      type: 'match.renewed',
      data: { exceptionId, because: because.slice(0, 2000), withdrawsAcceptance: true },
    }
  }
  const code = readResolutionCode(told.data.code)
  if (code === null || resolutionEffects[code].kind !== 'match-again') return null
  const because = `case ${known.code} was settled as ${code}`
  return { type: 'match.renewed', data: { exceptionId, because } }
}

/** The remedy for a choice, with the rules that say whether it has to be approved. */
export function remedyFor(
  facts: InvoiceFacts,
  asked: RemedyAsked,
  { context, recordId }: { readonly context: DecisionContext; readonly recordId: string },
): InvoiceDecision | null {
  const settled = facts.cases.find((one) => one.exceptionId === asked.exceptionId)
  if (settled === undefined || refusalOfRemedy(facts, asked) !== null) return null
  const effect = resolutionEffects[asked.code]
  const amount = isCountedInMoney(effect) ? (asked.amount ?? unsettledStake(facts, settled)) : null
  const orderChange =
    effect.kind === 'change-order' ? orderChangeAsked(facts, settled, effect.field) : null
  const line = invoiceLineOf(facts, settled)
  const ruling = needsAuthority(effect)
    ? rulingOf(facts, settled, { asked, amount, context })
    : null
  const startedAt = instant(context.now)
  const isBarred = ruling !== null && ruling.value.outcome === 'refused'
  const remedy: Remedy = {
    remedyId: recordId,
    exceptionId: asked.exceptionId,
    disputeId: asked.disputeId,
    code: asked.code,
    state: isBarred ? 'refused' : isFree(ruling) ? 'under-way' : 'awaiting-approval',
    startedAt,
    startedBy: asked.by,
    note: asked.note,
    rootCause: asked.rootCause,
    amount,
    received: amount === null ? null : { ...amount, amount: zero },
    waitsFor: waitsFor(effect),
    knownCredits: facts.credits.map(({ creditInvoiceKey }) => creditInvoiceKey).toSorted(),
    ...(orderChange === null ? {} : { orderChange }),
    ...(line === null ? {} : { invoiceLine: line.documentLineNumber }),
    ...(line === null || line.orderNumber === null || line.orderLineNumber === null
      ? {}
      : { orderLine: { orderNumber: line.orderNumber, orderLineNumber: line.orderLineNumber } }),
    ...(asked.noReplacement ? { noReplacement: true } : {}),
    ended: isBarred
      ? { at: startedAt, because: 'the approval rules let nobody agree to it' }
      : null,
  }
  return { type: 'remedy.started', data: { remedy, policy: ruling?.decision ?? null } }
}

/** Nobody has to agree only where a rule says so: where none was written, the owner of the case is asked. */
function isFree(ruling: PolicyAnswer<ApprovalRequirement> | null): boolean {
  if (ruling === null) return true
  return ruling.value.outcome === 'not-needed' && ruling.decision.firedRules.length > 0
}

function rulingOf(
  facts: InvoiceFacts,
  settled: ExceptionCase,
  {
    asked,
    amount,
    context,
  }: {
    readonly asked: Pick<RemedyAsked, 'code'>
    readonly amount: Money | null
    readonly context: DecisionContext
  },
): PolicyAnswer<ApprovalRequirement> {
  return context.policy.approval(remedyFactsForRules(facts, settled, { ...asked, amount }))
}

/** What the approval rules look at when a remedy is to be agreed to. */
export function remedyFactsForRules(
  facts: InvoiceFacts,
  settled: ExceptionCase,
  { code, amount }: { readonly code: ResolutionCode; readonly amount: Money | null },
) {
  return approvalFactsForRules(facts, {
    decisionType: decisionTypeOf(code),
    exposure: amount ?? stakeOf(facts, settled),
    exceptionCode: settled.code,
    discrepancy: settled.discrepancy,
  })
}

/** The kind of decision the approval rules are asked about. */
export function decisionTypeOf(code: ResolutionCode): 'write-off' | 'change' {
  return code === 'write-off' ? 'write-off' : 'change'
}

function waitsFor({ kind }: ResolutionEffect): Remedy['waitsFor'] {
  switch (kind) {
    case 'expect-credit':
    case 'ask-supplier':
      return 'supplier'
    case 'draft-debit':
      return 'finance'
    case 'task':
    case 'return-goods':
    case 'change-order':
      return 'internal'
    case 'accept':
    case 'write-off':
    case 'reduce':
    case 'short-close':
    case 'tell-supplier':
    case 'reject-invoice':
    case 'match-again':
    case 'note':
      return null
  }
}
