import type { Approval } from '../approval/approval.ts'
import { currentStep } from '../approval/run-approval.ts'
import type { InvoiceFactOf } from './invoice-fact.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { approvalOfWait } from './wanted-waits.ts'

/** A role that is told something about an approval. */
type ApprovalNotice = { readonly role: string; readonly topic: string; readonly sentence: string }

/** Who hears of an approval: every role that is asked, whoever is called, and whoever has to ask again. */
export function approvalNotices(
  before: InvoiceFacts,
  after: InvoiceFacts,
  fact: InvoiceFactOf<
    | 'approval.requested'
    | 'approval.asked'
    | 'approval.escalated'
    | 'approval.delegated'
    | 'approval.rerouted'
    | 'approval.returned'
    | 'approval.expired'
  >,
): readonly ApprovalNotice[] {
  const approval = approvalOf(after, before, fact)
  if (approval === undefined) return []
  const what = `an invoice${amountOf(approval)}`
  switch (fact.type) {
    case 'approval.requested':
    case 'approval.asked': {
      const roles = currentStep(approval)?.roles ?? [approval.approverRole]
      const sentence = `${what} waits for approval`
      return roles.map((role) => ({ role, topic: 'approval-requested', sentence }))
    }
    case 'approval.escalated': {
      const { toRole, because } = fact.data
      return [{ role: toRole, topic: 'approval-escalated', sentence: `${what}: ${because}` }]
    }
    case 'approval.delegated': {
      const { to, reason } = fact.data
      const sentence = `\`${to}\` decides about ${what} for \`${fact.by.id}\`: ${reason}`
      return [{ role: approval.approverRole, topic: 'approval-delegated', sentence }]
    }
    case 'approval.rerouted': {
      const { toRole, reason } = fact.data
      const sentence = `${what} waits for your approval, handed on by \`${fact.by.id}\`: ${reason}`
      return [{ role: toRole, topic: 'approval-requested', sentence }]
    }
    case 'approval.returned': {
      const sentence = `\`${fact.by.id}\` gave the approval of ${what} back: ${fact.data.reason}`
      return [{ role: 'accounts-payable', topic: 'approval-returned', sentence }]
    }
    case 'approval.expired': {
      const sentence = `nobody approved ${what} in time, and the request has fallen`
      return [{ role: 'accounts-payable', topic: 'approval-expired', sentence }]
    }
  }
}

function approvalOf(
  after: InvoiceFacts,
  before: InvoiceFacts,
  fact: Parameters<typeof approvalNotices>[2],
): Approval | undefined {
  if (fact.type === 'approval.expired') return approvalOfWait(before, fact.data.timerId)
  const approvalId = idOf(fact)
  return after.approvals.find((one) => one.approvalId === approvalId)
}

function idOf(
  fact: Exclude<Parameters<typeof approvalNotices>[2], InvoiceFactOf<'approval.expired'>>,
) {
  return fact.type === 'approval.requested' ? fact.data.approval.approvalId : fact.data.approvalId
}

function amountOf({ exposure }: Approval): string {
  return exposure === null ? '' : ` of ${exposure.amount} ${exposure.currency}`
}
