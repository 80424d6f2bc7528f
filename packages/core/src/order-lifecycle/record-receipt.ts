import { contentHashOf } from '../document/document-content-hash.ts'
import type { Instant } from '../calendar/instant.ts'
import { documentKey } from '../document/document-header.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import { firstExpiry } from '../receipt/compare-receipt.ts'
import type { Inspection, Receipt, ReceiptLine } from '../receipt/receipt.ts'
import type { GoodsPutAway, ReceiptRecorded } from './order-events.ts'
import type { InspectionFact, OrderFacts, ReceivedFact } from './order-facts.ts'
import { byReceipt, clueOfReceived, lineNumberOf } from './place-facts.ts'
import {
  addLineFacts,
  byIssue,
  insertFact,
  lineFactsOf,
  mapLineFacts,
  type Recording,
  stampInto,
  stampTextInto,
  withLineFacts,
} from './recording.ts'

/** Records a count, reversal or return. A recount under the same number replaces the count before: the last count stands. */
export function recordReceipt(
  facts: OrderFacts,
  { document, documentHash }: ReceiptRecorded,
  lines: readonly OrderLine[],
): Recording {
  const { revision, issuedAt } = document
  const hash = documentHash ?? contentHashOf(document)
  const stamped = stampTextInto(facts, documentKey(document), { revision, issuedAt, hash })
  const { documentNumber } = document
  if (stamped === null) return { kind: 'duplicate', sentence: `receipt ${documentNumber} is known` }
  if (!stamped.counts) return { kind: 'recorded', facts: stamped.facts, touched: [] }
  const touched = new Set<string>(
    stamped.replaces ? linesReceiving(stamped.facts, documentNumber) : [],
  )
  const before = stamped.replaces ? withoutReceipt(stamped.facts, documentNumber) : stamped.facts
  const added = document.lines.map((counted) => {
    const fact = receivedFactOf(document, counted)
    return { fact, place: lineNumberOf(lines, clueOfReceived(fact)) }
  })
  for (const { place } of added) if (place !== null) touched.add(place)
  const next = addLineFacts(before, added, (known, fact) => ({
    ...known,
    ...(document.movement === 'consumption'
      ? { consumed: insertFact(known.consumed ?? [], fact, byReceipt) }
      : { received: insertFact(known.received, fact, byReceipt) }),
  }))
  return { kind: 'recorded', facts: next, touched: [...touched] }
}

/** The lines a receipt counted something of. */
export function linesReceiving({ lines }: OrderFacts, receiptNumber: string): readonly string[] {
  const isOf = (fact: ReceivedFact) => fact.receiptNumber === receiptNumber
  return Object.entries(lines)
    .filter(([, { received, consumed = [] }]) => received.some(isOf) || consumed.some(isOf))
    .map(([number]) => number)
}

/** Forgets what a receipt counted. */
export function withoutReceipt(facts: OrderFacts, receiptNumber: string): OrderFacts {
  const isOther = (fact: ReceivedFact) => fact.receiptNumber !== receiptNumber
  return mapLineFacts(facts, (line) => ({
    ...line,
    received: line.received.filter(isOther),
    ...(line.consumed !== undefined && { consumed: line.consumed.filter(isOther) }),
  }))
}

/** A counted line as a fact. What is usual is left out: an order may have a thousand of them. */
function receivedFactOf(document: Receipt, counted: ReceiptLine): ReceivedFact {
  const { orderLineNumber, item, scheduleNumber, shipNoticeNumber, disposition } = counted
  const { reversesReceiptNumber, pricingQuantity, quantityAccepted, quantityRejected } = counted
  const expiryDate = firstExpiry(counted)
  return {
    receiptNumber: document.documentNumber,
    receiptLineNumber: counted.documentLineNumber,
    receiptType: document.receiptType,
    receivedDate: document.receivedDate,
    issuedAt: document.issuedAt,
    quantity: counted.quantity,
    unitOfMeasure: counted.unitOfMeasure,
    ...(orderLineNumber !== null && { orderLineNumber }),
    ...(Object.keys(item).length > 0 && { item }),
    ...(scheduleNumber !== undefined && { scheduleNumber }),
    ...(shipNoticeNumber !== undefined && { shipNoticeNumber }),
    ...(reversesReceiptNumber !== undefined && { reversesReceiptNumber }),
    ...(pricingQuantity !== undefined && { pricingQuantity }),
    ...(quantityAccepted !== null && { quantityAccepted }),
    ...(quantityRejected !== null && { quantityRejected }),
    ...(counted.conditions.length > 0 && { conditions: counted.conditions }),
    ...(expiryDate !== undefined && { expiryDate }),
    ...(counted.lots.length > 0 && { lots: counted.lots }),
    ...(disposition !== 'stock' && { disposition }),
    ...(counted.final && { final: true }),
    ...(counted.noReplacement === true && { noReplacement: true }),
  }
}

/** Records what quality control decided about a receipt line. */
export function recordInspection(
  facts: OrderFacts,
  document: Inspection,
  lines: readonly OrderLine[],
): Recording {
  const stamped = stampInto(facts, documentKey(document), document)
  const { documentNumber, orderLineNumber } = document
  if (stamped === null) {
    return { kind: 'duplicate', sentence: `inspection ${documentNumber} is known` }
  }
  if (!stamped.counts) return { kind: 'recorded', facts: stamped.facts, touched: [] }
  const place = lineNumberOf(lines, { orderLineNumber })
  const { disposition, priceReductionPercent } = document
  const fact: InspectionFact = {
    documentNumber,
    issuedAt: document.issuedAt,
    receiptNumber: document.receiptNumber,
    receiptLineNumber: document.receiptLineNumber,
    orderLineNumber,
    quantityAccepted: document.quantityAccepted,
    quantityRejected: document.quantityRejected,
    ...(disposition !== 'stock' && { disposition }),
    ...(priceReductionPercent !== undefined && { priceReductionPercent }),
  }
  const cleaned = stamped.replaces
    ? withoutInspection(stamped.facts, documentNumber)
    : stamped.facts
  const known = lineFactsOf(cleaned, place)
  const inspected = insertFact(known.inspected, fact, byIssue)
  const next = withLineFacts(cleaned, place, { ...known, inspected })
  return { kind: 'recorded', facts: next, touched: stamped.replaces ? 'all' : touchedBy(place) }
}

/** Records that the goods of a receipt line are in their place. It waits for the receipt to be recorded. */
export function recordPutAway(
  facts: OrderFacts,
  { receiptNumber, receiptLineNumber }: GoodsPutAway,
  done: { readonly by: string; readonly at: Instant },
): Recording {
  const place = receiptPlace(receiptNumber, receiptLineNumber)
  if (facts.putAway?.[place] !== undefined) {
    return { kind: 'duplicate', sentence: `receipt line ${place} was put away before` }
  }
  const isKnown = Object.values(facts.lines).some(({ received }) =>
    received.some(
      (fact) =>
        fact.receiptType === 'receipt' &&
        fact.receiptNumber === receiptNumber &&
        fact.receiptLineNumber === receiptLineNumber,
    ),
  )
  if (!isKnown) {
    const sentence = `\`goods.put-away\` waits for receipt line ${place}`
    return { kind: 'parked', reason: 'receipt-not-recorded', sentence }
  }
  const putAway = { ...facts.putAway, [place]: done }
  return { kind: 'recorded', facts: { ...facts, putAway }, touched: [] }
}

/** How a line of a receipt is named among those that are put away. */
export function receiptPlace(receiptNumber: string, receiptLineNumber: string): string {
  return `${receiptNumber}/${receiptLineNumber}`
}

function touchedBy(place: string | null): readonly string[] {
  return place === null ? [] : [place]
}

/** Forgets what an inspection decided. */
export function withoutInspection(facts: OrderFacts, documentNumber: string): OrderFacts {
  return mapLineFacts(facts, (line) => ({
    ...line,
    inspected: line.inspected.filter((fact) => fact.documentNumber !== documentNumber),
  }))
}
