import { contentHashOf } from '../document/document-content-hash.ts'
import { personsActing } from '../approval/decide-approval.ts'
import { limitRefusal } from '../authority/check-limit.ts'
import { isSamePair } from '../authority/duty-compensation.ts'
import type { CaseCommand } from '../exception/apply-case-command.ts'
import { checkCaseCommand, checkOverdueCase } from '../exception/change-case.ts'
import { refusalOfTask } from '../exception/change-task.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { canonicalJson } from '../hash/canonical-json.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import type { Hold } from '../hold/hold.ts'
import { type Answer, duplicate, parked, personOnly, refused } from '../message/answer.ts'
import type { Message } from '../message/message.ts'
import type { Policy } from '../policy/policy.ts'
import { checkInvoiceApproval } from './check-invoice-approval.ts'
import type { Money } from '../money/money.ts'
import { resolutionEffects } from '../resolution/resolution-effects.ts'
import { holdLetGoBy } from './code-settled-by.ts'
import { currentVersion, isPaid, isSure, makersOf } from './current-invoice.ts'
import { decidedByMessage } from './ask-invoice-authority.ts'
import { answerToCompensation, dutyAnswer, dutyOf } from './invoice-duties.ts'
import { answerAboutDispute } from './check-dispute.ts'
import type { InvoiceFact } from './invoice-fact.ts'
import { remediesOf } from './invoice-remedies.ts'
import type { InvoiceMessage } from './invoice-messages.ts'
import type { InvoiceFacts, InvoiceState } from './invoice-state.ts'
import { dutiesHoldCode } from './wanted-holds.ts'
import { refusalOfRemedy, remedyAsked } from './start-remedy.ts'

/**
 * Why a message is not to be applied: it was before, it has to wait, or it is not allowed. Null when it is to be applied.
 */
export function checkInvoiceMessage(
  state: InvoiceState,
  message: Message,
  said: InvoiceMessage,
  policy: Policy | null = null,
): Answer | null {
  if (state.messageIds.includes(message.id)) return duplicate('this message was applied before')
  const { facts } = state
  return (
    supplierRefusal(message, said) ??
    answerTo(facts, message, said) ??
    (said.type === 'duties.compensated'
      ? answerToCompensation(facts, message, said.data, policy)
      : dutyAnswer(facts, message, { duty: dutyOf(facts, said), policy })) ??
    beyondLimit(facts, message, said)
  )
}

/** Nobody goes beyond the limit the host gave for them, whatever the invoice has come to since they were asked about. */
function beyondLimit(
  facts: InvoiceFacts,
  { authority }: Message,
  said: InvoiceMessage,
): Answer | null {
  if (authority === undefined) return null
  const refusal = limitRefusal(authority, decidedByMessage(facts, said).exposure)
  return refusal === null ? null : refused(refusal.reason, refusal.sentence)
}

/** What a supplier says for itself to an invoice. Whatever is not named here is the buyer's to say. */
const supplierTypes: ReadonlySet<InvoiceMessage['type']> = new Set<InvoiceMessage['type']>([
  'invoice.received',
  'invoice.cancelled',
  'dispute.acknowledged',
  'dispute.answered',
  'dispute.countered',
  'dispute.agreed',
  'dispute.offered',
  'dispute.accepted',
  'case.proposed',
])

function supplierRefusal({ actor }: Message, { type }: InvoiceMessage): Answer | null {
  if (actor.kind !== 'supplier-user' || supplierTypes.has(type)) return null
  return refused('not-a-buyer', `only the buyer's side says \`${type}\` to an invoice`)
}

function answerTo(facts: InvoiceFacts, message: Message, said: InvoiceMessage): Answer | null {
  switch (said.type) {
    case 'invoice.received': {
      const hash = contentHashOf(said.data.document)
      return facts.versions.some((version) => version.hash === hash)
        ? duplicate('the same invoice came before')
        : null
    }
    case 'supplier.changed':
      return answerAboutSupplier(facts, message)
    case 'masters.looked-up':
    case 'ownership.compared':
      // Held against what stands here, so there has to be an invoice.
      return facts.versions.length === 0
        ? parked('invoice-not-received', `\`${said.type}\` waits for the invoice itself`)
        : null
    case 'extraction.confirmed': {
      const version = currentVersion(facts)
      return version === null || isSure(version)
        ? duplicate('nothing in the invoice is in doubt')
        : personOnly(message)
    }
    case 'duties.compensated':
      return closedFirst(facts)
    case 'register.looked-up':
      return facts.attempt?.lookUpId === said.data.lookUpId
        ? null
        : duplicate('the answer is to an older look-up')
    case 'allocation.answered':
      return answerToAllocation(facts, said.data.orderNumber, said.data.attempt)
    case 'match.reopened':
    case 'policy.changed':
      return facts.closing === null ? null : duplicate('the invoice is closed')
    case 'rematch.requested':
    case 'invoice.linked':
      return (
        closedFirst(facts) ??
        (said.type === 'invoice.linked' ? lineMissing(facts, said.data) : null)
      )
    case 'duplicate.decided':
      return (
        closedFirst(facts) ??
        notSuspected(facts) ??
        personOnly(message) ??
        (said.data.decision === 'cleared' ? sameHands(facts, message) : null)
      )
    case 'hold.placed':
      return closedFirst(facts)
    case 'hold.reviewed':
    case 'hold.released':
      return answerAboutHold(facts, message, said)
    case 'invoice.approved':
    case 'approval.rejected':
    case 'approval.returned':
    case 'approval.delegated':
    case 'approval.recalled':
    case 'approval.renewed':
    case 'approval.rerouted':
      return checkInvoiceApproval(facts, message, said)
    case 'invoice.posted':
      return facts.posting?.postingNumber === said.data.postingNumber
        ? duplicate('the posting is known')
        : null
    case 'payment.cleared':
      return facts.payments.some((payment) => payment.reference === said.data.paymentReference)
        ? duplicate('the payment is known')
        : null
    case 'payment.reversed':
      return answerToReversedPayment(facts, said.data.paymentReference)
    case 'invoice.cancelled':
    case 'invoice.rejected':
      return closedFirst(facts) ?? paidFirst(facts, message)
    case 'invoice.reversed':
      return closedFirst(facts) ?? reversedFirst(facts, message)
    case 'invoice.credited':
      return facts.credits.some((one) => canonicalJson(one) === canonicalJson(said.data))
        ? duplicate('the credit is known')
        : null
    case 'invoice.credit-withdrawn':
      return facts.credits.some((one) => one.creditInvoiceKey === said.data.creditInvoiceKey)
        ? null
        : duplicate('the credit does not count')
    case 'invoice.reopened':
      if (facts.closing === null) return refused('not-closed', 'the invoice is not closed')
      return personOnly(message)
    case 'invoice.disputed':
      return caseOpen(facts, said.data.exceptionId)
    case 'dispute.sent':
    case 'dispute.acknowledged':
    case 'dispute.answered':
    case 'dispute.countered':
    case 'dispute.agreed':
    case 'dispute.settled':
    case 'dispute.withdrawn':
    case 'dispute.expired':
    case 'dispute.closed':
    case 'dispute.offered':
    case 'dispute.accepted':
    case 'dispute.settlement-chosen':
      return answerAboutDispute(facts, message, said)
    case 'debit-memo.posted':
      return answerToDebit(facts, said.data)
    case 'task.added':
      return said.data.exceptionId === null ? null : caseOpen(facts, said.data.exceptionId)
    case 'task.taken':
    case 'task.assigned':
    case 'task.done':
    case 'task.cancelled': {
      const task = facts.tasks?.find(({ taskId }) => taskId === said.data.taskId)
      const refusal = refusalOfTask(task, said.type)
      return refusal === null ? null : refused(refusal.reason, refusal.sentence)
    }
    case 'register.overdue':
    case 'allocation.overdue':
    case 'receipt.overdue':
    case 'approval.overdue':
    case 'approval.expired':
    case 'posting.overdue':
    case 'payment.due':
    case 'dispute.reminder-due':
    case 'dispute.overdue':
    case 'task.reminder-due':
    case 'task.overdue':
    case 'waiting.reminder-due':
    case 'waiting.overdue': {
      const wait = facts.waits[said.data.timerId]
      return wait === undefined || wait.over ? duplicate('nothing waits for it any more') : null
    }
    case 'write-back.answered':
      return null
    case 'case.overdue':
      return checkOverdueCase(facts.cases, said.data)
    case 'case.classified':
    case 'case.assigned':
    case 'case.taken':
    case 'case.waiting':
    case 'case.proposed':
    case 'case.approved':
    case 'case.executing':
    case 'case.resolved':
    case 'case.verified':
    case 'case.closed':
    case 'case.bypassed':
    case 'case.merged':
    case 'case.reopened':
      return answerAboutCase(facts, message, said)
  }
}

/** The master of suppliers is kept by the buyer, and not by whoever entered the invoice (INV-16). */
function answerAboutSupplier(facts: InvoiceFacts, message: Message): Answer | null {
  if (facts.versions.length === 0) {
    return parked('invoice-not-received', 'news of its supplier wait for the invoice itself')
  }
  if (message.actor.kind === 'ai') {
    return refused('not-a-buyer', 'only the buyer says how a supplier stands')
  }
  return sameHands(facts, message)
}

function closedFirst(facts: InvoiceFacts): Answer | null {
  if (facts.closing === null) return null
  return refused('invoice-closed', `the invoice is closed as ${facts.closing.as}: reopen it first`)
}

function notSuspected(facts: InvoiceFacts): Answer | null {
  const isSuspected =
    facts.match?.result.decision === 'suspect-duplicate' && facts.duplicate === null
  return isSuspected
    ? null
    : refused('not-suspected', 'the invoice is not suspected of repeating another')
}

/** A person is told to take the payment back first; a document that comes too late is kept as something to sort out. */
function paidFirst(facts: InvoiceFacts, message: Message): Answer | null {
  if (!isPaid(facts) || message.actor.kind !== 'user') return null
  return refused('already-paid', 'the invoice is paid: reverse the payment first')
}

function reversedFirst(facts: InvoiceFacts, message: Message): Answer | null {
  if (facts.posting !== null) return paidFirst(facts, message)
  return message.actor.kind === 'user'
    ? refused('not-posted', 'the invoice is not booked, so there is no booking to reverse')
    : null
}

function answerToAllocation(facts: InvoiceFacts, order: string, attempt: number): Answer | null {
  const current = facts.attempt?.number ?? 0
  if (attempt > current) {
    return {
      kind: 'parked',
      reason: 'question-not-asked',
      sentence: `the answer of order ${order} is to attempt ${attempt}, which has not begun`,
    }
  }
  const known = facts.answers[order]
  return attempt < current || (known !== undefined && known.attempt >= attempt)
    ? duplicate(`order ${order} answered this question, or a later one was asked`)
    : null
}

function lineMissing(
  facts: InvoiceFacts,
  said: Extract<InvoiceMessage, { readonly type: 'invoice.linked' }>['data'],
): Answer | null {
  if (facts.posting !== null) {
    return refused(
      'already-posted',
      'the invoice is booked: reverse the booking before linking it anew',
    )
  }
  const lines = currentVersion(facts)?.document.lines ?? []
  const missing = said.links.find(
    (link) => !lines.some((line) => line.documentLineNumber === link.invoiceLineNumber),
  )
  if (missing === undefined) return null
  return refused('line-unknown', `the invoice has no line \`${missing.invoiceLineNumber}\``)
}

function answerAboutHold(
  facts: InvoiceFacts,
  message: Message,
  said: Extract<InvoiceMessage, { readonly type: 'hold.reviewed' | 'hold.released' }>,
): Answer | null {
  const hold = facts.holds.find((one) => one.holdId === said.data.holdId)
  if (hold === undefined) return refused('hold-unknown', 'there is no such hold')
  if (!isOpenHold(hold)) {
    return refused('already-released', `hold ${hold.code} is over: it was ${hold.state}`)
  }
  if (said.type === 'hold.reviewed') {
    return hold.state === 'under-review' ? duplicate('somebody looks into it already') : null
  }
  if (hold.releasable === 'never') {
    return refused('never-releasable', `hold ${hold.code} goes only with the invoice`)
  }
  return personOnly(message) ?? sameHands(facts, message) ?? ofDuties(hold)
}

/** Whoever entered an invoice does not let go what stops its payment (INV-16). */
function sameHands(facts: InvoiceFacts, message: Message): Answer | null {
  const own = personsActing(message).find((one) => makersOf(facts).includes(one))
  if (own === undefined || isReleaseCompensated(facts, own)) return null
  return refused(
    'same-person',
    `\`${own}\` entered the invoice, so somebody else has to let go what stops it`,
  )
}

/** Somebody stands for it that who entered this invoice lets its holds go. */
function isReleaseCompensated({ compensations = [] }: InvoiceFacts, person: string): boolean {
  const [did, duty] = ['enter-invoice', 'release-hold'] as const
  return compensations.some((one) => one.person === person && isSamePair(one.duties, [did, duty]))
}

/** What one person did against the separation of duties is no difference that somebody accepts. */
function ofDuties(hold: Hold): Answer | null {
  return hold.code === dutiesHoldCode
    ? refused(
        'duty-conflict',
        `${hold.reason}: let somebody else enter it anew, or stand for it by \`duties.compensated\``,
      )
    : null
}

function answerToReversedPayment(facts: InvoiceFacts, reference: string): Answer | null {
  const payment = facts.payments.find((one) => one.reference === reference)
  if (payment === undefined) {
    return parked(
      'payment-unknown',
      `payment \`${reference}\` was taken back before it was heard of`,
    )
  }
  return payment.reversed ? duplicate('the payment was taken back before') : null
}

function caseOpen(facts: InvoiceFacts, exceptionId: string): Answer | null {
  const known = facts.cases.find((one) => one.exceptionId === exceptionId)
  if (known === undefined) return refused('case-unknown', 'there is no such case')
  return isOpenCase(known) ? null : refused('case-settled', 'the case is settled')
}

/** A debit memo is posted for what was drafted here, once for each number. */
function answerToDebit(
  facts: InvoiceFacts,
  { remedyId, debitNumber, amount }: { remedyId: string; debitNumber: string; amount: Money },
): Answer | null {
  const remedy = remediesOf(facts).find((one) => one.remedyId === remedyId)
  if (remedy === undefined || resolutionEffects[remedy.code].kind !== 'draft-debit') {
    return refused('remedy-unknown', 'no debit memo was drafted under that id')
  }
  if (facts.debits?.some((one) => one.debitNumber === debitNumber) === true) {
    return duplicate('the debit memo is known')
  }
  if (remedy.amount?.currency === amount.currency) return null
  return refused('wrong-currency', `the debit memo was drafted in ${remedy.amount?.currency ?? ''}`)
}

function answerAboutCase(
  facts: InvoiceFacts,
  message: Message,
  command: CaseCommand,
): Answer | null {
  const calendar = facts.calendar ?? officeHours
  const answer = checkCaseCommand(facts.cases, { message, command, calendar })
  if (answer !== null) return answer
  const fact = { type: command.type, data: command.data, by: message.actor } as InvoiceFact
  const asked = remedyAsked(facts, fact)
  const refusal = asked === null ? null : refusalOfRemedy(facts, asked)
  if (refusal !== null) return refused(refusal.reason, refusal.sentence)
  const hold = holdLetGoBy(facts, command)
  return hold === null ? null : (personOnly(message) ?? sameHands(facts, message) ?? ofDuties(hold))
}
