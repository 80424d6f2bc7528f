import type { Envelope, TradeDocumentInput } from '@counterfoil/core'

/** A paper of an order, and when it is handed over. */
export type Handover = { readonly at: string; readonly delivery: Envelope }

const owner = { tenant: 'bench', buyerOrganisation: '0001', supplier: 'S100' } as const

/** An order of so many lines from the order to the invoice, all as agreed: order, answer, ship notice, count and invoice. */
export function largeOrderPapers(orderNumber: string, lines: number): readonly Handover[] {
  const numbers = Array.from({ length: lines }, (_, index) => String(index + 1))
  return papers.map(({ at, write }) => ({
    at,
    delivery: {
      tenant: owner.tenant,
      buyerOrganisation: owner.buyerOrganisation,
      connection: 'bench',
      timeZone: 'Europe/Berlin',
      document: write({ orderNumber, numbers, issuedAt: at }),
    },
  }))
}

type Written = {
  readonly orderNumber: string
  readonly numbers: readonly string[]
  readonly issuedAt: string
}

const itemOf = (number: string) => ({ buyerItem: `SKU-${number}` })
const counted = { quantity: '10', unitOfMeasure: 'EA' } as const

const papers: readonly {
  readonly at: string
  readonly write: (written: Written) => TradeDocumentInput
}[] = [
  { at: '2026-11-23T09:00:00Z', write: anOrder },
  { at: '2026-11-23T13:00:00Z', write: anAnswer },
  { at: '2026-11-26T08:00:00Z', write: aShipNotice },
  { at: '2026-11-27T09:00:00Z', write: aCount },
  { at: '2026-11-27T10:00:00Z', write: anInvoice },
]

function anOrder({ orderNumber, numbers, issuedAt }: Written): TradeDocumentInput {
  return {
    kind: 'purchase-order',
    ...owner,
    documentNumber: orderNumber,
    revision: 0,
    issuedAt,
    orderNumber,
    version: 1,
    orderType: 'standard',
    currency: 'EUR',
    shipTo: 'DC-NORTH',
    charges: [],
    plannedCosts: [],
    lines: numbers.map((orderLineNumber) => ({
      orderLineNumber,
      lineType: 'item',
      item: itemOf(orderLineNumber),
      description: 'hex bolt M8',
      unitOfMeasure: 'EA',
      quantityOrdered: '10',
      price: { amount: '1.25', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
      discountAmount: '0',
      chargesAmount: '0',
      matchTo: 'order',
      deliveryTolerance: { overPercent: '0', underPercent: '0', overUnlimited: false },
      unitConversions: [],
      schedules: [
        {
          scheduleNumber: '1',
          quantityOrdered: '10',
          deliverNotBefore: null,
          requestedDate: '2026-11-27',
          shipTo: 'DC-NORTH',
        },
      ],
    })),
  }
}

function anAnswer({ orderNumber, numbers, issuedAt }: Written): TradeDocumentInput {
  return {
    kind: 'acknowledgment',
    ...owner,
    documentNumber: `AK-${orderNumber}`,
    revision: 0,
    issuedAt,
    orderNumber,
    orderVersion: 1,
    decision: 'accepted',
    unlistedLines: 'unanswered',
    lines: numbers.map((orderLineNumber) => ({
      documentLineNumber: orderLineNumber,
      orderLineNumber,
      item: itemOf(orderLineNumber),
      responses: [
        { action: 'accept', ...counted, promisedDate: '2026-11-27', dateMeaning: 'delivery' },
      ],
    })),
  }
}

function aShipNotice({ orderNumber, numbers, issuedAt }: Written): TradeDocumentInput {
  return {
    kind: 'ship-notice',
    ...owner,
    documentNumber: `ASN-${orderNumber}`,
    revision: 0,
    issuedAt,
    purpose: 'original',
    shipDate: '2026-11-26',
    estimatedDeliveryDate: '2026-11-27',
    shipTo: 'DC-NORTH',
    packs: [],
    lines: numbers.map((orderLineNumber) => ({
      documentLineNumber: orderLineNumber,
      orderNumber,
      orderLineNumber,
      item: itemOf(orderLineNumber),
      quantityShipped: '10',
      unitOfMeasure: 'EA',
      lots: [],
    })),
  }
}

function aCount({ orderNumber, numbers, issuedAt }: Written): TradeDocumentInput {
  return {
    kind: 'receipt',
    ...owner,
    documentNumber: `GR-${orderNumber}`,
    revision: 0,
    issuedAt,
    receiptType: 'receipt',
    receivedDate: '2026-11-27',
    location: 'DC-NORTH',
    lines: numbers.map((orderLineNumber) => ({
      documentLineNumber: orderLineNumber,
      orderNumber,
      orderLineNumber,
      shipNoticeNumber: `ASN-${orderNumber}`,
      item: itemOf(orderLineNumber),
      ...counted,
      quantityAccepted: null,
      quantityRejected: null,
      conditions: [],
      lots: [],
      disposition: 'stock',
      final: false,
    })),
  }
}

function anInvoice({ orderNumber, numbers, issuedAt }: Written): TradeDocumentInput {
  return {
    kind: 'invoice',
    ...owner,
    documentNumber: `INV-${orderNumber}`,
    revision: 0,
    issuedAt,
    invoiceType: 'standard',
    invoiceDate: '2026-11-27',
    entryDate: null,
    dueDate: null,
    currency: 'EUR',
    charges: [],
    taxes: [],
    allowancesAmount: '0',
    totalAmount: null,
    lines: numbers.map((orderLineNumber) => ({
      documentLineNumber: orderLineNumber,
      orderNumber,
      orderLineNumber,
      receiptNumbers: [],
      item: itemOf(orderLineNumber),
      ...counted,
      amount: '12.50',
      chargesAmount: '0',
      discountAmount: '0',
    })),
  }
}
