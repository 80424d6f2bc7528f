import type { ApprovalDecisionType } from '../approval/approval-requirement.ts'
import { askedRoles } from '../approval/run-approval.ts'
import { handedTo } from '../approval/stand-to-answer.ts'
import type { AuthorityQuestion } from '../authority/authority-question.ts'
import { instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { localDateOf } from '../calendar/time-zone.ts'
import type { Hold } from '../hold/hold.ts'
import { invoiceTotal } from '../invoice/invoice-total.ts'
import type { Message } from '../message/message.ts'
import { readMessage } from '../message/read-message.ts'
import type { Money } from '../money/money.ts'
import { holdLetGoBy } from './code-settled-by.ts'
import { currentInvoice } from './current-invoice.ts'
import { dutiesOfCase, dutyOf } from './invoice-duties.ts'
import { type InvoiceMessage, invoiceMessages } from './invoice-messages.ts'
import { type InvoiceState, unknownInvoice, type InvoiceFacts } from './invoice-state.ts'

/** What is decided about an invoice by saying something to it, and how much is at stake. */
export type DecidedByMessage = {
  readonly decisionType: ApprovalDecisionType | null
  /** Null where no money is, or how much is not known. */
  readonly exposure: Money | null
  readonly asRoles: readonly string[] | null
  readonly handedOver?: NonNullable<AuthorityQuestion['handedOver']>
}

/** Whether the actor of a message may say it to an invoice: the question for the host; null for what cannot be read. */
export function askInvoiceAuthority(
  state: InvoiceState | null,
  message: Message,
): AuthorityQuestion | null {
  const read = readMessage<InvoiceMessage>(message, {
    aggregate: 'an invoice',
    schemas: invoiceMessages,
  })
  if (read.kind !== 'read') return null
  const facts = state?.facts ?? unknownInvoice(message.aggregate.key)
  const invoice = currentInvoice(facts)
  const at = instant(message.receivedAt)
  return {
    tenant: message.tenant,
    actor: message.actor,
    action: message.type,
    ...decidedByMessage(facts, read.message, message.actor.id),
    scope:
      invoice === null
        ? {}
        : { buyerOrganisation: invoice.buyerOrganisation, supplier: invoice.supplier },
    at,
    businessDate: localDateOf(at, (facts.calendar ?? officeHours).timeZone),
    duty: dutyOf(facts, read.message),
    duties: dutiesOfCase(facts),
  }
}

/** What is decided by a message, for whom it is asked of, and how much is at stake. */
export function decidedByMessage(
  facts: InvoiceFacts,
  said: InvoiceMessage,
  person = '',
): DecidedByMessage {
  // Of sixty types these few decide about money.
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (said.type) {
    case 'invoice.approved':
    case 'approval.rejected':
    case 'approval.returned':
    case 'approval.delegated':
      return decidedByAnswer(facts, said.data.approvalId, person)
    case 'approval.rerouted':
      // Not one of the roles that are asked: whoever may hand approvals on does.
      return { ...decidedByAnswer(facts, said.data.approvalId), asRoles: null }
    case 'hold.released': {
      const hold = facts.holds.find((one) => one.holdId === said.data.holdId)
      const exposure = hold === undefined ? totalOf(facts) : exposureOfHold(facts, hold)
      return { decisionType: 'release-hold', exposure, asRoles: null }
    }
    case 'duplicate.decided':
      return said.data.decision === 'cleared'
        ? { decisionType: 'release-hold', exposure: totalOf(facts), asRoles: null }
        : undecided
    default: {
      const hold = holdLetGoBy(facts, said)
      if (hold === null) return undecided
      return {
        decisionType: 'accept-variance',
        exposure: exposureOfHold(facts, hold),
        asRoles: null,
      }
    }
  }
}

const undecided: DecidedByMessage = { decisionType: null, exposure: null, asRoles: null }

function decidedByAnswer(facts: InvoiceFacts, approvalId: string, person = ''): DecidedByMessage {
  const approval = facts.approvals.find((one) => one.approvalId === approvalId)
  if (approval === undefined) return undecided
  const handed = handedTo(approval, person)
  return {
    decisionType: approval.decisionType,
    exposure: approval.exposure,
    asRoles: askedRoles(approval),
    ...(handed !== undefined && { handedOver: { from: handed.from, asRole: handed.asRole } }),
  }
}

/** What is at stake in letting a hold go: the amount held, which is that of the line, or of the whole invoice. */
export function exposureOfHold(facts: InvoiceFacts, { scope, scopeKey }: Hold): Money | null {
  const invoice = currentInvoice(facts)
  if (invoice === null) return null
  const line =
    scope === 'line'
      ? invoice.lines.find(({ documentLineNumber }) => documentLineNumber === scopeKey)
      : undefined
  return line === undefined
    ? invoiceTotal(invoice)
    : { amount: line.amount, currency: invoice.currency }
}

function totalOf(facts: InvoiceFacts): Money | null {
  const invoice = currentInvoice(facts)
  return invoice === null ? null : invoiceTotal(invoice)
}
