import type { Envelope, TradeDocumentInput } from '@counterfoil/core'

/** One step in the lives of many orders: the same document of each, and when it is handed over. */
export type Step = { readonly at: string; readonly deliveries: readonly Envelope[] }

type Order = { readonly number: string; readonly pieces: number }
type Write = (order: Order, issuedAt: string) => TradeDocumentInput

const life: readonly { readonly at: string; readonly write: Write }[] = [
  { at: '2026-11-23T09:00:00Z', write: (order, at) => anOrder(order, at, 1) },
  { at: '2026-11-23T10:00:00Z', write: (order, at) => anOrder(order, at, 2) },
  { at: '2026-11-23T13:00:00Z', write: anAnswer },
  { at: '2026-11-26T08:00:00Z', write: (order, at) => aShipNotice(order, at, '1') },
  { at: '2026-11-26T09:00:00Z', write: (order, at) => aShipNotice(order, at, '2') },
  { at: '2026-11-27T09:00:00Z', write: (order, at) => aCount(order, at, '1') },
  { at: '2026-11-27T10:00:00Z', write: (order, at) => anInvoice(order, at, '1') },
  { at: '2026-11-27T11:00:00Z', write: (order, at) => aCount(order, at, '2') },
  { at: '2026-11-27T12:00:00Z', write: (order, at) => anInvoice(order, at, '2') },
]

/**
 * So many orders of three lines, from the order to the second invoice: the order, its revision, an answer, and for two
 * shipments a ship notice, a count and an invoice, in time and as agreed. Quantities differ from order to order. The
 * orders go through their lives together, so that the documents of one do not follow each other at once.
 */
export function orderLives(orders: number, first = 0): readonly Step[] {
  const numbers = Array.from({ length: orders }, (_, index) => first + index)
  return life.map(({ at, write }) => ({
    at,
    deliveries: numbers.map((number) => ({
      tenant: owner.tenant,
      buyerOrganisation: owner.buyerOrganisation,
      connection: 'bench',
      timeZone: 'Europe/Berlin',
      document: write({ number: `PO${number}`, pieces: 10 + (number % 900_000) }, at),
    })),
  }))
}

const owner = { tenant: 'bench', buyerOrganisation: '0001', supplier: 'S100' } as const
const lineNumbers = ['1', '2', '3']

function anOrder({ number, pieces }: Order, issuedAt: string, version: 1 | 2): TradeDocumentInput {
  const quantityOrdered = String(version * pieces)
  return {
    kind: 'purchase-order',
    ...owner,
    documentNumber: number,
    revision: version - 1,
    issuedAt,
    orderNumber: number,
    version,
    orderType: 'standard',
    currency: 'EUR',
    shipTo: 'DC-NORTH',
    charges: [],
    plannedCosts: [],
    lines: lineNumbers.map((orderLineNumber) => ({
      orderLineNumber,
      lineType: 'item',
      item: itemOf(orderLineNumber),
      description: 'hex bolt M8',
      unitOfMeasure: 'EA',
      quantityOrdered,
      price: { amount: '12.40', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
      discountAmount: '0',
      chargesAmount: '0',
      matchTo: 'receipt',
      deliveryTolerance: { overPercent: '0', underPercent: '0', overUnlimited: false },
      unitConversions: [],
      schedules: [
        {
          scheduleNumber: '1',
          quantityOrdered,
          deliverNotBefore: null,
          requestedDate: '2026-11-27',
          shipTo: 'DC-NORTH',
        },
      ],
    })),
  }
}

function anAnswer({ number, pieces }: Order, issuedAt: string): TradeDocumentInput {
  return {
    kind: 'acknowledgment',
    ...owner,
    documentNumber: `AK-${number}`,
    revision: 0,
    issuedAt,
    orderNumber: number,
    orderVersion: 2,
    decision: 'accepted',
    unlistedLines: 'unanswered',
    lines: lineNumbers.map((orderLineNumber) => ({
      documentLineNumber: orderLineNumber,
      orderLineNumber,
      item: itemOf(orderLineNumber),
      responses: [
        {
          action: 'accept',
          quantity: String(2 * pieces),
          unitOfMeasure: 'EA',
          promisedDate: '2026-11-27',
          dateMeaning: 'delivery',
        },
      ],
    })),
  }
}

function aShipNotice(
  { number, pieces }: Order,
  issuedAt: string,
  shipment: string,
): TradeDocumentInput {
  return {
    kind: 'ship-notice',
    ...owner,
    documentNumber: `ASN-${number}-${shipment}`,
    revision: 0,
    issuedAt,
    purpose: 'original',
    shipDate: '2026-11-26',
    estimatedDeliveryDate: '2026-11-27',
    shipTo: 'DC-NORTH',
    packs: [],
    lines: lineNumbers.map((orderLineNumber) => ({
      documentLineNumber: orderLineNumber,
      orderNumber: number,
      orderLineNumber,
      item: itemOf(orderLineNumber),
      quantityShipped: String(pieces),
      unitOfMeasure: 'EA',
      lots: [],
    })),
  }
}

function aCount({ number, pieces }: Order, issuedAt: string, shipment: string): TradeDocumentInput {
  return {
    kind: 'receipt',
    ...owner,
    documentNumber: `GR-${number}-${shipment}`,
    revision: 0,
    issuedAt,
    receiptType: 'receipt',
    receivedDate: '2026-11-27',
    location: 'DC-NORTH',
    lines: lineNumbers.map((orderLineNumber) => ({
      documentLineNumber: orderLineNumber,
      orderNumber: number,
      orderLineNumber,
      shipNoticeNumber: `ASN-${number}-${shipment}`,
      item: itemOf(orderLineNumber),
      quantity: String(pieces),
      unitOfMeasure: 'EA',
      quantityAccepted: null,
      quantityRejected: null,
      conditions: [],
      lots: [],
      disposition: 'stock',
      final: false,
    })),
  }
}

function anInvoice(
  { number, pieces }: Order,
  issuedAt: string,
  shipment: string,
): TradeDocumentInput {
  const amountOf = (lines: number): string => (lines * pieces * 12.4).toFixed(2)
  return {
    kind: 'invoice',
    ...owner,
    documentNumber: `INV-${number}-${shipment}`,
    revision: 0,
    issuedAt,
    invoiceType: 'standard',
    invoiceDate: '2026-11-27',
    entryDate: null,
    dueDate: '2026-12-28',
    currency: 'EUR',
    charges: [],
    taxes: [],
    allowancesAmount: '0',
    totalAmount: amountOf(lineNumbers.length),
    lines: lineNumbers.map((orderLineNumber) => ({
      documentLineNumber: orderLineNumber,
      orderNumber: number,
      orderLineNumber,
      receiptNumbers: [],
      item: itemOf(orderLineNumber),
      quantity: String(pieces),
      unitOfMeasure: 'EA',
      amount: amountOf(1),
      chargesAmount: '0',
      discountAmount: '0',
    })),
  }
}

function itemOf(orderLineNumber: string): { readonly buyerItem: string } {
  return { buyerItem: `SKU-${orderLineNumber}` }
}
