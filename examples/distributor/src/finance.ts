import { splitKey } from '@counterfoil/core'
import type { InvoiceSummary, Runtime } from '@counterfoil/runtime'
import { tenant } from './distributor.ts'
import { allRows } from './summary/table.ts'

const finance = { kind: 'connector' as const, id: 'finance', roles: [] }

/**
 * Stands in for the finance system, which every evening books what was released and pays what is due or would lose its
 * cash discount by tomorrow. A real one would be told by a connector and answer when it did so.
 */
export async function closeBooks(runtime: Runtime, today: string): Promise<void> {
  for (const invoice of await inState(runtime, 'released')) {
    // In a later run the calendar begins anew, and nothing is booked before it was written.
    if (invoice.invoiceDate <= today) await book(runtime, invoice, today)
  }
  for (const invoice of await inState(runtime, 'payment-ready')) {
    const lastDay = invoice.discountDate ?? invoice.dueDate
    if (lastDay !== null && daysUntil(lastDay, today) <= 1) await pay(runtime, invoice, today)
  }
}

async function inState({ queries }: Runtime, state: string): Promise<readonly InvoiceSummary[]> {
  return allRows((cursor) =>
    queries.invoices({ tenant, state, ...(cursor === undefined ? {} : { cursor }) }),
  )
}

async function book(
  runtime: Runtime,
  { invoiceKey }: InvoiceSummary,
  today: string,
): Promise<void> {
  await runtime.act({
    tenant,
    actor: finance,
    idempotencyKey: `book/${invoiceKey}`,
    aggregate: { kind: 'invoice', key: invoiceKey },
    type: 'invoice.posted',
    data: { postingNumber: `FI-${numberOf(invoiceKey)}`, postedOn: today },
    expectedVersion: null,
  })
}

async function pay(
  runtime: Runtime,
  { invoiceKey, payableAmount, totalAmount }: InvoiceSummary,
  today: string,
): Promise<void> {
  const amount = payableAmount ?? totalAmount
  if (amount === null) return
  await runtime.act({
    tenant,
    actor: finance,
    idempotencyKey: `pay/${invoiceKey}`,
    aggregate: { kind: 'invoice', key: invoiceKey },
    type: 'payment.cleared',
    data: { paymentReference: `PY-${numberOf(invoiceKey)}`, paidOn: today, amount },
    expectedVersion: null,
  })
}

function numberOf(invoiceKey: string): string {
  const [, , supplier = '', number = ''] = splitKey(invoiceKey)
  return `${supplier}-${number}`
}

function daysUntil(day: string, today: string): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000)
}
