import type { Intent } from '../message/intent.ts'
import { invoiceTotal } from '../invoice/invoice-total.ts'
import { approvalNotices } from './approval-notices.ts'
import { currentInvoice } from './current-invoice.ts'
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
