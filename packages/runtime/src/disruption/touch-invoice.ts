import { currentInvoice, type InvoiceState, type Money } from '@counterfoil/core'
import { summariseInvoice } from '../views/invoice-rows.ts'
import { openCasesOf } from './open-cases.ts'
import type { TouchedInvoice } from './touched.ts'
import { waitingApprovals } from './waiting-approvals.ts'

/** An invoice with what is at stake on it; null where it is settled. Whether a disruption touches it is for its orders to say. */
export function touchInvoice(state: InvoiceState): TouchedInvoice | null {
  const summary = summariseInvoice(state)
  const invoice = currentInvoice(state.facts)
  if (summary === null || invoice === null || !summary.open) return null
  const { totalAmount, currency } = invoice
  const total: Money | null = totalAmount === null ? null : { amount: totalAmount, currency }
  return {
    kind: 'invoice',
    reference: { kind: 'invoice', key: state.key },
    version: state.sequence,
    buyerOrganisation: summary.buyerOrganisation,
    supplier: summary.supplier,
    state: summary.state,
    openCases: openCasesOf(state.facts.cases),
    invoiceNumber: summary.invoiceNumber,
    invoiceType: summary.invoiceType,
    orderNumbers: summary.orderNumbers,
    total,
    dueDate: summary.dueDate,
    approvals: waitingApprovals(state.facts.approvals),
  }
}
