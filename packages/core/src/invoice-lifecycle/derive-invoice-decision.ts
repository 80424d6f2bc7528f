import { isOpenDispute } from '../dispute/change-dispute.ts'
import { instant } from '../calendar/instant.ts'
import { compareDecimals } from '../decimal/decimal-arithmetic.ts'
import { isDecimal } from '../decimal/decimal-text.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import { openCase } from '../exception/open-case.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { isOpenHold, placeHold } from '../hold/change-hold.ts'
import type { Hold } from '../hold/hold.ts'
import { keepMatchResult } from '../match/kept-match-result.ts'
import type { DecisionContext } from '../message/decision.ts'
import { askNextStep, escalateStep, requestApproval, supersedeApproval } from './derive-approval.ts'
import { correctionToApply, isToldOnly } from './apply-correction.ts'
import { nextDisputeStep } from './dispute-steps.ts'
import { currentVersion, isMatched, isPaid } from './current-invoice.ts'
import { isAcceptance } from '../resolution/resolution-code.ts'
import { isOpenRemedy } from '../resolution/remedy.ts'
import type { InvoiceDecision } from './invoice-events.ts'
import type { InvoiceFact } from './invoice-fact.ts'
import { remediesOfCase } from './invoice-remedies.ts'
import { invoiceFactsForRules } from './invoice-rule-facts.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import {
  isAttemptComplete,
  isAttemptDue,
  matchRequest,
  ordersToAsk,
  type MatchInvoice,
} from './match-attempt.ts'
import { caseKeyOfHold } from './match-cases.ts'
import { isBeingMatched, payableNow } from './payable-amount.ts'
import { settlingRemedy } from './record-remedy.ts'
import { nextCaseToResume, nextRemedyStep, nextTaskStep } from './remedy-steps.ts'
import { startRemedy } from './start-remedy.ts'
import type { WantedCase } from './wanted-case.ts'
import { approvalSubject, asksBesideHolds, isRoutedForApproval } from './wanted-approval.ts'
import { casesToCure, casesToOpen } from './wanted-cases.ts'
import { type InvoiceHold, wantedHolds } from './wanted-holds.ts'
import { dueAtOf, waitsToEnd, waitsToStart } from './wanted-waits.ts'

/** What the next decision of an invoice may look at. `recordId` is the id of what it opens: a hold, a case, an approval. */
export type Deriving = {
  readonly facts: InvoiceFacts
  readonly context: DecisionContext
  readonly matchInvoice: MatchInvoice
  readonly recordId: string
  /** What the invoice was just told, when it is first asked what follows; null after that. */
  readonly told?: InvoiceFact | null
}

/**
 * The next thing an invoice decides from its facts, or null when everything follows already. Asked again after each
 * answer, so that one message leads to all its consequences, in this order.
 */
export function deriveInvoiceDecision(deriving: Deriving): InvoiceDecision | null {
  for (const step of steps) {
    const decision = step(deriving)
    if (decision !== null) return decision
  }
  return null
}

type Step = (deriving: Deriving) => InvoiceDecision | null

const beginRemedy: Step = ({ facts, told = null, ...deriving }) =>
  startRemedy(facts, told, deriving)

const doubtExtraction: Step = ({ facts, context }) => {
  const version = currentVersion(facts)
  const confidences = version?.document.extractionConfidence
  if (version === null || confidences === undefined || version.doubtedFields.length > 0) return null
  if (facts.attempt?.documentHash === version.hash) return null
  const min = context.policy.conduct({ invoice: invoiceFactsForRules(facts) }).value
    .extractionConfidenceMin
  if (min === undefined || !isDecimal(min)) return null
  const fields = Object.entries(confidences)
    .filter(([, confidence]) => compareDecimals(confidence, min) < 0)
    .map(([field]) => field)
  if (fields.length === 0) return null
  return {
    type: 'extraction.doubted',
    data: { documentHash: version.hash, fields: fields.toSorted() },
  }
}

const startAttempt: Step = ({ facts }) => {
  if (!isAttemptDue(facts)) return null
  const attempt = (facts.attempt?.number ?? 0) + 1
  return {
    type: 'match.started',
    data: {
      attempt,
      because: facts.rematchBecause ?? '',
      lookUpId: `${facts.invoiceKey}/${attempt}`,
      orders: ordersToAsk(facts),
    },
  }
}

const applyCorrection: Step = ({ facts }) => correctionToApply(facts)

const match: Step = ({ facts, context, matchInvoice }) => {
  if (!isAttemptComplete(facts) || isToldOnly(facts)) return null
  const request = matchRequest(facts, context)
  if (request === null) return null
  const { partialRelease } = context.policy.conduct({ invoice: invoiceFactsForRules(facts) }).value
  const result = keepMatchResult(matchInvoice(request))
  const { attempt } = request
  const asks = asksBesideHolds(result) ? { asksBesideHolds: true as const } : {}
  return { type: 'invoice.matched', data: { attempt, result, partialRelease, ...asks } }
}

const refuse: Step = ({ facts }) => {
  if (facts.closing !== null || !isMatched(facts) || facts.match === null) return null
  const { decision, checks } = facts.match.result
  if (decision === 'reject') {
    const reasons = checks.filter((check) => check.effect === 'reject').map((one) => one.sentence)
    const because = reasons.length === 0 ? 'the rules turn it down' : reasons.join('; ')
    return { type: 'invoice.refused', data: { because: because.slice(0, 2000) } }
  }
  const turnedDown = facts.approvals.find(
    (approval) => approval.state === 'rejected' && approval.subject === approvalSubject(facts),
  )
  // What was paid is not turned down any more: its cases stay, and the money is asked back.
  if (turnedDown === undefined || isPaid(facts) || !isRoutedForApproval(facts)) return null
  const because = `\`${turnedDown.decidedBy ?? ''}\` did not approve it: ${turnedDown.reason ?? ''}`
  return { type: 'invoice.refused', data: { because } }
}

const endWithInvoice: Step = ({ facts }) => {
  if (facts.closing === null) return null
  const because = `the invoice was closed as ${facts.closing.as}: ${facts.closing.because}`
  const hold = facts.holds.find(isOpenHold)
  if (hold !== undefined) return { type: 'hold.cancelled', data: { holdId: hold.holdId, because } }
  const dispute = facts.disputes.find(isOpenDispute)
  if (dispute === undefined) return null
  return { type: 'dispute.ended', data: { disputeId: dispute.disputeId, because } }
}

const cureHold: Step = ({ facts }) => {
  if (facts.closing !== null) return null
  const wanted = new Set(wantedHolds(facts).map((hold) => hold.text))
  const gone = facts.holds.find(
    (hold) =>
      isOpenHold(hold) &&
      hold.releasable === 'auto' &&
      !wanted.has(facts.holdTexts[hold.holdId] ?? ''),
  )
  if (gone === undefined) return null
  return {
    type: 'hold.cured',
    data: { holdId: gone.holdId, because: reasonOfCure(facts, gone.code) },
  }
}

/** Who settled a case by accepting the difference, or set it aside, lets the hold linked to it go. */
const acceptHold: Step = ({ facts }) => {
  for (const hold of facts.holds) {
    if (!isOpenHold(hold) || hold.releasable === 'never') continue
    const settled = facts.cases.find((one) => one.exceptionId === hold.exceptionId)
    if (settled === undefined || !isAccepting(settled)) continue
    const { by, code, note } = settled.resolution ?? { by: '', code: '', note: null }
    const because = note ?? `the case was settled as ${code}`
    return { type: 'hold.accepted', data: { holdId: hold.holdId, by, code, because } }
  }
  return null
}

/** A dispute settled by a credit or debit memo, or by writing the difference off, settles the hold of its case. */
const convertHold: Step = ({ facts }) => {
  for (const dispute of facts.disputes) {
    const { settlement, exceptionId } = dispute
    // What was chosen over an amount lets the hold go when the amount is accounted for.
    if (dispute.settlements !== undefined) continue
    if (dispute.state === 'expired' && dispute.lapse?.action === 'accept') {
      const dropped = holdOfCase(facts, exceptionId)
      const because = 'nobody answered the dispute, and the rules drop the claim'
      if (dropped === undefined) continue
      const { holdId } = dropped
      return {
        type: 'hold.converted',
        data: { holdId, by: 'counterfoil', code: 'accept', because },
      }
    }
    const settles =
      settlement === 'credit-memo' || settlement === 'debit-memo' || settlement === 'write-off'
    if (!settles || (dispute.state !== 'settled' && dispute.state !== 'closed')) continue
    const hold = holdOfCase(facts, exceptionId)
    if (hold === undefined) continue
    const by = dispute.messages.at(-1)?.from ?? dispute.openedBy
    const because = `the dispute was settled by ${settlement}`
    return { type: 'hold.converted', data: { holdId: hold.holdId, by, code: settlement, because } }
  }
  return null
}

function holdOfCase(facts: InvoiceFacts, exceptionId: string): Hold | undefined {
  return facts.holds.find(
    (one) => isOpenHold(one) && one.exceptionId === exceptionId && one.releasable !== 'never',
  )
}

/** Once all the money of a case is accounted for, nothing is left that its holds could stop. */
const releaseSettledHold: Step = ({ facts }) => {
  for (const hold of facts.holds) {
    if (!isOpenHold(hold) || hold.releasable === 'never') continue
    const settled = facts.cases.find((one) => one.exceptionId === hold.exceptionId)
    const remedy = settled === undefined ? null : settlingRemedy(facts, settled)
    if (remedy === null) continue
    const { code, startedBy: by, ended } = remedy
    const because = `the case was settled by ${code}: ${ended?.because ?? ''}`.slice(0, 1000)
    return { type: 'hold.converted', data: { holdId: hold.holdId, by, code, because } }
  }
  return null
}

const cureCase: Step = ({ facts }) => {
  const gone = casesToCure(facts).find(
    (one) => !isBeingMatched(facts) || !remediesOfCase(facts, one.exceptionId).some(isOpenRemedy),
  )
  if (gone === undefined) return null
  const because = reasonOfCaseCure(facts, gone)
  return { type: 'case.cured', data: { exceptionId: gone.exceptionId, because } }
}

const openNextCase: Step = ({ facts, context, recordId }) => {
  const [wanted] = casesToOpen(facts)
  if (wanted === undefined) return null
  const opened = openCase({
    exceptionId: recordId,
    code: wanted.code,
    subject: wanted.subject,
    openedAt: instant(context.now),
    calendar: facts.calendar ?? officeHours,
    discrepancy: wanted.discrepancy,
    sentence: wanted.sentence.slice(0, 1000),
    route: wanted.route ?? routeOf(facts, wanted, context),
    exposure: wanted.exposure,
  })
  return { type: 'case.opened', data: { case: opened, wantedKey: wanted.key } }
}

const placeNextHold: Step = ({ facts, context, recordId }) => {
  const open = new Set(
    facts.holds.filter(isOpenHold).map((hold) => facts.holdTexts[hold.holdId] ?? ''),
  )
  const wanted = wantedHolds(facts).find((hold) => !open.has(hold.text))
  if (wanted === undefined) return null
  const linked = caseOfHold(facts, wanted)
  const hold: Hold = placeHold({
    holdId: recordId,
    code: wanted.code,
    scope: wanted.scope,
    scopeKey: wanted.scopeKey,
    invoiceKey: facts.invoiceKey,
    placedBy: 'counterfoil',
    placedAt: instant(context.now),
    reason: wanted.reason.slice(0, 1000),
    // What is booked cannot be kept from booking any more; its payment can.
    blocks: facts.posting === null ? wanted.blocks : 'payment',
    releasable: 'auto',
    ownerRole: linked?.owner.role ?? 'accounts-payable',
    exceptionId: linked?.exceptionId ?? null,
  })
  return { type: 'invoice.held', data: { hold, holdText: wanted.text } }
}

const release: Step = ({ facts }) => {
  const { released, partlyReleased } = facts
  if (isPaid(facts)) return null
  const payable = payableNow(facts)
  const isHeld = facts.holds.some(isOpenHold) && payable.kind !== 'part'
  if ((released !== null || partlyReleased !== null) && isHeld) {
    return { type: 'invoice.withheld', data: { because: 'it is held' } }
  }
  if (isBeingMatched(facts)) return null
  if (payable.kind === 'all') {
    if (released !== null && sameMoney(released.payable, payable.amount)) return null
    const { amount, because } = payable
    return { type: 'invoice.released', data: { payable: amount, because } }
  }
  if (released !== null || (partlyReleased !== null && payable.kind === 'nothing')) {
    return { type: 'invoice.withheld', data: { because: payable.because } }
  }
  if (payable.kind === 'nothing') return null
  if (partlyReleased !== null && sameMoney(partlyReleased, payable.amount)) return null
  return {
    type: 'invoice.partly-released',
    data: { payable: payable.amount, because: payable.because },
  }
}

const endWait: Step = ({ facts }) => {
  const [timerId] = waitsToEnd(facts)
  return timerId === undefined ? null : { type: 'wait.ended', data: { timerId } }
}

const startWait: Step = ({ facts, context }) => {
  for (const wanted of waitsToStart(facts)) {
    const dueAt = dueAtOf(wanted, facts, context)
    if (dueAt === null) continue
    const { timerId, type, data } = wanted
    return { type: 'wait.started', data: { timerId, type, dueAt, data } }
  }
  return null
}

const steps: readonly Step[] = [
  beginRemedy,
  doubtExtraction,
  supersedeApproval,
  askNextStep,
  escalateStep,
  startAttempt,
  applyCorrection,
  match,
  refuse,
  endWithInvoice,
  nextRemedyStep,
  nextDisputeStep,
  acceptHold,
  convertHold,
  releaseSettledHold,
  cureHold,
  cureCase,
  nextTaskStep,
  nextCaseToResume,
  openNextCase,
  placeNextHold,
  requestApproval,
  release,
  endWait,
  startWait,
]

function routeOf(
  facts: InvoiceFacts,
  wanted: WantedCase,
  context: DecisionContext,
): ReturnType<DecisionContext['policy']['routing']> {
  return context.policy.routing({
    exception: { code: wanted.code, exposure: wanted.exposure?.amount ?? null },
    invoice: invoiceFactsForRules(facts),
  })
}

function caseOfHold(facts: InvoiceFacts, wanted: InvoiceHold): ExceptionCase | undefined {
  const key = caseKeyOfHold(facts, wanted.text) ?? wanted.caseKey
  return facts.cases.findLast((one) => facts.caseKeys[one.exceptionId] === key)
}

function isAccepting(exceptionCase: ExceptionCase): boolean {
  if (exceptionCase.state === 'bypassed') return true
  const code = exceptionCase.resolution?.code ?? ''
  const isSettled = ['resolved', 'verified', 'closed'].includes(exceptionCase.state)
  return isSettled && isAcceptance(code)
}

function reasonOfCure(facts: InvoiceFacts, code: string): string {
  if (code === 'BLOCKED_SUPPLIER' || code === 'BANK_CHANGE') {
    return 'the master of suppliers, or the invoice, says otherwise by now'
  }
  return `matched again (${facts.attempt?.because ?? ''}): it no longer differs`
}

function reasonOfCaseCure(facts: InvoiceFacts, gone: ExceptionCase): string {
  if (facts.closing !== null) return `the invoice was closed as ${facts.closing.as}`
  const letGo = facts.holds.find(
    (hold) => hold.exceptionId === gone.exceptionId && hold.state !== 'placed',
  )?.released
  if (letGo !== null && letGo !== undefined) return `\`${letGo.by}\`: ${letGo.reason}`
  return reasonOfCure(facts, gone.code)
}

function sameMoney(
  a: { readonly amount: string; readonly currency: string },
  b: { readonly amount: string; readonly currency: string },
): boolean {
  if (a.currency !== b.currency || !isDecimal(a.amount) || !isDecimal(b.amount)) return false
  return compareDecimals(a.amount, b.amount) === 0
}
