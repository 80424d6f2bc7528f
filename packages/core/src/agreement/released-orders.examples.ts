import type * as z from 'zod'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { invoiceStatus } from '../invoice-lifecycle/invoice-regions.ts'
import {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from '../purchase-order/purchase-order.examples.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import type { Receipt } from '../receipt/receipt.ts'
import type { World } from '../world/world.ts'
import { anAgreementKey } from './agreement.examples.ts'
import { agreementStatus } from './agreement-standing.ts'
import { type AgreementSums, sumAgreement } from './count-releases.ts'

const ten = {
  amount: '10.00',
  perQuantity: '1',
  perUnitOfMeasure: 'EA',
  priceType: 'contract',
} as const

/** A release of agreement A-1: so many pieces of SKU-1 at 10.00; give only what matters. */
export function aRelease(
  orderNumber: string,
  quantityOrdered: string,
  more: {
    readonly order?: Partial<z.input<typeof PurchaseOrder>>
    readonly line?: Parameters<typeof anOrderLine>[0]
  } = {},
): PurchaseOrder {
  return aPurchaseOrder({
    documentNumber: orderNumber,
    orderNumber,
    orderType: 'blanket-release',
    agreementNumber: 'A-1',
    issuedAt: '2026-11-02T08:00:00Z',
    lines: [
      anOrderLine({
        quantityOrdered,
        price: ten,
        agreementLineNumber: '1',
        schedules: [anOrderSchedule({ quantityOrdered })],
        ...more.line,
      }),
    ],
    ...more.order,
  })
}

/** So many pieces of a release counted at the dock. */
export function goodsOf(
  orderNumber: string,
  quantity: string,
  more: Partial<z.input<typeof Receipt>> = {},
): Receipt {
  const documentNumber = `GR-${orderNumber}`
  return aReceipt({ documentNumber, lines: [aReceiptLine({ orderNumber, quantity })], ...more })
}

/** A release billed: so many pieces for so much. */
export function billOf(orderNumber: string, quantity: string, amount: string): Invoice {
  const documentNumber = `INV-${orderNumber}`
  const line = anInvoiceLine({ orderNumber, quantity, amount, price: ten })
  return anInvoice({ documentNumber, lines: [line] })
}

/** Agreement A-1 as it stands in a world: its status, its sums, and its cases as `code state`. */
export function agreementIn(world: World): {
  readonly status: string
  readonly sums: AgreementSums | null
  readonly cases: readonly string[]
} {
  const facts = world.agreements[anAgreementKey]?.facts
  if (facts === undefined) throw new Error('the world has no agreement A-1')
  const cases = facts.cases.map(({ code, state }) => `${code} ${state}`)
  return { status: agreementStatus(facts), sums: sumAgreement(facts), cases }
}

/** Where the invoice of a release is. */
export function billStatus(world: World, orderNumber: string): string | null {
  const state = world.invoices[`acme/0001/S100/INV-${orderNumber}/standard`]
  return state === undefined ? null : invoiceStatus(state.facts)
}
