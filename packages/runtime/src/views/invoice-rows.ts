import {
  cashDiscountOf,
  clearedBy,
  currentInvoice,
  describePayable,
  type Invoice,
  type InvoiceFacts,
  invoiceStatus,
  type InvoiceState,
  isOpenHold,
} from '@counterfoil/core'
import type { ViewRow } from '../store/stored-records.ts'
import { caseRow } from './case-row.ts'
import { driftRows } from './drift-rows.ts'
import { disputeRow, summariseDisputes } from './dispute-row.ts'
import { dayMoment } from './day-moment.ts'
import { holdRow } from './hold-row.ts'
import type { HoldSummary, InvoiceSummary } from './summaries.ts'
import { taskRow } from './task-row.ts'

/** What the lists show of an invoice: the invoice itself, each of its holds, cases, tasks and disputes. */
export function invoiceRows(state: InvoiceState): readonly ViewRow[] {
  const summary = summariseInvoice(state)
  if (summary === null) return []
  const { buyerOrganisation, supplier } = summary
  const invoice: ViewRow = {
    view: 'invoice',
    id: state.key,
    buyerOrganisation,
    supplier,
    state: summary.state,
    open: summary.open,
    ownerRole: null,
    openedAt: state.facts.versions[0]?.receivedAt ?? null,
    dueAt: summary.dueDate === null ? null : dayMoment(summary.dueDate),
    body: summary,
  }
  return [
    invoice,
    ...summariseHolds(state.facts).map((hold) => holdRow(hold, supplier)),
    ...state.facts.cases.map((one) => caseRow(one, supplier)),
    ...driftRows({ kind: 'invoice', key: state.key }, state.facts.drift, supplier),
    ...(state.facts.tasks ?? []).map((task) => taskRow(task, supplier)),
    ...summariseDisputes(state.facts).map((dispute) => disputeRow(dispute, supplier)),
  ]
}

/** An invoice in one row of a list; null before the invoice itself came. */
export function summariseInvoice(state: InvoiceState): InvoiceSummary | null {
  const { facts } = state
  const invoice = currentInvoice(facts)
  if (invoice === null) return null
  const payable = describePayable(state, { today: invoice.invoiceDate, warnDays: 0 })
  const discount = cashDiscountOf(facts)
  const status = invoiceStatus(facts)
  return {
    invoiceKey: state.key,
    buyerOrganisation: invoice.buyerOrganisation,
    supplier: invoice.supplier,
    invoiceNumber: invoice.documentNumber,
    invoiceType: invoice.invoiceType,
    state: status,
    open: facts.closing === null && status !== 'paid',
    decision: facts.match?.result.decision ?? null,
    touchless: payable?.touchless ?? false,
    orderNumbers: orderNumbersOf(invoice),
    currency: invoice.currency,
    totalAmount: payable?.total.amount ?? null,
    payableAmount: payable?.payable?.amount ?? null,
    invoiceDate: invoice.invoiceDate,
    dueDate: payable?.dueDate ?? null,
    discountDate: discount?.lastDay ?? null,
    discountAmount: discount?.amount.amount ?? null,
    holds: summariseHolds(facts).filter(isOpenHold),
  }
}

/** Every hold the invoice ever had, with what would clear it. */
export function summariseHolds(facts: InvoiceFacts): readonly HoldSummary[] {
  return facts.holds.map((hold) => ({ ...hold, clearedBy: clearedBy(facts, hold) }))
}

function orderNumbersOf({ lines }: Invoice): string[] {
  const numbers = lines.flatMap(({ orderNumber }) => (orderNumber === null ? [] : [orderNumber]))
  return [...new Set(numbers)]
}
