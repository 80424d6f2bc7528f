import {
  addDays,
  calendarDate,
  type CalendarDate,
  type Decimal,
  decimal,
  type Instant,
  multiplyDecimals,
  subtractDecimals,
  TradeDocument,
  type TradeDocumentInput,
} from '@counterfoil/core'
import { amountOf, type OrderPlan } from './plan-order.ts'
import type { ChangedField } from './activities.ts'

/** The tenant and buyer a replay runs for. */
export const replayOwner = { tenant: 'replay', buyerOrganisation: '0001' } as const

/** What the buyer's changes made of an order so far: how often each field was changed. */
export type ChangeCounts = Readonly<Partial<Record<ChangedField, number>>>

const daysToDelivery = 14
const daysPromisedLate = 20

/** The order in the version that its changes lead to. */
export function orderDocument(
  plan: OrderPlan,
  said: { readonly at: Instant; readonly changes: ChangeCounts; readonly version: number },
): TradeDocument {
  const { content, orderNumber, orderLineNumber } = plan
  const { at, changes, version } = said
  const quantity = quantityOrdered(plan, changes)
  const shipTo = isOdd(changes['storage-location']) ? 'STORE-2' : 'STORE-1'
  const requestedDate = requestedDateOf(plan)
  return document({
    kind: 'purchase-order',
    ...header(plan, orderNumber, { at, revision: version - 1 }),
    orderNumber,
    version,
    orderType: content.isService ? 'service' : 'standard',
    currency: isOdd(changes.currency) ? 'EUR' : content.currency,
    paymentTerms: {
      netDays: isOdd(changes['payment-terms']) ? 45 : 30,
      discountPercent: null,
      discountDays: null,
    },
    shipTo,
    lines: [
      {
        orderLineNumber,
        lineType: content.isService ? 'service' : 'item',
        item: { buyerItem: content.item },
        description: content.description,
        unitOfMeasure: content.unitOfMeasure,
        quantityOrdered: quantity,
        price: priceOf(plan, priceOrdered(plan, changes)),
        discountAmount: '0',
        chargesAmount: '0',
        matchTo: 'order',
        deliveryTolerance: { overPercent: '2', underPercent: '2', overUnlimited: false },
        unitConversions: [],
        schedules: [
          {
            scheduleNumber: '1',
            quantityOrdered: quantity,
            deliverNotBefore: null,
            requestedDate,
            shipTo,
          },
        ],
      },
    ],
    charges: [],
    plannedCosts: [],
    attributes: {
      'delivery-completed': String(isOdd(changes['delivery-indicator'])),
      'final-invoice': String(isOdd(changes['final-invoice-indicator'])),
      rejected: String(isOdd(changes['rejection-indicator'])),
    },
  })
}

/** What is ordered after so many changes: every other one is a tenth more, the next takes it back. */
export function quantityOrdered({ content }: OrderPlan, changes: ChangeCounts): Decimal {
  return isOdd(changes.quantity)
    ? multiplyDecimals(content.quantity, decimal('1.1'))
    : content.quantity
}

function priceOrdered({ content }: OrderPlan, changes: ChangeCounts): Decimal {
  return isOdd(changes.price) ? multiplyDecimals(content.price, decimal('1.01')) : content.price
}

/** The supplier takes the order; where the trace varies in the date, twenty days late. */
export function acknowledgmentDocument(
  plan: OrderPlan,
  said: {
    readonly at: Instant
    readonly number: number
    readonly revision: number
    readonly version: number
    readonly quantity: Decimal
  },
): TradeDocument {
  const asked = requestedDateOf(plan)
  const promisedDate = plan.variance === 'date' ? addDays(asked, daysPromisedLate) : asked
  const { orderNumber, orderLineNumber, content } = plan
  return document({
    kind: 'acknowledgment',
    ...header(plan, `AK-${orderNumber}-${said.number}`, said),
    orderNumber,
    orderVersion: said.version,
    decision: plan.variance === 'date' ? 'accepted-with-changes' : 'accepted',
    unlistedLines: 'unanswered',
    lines: [
      {
        documentLineNumber: orderLineNumber,
        orderLineNumber,
        item: { buyerItem: content.item },
        responses: [
          {
            action: 'accept',
            quantity: said.quantity,
            unitOfMeasure: content.unitOfMeasure,
            promisedDate,
            dateMeaning: 'delivery',
          },
        ],
      },
    ],
  })
}

/** Goods or services counted, or a count taken back. */
export function receiptDocument(
  plan: OrderPlan,
  counted: {
    readonly at: Instant
    readonly documentNumber: string
    readonly quantity: Decimal
    readonly reverses: string | null
  },
): TradeDocument {
  const { orderNumber, orderLineNumber, content } = plan
  const reversal = counted.reverses === null ? {} : { reversesReceiptNumber: counted.reverses }
  return document({
    kind: 'receipt',
    ...header(plan, counted.documentNumber, { at: counted.at, revision: 0 }),
    receiptType: counted.reverses === null ? 'receipt' : 'reversal',
    receivedDate: dayOf(counted.at),
    location: 'STORE-1',
    lines: [
      {
        documentLineNumber: '1',
        orderNumber,
        orderLineNumber,
        ...reversal,
        item: { buyerItem: content.item },
        quantity: counted.quantity,
        unitOfMeasure: content.unitOfMeasure,
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

/** The quantity of a receipt; where the trace varies in the quantity, the last count is a tenth short. */
export function quantityCounted(plan: OrderPlan, index: number): Decimal {
  const { received, content, variance } = plan
  const quantity = received[index] ?? content.quantity
  if (variance !== 'quantity' || index !== received.length - 1) return quantity
  return subtractDecimals(quantity, multiplyDecimals(quantity, decimal('0.1')))
}

/** An invoice, a credit or a later debit for a quantity at a price. */
export function invoiceDocument(
  plan: OrderPlan,
  billed: {
    readonly at: Instant
    readonly documentNumber: string
    readonly invoiceType: 'standard' | 'credit' | 'subsequent-debit'
    readonly quantity: Decimal
    readonly price: Decimal
    readonly corrects: string | null
  },
): TradeDocument {
  const { orderNumber, orderLineNumber, content } = plan
  const amount = amountOf(billed.quantity, billed.price, content.currency)
  return document({
    kind: 'invoice',
    ...header(plan, billed.documentNumber, { at: billed.at, revision: 0 }),
    invoiceType: billed.invoiceType,
    invoiceDate: dayOf(billed.at),
    entryDate: null,
    dueDate: addDays(dayOf(billed.at), 30),
    currency: content.currency,
    ...(billed.corrects === null ? {} : { correctsInvoiceNumber: billed.corrects }),
    lines: [
      {
        documentLineNumber: '1',
        orderNumber,
        orderLineNumber,
        receiptNumbers: [],
        item: { buyerItem: content.item },
        quantity: billed.quantity,
        unitOfMeasure: content.unitOfMeasure,
        price: priceOf(plan, billed.price),
        amount,
        chargesAmount: '0',
        discountAmount: '0',
      },
    ],
    charges: [],
    taxes: [],
    allowancesAmount: '0',
    totalAmount: amount,
  })
}

/** The price billed; where the trace varies in the price, 8 % more than ordered. */
export function priceBilled({ content, variance }: OrderPlan): Decimal {
  return variance === 'price' ? multiplyDecimals(content.price, decimal('1.08')) : content.price
}

function requestedDateOf({ createdOn }: OrderPlan): CalendarDate {
  return addDays(createdOn, daysToDelivery)
}

function priceOf({ content }: OrderPlan, amount: Decimal) {
  const perUnitOfMeasure = content.unitOfMeasure
  return { amount, perQuantity: '1', perUnitOfMeasure, priceType: 'firm' } as const
}

function header(
  { content }: OrderPlan,
  documentNumber: string,
  { at, revision }: { readonly at: Instant; readonly revision: number },
) {
  const { supplier } = content
  return { ...replayOwner, supplier, documentNumber, revision, issuedAt: at }
}

function document(input: TradeDocumentInput): TradeDocument {
  return TradeDocument.parse(input)
}

function dayOf(at: Instant): CalendarDate {
  return calendarDate(at.slice(0, 10))
}

function isOdd(count: number | undefined): boolean {
  return (count ?? 0) % 2 === 1
}
