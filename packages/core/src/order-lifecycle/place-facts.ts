import { clueOf as clueOfAnswer } from '../acknowledgment/compare-acknowledgment.ts'
import { compareNumbers } from '../purchase-order/delivery-order.ts'
import { findOrderLine, type LineClue } from '../purchase-order/find-order-line.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import {
  type AnswerFact,
  type InspectionFact,
  type LineFacts,
  noLineFacts,
  type OrderFacts,
  type ReceivedFact,
  type ShippedFact,
} from './order-facts.ts'
import { byIssue } from './recording.ts'

/** Canonical order of the answers to a line. */
export function byAnswer(a: AnswerFact, b: AnswerFact): number {
  return byIssue(a, b) || compareNumbers(a.documentLineNumber, b.documentLineNumber)
}

/** Canonical order of what was announced of a line. */
export function byShipment(a: ShippedFact, b: ShippedFact): number {
  return byIssue(a, b) || compareNumbers(a.documentLineNumber, b.documentLineNumber)
}

/** Canonical order of what was received of a line: by day, then by issue time and number. */
export function byReceipt(a: ReceivedFact, b: ReceivedFact): number {
  if (a.receivedDate !== b.receivedDate) return a.receivedDate < b.receivedDate ? -1 : 1
  if (a.issuedAt !== b.issuedAt) return a.issuedAt < b.issuedAt ? -1 : 1
  return (
    compareNumbers(a.receiptNumber, b.receiptNumber) ||
    compareNumbers(a.receiptLineNumber, b.receiptLineNumber)
  )
}

/** What a line of a ship notice says about the order line it means. */
export function clueOfShipped(fact: ShippedFact): LineClue {
  return {
    orderLineNumber: fact.orderLineNumber,
    item: fact.item,
    on: dayOfIssue(fact),
    quantity: { value: fact.quantityShipped, unitOfMeasure: fact.unitOfMeasure },
  }
}

/** What a counted line says about the order line it means. */
export function clueOfReceived(fact: ReceivedFact): LineClue {
  return {
    orderLineNumber: fact.orderLineNumber ?? null,
    item: fact.item,
    on: fact.receivedDate,
    quantity: { value: fact.quantity, unitOfMeasure: fact.unitOfMeasure },
  }
}

/** The number of the order line a clue leads to; null where it leads to none or to several. */
export function lineNumberOf(lines: readonly OrderLine[], clue: LineClue): string | null {
  return findOrderLine(lines, clue).line?.orderLineNumber ?? null
}

/**
 * Sorts everything that was told about lines under the lines of the current version. Done again for each version, since a
 * line that was unknown may be known now, and the other way round.
 */
export function placeFacts(facts: OrderFacts, lines: readonly OrderLine[]): OrderFacts {
  const all = [...Object.values(facts.lines), facts.unplaced]
  const placed = new Map<string | null, Bucket>()
  const bucketOf = (orderLineNumber: string | null): Bucket => {
    const known = placed.get(orderLineNumber)
    if (known !== undefined) return known
    const bucket = { answers: [], shipped: [], received: [], inspected: [], consumed: [] }
    placed.set(orderLineNumber, bucket)
    return bucket
  }
  for (const answer of all.flatMap(({ answers }) => answers)) {
    bucketOf(lineNumberOf(lines, clueOfAnswer(answer))).answers.push(answer)
  }
  for (const shipped of all.flatMap((line) => line.shipped)) {
    bucketOf(lineNumberOf(lines, clueOfShipped(shipped))).shipped.push(shipped)
  }
  for (const received of all.flatMap((line) => line.received)) {
    bucketOf(lineNumberOf(lines, clueOfReceived(received))).received.push(received)
  }
  for (const consumed of all.flatMap((line) => line.consumed ?? [])) {
    bucketOf(lineNumberOf(lines, clueOfReceived(consumed))).consumed.push(consumed)
  }
  for (const inspection of all.flatMap(({ inspected }) => inspected)) {
    bucketOf(lineNumberOf(lines, { orderLineNumber: inspection.orderLineNumber })).inspected.push(
      inspection,
    )
  }
  const { unplaced, named } = sortedBuckets(placed)
  return { ...facts, lines: named, unplaced }
}

type Bucket = {
  readonly answers: AnswerFact[]
  readonly shipped: ShippedFact[]
  readonly received: ReceivedFact[]
  readonly inspected: InspectionFact[]
  readonly consumed: ReceivedFact[]
}

function sortedBuckets(placed: ReadonlyMap<string | null, Bucket>) {
  let unplaced = noLineFacts
  const named: Record<string, LineFacts> = {}
  for (const [orderLineNumber, bucket] of placed) {
    const sorted = {
      answers: bucket.answers.toSorted(byAnswer),
      shipped: bucket.shipped.toSorted(byShipment),
      received: bucket.received.toSorted(byReceipt),
      inspected: bucket.inspected.toSorted(byIssue),
      ...(bucket.consumed.length > 0 && { consumed: bucket.consumed.toSorted(byReceipt) }),
    }
    if (orderLineNumber === null) unplaced = sorted
    else named[orderLineNumber] = sorted
  }
  return { unplaced, named }
}
