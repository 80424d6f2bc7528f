import {
  type Approval,
  currentInvoice,
  currentStep,
  type InvoiceState,
  isOpenApproval,
  type Money,
} from '@counterfoil/core'
import { summariseInvoice } from '../views/invoice-rows.ts'
import { openCasesOf } from './open-cases.ts'
import type { TouchedInvoice } from './touched.ts'

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
    approvals: state.facts.approvals.filter(isOpenApproval).flatMap((approval) =>
      waitingRoles(approval).map((approverRole) => ({
        approvalId: approval.approvalId,
        approverRole,
      })),
    ),
  }
}

/** The roles an approval is asked of now that have not agreed. */
function waitingRoles(approval: Approval): readonly string[] {
  const { progress } = approval
  const agreed = new Set(
    (progress?.answers ?? [])
      .filter(({ step, answer }) => step === progress?.step && answer === 'approved')
      .map(({ asRole }) => asRole),
  )
  const roles = currentStep(approval)?.roles ?? [approval.approverRole]
  return roles.filter((role) => !agreed.has(role))
}
