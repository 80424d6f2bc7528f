import type { Approval } from '../approval/approval.ts'
import { refusalToDecide } from '../approval/decide-approval.ts'
import { refusalToReroute } from '../approval/reroute-approval.ts'
import { isOpenApproval } from '../approval/run-approval.ts'
import { refusalToHandOver, standToAnswer } from '../approval/stand-to-answer.ts'
import { instant } from '../calendar/instant.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { type Answer, personOnly, refused } from '../message/answer.ts'
import type { Message } from '../message/message.ts'
import { makersOf } from './current-invoice.ts'
import type { InvoiceFact } from './invoice-fact.ts'
import { refusalOfRemedy, remedyAsked } from './start-remedy.ts'
import { remediesOf } from './invoice-remedies.ts'
import type { InvoiceMessage } from './invoice-messages.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** What is said about an approval of an invoice. */
type ApprovalMessage = Extract<
  InvoiceMessage,
  {
    readonly type:
      | 'invoice.approved'
      | 'approval.rejected'
      | 'approval.returned'
      | 'approval.delegated'
      | 'approval.recalled'
      | 'approval.renewed'
      | 'approval.rerouted'
  }
>

/** Why something may not be said about an approval of an invoice; null where it may. */
export function checkInvoiceApproval(
  facts: InvoiceFacts,
  message: Message,
  said: ApprovalMessage,
): Answer | null {
  const approval = facts.approvals.find((one) => one.approvalId === said.data.approvalId)
  if (approval === undefined) return refused('approval-unknown', 'there is no such approval')
  switch (said.type) {
    case 'approval.renewed':
      return askedForAgain(approval, message) ?? chosenAgain(facts, message, said)
    case 'approval.rerouted': {
      const { authority } = message
      const rerouting = { ...said.data, makers: makersOf(facts), authority }
      const refusal = refusalToReroute(approval, message.actor, rerouting)
      return refusal === null ? null : refused(refusal.reason, refusal.sentence)
    }
    case 'approval.recalled':
      return stillOpen(approval) ?? onlyWhoAsked(approval, message)
    case 'invoice.approved':
    case 'approval.rejected':
    case 'approval.returned':
    case 'approval.delegated':
      return stillOpen(approval) ?? answerOf(facts, approval, message, said)
  }
}

function stillOpen(approval: Approval): Answer | null {
  return isOpenApproval(approval)
    ? null
    : refused('already-decided', `the approval is ${approval.state}`)
}

function answerOf(
  facts: InvoiceFacts,
  approval: Approval,
  message: Message,
  said: Exclude<
    ApprovalMessage,
    { readonly type: 'approval.renewed' | 'approval.recalled' | 'approval.rerouted' }
  >,
): Answer | null {
  const { actor, authority } = message
  const makers = [...makersOf(facts), ...choosersOf(facts, approval)]
  const acting = {
    actor,
    authority,
    at: instant(message.receivedAt),
    reason: said.data.reason ?? null,
  }
  if (said.type === 'approval.delegated') {
    const { to } = said.data
    const refusal = refusalToHandOver(approval, { ...acting, answer: 'rejected', to, makers })
    return refusal === null ? null : refused(refusal.reason, refusal.sentence)
  }
  if (approval.progress === undefined) {
    const refusal = refusalToDecide(approval, actor, makers, authority)
    return refusal === null ? null : refused(refusal.reason, refusal.sentence)
  }
  const answer = answers[said.type]
  const standing = standToAnswer(approval, { ...acting, answer, asRole: said.data.asRole }, makers)
  return standing.kind === 'may' ? null : refused(standing.reason, standing.sentence)
}

const answers = {
  'invoice.approved': 'approved',
  'approval.rejected': 'rejected',
  'approval.returned': 'returned',
} as const

function onlyWhoAsked({ requestedBy }: Approval, message: Message): Answer | null {
  if (requestedBy === message.actor.id) return personOnly(message)
  return refused('not-requester', `only \`${requestedBy}\`, who asked, takes the request back`)
}

function askedForAgain({ state }: Approval, message: Message): Answer | null {
  if (state === 'returned' || state === 'recalled' || state === 'expired')
    return personOnly(message)
  return refused('not-to-ask-again', `the approval is ${state}: there is nothing to ask again`)
}

/** A remedy is asked for anew only while its case is open, and as far as there is something left to settle. */
function chosenAgain(
  facts: InvoiceFacts,
  { actor: by }: Message,
  { type, data }: Extract<ApprovalMessage, { readonly type: 'approval.renewed' }>,
): Answer | null {
  const asked = remedyAsked(facts, { type, data, by } as InvoiceFact)
  if (asked === null) return null
  const settled = facts.cases.find((one) => one.exceptionId === asked.exceptionId)
  if (settled !== undefined && !isOpenCase(settled)) {
    return refused(
      'case-settled',
      `case ${settled.code} is ${settled.state}: there is nothing to ask for`,
    )
  }
  const refusal = refusalOfRemedy(facts, asked)
  return refusal === null ? null : refused(refusal.reason, refusal.sentence)
}

/** Whoever chose what is to be approved does not approve it when another asks for it anew. */
function choosersOf(facts: InvoiceFacts, { subject }: Approval): readonly string[] {
  const remedy = remediesOf(facts).find(({ remedyId }) => remedyId === subject)
  if (remedy === undefined) return []
  const { exceptionId, code } = remedy
  return remediesOf(facts)
    .filter((one) => one.exceptionId === exceptionId && one.code === code)
    .map(({ startedBy }) => startedBy)
}
