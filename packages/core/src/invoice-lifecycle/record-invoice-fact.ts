import { normaliseInvoiceNumber } from '../identity/identity.ts'
import { currentVersion, isPaid } from './current-invoice.ts'
import { withConflict } from './invoice-conflict.ts'
import { dutyOfFact, withDutyDone } from './invoice-duties.ts'
import type { InvoiceFact, InvoiceFactOf } from './invoice-fact.ts'
import type { InvoiceClosing, InvoiceFacts } from './invoice-state.ts'
import { recordInvoiceApproval } from './record-invoice-approval.ts'
import { recordDispute, recordTask, recordWaiting } from './record-desk-fact.ts'
import { recordInvoiceCase } from './record-invoice-case.ts'
import { recordInvoiceDocument } from './record-invoice-document.ts'
import { recordInvoiceHold } from './record-invoice-hold.ts'
import { recordInvoicePayment } from './record-invoice-payment.ts'
import { recordRemedy, withoutAcceptance } from './record-remedy.ts'

/**
 * Adds what happened to what is known of an invoice. The same facts in another order, or twice, add up to the same; what a
 * person decided names the decision it answers.
 */
export function recordInvoiceFact(facts: InvoiceFacts, fact: InvoiceFact): InvoiceFacts {
  const touched =
    fact.by.kind === 'user' && fact.type !== 'invoice.received' ? touchedBy(facts, fact) : facts
  return withDutyDone(recorded(touched, fact), fact, dutyOfFact(facts, fact))
}

function recorded(facts: InvoiceFacts, fact: InvoiceFact): InvoiceFacts {
  switch (fact.type) {
    case 'invoice.received':
    case 'supplier.changed':
    case 'masters.looked-up':
    case 'ownership.compared':
    case 'extraction.doubted':
    case 'extraction.confirmed':
    case 'invoice.linked':
    case 'register.looked-up':
    case 'allocation.answered':
    case 'match.started':
    case 'invoice.matched':
      return recordInvoiceDocument(facts, fact)
    case 'match.reopened':
      return { ...facts, rematchBecause: fact.data.because }
    case 'rematch.requested':
      return { ...facts, rematchBecause: fact.data.reason }
    case 'policy.changed':
      return { ...facts, rematchBecause: 'the rules in force changed' }
    case 'duplicate.decided':
      return duplicateDecided(facts, fact)
    case 'hold.placed':
    case 'hold.reviewed':
    case 'hold.released':
    case 'invoice.held':
    case 'hold.cured':
    case 'hold.accepted':
    case 'hold.converted':
    case 'hold.cancelled':
      return recordInvoiceHold(facts, fact)
    case 'case.opened':
    case 'case.cured':
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
    case 'case.overdue':
      return recordInvoiceCase(facts, fact)
    case 'approval.requested':
    case 'approval.ruled':
    case 'approval.asked':
    case 'approval.escalated':
    case 'invoice.approved':
    case 'approval.rejected':
    case 'approval.returned':
    case 'approval.delegated':
    case 'approval.recalled':
    case 'approval.rerouted':
    case 'approval.renewed':
    case 'approval.expired':
    case 'approval.superseded':
      return recordInvoiceApproval(facts, fact)
    case 'duties.compensated':
      return compensated(facts, fact)
    case 'invoice.posted':
    case 'payment.cleared':
    case 'payment.reversed':
    case 'invoice.released':
    case 'invoice.partly-released':
    case 'invoice.withheld':
    case 'invoice.credited':
    case 'invoice.credit-withdrawn':
    case 'write-back.answered':
      return recordInvoicePayment(facts, fact)
    case 'invoice.cancelled':
      return cancelled(facts, fact)
    case 'invoice.reversed':
      return reversed(facts, fact)
    case 'invoice.rejected':
      return closed(facts, fact, 'rejected', fact.data.reason)
    case 'invoice.refused':
      return closed(facts, fact, 'rejected', fact.data.because)
    case 'invoice.reopened':
      return reopened(facts, fact)
    case 'correction.applied':
      return closed(
        { ...facts, appliedTo: fact.data.invoiceKey },
        fact,
        'applied',
        'it took effect',
      )
    case 'invoice.disputed':
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
    case 'dispute.ended':
    case 'dispute.effected':
    case 'dispute.lapsed':
      return recordDispute(facts, fact)
    case 'remedy.started':
    case 'remedy.approved':
    case 'remedy.advanced':
    case 'remedy.ended':
    case 'remedy.reopened':
      return recordRemedy(facts, fact)
    case 'match.renewed':
      return renewed(facts, fact)
    case 'debit-memo.posted':
      return { ...facts, debits: [...(facts.debits ?? []), fact.data] }
    case 'task.opened':
    case 'task.added':
    case 'task.taken':
    case 'task.assigned':
    case 'task.done':
    case 'task.cancelled':
    case 'task.dropped':
      return recordTask(facts, fact)
    case 'case.resumed':
      return recordWaiting(facts, fact)
    case 'wait.started':
      return waiting(facts, fact)
    case 'wait.ended':
      return {
        ...facts,
        waits: Object.fromEntries(
          Object.entries(facts.waits).filter(([timerId]) => timerId !== fact.data.timerId),
        ),
      }
    case 'register.overdue':
    case 'allocation.overdue':
    case 'receipt.overdue':
    case 'approval.overdue':
    case 'posting.overdue':
    case 'payment.due':
    case 'dispute.reminder-due':
    case 'dispute.overdue':
      return rang(facts, fact.data.timerId)
    case 'task.reminder-due':
    case 'task.overdue':
      return rang(recordTask(facts, fact), fact.data.timerId)
    case 'waiting.reminder-due':
    case 'waiting.overdue':
      return rang(recordWaiting(facts, fact), fact.data.timerId)
  }
}

function touchedBy(facts: InvoiceFacts, fact: InvoiceFact): InvoiceFacts {
  if (facts.touchedBy.includes(fact.by.id)) return facts
  return { ...facts, touchedBy: [...facts.touchedBy, fact.by.id] }
}

function compensated(
  facts: InvoiceFacts,
  { by, at, data: { duties, person, reason } }: InvoiceFactOf<'duties.compensated'>,
): InvoiceFacts {
  const compensation = { duties, person, approvedBy: by.id, at, reason }
  return { ...facts, compensations: [...(facts.compensations ?? []), compensation] }
}

function duplicateDecided(
  facts: InvoiceFacts,
  fact: InvoiceFactOf<'duplicate.decided'>,
): InvoiceFacts {
  const { decision, reason } = fact.data
  const duplicate = { decision, by: fact.by.id, because: reason }
  if (decision === 'confirmed') {
    return closed({ ...facts, duplicate }, fact, 'duplicate', reason)
  }
  const numbers = (facts.register?.entries ?? []).map((entry) =>
    normaliseInvoiceNumber(entry.invoiceNumber),
  )
  return {
    ...facts,
    duplicate,
    clearedNumbers: [...new Set([...facts.clearedNumbers, ...numbers])].toSorted(),
    rematchBecause: `\`${fact.by.id}\` said it is no duplicate: ${reason}`,
  }
}

/** Closing is decided once; what would close an invoice that is closed or paid is kept as something to sort out. */
function closed(
  facts: InvoiceFacts,
  fact: InvoiceFact,
  as: InvoiceClosing['as'],
  because: string,
): InvoiceFacts {
  const version = currentVersion(facts)
  if (facts.closing !== null || version === null) return facts
  const closing = { as, at: fact.at, by: fact.by.id, because, documentHash: version.hash }
  return { ...facts, closing, released: null, partlyReleased: null, rematchBecause: null }
}

function cancelled(facts: InvoiceFacts, fact: InvoiceFactOf<'invoice.cancelled'>): InvoiceFacts {
  const { reason, documentNumber } = fact.data
  if (!isPaid(facts)) return closed(facts, fact, 'cancelled', reason)
  return withConflict(facts, {
    conflictId: `cancelled/${documentNumber ?? fact.id}`,
    code: 'CONFLICTING_DOCUMENT',
    sentence: `the invoice was cancelled after it was paid (${reason}): ask for a credit or the money back`,
  })
}

function reversed(facts: InvoiceFacts, fact: InvoiceFactOf<'invoice.reversed'>): InvoiceFacts {
  if (isPaid(facts)) {
    return withConflict(facts, {
      conflictId: `reversed/${fact.data.documentNumber ?? fact.id}`,
      code: 'CONFLICTING_DOCUMENT',
      sentence: `the invoice was reversed after it was paid (${fact.data.reason}): ask for the money back`,
    })
  }
  return {
    ...facts,
    posting: null,
    released: null,
    partlyReleased: null,
    match: null,
    rematchBecause: `its posting was reversed: ${fact.data.reason}`,
  }
}

function reopened(facts: InvoiceFacts, fact: InvoiceFactOf<'invoice.reopened'>): InvoiceFacts {
  if (facts.closing === null) return facts
  const wasDuplicate = facts.closing.as === 'duplicate'
  return {
    ...facts,
    closing: null,
    appliedTo: null,
    match: null,
    duplicate: wasDuplicate ? null : facts.duplicate,
    rematchBecause: `\`${fact.by.id}\` took it up again: ${fact.data.reason}`,
  }
}

/** A case that is taken up again takes back that its difference was let pass. */
function renewed(facts: InvoiceFacts, fact: InvoiceFactOf<'match.renewed'>): InvoiceFacts {
  const { exceptionId, because, withdrawsAcceptance } = fact.data
  const next = { ...facts, rematchBecause: because }
  return withdrawsAcceptance === true ? withoutAcceptance(next, exceptionId) : next
}

function waiting(facts: InvoiceFacts, fact: InvoiceFactOf<'wait.started'>): InvoiceFacts {
  const { timerId, type, dueAt } = fact.data
  return { ...facts, waits: { ...facts.waits, [timerId]: { type, dueAt, over: false } } }
}

/** The clock of a wait rang; the wait stays until what it waits for comes. */
function rang(facts: InvoiceFacts, timerId: string): InvoiceFacts {
  const wait = facts.waits[timerId]
  if (wait === undefined) return facts
  return { ...facts, waits: { ...facts.waits, [timerId]: { ...wait, over: true } } }
}
