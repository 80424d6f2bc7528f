import {
  BillingFact,
  type Invoice,
  instant,
  type MatchInput,
  type OrderMatchView,
  RegisteredInvoice,
  viewOrder,
} from '@counterfoil/core'
import { caseDefaults, invoiceTypeOf, isGiven } from './case-defaults.ts'
import { invoiceOf } from './case-invoice.ts'
import { orderOf } from './case-order.ts'
import { receiptOf, shipNoticeOf } from './case-receipts.ts'
import { type UnitCodes, unitCodes } from './case-units.ts'
import type { CaseBilling, CaseGiven, CaseHistory } from './match-case.ts'

/** Everything of a match but the policy and the attempt. */
export type CaseDocuments = Omit<MatchInput, 'policy' | 'attempt'>

/** The documents of a case as canonical ones. Throws where a document cannot be made of it. */
export function caseDocuments(one: CaseGiven): CaseDocuments {
  const codes = unitCodes()
  const invoice = invoiceOf(one, codes)
  const now = instant(`${invoice.entryDate ?? invoice.invoiceDate}T12:00:00Z`)
  return {
    invoice,
    invoiceKey: `${caseDefaults.tenant}/${one.id}`,
    orders: [orderView(one, invoice, codes)],
    register: (one.invoiceHistory ?? []).map((entry) => registered(entry, invoice)),
    now,
    ...(isGiven(one.systemTax)
      ? { expectedTaxAmount: BillingFact.shape.amount.parse(one.systemTax) }
      : {}),
  }
}

function orderView(one: CaseGiven, invoice: Invoice, codes: UnitCodes): OrderMatchView {
  const order = orderOf(one, invoice, codes)
  const counted = (one.receipts ?? []).filter(({ qty }) => !isZero(qty))
  const unitOf = (poLine: string) => one.po.lines.find(({ id }) => id === poLine)?.uom
  const receipts = counted.map((receipt, index) =>
    receiptOf(receipt, {
      order,
      index,
      unit: codes(receipt.uom ?? unitOf(receipt.poLine) ?? unitDefault),
    }),
  )
  const shipNotices = counted.flatMap((receipt, index) => {
    const counting = receipts[index]
    return isGiven(receipt.asnQty) && counting !== undefined && !isZero(receipt.asnQty)
      ? [shipNoticeOf(receipt.asnQty, counting, order)]
      : []
  })
  const billings = (one.priorInvoices ?? []).flatMap((prior, index) =>
    prior.lines.map((line) =>
      billingOf(prior, line, {
        index,
        unit: codes(line.uom ?? unitOf(line.poLine) ?? unitDefault),
      }),
    ),
  )
  return viewOrder({ order, receipts, shipNotices, billings })
}

const unitDefault = caseDefaults.unitOfMeasure

function billingOf(
  prior: CaseBilling,
  line: CaseBilling['lines'][number],
  { index, unit }: { readonly index: number; readonly unit: string },
): BillingFact {
  return BillingFact.parse({
    invoiceNumber: prior.id ?? `earlier invoice ${index + 1}`,
    invoiceType: invoiceTypeOf(prior.type),
    orderLineNumber: line.poLine,
    quantity: line.qty,
    unitOfMeasure: unit,
    amount: line.amount,
    chargesAmount: '0',
    discountAmount: '0',
  })
}

/** The register does not say what kind of invoice it lists, or its currency: as this one, then. */
function registered(entry: CaseHistory, invoice: Invoice): RegisteredInvoice {
  return RegisteredInvoice.parse({
    supplier: entry.supplier,
    supplierName: null,
    invoiceNumber: entry.number,
    invoiceType: invoice.invoiceType,
    invoiceDate: entry.date ?? caseDefaults.invoiceDate,
    totalAmount: entry.total ?? null,
    currency: invoice.currency,
    cancelled: false,
  })
}

function isZero(quantity: string): boolean {
  return /^-?0*(?:\.0*)?$/.test(quantity)
}
