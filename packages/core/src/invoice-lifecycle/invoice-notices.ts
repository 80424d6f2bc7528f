import type { Intent } from '../message/intent.ts'
import { isOpenTask } from '../exception/change-task.ts'
import type { Task } from '../exception/task.ts'
import { invoiceTotal } from '../invoice/invoice-total.ts'
import { approvalNotices } from './approval-notices.ts'
import { currentInvoice } from './current-invoice.ts'
import { sideOf } from './check-dispute.ts'
import type { InvoiceFactOf } from './invoice-fact.ts'
import type { InvoiceChange } from './invoice-intents.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { dueDateOf } from './wanted-waits.ts'

/** Who is told about an event of an invoice, and in which words. */
export function noticesOf({ before, after, fact }: InvoiceChange): Intent[] {
  // Of sixty events these few are news to somebody.
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (fact.type) {
    case 'case.opened': {
      const { owner, route, sentence, code } = fact.data.case
      const roles = [...new Set([owner.role, ...route.alsoRoles])]
      return roles.map((role) =>
        notify(after, { role, topic: 'case-opened', sentence: `${code}: ${sentence}` }),
      )
    }
    case 'case.overdue': {
      const called = before.cases.find((one) => one.exceptionId === fact.data.exceptionId)
      if (called === undefined) return []
      const role = called.route.escalation[fact.data.level - 1]?.toRole ?? called.owner.role
      const sentence = `${called.code} was due at ${called.dueAt} and is still open: ${called.sentence}`
      return [notify(after, { role, topic: 'case-escalated', sentence })]
    }
    case 'approval.requested':
    case 'approval.asked':
    case 'approval.escalated':
    case 'approval.delegated':
    case 'approval.rerouted':
    case 'approval.returned':
    case 'approval.expired':
      return approvalNotices(before, after, fact).map((notice) => notify(after, notice))
    case 'approval.ruled': {
      if (fact.data.outcome !== 'refused') return []
      const sentence = `nobody may approve it: ${fact.data.because}`
      return [notify(after, { role: 'accounts-payable', topic: 'approval-refused', sentence })]
    }
    case 'payment.due': {
      const sentence = `it is due on ${dueDateOf(after) ?? 'an unknown day'} and was not paid`
      return [notify(after, { role: 'accounts-payable', topic: 'payment-due', sentence })]
    }
    case 'invoice.released':
      return reduction(after)
    case 'invoice.refused':
      return [tellSupplier(after, 'invoice-refused', fact.data.because)]
    case 'invoice.rejected':
      return [tellSupplier(after, 'invoice-refused', fact.data.reason)]
    case 'duplicate.decided':
      if (fact.data.decision !== 'confirmed') return []
      return [tellSupplier(after, 'invoice-refused', `it repeats an invoice: ${fact.data.reason}`)]
    case 'task.opened':
    case 'task.added': {
      const task = after.tasks?.at(-1)
      return task === undefined ? [] : [notifyOf(after, task, 'task-opened', task.sentence)]
    }
    case 'task.reminder-due':
    case 'task.overdue': {
      const task = after.tasks?.find(({ taskId }) => taskId === fact.data.taskId)
      if (task === undefined) return []
      const isLate = fact.type === 'task.overdue'
      const words = isLate ? `was due at ${task.dueAt}` : `is due at ${task.dueAt}`
      const topic = isLate ? 'task-overdue' : 'task-reminder'
      return [notifyOf(after, task, topic, `${task.sentence} (${words})`)]
    }
    case 'waiting.reminder-due':
      return waitingReminder(after, fact.data.exceptionId)
    case 'waiting.overdue':
    case 'case.resumed':
      return waitingOver(before, after, fact.data.exceptionId)
    case 'dispute.reminder-due':
      return [tellSupplier(after, 'dispute-reminder', 'please answer our claim')]
    case 'dispute.lapsed':
      return lapseTold(after, fact.data)
    case 'dispute.offered':
    case 'dispute.accepted':
    case 'dispute.settlement-chosen':
      return disputeTold(after, fact)
    case 'remedy.ended': {
      const { remedyId, outcome, because } = fact.data
      if (outcome === 'done') return []
      const remedy = after.remedies?.find((one) => one.remedyId === remedyId)
      const owner = after.cases.find((one) => one.exceptionId === remedy?.exceptionId)?.owner
      const sentence = `${remedy?.code ?? 'a settlement'} was ${outcome}: ${because}`
      return owner === undefined
        ? []
        : [notify(after, { role: owner.role, topic: `remedy-${outcome}`, sentence })]
    }
    case 'invoice.disputed':
      return [tellSupplier(after, 'dispute-opened', fact.data.text)]
    case 'dispute.countered':
    case 'dispute.agreed':
    case 'dispute.settled':
    case 'dispute.withdrawn':
      return [tellSupplier(after, fact.type.replace('.', '-'), fact.data.text)]
    default:
      return []
  }
}

function notifyOf(facts: InvoiceFacts, { owner }: Task, topic: string, sentence: string): Intent {
  return notify(facts, { role: owner.role, topic, sentence })
}

/** Whoever is waited for is reminded: the supplier, or those in the house with something left to do. */
function waitingReminder(facts: InvoiceFacts, exceptionId: string): Intent[] {
  const waiting = facts.cases.find((one) => one.exceptionId === exceptionId)
  if (waiting === undefined) return []
  const sentence = `${waiting.code} still waits: ${waiting.sentence}`
  if (waiting.state === 'waiting-supplier') {
    return [tellSupplier(facts, 'waiting-reminder', sentence)]
  }
  const roles =
    waiting.state === 'waiting-approval'
      ? facts.approvals
          .filter(({ state }) => state === 'requested')
          .map(({ approverRole }) => approverRole)
      : (facts.tasks ?? [])
          .filter((task) => task.exceptionId === exceptionId && isOpenTask(task))
          .map(({ owner }) => owner.role)
  const asked = roles.length === 0 ? [waiting.owner.role] : [...new Set(roles)]
  return asked.map((role) => notify(facts, { role, topic: 'waiting-reminder', sentence }))
}

/** The owner goes on with a case that waited, and the next above is told where it waited too long. */
function waitingOver(before: InvoiceFacts, after: InvoiceFacts, exceptionId: string): Intent[] {
  const was = before.cases.find((one) => one.exceptionId === exceptionId)
  const is = after.cases.find((one) => one.exceptionId === exceptionId)
  if (was === undefined || is === undefined) return []
  const isLate = is.escalationLevel > was.escalationLevel
  const words = isLate ? 'waited too long' : 'does not wait any more'
  const sentence = `${is.code} ${words}: ${is.sentence}`
  const above = isLate ? is.route.escalation[was.escalationLevel]?.toRole : undefined
  return [...new Set([is.owner.role, ...(above === undefined ? [] : [above])])].map((role) =>
    notify(after, { role, topic: 'waiting-over', sentence }),
  )
}

/** What becomes of a dispute nobody answered is told to both sides; an escalation to the superior of the case's owner. */
function lapseTold(
  facts: InvoiceFacts,
  { disputeId, lapse, because }: InvoiceFactOf<'dispute.lapsed'>['data'],
): Intent[] {
  const dispute = facts.disputes.find((one) => one.disputeId === disputeId)
  const of = facts.cases.find((one) => one.exceptionId === dispute?.exceptionId)
  const above = of?.route.escalation[0]?.toRole ?? of?.owner.role
  const roles = lapse.action === 'escalate' ? above : of?.owner.role
  const topic = `dispute-${lapse.action === 'escalate' ? 'escalated' : 'expired'}`
  return [
    ...(roles === undefined ? [] : [notify(facts, { role: roles, topic, sentence: because })]),
    tellSupplier(facts, topic, because),
  ]
}

/** The other side is told what was said: the supplier what the buyer said, and the owner of the case what the supplier did. */
function disputeTold(
  facts: InvoiceFacts,
  fact: InvoiceFactOf<'dispute.offered' | 'dispute.accepted' | 'dispute.settlement-chosen'>,
): Intent[] {
  const topic = fact.type.replace('.', '-')
  const amount = 'amount' in fact.data ? fact.data.amount : undefined
  const over = amount === undefined ? '' : `${amount.amount} ${amount.currency}: `
  const sentence = `${over}${fact.data.text}`
  const side = sideOf(fact.by, 'from' in fact.data ? fact.data : {})
  if (side === 'buyer') return [tellSupplier(facts, topic, sentence)]
  const dispute = facts.disputes.find((one) => one.disputeId === fact.data.disputeId)
  const of = facts.cases.find((one) => one.exceptionId === dispute?.exceptionId)
  return of === undefined ? [] : [notify(facts, { role: of.owner.role, topic, sentence })]
}

/** A supplier whose invoice is paid in part only is told what was not paid, where the rules ask for a complaint. */
function reduction(facts: InvoiceFacts): Intent[] {
  const resolutions = facts.match?.result.resolutions ?? []
  if (facts.match?.result.decision !== 'reduce') return []
  return resolutions
    .filter((resolution) => resolution.supplierNotice === 'complaint')
    .map((resolution) => {
      const line = resolution.invoiceLineNumber
      const where = line === null ? 'the invoice' : `line ${line}`
      const amount = resolution.creditMemoAmount ?? resolution.amount ?? 'a part'
      const sentence = `${amount} of ${where} was not paid: it was not owed`
      return tellSupplier(facts, 'invoice-reduced', sentence)
    })
}

function notify(
  facts: InvoiceFacts,
  notice: { readonly role: string; readonly topic: string; readonly sentence: string },
): Intent {
  const { role, topic, sentence } = notice
  return {
    kind: 'notify',
    role,
    topic,
    subject: subjectOf(facts),
    sentence: sentence.slice(0, 2000),
  }
}

function tellSupplier(facts: InvoiceFacts, topic: string, sentence: string): Intent {
  const invoice = currentInvoice(facts)
  return {
    kind: 'send-supplier-notice',
    supplier: invoice?.supplier ?? '',
    topic,
    subject: subjectOf(facts),
    sentence: sentence.slice(0, 2000),
    data: { invoiceKey: facts.invoiceKey, invoiceNumber: invoice?.documentNumber ?? null },
  }
}

function subjectOf(facts: InvoiceFacts): string {
  const invoice = currentInvoice(facts)
  if (invoice === null) return facts.invoiceKey.slice(0, 400)
  const { amount, currency } = invoiceTotal(invoice)
  return `invoice ${invoice.documentNumber} of ${invoice.supplier} over ${amount} ${currency}`
}
