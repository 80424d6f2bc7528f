import { invoiceKey } from '@counterfoil/core'
import { type InvoiceSummary, summariseInvoice } from '@counterfoil/runtime'
import { aggregateKeyOf, readNodeIdOf } from '../node/node-id.ts'
import { connectKeys, type CountedConnection, type PageArguments } from '../paging/paging.ts'
import type { Desk } from '../request/desk.ts'
import { oneKeyOf } from '../request/one-key.ts'
import { invoiceStanding } from '../request/standing.ts'

/** An invoice as the schema shows it. */
export type InvoiceNode = InvoiceSummary & { readonly __typename: 'Invoice' }

/** How a query names an invoice. */
export type InvoiceReference = {
  readonly id?: string | null
  readonly number?: {
    readonly buyerOrganisation: string
    readonly supplier: string
    readonly invoiceNumber: string
    readonly invoiceType: string
  } | null
}

/** An invoice of a list as the schema shows it. */
export function asInvoice(summary: InvoiceSummary): InvoiceNode {
  return { __typename: 'Invoice', ...summary }
}

/** The key of an invoice that a query names. Refuses a reference that names none or two. */
export function invoiceKeyIn({ tenant }: Desk, reference: InvoiceReference): string {
  const named = oneKeyOf('invoice', reference)
  if (named.kind === 'id') return aggregateKeyOf(tenant, readNodeIdOf('Invoice', named.id))
  const { invoiceNumber: documentNumber, ...owner } = named.number
  return invoiceKey({ tenant, documentNumber, ...owner })
}

/** The invoice under a key; null where there is none. */
export async function findInvoice(
  { tenant, queries }: Desk,
  key: string,
): Promise<InvoiceNode | null> {
  const summary = await queries.invoice({ tenant, invoiceKey: key })
  return summary === null ? null : asInvoice(summary)
}

/** The invoice under a key, read together with others of its level; null where there is none. */
export async function invoiceAt(desk: Desk, key: string): Promise<InvoiceNode | null> {
  const state = await invoiceStanding(desk, key)
  const summary = state === null ? null : summariseInvoice(state)
  return summary === null ? null : asInvoice(summary)
}

/** A page of the invoices under keys. */
export function invoicesOf(
  desk: Desk,
  keys: readonly string[],
  args: PageArguments,
): Promise<CountedConnection<InvoiceNode>> {
  return connectKeys(keys, args, (key) => invoiceAt(desk, key))
}
