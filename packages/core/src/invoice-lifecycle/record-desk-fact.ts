import { officeHours } from '../calendar/office-hours.ts'
import {
  acceptOffer,
  openDispute,
  offerInDispute,
  settleDisputeBy,
  stepDispute,
} from '../dispute/change-dispute.ts'
import type { Dispute } from '../dispute/dispute.ts'
import { changeTasks, openTask } from '../exception/change-task.ts'
import { escalateCase } from '../exception/apply-case-command.ts'
import { resumeCase } from '../exception/steer-case.ts'
import { tenantOfKey } from '../identity/identity.ts'
import type { InvoiceFact, InvoiceFactOf } from './invoice-fact.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { agreedLeft } from './dispute-balance.ts'
import { sideOf } from './check-dispute.ts'
import { subjectOf } from './wanted-case.ts'

/** What is said about tasks. */
export type TaskFact = Extract<InvoiceFact, { readonly type: `task.${string}` }>

/** What is said in disputes, or becomes of them. */
export type DisputeFact = Extract<
  InvoiceFact,
  { readonly type: `dispute.${string}` | 'invoice.disputed' }
>

/** Opens a task or moves one on. */
export function recordTask(facts: InvoiceFacts, fact: TaskFact): InvoiceFacts {
  if (fact.type === 'task.reminder-due') return facts
  if (fact.type === 'task.opened') {
    return { ...facts, tasks: [...(facts.tasks ?? []), fact.data.task] }
  }
  if (fact.type !== 'task.added') {
    return { ...facts, tasks: changeTasks(facts.tasks ?? [], fact) }
  }
  const { exceptionId, sentence, role, person, dueBusinessHours } = fact.data
  const of = facts.cases.find((one) => one.exceptionId === exceptionId)
  const task = openTask({
    tenant: tenantOfKey(facts.invoiceKey),
    taskId: fact.id,
    exceptionId,
    subject: of?.subject ?? subjectOf(facts),
    sentence,
    role,
    person,
    openedAt: fact.at,
    dueBusinessHours,
    calendar: facts.calendar ?? officeHours,
  })
  return { ...facts, tasks: [...(facts.tasks ?? []), task] }
}

/** A case that waited too long, or for nothing any more, is its owner's again; what took too long calls the next above. */
export function recordWaiting(
  facts: InvoiceFacts,
  fact: InvoiceFactOf<'case.resumed' | 'waiting.overdue' | 'waiting.reminder-due'>,
): InvoiceFacts {
  if (fact.type === 'waiting.reminder-due') return facts
  const { exceptionId } = fact.data
  const calendar = facts.calendar ?? officeHours
  return {
    ...facts,
    cases: facts.cases.map((one) => {
      if (one.exceptionId !== exceptionId) return one
      const resumed = resumeCase({ exceptionCase: one, at: fact.at, calendar })
      return fact.type === 'waiting.overdue' ? (escalateCase(resumed) ?? resumed) : resumed
    }),
  }
}

/** Opens a dispute or takes it one step on. */
export function recordDispute(facts: InvoiceFacts, fact: DisputeFact): InvoiceFacts {
  if (fact.type === 'invoice.disputed') return disputed(facts, fact)
  if (fact.type === 'dispute.reminder-due' || fact.type === 'dispute.overdue') return facts
  return {
    ...facts,
    disputes: facts.disputes.map((dispute) =>
      dispute.disputeId === fact.data.disputeId
        ? (stepped(facts, dispute, fact) ?? dispute)
        : dispute,
    ),
  }
}

function disputed(facts: InvoiceFacts, fact: InvoiceFactOf<'invoice.disputed'>): InvoiceFacts {
  const { exceptionId, claim, text, documents } = fact.data
  const dispute = openDispute({
    tenant: tenantOfKey(facts.invoiceKey),
    disputeId: fact.id,
    exceptionId,
    claim,
    remark: { by: fact.by.id, at: fact.at, text, documents },
  })
  return {
    ...facts,
    disputes: [...facts.disputes, dispute],
    cases: facts.cases.map((one) =>
      one.exceptionId === exceptionId
        ? { ...one, disputeIds: [...one.disputeIds, dispute.disputeId] }
        : one,
    ),
  }
}

type Step = Exclude<
  DisputeFact,
  { readonly type: 'invoice.disputed' | 'dispute.reminder-due' | 'dispute.overdue' }
>

function stepped(facts: InvoiceFacts, dispute: Dispute, fact: Step): Dispute | null {
  const remark = remarkOf(fact)
  switch (fact.type) {
    case 'dispute.offered': {
      const offer = { offerId: fact.id, from: sideOf(fact.by, fact.data), amount: fact.data.amount }
      return offerInDispute(dispute, offer, remark)
    }
    case 'dispute.accepted':
      return acceptOffer(dispute, fact.data.offerId, remark)
    case 'dispute.settlement-chosen': {
      const { settlement, amount } = fact.data
      const over = amount ?? agreedLeft(facts, dispute)
      return settleDisputeBy(dispute, { settlement, amount: over }, remark)
    }
    case 'dispute.effected':
      return stepDispute(dispute, 'dispute.settled', remark)
    case 'dispute.lapsed': {
      const isEscalated = fact.data.lapse.action === 'escalate'
      const said = isEscalated ? 'dispute.escalated' : 'dispute.expired'
      const lapsed = stepDispute(dispute, said, remark)
      return lapsed === null ? null : { ...lapsed, lapse: fact.data.lapse }
    }
    case 'dispute.ended':
      return stepDispute(dispute, 'dispute.withdrawn', remark)
    case 'dispute.settled':
      return stepDispute(dispute, fact.type, remark, fact.data.settlement)
    case 'dispute.sent':
    case 'dispute.acknowledged':
    case 'dispute.answered':
    case 'dispute.countered':
    case 'dispute.agreed':
    case 'dispute.withdrawn':
    case 'dispute.expired':
    case 'dispute.closed':
      return stepDispute(dispute, fact.type, remark)
  }
}

function remarkOf(fact: Step) {
  const { by, at, data } = fact
  const text = 'because' in data ? data.because : data.text
  const documents = 'documents' in data ? data.documents : undefined
  return { by: by.id, at, text, documents }
}
