import { instant } from '../calendar/instant.ts'
import { isPositiveDecimal } from '../decimal/decimal-arithmetic.ts'
import type { Dispute, DisputeLapse } from '../dispute/dispute.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { awaitsSupplier } from '../dispute/change-dispute.ts'
import { isOpenRemedy } from '../resolution/remedy.ts'
import type { InvoiceDecision } from './invoice-events.ts'
import { disputeBalance } from './dispute-balance.ts'
import { isMonetary, remediesOf } from './invoice-remedies.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { currentInvoice } from './current-invoice.ts'
import type { RemedyStep } from './remedy-steps.ts'
import { remedyFor } from './start-remedy.ts'
import { disputeTimer } from './wanted-desk-waits.ts'

/** The next thing that becomes of a dispute by itself: nobody answered, or what it was settled with has come. */
export function nextDisputeStep(step: RemedyStep): InvoiceDecision | null {
  return lapse(step) ?? settleLapsed(step) ?? effect(step)
}

/** The time to answer ran out: the rules say what becomes of it. Where they say nothing, a superior is called. */
function lapse({ facts, context }: RemedyStep): InvoiceDecision | null {
  if (facts.closing !== null) return null
  for (const dispute of facts.disputes) {
    const isOver = facts.waits[disputeTimer(facts, dispute)]?.over === true
    if (!isOver || !awaitsSupplier(dispute)) continue
    const { value, decision } = context.policy.timing({
      waiting: { for: 'dispute-answer' },
      invoice: { supplier: currentInvoice(facts)?.supplier ?? null },
    })
    const action: DisputeLapse['action'] = value.onOverdue ?? 'escalate'
    return {
      type: 'dispute.lapsed',
      data: {
        disputeId: dispute.disputeId,
        lapse: { action, at: instant(context.now), policy: decision },
        because: `the supplier did not answer in time: ${words[action]}`,
      },
    }
  }
  return null
}

const words: Readonly<Record<DisputeLapse['action'], string>> = {
  escalate: 'somebody above is called',
  accept: 'the claim is dropped',
  'write-off': 'the claim is written off',
  'debit-memo': 'the claim is taken by a debit memo',
}

/** A claim nobody answered is settled as the rules say, once. */
function settleLapsed(step: RemedyStep): InvoiceDecision | null {
  const { facts, context, recordId } = step
  if (facts.closing !== null) return null
  for (const { disputeId, exceptionId, lapse: lapsed, state, claim } of facts.disputes) {
    if (lapsed === undefined || state !== 'expired') continue
    if (lapsed.action !== 'write-off' && lapsed.action !== 'debit-memo') continue
    if (remediesOf(facts).some((remedy) => remedy.disputeId === disputeId)) continue
    const asked = {
      exceptionId,
      disputeId,
      code: lapsed.action,
      amount: claim,
      noReplacement: false,
      note: words[lapsed.action],
      rootCause: null,
      by: 'counterfoil',
    }
    const decision = remedyFor(facts, asked, { context, recordId })
    if (decision !== null) return decision
  }
  return null
}

/** A dispute is settled once everything it was settled with has come, and nothing of the claim is left. */
function effect({ facts }: RemedyStep): InvoiceDecision | null {
  for (const dispute of facts.disputes) {
    const { disputeId, state, settlements = [] } = dispute
    if (state !== 'settling' || isClaimLeft(facts, dispute)) continue
    const own = remediesOf(facts).filter((remedy) => remedy.disputeId === disputeId)
    const done = own.filter((remedy) => remedy.state === 'done')
    if (own.some(isOpenRemedy) || done.length === 0) continue
    const chosen = settlements.map(({ settlement }) => settlement).join(' and ')
    const because = `what it was settled with has come: ${chosen}`
    return { type: 'dispute.effected', data: { disputeId, because } }
  }
  return null
}

/** True while part of the claim is in no settlement and somebody still has its case on the desk. */
function isClaimLeft(facts: InvoiceFacts, dispute: Dispute): boolean {
  const { disputeId, exceptionId } = dispute
  const isDoneOtherwise = remediesOf(facts).some(
    (remedy) => remedy.disputeId === disputeId && remedy.state === 'done' && !isMonetary(remedy),
  )
  const of = facts.cases.find((one) => one.exceptionId === exceptionId)
  if (isDoneOtherwise || of === undefined || !isOpenCase(of)) return false
  const { unsettled } = disputeBalance(facts, dispute)
  return unsettled !== null && isPositiveDecimal(unsettled.amount)
}
