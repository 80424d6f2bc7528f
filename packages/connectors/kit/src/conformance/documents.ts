import { TradeDocument, type TradeDocumentKind } from '@counterfoil/core'

/** Who every document of the suite is from and for. */
export const owner = { tenant: 'acme', buyerOrganisation: '0001', supplier: 'S100' } as const

/** A document of a kind under a number. */
export function aDocument(kind: TradeDocumentKind, documentNumber: string): TradeDocument {
  return TradeDocument.parse({
    kind,
    ...owner,
    documentNumber,
    revision: 0,
    issuedAt: '2026-11-25T08:00:00Z',
    ...contentOf(kind, documentNumber),
  })
}

const item = { buyerItem: 'SKU-1' }
const pieces = { unitOfMeasure: 'EA' }
const ordered = { orderNumber: '4711', orderLineNumber: '1' }
const price = { amount: '12.40', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' }

function contentOf(kind: TradeDocumentKind, documentNumber: string): object {
  switch (kind) {
    case 'purchase-order':
      return { ...orderContent, orderNumber: documentNumber }
    case 'change-request':
      return {
        orderNumber: '4711',
        initiator: 'supplier',
        basedOnVersion: 1,
        differences: [{ path: 'lines/1/quantityOrdered', from: '10', to: '8' }],
      }
    case 'acknowledgment':
      return acknowledgmentContent
    case 'ship-notice':
      return shipNoticeContent
    case 'milestone':
      return {
        shipNoticeNumber: 'ASN-1',
        code: 'departed',
        timeMeaning: 'actual',
        at: '2026-11-25T08:00:00Z',
      }
    case 'receipt':
      return receiptContent
    case 'inspection':
      return {
        receiptNumber: 'GR-1',
        receiptLineNumber: '1',
        ...ordered,
        quantityAccepted: '9',
        quantityRejected: '1',
        disposition: 'stock',
      }
    case 'invoice':
      return invoiceContent
    case 'purchase-agreement':
      return agreementContent
  }
}

const agreementContent = {
  agreementType: 'blanket',
  version: 1,
  currency: 'EUR',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  amountLimit: '10000.00',
  lines: [
    {
      agreementLineNumber: '1',
      item,
      description: 'hex bolt M8',
      ...pieces,
      price,
      unitConversions: [],
    },
  ],
}

const orderContent = {
  version: 1,
  orderType: 'standard',
  currency: 'EUR',
  shipTo: 'DC-NORTH',
  charges: [],
  plannedCosts: [],
  lines: [
    {
      orderLineNumber: '1',
      lineType: 'item',
      item,
      description: 'hex bolt M8',
      ...pieces,
      quantityOrdered: '10',
      price,
      discountAmount: '0',
      chargesAmount: '0',
      matchTo: 'receipt',
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
    },
  ],
}

const acknowledgmentContent = {
  orderNumber: '4711',
  orderVersion: 1,
  decision: 'accepted',
  unlistedLines: 'unanswered',
  lines: [
    {
      documentLineNumber: '1',
      orderLineNumber: '1',
      item,
      responses: [
        {
          action: 'accept',
          quantity: '10',
          ...pieces,
          promisedDate: '2026-11-27',
          dateMeaning: 'delivery',
        },
      ],
    },
  ],
}

const shipNoticeContent = {
  purpose: 'original',
  shipDate: '2026-11-25',
  estimatedDeliveryDate: '2026-11-27',
  shipTo: 'DC-NORTH',
  packs: [],
  lines: [
    { documentLineNumber: '1', ...ordered, item, quantityShipped: '10', ...pieces, lots: [] },
  ],
}

const receiptContent = {
  receiptType: 'receipt',
  receivedDate: '2026-11-27',
  location: 'DC-NORTH',
  lines: [
    {
      documentLineNumber: '1',
      ...ordered,
      item,
      quantity: '10',
      ...pieces,
      quantityAccepted: null,
      quantityRejected: null,
      conditions: [],
      lots: [],
      disposition: 'stock',
      final: false,
    },
  ],
}

const invoiceContent = {
  invoiceType: 'standard',
  invoiceDate: '2026-11-28',
  entryDate: null,
  dueDate: '2026-12-28',
  currency: 'EUR',
  charges: [],
  taxes: [],
  allowancesAmount: '0',
  totalAmount: '124.00',
  lines: [
    {
      documentLineNumber: '1',
      ...ordered,
      receiptNumbers: [],
      item,
      quantity: '10',
      ...pieces,
      price,
      amount: '124.00',
      chargesAmount: '0',
      discountAmount: '0',
    },
  ],
}
