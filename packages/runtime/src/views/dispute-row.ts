import {
  type Dispute,
  disputeBalance,
  disputeTimer,
  instant,
  type InvoiceFacts,
  isOpenDispute,
  splitKey,
} from '@counterfoil/core'
import type { ViewRow } from '../store/stored-records.ts'
import type { DisputeSummary } from './summaries.ts'

/** The work-queue row of a dispute: who answers for its case, and until when the supplier has time to answer. */
export function disputeRow(summary: DisputeSummary, supplier: string | null): ViewRow {
  return {
    view: 'dispute',
    id: summary.disputeId,
    buyerOrganisation: splitKey(summary.invoiceKey)[1] ?? '',
    supplier,
    state: summary.state,
    open: isOpenDispute(summary),
    ownerRole: summary.ownerRole,
    openedAt: summary.openedAt,
    dueAt: summary.answerDueAt,
    body: summary,
  }
}

/** Every dispute of an invoice, with where its money is. */
export function summariseDisputes(facts: InvoiceFacts): readonly DisputeSummary[] {
  return facts.disputes.map((dispute) => summaryOf(facts, dispute))
}

function summaryOf(facts: InvoiceFacts, dispute: Dispute): DisputeSummary {
  const of = facts.cases.find(({ exceptionId }) => exceptionId === dispute.exceptionId)
  const wait = facts.waits[disputeTimer(facts, dispute)]
  return {
    ...dispute,
    invoiceKey: facts.invoiceKey,
    ownerRole: of?.owner.role ?? null,
    answerDueAt: wait === undefined ? null : instant(wait.dueAt),
    balance: disputeBalance(facts, dispute),
  }
}
