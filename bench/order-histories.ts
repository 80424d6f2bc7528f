import {
  Acknowledgment,
  addDays,
  addressDocument,
  type CalendarDate,
  calendarDate,
  instant,
  type Message,
  orderKey,
  PurchaseOrder,
  Receipt,
  type TradeDocument,
} from '@counterfoil/core'
import { seededRandom } from './random.ts'

const owner = { tenant: 'bench', buyerOrganisation: '1', supplier: 'S1' }
const ordersMade = 400

/**
 * What orders are told over their lives, in the proportions of real purchase histories: one order, often a changed one,
 * an answer for some, a receipt or many, an invoice or several. Some answers promise another day.
 */
export function orderHistories(): readonly (readonly Message[])[] {
  const random = seededRandom(11)
  return Array.from({ length: ordersMade }, (_, index) => aHistory(`PO${index}`, random))
}

function aHistory(orderNumber: string, random: () => number): readonly Message[] {
  const quantity = 10 + Math.floor(random() * 900)
  const created = calendarDate('2026-01-05')
  const documents: TradeDocument[] = [anOrder(orderNumber, quantity, 1, created)]
  if (random() < 0.3) documents.push(anOrder(orderNumber, quantity + 10, 2, addDays(created, 1)))
  const ordered = quantity + (documents.length - 1) * 10
  if (random() < 0.4)
    documents.push(anAnswer(orderNumber, ordered, documents.length, created, random))
  const receipts = 1 + Math.floor(random() ** 3 * 40)
  const each = Math.max(1, Math.floor(ordered / receipts))
  for (let index = 0; index < receipts; index += 1) {
    documents.push(aReceipt(orderNumber, each, index, addDays(created, 10 + index)))
  }
  const messages = documents.flatMap((document, index) => messagesOf(document, index))
  return [...messages, ...billings(orderNumber, each * receipts, messages.length, random)]
}

function header(documentNumber: string, day: CalendarDate, revision = 0) {
  return { ...owner, documentNumber, revision, issuedAt: `${day}T08:00:00Z` }
}

function anOrder(
  orderNumber: string,
  quantity: number,
  version: number,
  day: CalendarDate,
): PurchaseOrder {
  return PurchaseOrder.parse({
    kind: 'purchase-order',
    ...header(orderNumber, day, version - 1),
    orderNumber,
    version,
    orderType: 'standard',
    currency: 'USD',
    shipTo: null,
    lines: [
      {
        orderLineNumber: '1',
        lineType: 'item',
        item: { buyerItem: 'I1' },
        description: 'goods',
        unitOfMeasure: 'EA',
        quantityOrdered: String(quantity),
        price: { amount: '4.20', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
        discountAmount: '0',
        chargesAmount: '0',
        matchTo: 'order',
        deliveryTolerance: { overPercent: '2', underPercent: '2', overUnlimited: false },
        unitConversions: [],
        schedules: [
          {
            scheduleNumber: '1',
            quantityOrdered: String(quantity),
            deliverNotBefore: null,
            requestedDate: '2026-02-20',
            shipTo: null,
          },
        ],
      },
    ],
    charges: [],
    plannedCosts: [],
  })
}

function anAnswer(
  orderNumber: string,
  quantity: number,
  version: number,
  created: CalendarDate,
  random: () => number,
): Acknowledgment {
  return Acknowledgment.parse({
    kind: 'acknowledgment',
    ...header(`AK-${orderNumber}`, addDays(created, 2)),
    orderNumber,
    orderVersion: version,
    decision: 'accepted',
    unlistedLines: 'unanswered',
    lines: [
      {
        documentLineNumber: '1',
        orderLineNumber: '1',
        item: { buyerItem: 'I1' },
        responses: [
          {
            action: 'accept',
            quantity: String(quantity),
            unitOfMeasure: 'EA',
            promisedDate: random() < 0.5 ? '2026-02-20' : '2026-02-18',
            dateMeaning: 'delivery',
          },
        ],
      },
    ],
  })
}

function aReceipt(
  orderNumber: string,
  quantity: number,
  index: number,
  day: CalendarDate,
): Receipt {
  return Receipt.parse({
    kind: 'receipt',
    ...header(`GR-${orderNumber}-${index}`, day),
    receiptType: 'receipt',
    receivedDate: day,
    location: null,
    lines: [
      {
        documentLineNumber: '1',
        orderNumber,
        orderLineNumber: '1',
        item: { buyerItem: 'I1' },
        quantity: String(quantity),
        unitOfMeasure: 'EA',
        quantityAccepted: null,
        quantityRejected: null,
        conditions: [],
        lots: [],
        disposition: 'stock',
        final: false,
      },
    ],
  })
}

function messagesOf(document: TradeDocument, index: number): readonly Message[] {
  return addressDocument(document).map(({ aggregate, type, data }) => ({
    ...envelope(`${aggregate.key}/${index}`),
    aggregate,
    type,
    data,
  }))
}

function billings(
  orderNumber: string,
  received: number,
  before: number,
  random: () => number,
): readonly Message[] {
  const count = 1 + Math.floor(random() * 3)
  const each = Math.floor(received / count)
  const key = orderKey({ ...owner, orderNumber })
  return Array.from({ length: count }, (_, index) => ({
    ...envelope(`${key}/${before + index}`),
    aggregate: { kind: 'order' as const, key },
    type: 'billing.recorded',
    data: {
      invoiceKey: `${key}/INV${index}`,
      invoiceNumber: `INV${index}`,
      invoiceType: 'standard',
      status: 'posted',
      lines: [
        {
          orderLineNumber: '1',
          quantity: String(each),
          unitOfMeasure: 'EA',
          amount: '1.00',
          chargesAmount: '0',
          discountAmount: '0',
        },
      ],
    },
  }))
}

function envelope(id: string): Omit<Message, 'aggregate' | 'type' | 'data'> {
  return {
    id,
    tenant: anOrder('PO', 1, 1, calendarDate('2026-01-05')).tenant,
    schemaVersion: 1,
    occurredAt: instant('2026-02-01T08:00:00Z'),
    receivedAt: instant('2026-02-01T08:00:00Z'),
    actor: { kind: 'connector', id: 'edi', roles: [] },
    causedBy: null,
  }
}
