import type { ApprovalEvent } from '../approval/approval-lifecycle.machine.ts'
import type { Approval } from '../approval/approval.ts'
import { decideApproval } from '../approval/decide-approval.ts'
import { rerouteApproval } from '../approval/reroute-approval.ts'
import {
  answerApproval,
  askStep,
  escalateApproval,
  handApprovalOver,
} from '../approval/run-approval.ts'
import { standToAnswer } from '../approval/stand-to-answer.ts'
import { makersOf } from './current-invoice.ts'
import type { InvoiceFact, InvoiceFactOf } from './invoice-fact.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { approvalOfWait } from './wanted-waits.ts'

/** What happens to the approvals of an invoice. */
type ApprovalFact = InvoiceFactOf<
  | 'approval.requested'
  | 'approval.ruled'
  | 'approval.asked'
  | 'approval.escalated'
  | 'invoice.approved'
  | 'approval.rejected'
  | 'approval.returned'
  | 'approval.delegated'
  | 'approval.recalled'
  | 'approval.renewed'
  | 'approval.rerouted'
  | 'approval.expired'
  | 'approval.superseded'
>

/** Adds what happened to an approval of an invoice to what is known of it. */
export function recordInvoiceApproval(facts: InvoiceFacts, fact: ApprovalFact): InvoiceFacts {
  switch (fact.type) {
    case 'approval.requested':
      return { ...facts, approvals: [...facts.approvals, fact.data.approval] }
    case 'approval.ruled': {
      const { attempt, outcome, because } = fact.data
      return { ...facts, approvalRuling: { attempt, outcome, because } }
    }
    case 'approval.asked':
      return withApproval(facts, fact.data.approvalId, (one) => askStep(one, fact.data))
    case 'approval.escalated':
      return withApproval(
        withoutWaitsOf(facts, fact.data.approvalId),
        fact.data.approvalId,
        (one) => escalateApproval(one, fact.data),
      )
    case 'invoice.approved':
    case 'approval.rejected':
    case 'approval.returned':
      return withApproval(facts, fact.data.approvalId, (one) => answered(facts, one, fact))
    case 'approval.delegated':
      return withApproval(facts, fact.data.approvalId, (one) => handedOver(facts, one, fact))
    case 'approval.rerouted': {
      const { by: actor, at, authority, data } = fact
      const { approvalId, ...said } = data
      const rerouting = { ...said, actor, at, authority }
      return withApproval(facts, approvalId, (one) => rerouteApproval(one, rerouting))
    }
    case 'approval.recalled':
      return withApproval(facts, fact.data.approvalId, moved('approval.recalled', fact))
    case 'approval.renewed':
      return withApproval(facts, fact.data.approvalId, moved('approval.superseded', fact))
    case 'approval.expired': {
      const known = approvalOfWait(facts, fact.data.timerId)
      const rang = withoutWait(facts, fact.data.timerId)
      return known === undefined
        ? rang
        : withApproval(rang, known.approvalId, moved('approval.expired', fact))
    }
    case 'approval.superseded':
      return withApproval(facts, fact.data.approvalId, moved('approval.superseded', fact))
  }
}

function withApproval(
  facts: InvoiceFacts,
  approvalId: string,
  change: (approval: Approval) => Approval,
): InvoiceFacts {
  const approvals = facts.approvals.map((one) =>
    one.approvalId === approvalId ? change(one) : one,
  )
  return { ...facts, approvals }
}

function withoutWait(facts: InvoiceFacts, timerId: string): InvoiceFacts {
  const waits = Object.entries(facts.waits).filter(([id]) => id !== timerId)
  return { ...facts, waits: Object.fromEntries(waits) }
}

/** The clock that called somebody has rung; the next one is wound for who was called. */
function withoutWaitsOf(facts: InvoiceFacts, approvalId: string): InvoiceFacts {
  const rung = Object.entries(facts.waits).find(
    ([timerId, { over }]) => over && approvalOfWait(facts, timerId)?.approvalId === approvalId,
  )
  return rung === undefined ? facts : withoutWait(facts, rung[0])
}

const moved =
  (type: ApprovalEvent['type'], fact: InvoiceFact & { readonly data: object }) =>
  (approval: Approval): Approval =>
    decideApproval(approval, type, { by: fact.by.id, at: fact.at, reason: reasonOf(fact) }) ??
    approval

function reasonOf({ data }: { readonly data: object }): string | null {
  if ('because' in data && typeof data.because === 'string') return data.because
  return 'reason' in data && typeof data.reason === 'string' ? data.reason : null
}

const answers = {
  'invoice.approved': 'approved',
  'approval.rejected': 'rejected',
  'approval.returned': 'returned',
} as const

function answered(
  facts: InvoiceFacts,
  approval: Approval,
  fact: InvoiceFactOf<keyof typeof answers>,
): Approval {
  const { by: actor, at, authority, data } = fact
  const answer = answers[fact.type]
  const reason = data.reason ?? null
  // Asked before steps were run, or of the owner of the case: one answer decides.
  if (approval.progress === undefined) {
    const decided = decideApproval(approval, `approval.${answer}`, { by: actor.id, at, reason })
    return decided ?? approval
  }
  const answering = { actor, authority, answer, asRole: data.asRole, at, reason }
  const standing = standToAnswer(approval, answering, makersOf(facts))
  return standing.kind === 'may' ? answerApproval(approval, standing.answer) : approval
}

function handedOver(
  facts: InvoiceFacts,
  approval: Approval,
  { by: actor, at, authority, data }: InvoiceFactOf<'approval.delegated'>,
): Approval {
  const { to, reason } = data
  const answering = { actor, authority, answer: 'rejected' as const, at, reason }
  const standing = standToAnswer(approval, answering, makersOf(facts))
  if (standing.kind === 'refused') return approval
  const { step, asRole } = standing.answer
  const given = { step, from: actor.id, to, asRole, at, reason }
  return handApprovalOver(approval, authority === undefined ? given : { ...given, authority })
}
