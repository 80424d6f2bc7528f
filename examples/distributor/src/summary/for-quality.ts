import { invoiceKey, orderKey, type InvoiceState, type OrderState } from '@counterfoil/core'
import type { Runtime } from '@counterfoil/runtime'
import { buyerOrganisation, tenant } from '../distributor.ts'
import { heading, table } from './table.ts'

/** Goods that are paid for once quality accepted them: what was ordered, received, inspected and billed of each. */
export async function printForQuality(runtime: Runtime): Promise<void> {
  console.log(heading('Quality: what was ordered, received, accepted and billed'))
  const rows: (readonly string[])[] = []
  const reasons: string[] = []
  for (const [orderNumber, documentNumber] of inspected) {
    const name = { tenant, buyerOrganisation }
    const order = await stateOf(runtime, 'order', orderKey({ ...name, orderNumber }))
    const key = invoiceKey({ ...name, supplier: 'V-135', documentNumber, invoiceType: 'standard' })
    const invoice = await stateOf(runtime, 'invoice', key)
    if (order === null || invoice === null) continue
    const {
      order: ordered,
      lines: [line],
    } = (order.state as OrderState).standing
    const currency = ordered?.currency ?? ''
    const { released, match } = (invoice.state as InvoiceState).facts
    for (const { quantities } of line?.schedules ?? []) {
      const { ordered, received, accepted, rejectedByQuality, invoiced } = quantities
      rows.push([
        `${orderNumber}, ${documentNumber}`,
        `ordered ${ordered}`,
        `received ${received}`,
        `accepted ${accepted}, rejected ${rejectedByQuality}`,
        `billed ${invoiced}`,
        released === null
          ? 'not released'
          : `released ${released.payable.amount} ${released.payable.currency}`,
      ])
    }
    const out = match?.result.checks.filter(
      ({ within, discrepancy }) => !within && discrepancy !== null,
    )
    for (const { sentence, varianceAmount } of out ?? []) {
      reasons.push(`${documentNumber}: ${sentence}; ${varianceAmount ?? '0'} ${currency} wait`)
    }
  }
  console.log([table(rows), ...reasons].join('\n'))
}

/** Orders matched four ways, and their invoices. */
const inspected = [
  ['4500049', 'INV-0049'],
  ['4500060', 'INV-0060'],
] as const

function stateOf({ queries }: Runtime, kind: 'order' | 'invoice', key: string) {
  return queries.aggregate({ tenant, reference: { kind, key } })
}
