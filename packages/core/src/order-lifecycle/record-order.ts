import type { Acknowledgment } from '../acknowledgment/acknowledgment.ts'
import { decimal } from '../decimal/decimal.ts'
import { isPositiveDecimal } from '../decimal/decimal-arithmetic.ts'
import { joinKey, type LineNumber } from '../identity/identity.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import { currentOrder, outlineOf } from './current-order.ts'
import type { ImportedOpening, OrderImported, OrderIssued } from './order-events.ts'
import type {
  AnswerFact,
  BillingEntry,
  LineFacts,
  OrderFacts,
  ReceivedFact,
} from './order-facts.ts'
import { byAnswer, byReceipt, placeFacts } from './place-facts.ts'
import {
  insertFact,
  lineFactsOf,
  mapLineFacts,
  type Recording,
  stampInto,
  withLineFacts,
} from './recording.ts'

/** What stands for everything that happened before an order was taken over, wherever a document number is asked for. */
export const openingNumber = 'opening'

/** Records a version of the order. The versions of the ERP are facts; whichever comes first, the highest is current. */
export function recordOrder(
  facts: OrderFacts,
  { document, calendars }: OrderIssued,
  source: 'issued' | 'imported',
): Recording {
  const key = joinKey([
    document.kind,
    document.supplier,
    document.documentNumber,
    String(document.version),
  ])
  const stamped = stampInto(facts, key, document)
  if (stamped === null) {
    const sentence = `version ${document.version} of order ${document.orderNumber} is known`
    return { kind: 'duplicate', sentence }
  }
  const known = { ...stamped.facts, ...(calendars && { calendars }) }
  if (!stamped.counts) return { kind: 'recorded', facts: known, touched: 'all' }
  const version = outlineOf(document, source)
  const versions = [...known.versions.filter((one) => one.version !== version.version), version]
  const isLatest = known.issued === null || document.version >= known.issued.version
  const next: OrderFacts = {
    ...known,
    issued: isLatest ? withoutOrigin(document) : known.issued,
    draft: null,
    versions: versions.toSorted((a, b) => a.version - b.version),
  }
  return { kind: 'recorded', facts: placed(next), touched: 'all' }
}

/** Sorts what was told about lines under the lines of the version that is current now. */
export function placed(facts: OrderFacts): OrderFacts {
  const current = currentOrder(facts)
  return current === null ? facts : placeFacts(facts, current.order.lines)
}

function withoutOrigin(document: PurchaseOrder): PurchaseOrder {
  const { origin: _, ...content } = document
  return content
}

/**
 * Records an order taken over mid-life: the order, and what happened before as facts of the usual kinds under the number
 * `opening`, so that everything after goes on as if they had been told one by one.
 */
export function recordImportedOrder(facts: OrderFacts, imported: OrderImported): Recording {
  const recorded = recordOrder(facts, imported, 'imported')
  const { document, opening = [] } = imported
  if (recorded.kind === 'parked' || recorded.kind === 'refused') return recorded
  const known = recorded.kind === 'recorded' ? recorded.facts : facts
  const openingKey = joinKey([openingNumber, document.supplier, document.documentNumber])
  const stamped = opening.length === 0 ? null : stampInto(known, openingKey, openingOf(imported))
  if (stamped === null) return recorded
  const stranger = opening.find((one) => !isPlaceOf(document, one))
  if (stranger !== undefined) return unknownPlace(stranger)
  if (!stamped.counts) return { kind: 'recorded', facts: stamped.facts, touched: 'all' }
  let next: OrderFacts = { ...withoutOpening(stamped.facts), opening }
  for (const one of opening) next = withOpening(next, document, one)
  return { kind: 'recorded', facts: withOpeningHeads(next, imported), touched: 'all' }
}

function openingOf({ document, opening }: OrderImported) {
  const { documentNumber, revision, issuedAt } = document
  return { documentNumber, revision, issuedAt, opening }
}

function lineOf(order: PurchaseOrder, opening: ImportedOpening): OrderLine | undefined {
  return order.lines.find(({ orderLineNumber }) => orderLineNumber === opening.orderLineNumber)
}

function isPlaceOf(order: PurchaseOrder, opening: ImportedOpening): boolean {
  const schedules = lineOf(order, opening)?.schedules ?? []
  return schedules.some(({ scheduleNumber }) => scheduleNumber === opening.scheduleNumber)
}

/** A corrected opening replaces the one before. */
function withoutOpening(facts: OrderFacts): OrderFacts {
  const cleaned = mapLineFacts(facts, (line) => ({
    ...line,
    answers: line.answers.filter(({ documentNumber }) => documentNumber !== openingNumber),
    shipped: line.shipped.filter(({ documentNumber }) => documentNumber !== openingNumber),
    received: line.received.filter(({ receiptNumber }) => receiptNumber !== openingNumber),
  }))
  const { [openingNumber]: _, ...billings } = facts.billings
  const { [openingNumber]: __, ...shipments } = facts.shipments
  const acknowledgments = facts.acknowledgments.filter(
    ({ documentNumber }) => documentNumber !== openingNumber,
  )
  return { ...cleaned, billings, shipments, acknowledgments }
}

function unknownPlace({ orderLineNumber, scheduleNumber }: ImportedOpening): Recording {
  const sentence = `the opening names line ${orderLineNumber}, schedule ${scheduleNumber}, which the order does not have`
  return { kind: 'refused', reason: 'opening-unknown-line', sentence }
}

function withOpening(
  facts: OrderFacts,
  order: PurchaseOrder,
  opening: ImportedOpening,
): OrderFacts {
  const line = lineOf(order, opening)
  if (line === undefined) return facts
  const known = lineFactsOf(facts, line.orderLineNumber)
  const answer = openingAnswer(order, line, opening)
  const received = openingReceipt(order, line, opening)
  const shipped = openingShipment(order, line, opening)
  const lineFacts: LineFacts = {
    ...known,
    answers: answer === null ? known.answers : insertFact(known.answers, answer, byAnswer),
    received: received === null ? known.received : insertFact(known.received, received, byReceipt),
    shipped: shipped === null ? known.shipped : [shipped, ...known.shipped],
  }
  return withLineFacts(facts, line.orderLineNumber, lineFacts)
}

function openingAnswer(
  order: PurchaseOrder,
  line: OrderLine,
  opening: ImportedOpening,
): AnswerFact | null {
  const { quantityConfirmed, promisedDate, scheduleNumber } = opening
  if (quantityConfirmed === undefined || !isPositiveDecimal(quantityConfirmed)) return null
  return {
    documentNumber: openingNumber,
    issuedAt: order.issuedAt,
    documentLineNumber: scheduleNumber,
    orderLineNumber: line.orderLineNumber,
    scheduleNumber,
    item: line.item,
    responses: [
      {
        action: 'accept',
        quantity: quantityConfirmed,
        unitOfMeasure: line.unitOfMeasure,
        promisedDate: promisedDate ?? null,
        dateMeaning: 'delivery',
      },
    ],
  }
}

function openingReceipt(
  order: PurchaseOrder,
  line: OrderLine,
  opening: ImportedOpening,
): ReceivedFact | null {
  const { quantityReceived, scheduleNumber } = opening
  if (quantityReceived === undefined || !isPositiveDecimal(quantityReceived)) return null
  return {
    receiptNumber: openingNumber,
    receiptLineNumber: receiptLineOf(line.orderLineNumber, scheduleNumber),
    receiptType: 'receipt',
    receivedDate: dayOfIssue(order),
    issuedAt: order.issuedAt,
    quantity: quantityReceived,
    unitOfMeasure: line.unitOfMeasure,
    orderLineNumber: line.orderLineNumber,
    scheduleNumber,
  }
}

function receiptLineOf(orderLineNumber: LineNumber, scheduleNumber: LineNumber): string {
  return `${orderLineNumber}/${scheduleNumber}`.slice(0, 40)
}

function openingShipment(
  order: PurchaseOrder,
  line: OrderLine,
  opening: ImportedOpening,
): LineFacts['shipped'][number] | null {
  const { quantityShipped, scheduleNumber } = opening
  if (quantityShipped === undefined || !isPositiveDecimal(quantityShipped)) return null
  return {
    shipmentKey: openingNumber,
    documentNumber: openingNumber,
    issuedAt: order.issuedAt,
    documentLineNumber: scheduleNumber,
    orderLineNumber: line.orderLineNumber,
    scheduleNumber,
    item: line.item,
    quantityShipped,
    unitOfMeasure: line.unitOfMeasure,
  }
}

/** The heads that belong to the facts of the opening: its answer, its shipment, and its invoices. */
function withOpeningHeads(facts: OrderFacts, imported: OrderImported): OrderFacts {
  const { document, opening = [] } = imported
  const silence: Acknowledgment['unlistedLines'] = 'unanswered'
  const head = {
    documentNumber: openingNumber,
    revision: 0,
    issuedAt: document.issuedAt,
    orderVersion: document.version,
    decision: 'accepted' as const,
    silence,
  }
  const shipment = {
    documentNumber: openingNumber,
    revision: 0,
    contentHash: '',
    issuedAt: document.issuedAt,
    cancelled: false,
    shipDate: null,
    estimatedDeliveryDate: null,
  }
  const lines = opening.flatMap((one) => openingBilling(document, one))
  const billing = {
    invoiceNumber: openingNumber,
    invoiceType: 'standard' as const,
    status: 'posted' as const,
    lines,
  }
  return {
    ...facts,
    acknowledgments: [head, ...facts.acknowledgments],
    shipments: { ...facts.shipments, [openingNumber]: shipment },
    billings: lines.length === 0 ? facts.billings : { ...facts.billings, [openingNumber]: billing },
  }
}

function openingBilling(
  order: PurchaseOrder,
  opening: ImportedOpening,
): readonly BillingEntry['lines'][number][] {
  const line = lineOf(order, opening)
  const { orderLineNumber, quantityInvoiced, amountInvoiced } = opening
  if (line === undefined || quantityInvoiced === undefined) return []
  if (!isPositiveDecimal(quantityInvoiced)) return []
  const nothing = decimal(0)
  return [
    {
      orderLineNumber,
      quantity: quantityInvoiced,
      unitOfMeasure: line.unitOfMeasure,
      amount: amountInvoiced ?? nothing,
      chargesAmount: nothing,
      discountAmount: nothing,
    },
  ]
}
