import type { Approval } from '../approval/approval.ts'
import { beginProgress, isOpenApproval } from '../approval/run-approval.ts'
import { instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { isPositiveDecimal } from '../decimal/decimal-arithmetic.ts'
import { isOpenTask, openTask } from '../exception/change-task.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { tenantOfKey } from '../identity/identity.ts'
import type { DecisionContext } from '../message/decision.ts'
import { compareMoney } from '../money/money.ts'
import { isOpenRemedy, type Remedy } from '../resolution/remedy.ts'
import { resolutionEffects } from '../resolution/resolution-effects.ts'
import type { InvoiceDecision } from './invoice-events.ts'
import { isMonetary, receivedFor, remediesOf, remediesOfCase, stakeOf } from './invoice-remedies.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { isBeingMatched } from './payable-amount.ts'
import { decisionTypeOf, remedyFactsForRules } from './start-remedy.ts'
import { casesToCure } from './wanted-cases.ts'

/** What the next step of a remedy may look at. */
export type RemedyStep = {
  readonly facts: InvoiceFacts
  readonly context: DecisionContext
  readonly recordId: string
}

/** The approval a remedy waits for or was given; undefined where none was asked for. */
export function approvalOf(facts: InvoiceFacts, { remedyId }: Remedy): Approval | undefined {
  return facts.approvals.findLast(({ subject }) => subject === remedyId)
}

/** The next step of the remedies: asked for approval, agreed to, handed on, advanced or ended. Null when none is due. */
export function nextRemedyStep(step: RemedyStep): InvoiceDecision | null {
  for (const remedy of remediesOf(step.facts)) {
    const takenBack = creditTakenBack(step, remedy)
    if (takenBack !== null) return takenBack
    if (!isOpenRemedy(remedy)) continue
    const next =
      cancelled(step, remedy) ??
      (remedy.state === 'awaiting-approval'
        ? approvalStep(step, remedy)
        : outcomeStep(step, remedy))
    if (next !== null) return next
  }
  return null
}

/** A credit that ended a remedy and is held or withdrawn since gives nothing any more. */
function creditTakenBack({ facts }: RemedyStep, remedy: Remedy): InvoiceDecision | null {
  const { remedyId, state, code, amount } = remedy
  if (state !== 'done' || resolutionEffects[code].kind !== 'expect-credit') return null
  const received = receivedFor(facts, remedy)
  if (facts.closing !== null || received === null || amount === null) return null
  if (compareMoney(received, amount) >= 0) return null
  const because = `a credit was taken back: ${received.amount} ${received.currency} of ${amount.amount} are left`
  return { type: 'remedy.reopened', data: { remedyId, received, because } }
}

/** What was asked for falls with its invoice, its dispute, or when its case was settled another way. */
function cancelled({ facts }: RemedyStep, remedy: Remedy): InvoiceDecision | null {
  const because = reasonToCancel(facts, remedy)
  if (because === null) return null
  const { remedyId, received } = remedy
  return { type: 'remedy.ended', data: { remedyId, outcome: 'cancelled', received, because } }
}

function reasonToCancel(facts: InvoiceFacts, remedy: Remedy): string | null {
  const { exceptionId, disputeId } = remedy
  // Turning the invoice down is what this one does.
  if (resolutionEffects[remedy.code].kind === 'reject-invoice') return null
  if (facts.closing !== null && facts.closing.as !== 'credited') {
    return `the invoice was closed as ${facts.closing.as}`
  }
  const dispute = facts.disputes.find((one) => one.disputeId === disputeId)
  if (dispute?.state === 'withdrawn') return 'the dispute was withdrawn'
  const known = facts.cases.find((one) => one.exceptionId === exceptionId)
  if (known === undefined || remedy.waitsFor === null) return null
  if (known.state === 'bypassed' || known.state === 'merged') return `the case was ${known.state}`
  const { resolution, state } = known
  if (state === 'auto-resolved') {
    return isMonetary(remedy) ? 'the case has no reason any more' : null
  }
  if (resolution === null || isOpenCase(known)) return null
  return resolution.code === remedy.code ? null : `the case was settled as ${resolution.code}`
}

function approvalStep(step: RemedyStep, remedy: Remedy): InvoiceDecision | null {
  const { facts } = step
  const { remedyId, received } = remedy
  const approval = approvalOf(facts, remedy)
  if (approval === undefined) return requestApproval(step, remedy)
  if (approval.state === 'approved') {
    return { type: 'remedy.approved', data: { remedyId, approvalId: approval.approvalId } }
  }
  if (isOpenApproval(approval)) return null
  const because = `\`${approval.decidedBy ?? ''}\` did not agree: ${approval.reason ?? approval.state}`
  return { type: 'remedy.ended', data: { remedyId, outcome: 'refused', received, because } }
}

function requestApproval(
  { facts, context, recordId }: RemedyStep,
  remedy: Remedy,
): InvoiceDecision | null {
  const settled = facts.cases.find((one) => one.exceptionId === remedy.exceptionId)
  if (settled === undefined) return null
  const { value, decision } = context.policy.approval(remedyFactsForRules(facts, settled, remedy))
  const isRuled = value.outcome === 'needed' && decision.firedRules.length > 0
  const approval: Approval = {
    tenant: tenantOfKey(facts.invoiceKey),
    approvalId: recordId,
    decisionType: decisionTypeOf(remedy.code),
    subject: remedy.remedyId,
    requestedBy: remedy.startedBy,
    requestedAt: instant(context.now),
    exposure: remedy.amount ?? stakeOf(facts, settled),
    approverRole: (isRuled ? value.steps[0]?.roles[0] : undefined) ?? settled.owner.role,
    state: 'requested',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    ...(isRuled
      ? { requirement: value, policy: decision, ...progressOf(facts, value, context) }
      : {}),
  }
  return { type: 'approval.requested', data: { approval } }
}

/** Where the rules ask for steps, they run as they do for any approval. */
function progressOf(
  { calendar }: InvoiceFacts,
  requirement: NonNullable<Approval['requirement']>,
  { now }: DecisionContext,
): Pick<Approval, 'progress'> {
  if (requirement.outcome !== 'needed') return {}
  const progress = beginProgress(requirement, {
    at: instant(now),
    calendar: calendar ?? officeHours,
  })
  return progress === null ? {} : { progress }
}

function outcomeStep(step: RemedyStep, remedy: Remedy): InvoiceDecision | null {
  return (
    taskFor(step, remedy) ?? (isMonetary(remedy) ? moneyCame(step, remedy) : isThere(step, remedy))
  )
}

/** Work in the house becomes a task in the queue of who does it. */
function taskFor({ facts, context, recordId }: RemedyStep, remedy: Remedy): InvoiceDecision | null {
  const effect = resolutionEffects[remedy.code]
  if (effect.kind !== 'task') return null
  if (facts.tasks?.some(({ remedyId }) => remedyId === remedy.remedyId) === true) return null
  const settled = facts.cases.find((one) => one.exceptionId === remedy.exceptionId)
  if (settled === undefined) return null
  const task = openTask({
    tenant: tenantOfKey(facts.invoiceKey),
    taskId: recordId,
    exceptionId: remedy.exceptionId,
    subject: settled.subject,
    sentence: `${effect.sentence}: ${settled.sentence}`.slice(0, 1000),
    role: effect.role,
    openedAt: instant(context.now),
    calendar: facts.calendar ?? officeHours,
    remedyId: remedy.remedyId,
  })
  return { type: 'task.opened', data: { task } }
}

/** What comes in parts is counted part by part; the remedy ends with the last. */
function moneyCame({ facts }: RemedyStep, remedy: Remedy): InvoiceDecision | null {
  const received = receivedFor(facts, remedy)
  const { remedyId, amount } = remedy
  if (received === null || amount === null) return null
  if (compareMoney(received, amount) >= 0) {
    const because = `${received.amount} ${received.currency} of ${amount.amount} came`
    return { type: 'remedy.ended', data: { remedyId, outcome: 'done', received, because } }
  }
  const known = remedy.received
  if (known !== null && compareMoney(received, known) === 0) return null
  if (known === null && !isPositiveDecimal(received.amount)) return null
  const because = `${received.amount} ${received.currency} of ${amount.amount} came by now`
  return { type: 'remedy.advanced', data: { remedyId, received, because } }
}

/** What was waited for is there when the case has no reason any more; what waits for nobody is done at once. */
function isThere({ facts }: RemedyStep, remedy: Remedy): InvoiceDecision | null {
  const { remedyId, exceptionId, waitsFor } = remedy
  const done = (because: string): InvoiceDecision => ({
    type: 'remedy.ended',
    data: { remedyId, outcome: 'done', received: null, because },
  })
  if (waitsFor === null) return done('it was done at once')
  const known = facts.cases.find((one) => one.exceptionId === exceptionId)
  if (known?.state === 'auto-resolved') return done('the case has no reason any more')
  if (known === undefined || !isOpenCase(known) || isBeingMatched(facts)) return null
  const isGone = casesToCure(facts).some((one) => one.exceptionId === exceptionId)
  return isGone
    ? done(`matched again (${facts.attempt?.because ?? ''}): it no longer differs`)
    : null
}

/** What colleagues were asked to do is not left open when the case it was for is settled. */
export function nextTaskStep({ facts }: RemedyStep): InvoiceDecision | null {
  for (const task of facts.tasks ?? []) {
    if (!isOpenTask(task)) continue
    const of = facts.cases.find((one) => one.exceptionId === task.exceptionId)
    if (of === undefined || isOpenCase(of)) continue
    const because = `its case was settled: ${of.resolution?.code ?? of.state}`
    return { type: 'task.dropped', data: { taskId: task.taskId, because } }
  }
  return null
}

/** A case that waited for colleagues goes back to its owner once the last of them is done. */
export function nextCaseToResume({ facts }: RemedyStep): InvoiceDecision | null {
  for (const one of facts.cases) {
    if (one.state !== 'waiting-internal') continue
    const tasks = (facts.tasks ?? []).filter(({ exceptionId }) => exceptionId === one.exceptionId)
    if (tasks.length === 0 || tasks.some(isOpenTask)) continue
    const asked = remediesOfCase(facts, one.exceptionId).filter(isOpenRemedy)
    // What is not work of the house is still to come.
    if (asked.some(({ code }) => resolutionEffects[code].kind !== 'task')) continue
    const last = tasks.at(-1)
    const because = `the last task was ${last?.state ?? 'done'}: ${last?.sentence ?? ''}`
    return {
      type: 'case.resumed',
      data: { exceptionId: one.exceptionId, because: because.slice(0, 2000) },
    }
  }
  return null
}
