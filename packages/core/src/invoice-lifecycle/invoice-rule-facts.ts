import type { ApprovalDecisionType } from '../approval/approval-requirement.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import type { ExceptionCode } from '../exception/exception.ts'
import type { Money } from '../money/money.ts'
import type { PolicyFacts } from '../policy/policy.ts'
import { currentInvoice } from './current-invoice.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** What the rules may look at of an invoice when they are asked about it as a whole. */
export function invoiceFactsForRules(facts: InvoiceFacts): Record<string, unknown> {
  const invoice = currentInvoice(facts)
  if (invoice === null) return {}
  const { supplier, buyerOrganisation, invoiceType, currency, origin } = invoice
  return { supplier, buyerOrganisation, invoiceType, currency, channel: origin?.channel ?? null }
}

/** What the approval rules look at when somebody is to agree to something about an invoice. */
export function approvalFactsForRules(
  facts: InvoiceFacts,
  asked: {
    readonly decisionType: ApprovalDecisionType
    readonly exposure: Money | null
    readonly exceptionCode: ExceptionCode | null
    readonly discrepancy: Discrepancy | null
  },
): PolicyFacts {
  const invoice = currentInvoice(facts)
  const { discrepancy, ...approval } = asked
  return {
    // It is the books that ask, not a person.
    approval: { ...approval, requesterRoles: [] },
    invoice: {
      ...invoiceFactsForRules(facts),
      number: invoice?.documentNumber ?? null,
      type: invoice?.invoiceType ?? null,
      invoiceDate: invoice?.invoiceDate ?? null,
      totalAmount: invoice?.totalAmount ?? null,
      matchLevel: null,
    },
    supplier: invoice === null ? null : { id: invoice.supplier },
    discrepancy,
  }
}
