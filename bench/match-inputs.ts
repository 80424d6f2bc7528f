import {
  Invoice,
  instant,
  type MatchInput,
  PurchaseOrder,
  Receipt,
  viewOrder,
} from '@counterfoil/core'
import { canonicalPolicy } from './canonical-policy.ts'
import { seededRandom } from './random.ts'

const owner = { tenant: 'bench', buyerOrganisation: '1', supplier: 'S1' }

/** Invoices of one to twenty lines with their order and receipts: most agree, some are dear, some short. */
export function matchInputs(count: number): readonly MatchInput[] {
  const random = seededRandom(7)
  const policy = canonicalPolicy()
  return Array.from({ length: count }, (_, index) => matchInput(index, random, policy))
}

function matchInput(index: number, random: () => number, policy: MatchInput['policy']): MatchInput {
  const orderNumber = `PO${index}`
  const lines = Array.from({ length: 1 + Math.floor(random() * 20) }, (_, line) =>
    aLine(line + 1, random),
  )
  const order = PurchaseOrder.parse({
    kind: 'purchase-order',
    ...owner,
    documentNumber: orderNumber,
    revision: 0,
    issuedAt: '2026-11-01T00:00:00Z',
    orderNumber,
    version: 1,
    orderType: 'standard',
    currency: 'USD',
    shipTo: null,
    lines: lines.map((line) => line.ordered),
    charges: [],
    plannedCosts: [],
  })
  const receipt = Receipt.parse({
    kind: 'receipt',
    ...owner,
    documentNumber: `GR${index}`,
    revision: 0,
    issuedAt: '2026-11-10T00:00:00Z',
    receiptType: 'receipt',
    receivedDate: '2026-11-10',
    location: null,
    lines: lines.map(({ received }) => ({ ...received, orderNumber })),
  })
  const invoice = Invoice.parse({
    kind: 'invoice',
    ...owner,
    documentNumber: `INV${index}`,
    revision: 0,
    issuedAt: '2026-11-12T00:00:00Z',
    invoiceType: 'standard',
    invoiceDate: '2026-11-12',
    entryDate: '2026-11-12',
    dueDate: null,
    currency: 'USD',
    lines: lines.map(({ billed }) => ({ ...billed, orderNumber })),
    charges: [],
    taxes: [],
    allowancesAmount: '0',
    totalAmount: cents(lines.reduce((sum, { amountCents }) => sum + amountCents, 0)),
  })
  return {
    invoice,
    invoiceKey: `bench/1/S1/INV${index}/standard`,
    attempt: 1,
    orders: [viewOrder({ order, receipts: [receipt] })],
    register: [],
    policy,
    now: instant('2026-11-12T08:00:00Z'),
  }
}

function aLine(line: number, random: () => number) {
  const number = String(line)
  const quantity = 1 + Math.floor(random() * 500)
  const priceCents = 50 + Math.floor(random() * 20_000)
  const received = random() < 0.05 ? Math.ceil(quantity * 0.8) : quantity
  const billedCents = random() < 0.08 ? Math.round(priceCents * 1.07) : priceCents
  const item = { buyerItem: `I${line}` }
  const price = {
    amount: cents(priceCents),
    perQuantity: '1',
    perUnitOfMeasure: 'EA',
    priceType: 'firm',
  }
  const amountCents = quantity * billedCents
  return {
    amountCents,
    ordered: {
      orderLineNumber: number,
      lineType: 'item',
      item,
      description: 'goods',
      unitOfMeasure: 'EA',
      quantityOrdered: String(quantity),
      price,
      discountAmount: '0',
      chargesAmount: '0',
      matchTo: 'order',
      deliveryTolerance: { overPercent: '0', underPercent: '0', overUnlimited: false },
      unitConversions: [],
      schedules: [
        {
          scheduleNumber: '1',
          quantityOrdered: String(quantity),
          deliverNotBefore: null,
          requestedDate: '2026-11-10',
          shipTo: null,
        },
      ],
    },
    received: {
      documentLineNumber: number,
      orderLineNumber: number,
      item,
      quantity: String(received),
      unitOfMeasure: 'EA',
      quantityAccepted: null,
      quantityRejected: null,
      conditions: [],
      lots: [],
      disposition: 'stock',
      final: false,
    },
    billed: {
      documentLineNumber: number,
      orderLineNumber: number,
      receiptNumbers: [],
      item,
      quantity: String(quantity),
      unitOfMeasure: 'EA',
      price: { ...price, amount: cents(billedCents) },
      amount: cents(amountCents),
      chargesAmount: '0',
      discountAmount: '0',
    },
  }
}

function cents(amount: number): string {
  return (amount / 100).toFixed(2)
}
