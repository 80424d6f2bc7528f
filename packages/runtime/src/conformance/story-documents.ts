import type { Envelope, TradeDocumentInput } from '@counterfoil/core'

/** The whole life of an order of a tenant, as its partners write it: order, answer, ship notice, count and invoice. */
export function wholeLife(tenant = 'acme'): readonly TradeDocumentInput[] {
  const before = [theOrder, theAcknowledgment, theShipNotice].map((write) => write({ tenant }))
  return [...before, aCount('10', { tenant }), theInvoice('124.00', { tenant })]
}

/** Builds a delivery of the story from what matters about it. */
type Given<Kind extends TradeDocumentInput['kind']> = Partial<
  Extract<TradeDocumentInput, { readonly kind: Kind }>
>

const owner = { buyerOrganisation: '0001', supplier: 'S100', revision: 0 } as const
const item = { buyerItem: 'SKU-1' }
const ordered = { orderNumber: '4711', orderLineNumber: '1' } as const
const price = {
  amount: '12.40',
  perQuantity: '1',
  perUnitOfMeasure: 'EA',
  priceType: 'firm',
} as const

/** A document as its partner hands it over. */
export function delivered(document: TradeDocumentInput): Envelope {
  const { tenant, buyerOrganisation } = document
  return { tenant, buyerOrganisation, connection: 'story', timeZone: 'Europe/Berlin', document }
}

/** Order 4711 over 10 pieces at 12.40, wanted on 27 November. */
export function theOrder(given: Given<'purchase-order'> = {}): TradeDocumentInput {
  return {
    kind: 'purchase-order',
    tenant: 'acme',
    ...owner,
    documentNumber: '4711',
    issuedAt: '2026-11-24T09:00:00Z',
    orderNumber: '4711',
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
        unitOfMeasure: 'EA',
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
    ...given,
  }
}

/** Agreement A-1 over 200.00 of SKU-1 at 12.40, good for the year. */
export function theAgreement(given: Given<'purchase-agreement'> = {}): TradeDocumentInput {
  return {
    kind: 'purchase-agreement',
    tenant: 'acme',
    ...owner,
    documentNumber: 'A-1',
    issuedAt: '2026-01-05T09:00:00Z',
    agreementType: 'blanket',
    version: 1,
    currency: 'EUR',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    amountLimit: '200.00',
    lines: [
      {
        agreementLineNumber: '1',
        item,
        description: 'hex bolt M8',
        unitOfMeasure: 'EA',
        price,
        unitConversions: [],
      },
    ],
    ...given,
  }
}

/** The supplier confirms all of it for the day it is wanted. */
export function theAcknowledgment(given: Given<'acknowledgment'> = {}): TradeDocumentInput {
  return {
    kind: 'acknowledgment',
    tenant: 'acme',
    ...owner,
    documentNumber: 'AK-1',
    issuedAt: '2026-11-24T13:00:00Z',
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
            unitOfMeasure: 'EA',
            promisedDate: '2026-11-27',
            dateMeaning: 'delivery',
          },
        ],
      },
    ],
    ...given,
  }
}

/** All of it is on its way. */
export function theShipNotice(given: Given<'ship-notice'> = {}): TradeDocumentInput {
  return {
    kind: 'ship-notice',
    tenant: 'acme',
    ...owner,
    documentNumber: 'ASN-1',
    issuedAt: '2026-11-26T08:00:00Z',
    purpose: 'original',
    shipDate: '2026-11-26',
    estimatedDeliveryDate: '2026-11-27',
    shipTo: 'DC-NORTH',
    packs: [],
    lines: [
      {
        documentLineNumber: '1',
        ...ordered,
        item,
        quantityShipped: '10',
        unitOfMeasure: 'EA',
        lots: [],
      },
    ],
    ...given,
  }
}

/** So many pieces were counted at the dock. */
export function aCount(
  quantity: string,
  given: Given<'receipt'> = {},
): Extract<TradeDocumentInput, { readonly kind: 'receipt' }> {
  return {
    kind: 'receipt',
    tenant: 'acme',
    ...owner,
    documentNumber: 'GR-1',
    issuedAt: '2026-11-27T10:00:00Z',
    receiptType: 'receipt',
    receivedDate: '2026-11-27',
    location: 'DC-NORTH',
    lines: [
      {
        documentLineNumber: '1',
        ...ordered,
        shipNoticeNumber: 'ASN-1',
        item,
        quantity,
        unitOfMeasure: 'EA',
        quantityAccepted: null,
        quantityRejected: null,
        conditions: [],
        lots: [],
        disposition: 'stock',
        final: false,
      },
    ],
    ...given,
  }
}

/** The supplier bills 10 pieces for so much. */
export function theInvoice(
  amount = '124.00',
  given: Given<'invoice'> = {},
): Extract<TradeDocumentInput, { readonly kind: 'invoice' }> {
  return {
    kind: 'invoice',
    tenant: 'acme',
    ...owner,
    documentNumber: 'INV-1',
    issuedAt: '2026-11-28T09:00:00Z',
    invoiceType: 'standard',
    invoiceDate: '2026-11-28',
    entryDate: null,
    dueDate: '2026-12-28',
    currency: 'EUR',
    charges: [],
    taxes: [],
    allowancesAmount: '0',
    totalAmount: amount,
    lines: [
      {
        documentLineNumber: '1',
        ...ordered,
        receiptNumbers: [],
        item,
        quantity: '10',
        unitOfMeasure: 'EA',
        amount,
        chargesAmount: '0',
        discountAmount: '0',
      },
    ],
    ...given,
  }
}
