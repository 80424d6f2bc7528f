import type { InvoiceSummary, Runtime } from '@counterfoil/runtime'
import * as z from 'zod'
import { supplierName, tenant } from '../distributor.ts'
import { allRows, heading, table } from './table.ts'

/** Invoices that went through untouched, and those held: why, what clears each hold, and which dates are at risk. */
export async function printForPayables({ queries }: Runtime, evening: string): Promise<void> {
  const invoices = await allRows((cursor) =>
    queries.invoices({ tenant, ...(cursor === undefined ? {} : { cursor }) }),
  )
  const touchless = invoices.filter((one) => one.touchless)
  const held = invoices.filter((one) => one.holds.length > 0)
  console.log(heading('Payables'))
  const share = Math.floor((touchless.length * 100) / Math.max(1, invoices.length))
  console.log(
    `${invoices.length} invoices, ${touchless.length} touchless (${share} %), ${held.length} held`,
  )
  const states = Map.groupBy(invoices, ({ state }) => state)
  console.log(table([...states].map(([state, those]) => [`  ${state}`, String(those.length)])))
  for (const invoice of held) {
    console.log(heldText(invoice, evening.slice(0, 10)))
    for (const text of await disputeTexts(queries, invoice)) console.log(text)
  }
}

function heldText(invoice: InvoiceSummary, today: string): string {
  const { invoiceNumber, supplier, totalAmount, currency, dueDate } = invoice
  const lines = [
    `\n${invoiceNumber} of ${supplierName(supplier)}, ${totalAmount ?? '?'} ${currency}, due ${dueDate ?? 'unknown'}${discountText(invoice, today)}`,
    ...invoice.holds.flatMap(({ code, ownerRole, reason, clearedBy }) => [
      `  held ${code} (${ownerRole}): ${reason}`,
      `    cleared by: ${clearedBy}`,
    ]),
  ]
  return lines.join('\n')
}

/** What is disputed of an invoice, and what was said last. */
const Disputed = z.looseObject({
  facts: z.looseObject({
    disputes: z.array(
      z.looseObject({ state: z.string(), messages: z.array(z.looseObject({ text: z.string() })) }),
    ),
  }),
})

async function disputeTexts(
  queries: Runtime['queries'],
  { invoiceKey: key }: InvoiceSummary,
): Promise<readonly string[]> {
  const detail = await queries.aggregate({ tenant, reference: { kind: 'invoice', key } })
  const { disputes } = Disputed.parse(detail?.state).facts
  return disputes.map(
    ({ state, messages }) =>
      `  disputed with the supplier (${state}): ${messages.at(-1)?.text ?? ''}`,
  )
}

function discountText(
  { discountDate, discountAmount, currency }: InvoiceSummary,
  today: string,
): string {
  if (discountDate === null || discountAmount === null) return ''
  const verb = discountDate < today ? 'lost since' : 'at risk on'
  return `, cash discount of ${discountAmount} ${currency} ${verb} ${discountDate}`
}
