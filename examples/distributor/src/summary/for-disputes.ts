import { disputeBalance, invoiceKey, type InvoiceState } from '@counterfoil/core'
import type { Runtime } from '@counterfoil/runtime'
import { buyerOrganisation, tenant } from '../distributor.ts'
import { heading, localTime, moneyText, table } from './table.ts'

/** How a dispute was settled: what both sides said and offered, and where its money is. */
export async function printForDisputes({ queries }: Runtime): Promise<void> {
  const key = invoiceKey({
    tenant,
    buyerOrganisation,
    supplier: 'V-134',
    documentNumber: settledInvoice,
    invoiceType: 'standard',
  })
  const detail = await queries.aggregate({ tenant, reference: { kind: 'invoice', key } })
  if (detail === null) return
  const { facts } = detail.state as InvoiceState
  for (const dispute of facts.disputes) {
    console.log(heading(`Dispute: invoice ${settledInvoice}, ${dispute.state}`))
    console.log(table(dispute.messages.map(({ at, from, text }) => [localTime(at), from, text])))
    for (const { at, from, amount } of dispute.offers ?? []) {
      console.log(`offer of the ${from} at ${localTime(at)}: ${moneyText(amount)}`)
    }
    const { claimed, agreed, received, remaining } = disputeBalance(facts, dispute)
    console.log(
      `claimed ${moneyText(claimed)}, agreed ${moneyText(agreed)}, credited ${moneyText(received)}, still to come ${moneyText(remaining)}`,
    )
  }
}

/** The invoice whose price was disputed and credited. */
const settledInvoice = 'INV-0056'
