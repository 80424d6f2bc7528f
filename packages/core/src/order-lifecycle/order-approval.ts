import type { ApprovalEvent } from '../approval/approval-lifecycle.machine.ts'
import type { Approval } from '../approval/approval.ts'
import { moveApproval, personsActing } from '../approval/decide-approval.ts'
import { refusalToReroute, rerouteApproval } from '../approval/reroute-approval.ts'
import {
  answerApproval,
  askStep,
  beginProgress,
  currentStep,
  escalateApproval,
  isOpenApproval,
  nextStep,
  roleToCall,
} from '../approval/run-approval.ts'
import { standToAnswer } from '../approval/stand-to-answer.ts'
import { addBusinessHours } from '../calendar/business-hours.ts'
import { instant } from '../calendar/instant.ts'
import { hashOf } from '../hash/content-hash.ts'
import { tenantOfKey } from '../identity/identity.ts'
import { masterErrors } from '../masters/record-master-check.ts'
import { refused } from '../message/answer.ts'
import type { DecisionContext } from '../message/decision.ts'
import type { DerivedOrderEvent, DerivingOrder } from './derive-order-decision.ts'
import type { OrderFact, OrderFactOf } from './order-fact.ts'
import type { OrderFacts } from './order-facts.ts'
import { orderFactsForRules } from './order-rule-facts.ts'
import { buyerCalendarOf, type OrderState } from './order-state.ts'
import { orderValueOf } from './order-value.ts'
import type { Recording } from './recording.ts'
import { isApproved } from './stand-order.ts'

/** What an order decides itself about its approval. */
type ApprovalDecision = OrderFactOf<
  'approval.requested' | 'approval.ruled' | 'approval.asked' | 'approval.escalated'
>

/** True for what an order decided itself about its approval. */
export function isApprovalDecision(fact: OrderFact): fact is ApprovalDecision {
  return (
    fact.type === 'approval.requested' ||
    fact.type === 'approval.ruled' ||
    fact.type === 'approval.asked' ||
    fact.type === 'approval.escalated'
  )
}

/** The approval that waits for somebody; undefined where the rules ask for none, or nobody asked. */
export function openOrderApproval({ approvals = [] }: OrderFacts): Approval | undefined {
  return approvals.findLast(isOpenApproval)
}

/** Adds what an order decided about its approval. */
export function recordApprovalDecision(facts: OrderFacts, fact: ApprovalDecision): OrderFacts {
  switch (fact.type) {
    case 'approval.requested':
      return { ...facts, approvals: [...(facts.approvals ?? []), fact.data.approval] }
    case 'approval.ruled': {
      const { outcome, subject, because } = fact.data
      const ruled = { ...facts, approvalRuling: { outcome, subject, because } }
      return outcome === 'refused'
        ? ruled
        : { ...ruled, control: { ...facts.control, approved: true } }
    }
    case 'approval.asked':
      return withApproval(facts, fact.data.approvalId, (one) => askStep(one, fact.data))
    case 'approval.escalated':
      return withApproval(facts, fact.data.approvalId, (one) => escalateApproval(one, fact.data))
  }
}

/** Records that somebody approved: the order, or, where the rules ask for steps, what they answered in theirs. */
export function recordOrderApproved(
  facts: OrderFacts,
  told: OrderFactOf<'order.approved'>,
): Recording {
  const approval = openOrderApproval(facts)
  const { by, at, authority, data } = told
  const [approvedBy, ...approvedFor] = personsActing({ actor: by, authority })
  const approved = {
    approved: true as const,
    ...(approvedBy !== undefined && { approvedBy }),
    ...(approvedFor.length > 0 && { approvedFor }),
  }
  if (approval === undefined) {
    const ruling = facts.approvalRuling
    if (ruling?.outcome === 'refused' && ruling.subject === subjectOf(facts)) {
      return refused('approval-refused', `nobody may approve it: ${ruling.because}`)
    }
    return withControlOf(facts, approved)
  }
  const answering = {
    actor: by,
    authority,
    answer: 'approved' as const,
    asRole: data.asRole,
    at,
    reason: data.reason ?? null,
  }
  const standing = standToAnswer(approval, answering, writersOf(facts))
  if (standing.kind === 'refused') return refused(standing.reason, standing.sentence)
  const after = answerApproval(approval, standing.answer)
  const answered = withApproval(facts, approval.approvalId, () => after)
  return withControlOf(answered, after.state === 'approved' ? approved : {})
}

/** Records that somebody handed the approval of the order to another role. */
export function recordOrderRerouted(
  facts: OrderFacts,
  { by: actor, at, authority, data }: OrderFactOf<'approval.rerouted'>,
): Recording {
  const { approvalId, ...said } = data
  const approval = facts.approvals?.find((one) => one.approvalId === approvalId)
  if (approval === undefined) return refused('approval-unknown', 'there is no such approval')
  const rerouting = { ...said, actor, authority, at }
  const refusal = refusalToReroute(approval, actor, { ...rerouting, makers: writersOf(facts) })
  if (refusal !== null) return refused(refusal.reason, refusal.sentence)
  const rerouted = withApproval(facts, approvalId, (one) => rerouteApproval(one, rerouting))
  return { kind: 'recorded', facts: rerouted, touched: [] }
}

function withControlOf(facts: OrderFacts, control: Partial<OrderFacts['control']>): Recording {
  const next = { ...facts, control: { ...facts.control, ...control } }
  return { kind: 'recorded', facts: next, touched: 'all' }
}

/** Ends what was asked or given for the order: it was sent back, taken back, or written anew. */
export function withApprovalsEnded(
  facts: OrderFacts,
  type: Extract<ApprovalEvent['type'], `approval.re${string}` | 'approval.superseded'>,
  { by, at, data }: Pick<OrderFact, 'by' | 'at'> & { readonly data: object },
): OrderFacts {
  if (facts.approvals === undefined) return facts
  const reason = 'reason' in data && typeof data.reason === 'string' ? data.reason : null
  const decision = { by: by.id, at, reason }
  const approvals = facts.approvals.map(
    (one) => moveApproval(one, isOpenApproval(one) ? type : 'approval.superseded', decision) ?? one,
  )
  return { ...facts, approvals }
}

function withApproval(
  facts: OrderFacts,
  approvalId: string,
  change: (approval: Approval) => Approval,
): OrderFacts {
  const approvals = (facts.approvals ?? []).map((one) =>
    one.approvalId === approvalId ? change(one) : one,
  )
  return { ...facts, approvals }
}

function writersOf({ control: { draftedBy, submittedBy } }: OrderFacts): readonly string[] {
  return [draftedBy, submittedBy].filter((one) => one !== undefined)
}

/** What is approved: this text of the draft. */
function subjectOf({ draft }: OrderFacts): string {
  return draft === null ? '' : hashOf(draft)
}

/** The next thing that follows for the approval of an order; null when nothing does. */
export function deriveOrderApproval(deriving: DerivingOrder): DerivedOrderEvent | null {
  const { facts } = deriving.state
  if (facts.issued !== null) return null
  return requestApproval(deriving) ?? askNextStep(deriving) ?? escalateStep(deriving)
}

function requestApproval({
  state,
  context,
  recordId,
  told,
}: DerivingOrder): DerivedOrderEvent | null {
  const { facts, key } = state
  const { draft, control, approvals = [], approvalRuling } = facts
  if (draft === null || control.submitted !== true || isApproved(facts)) return null
  // What the master does not know is approved by nobody, and not by a rule either.
  if (masterErrors(facts.masters).length > 0) return null
  const subject = subjectOf(facts)
  const isAsked = approvals.some((one) => one.subject === subject && isOpenApproval(one))
  if (isAsked || approvalRuling?.subject === subject) return null
  const exposure = orderValueOf(draft)
  const { value, decision: policy } = context.policy.approval({
    ...orderFactsForRules({ standing: { ...state.standing, order: draft } }),
    approval: {
      decisionType: 'order',
      exposure,
      exceptionCode: null,
      requesterRoles: told?.type === 'order.submitted' ? told.by.roles : [],
    },
  })
  // Where no rule was written, somebody else's word is enough, as before there were such rules.
  if (policy.firedRules.length === 0) return null
  if (value.outcome !== 'needed') {
    const because = policy.because.join('; ').slice(0, 2000)
    return { type: 'approval.ruled', data: { subject, outcome: value.outcome, because, policy } }
  }
  const at = instant(context.now)
  const progress = beginProgress(value, { at, calendar: buyerCalendarOf(facts) })
  if (progress === null) return null
  const approval: Approval = {
    tenant: tenantOfKey(key),
    approvalId: recordId,
    decisionType: 'order',
    subject,
    requestedBy: control.submittedBy ?? '',
    requestedAt: at,
    exposure,
    approverRole: value.steps[0]?.roles[0] ?? '',
    state: 'requested',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    requirement: value,
    policy,
    progress,
  }
  return { type: 'approval.requested', data: { approval } }
}

function askNextStep({ state, context }: DerivingOrder): DerivedOrderEvent | null {
  const approval = openOrderApproval(state.facts)
  const step = approval === undefined ? null : nextStep(approval)
  if (approval?.requirement?.outcome !== 'needed' || step === null) return null
  const hours = approval.requirement.steps[step - 1]?.dueBusinessHours
  if (hours === undefined) return null
  const dueAt = inHours(state, context, hours)
  return { type: 'approval.asked', data: { approvalId: approval.approvalId, step, dueAt } }
}

function escalateStep({ state, context }: DerivingOrder): DerivedOrderEvent | null {
  const approval = openOrderApproval(state.facts)
  const step = approval === undefined ? null : currentStep(approval)
  if (approval?.progress === undefined || step === null) return null
  if (state.desk.rung[approvalClockOf(approval)] === undefined) return null
  const toRole = roleToCall(approval)
  if (toRole === null) return null
  const { approvalId, progress } = approval
  return {
    type: 'approval.escalated',
    data: {
      approvalId,
      step: progress.step,
      toRole,
      dueAt: inHours(state, context, step.dueBusinessHours),
      because: `${step.roles.join(', ')} did not decide by ${progress.dueAt}, so ${toRole} may`,
    },
  }
}

function inHours({ facts }: OrderState, { now }: DecisionContext, hours: number) {
  return addBusinessHours(instant(now), hours, buyerCalendarOf(facts))
}

/** The clock of the step that is asked: another one for each step, and for each role that is called. */
export function approvalClockOf({ approvalId, progress }: Approval): string {
  return `approval/${approvalId}/${progress?.step ?? 1}/${progress?.escalatedTo.length ?? 0}`
}
