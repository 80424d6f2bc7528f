import {
  discrepancyIdentity,
  type DiscrepancyPlace,
  measureText,
} from '../discrepancy/measure-discrepancy.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import { splitKey } from '../identity/identity.ts'
import { nameOfItem } from '../purchase-order/find-order-line.ts'
import { unorderedGoods } from '../receipt/compare-receipt.ts'
import { versionAt } from './current-order.ts'
import { measureRequest } from './measure-request.ts'
import type { OrderFacts } from './order-facts.ts'
import type { OrderFrame } from './order-frame.ts'
import type { MeasuredDifference } from './order-state.ts'
import { versionAnswered } from './stand-answers.ts'

/** What is wrong with no line of its own; without an order only goods that came without one. */
export function measureOrder(
  facts: OrderFacts,
  frame: OrderFrame | null,
): readonly MeasuredDifference[] {
  const orderNumber = frame?.order.orderNumber ?? null
  const found = [
    ...facts.conflicts.map((documentKey) => conflict(facts, documentKey, orderNumber)),
    ...unplacedGoods(facts, orderNumber),
    ...(frame === null ? [] : [...unplacedAnswers(frame), ...staleAnswers(frame)]),
    ...(frame === null ? [] : facts.changes.flatMap((change) => measureRequest(change, frame))),
  ]
  return found.map((discrepancy) => ({
    identity: discrepancyIdentity(discrepancy),
    discrepancy,
  }))
}

const nowhere = { documentLineNumber: null, orderLineNumber: null, scheduleNumber: null }

/** Two texts came under one number and revision; one of them counts, and somebody has to ask which is meant. */
function conflict(facts: OrderFacts, documentKey: string, orderNumber: string | null): Discrepancy {
  const parts = splitKey(documentKey)
  const place: DiscrepancyPlace = {
    ...nowhere,
    documentNumber: (parts[2] ?? parts.at(-1) ?? documentKey).slice(0, 80),
    orderNumber,
  }
  const stamp = facts.documents[documentKey]
  return measureText('conflicting-document', place, {
    expected: `${parts[0] ?? ''} ${stamp?.hash.slice(0, 12) ?? ''}`,
    actual: (stamp?.rivals ?? []).map((hash) => hash.slice(0, 12)).join(', '),
  })
}

function unplacedGoods({ unplaced }: OrderFacts, orderNumber: string | null): Discrepancy[] {
  return unplaced.received
    .filter(({ receiptType }) => receiptType === 'receipt')
    .filter((fact) => !isTakenBack(fact, unplaced.received))
    .map((fact) =>
      unorderedGoods(orderNumber, {
        documentNumber: fact.receiptNumber,
        documentLineNumber: fact.receiptLineNumber,
        item: fact.item,
      }),
    )
}

/** True where a reversal or return names the receipt: goods nobody ordered are taken back whole. */
function isTakenBack(
  { receiptNumber }: OrderFacts['unplaced']['received'][number],
  received: OrderFacts['unplaced']['received'],
): boolean {
  return received.some(
    (other) => other.receiptType !== 'receipt' && other.reversesReceiptNumber === receiptNumber,
  )
}

function unplacedAnswers({ facts, order }: OrderFrame): Discrepancy[] {
  return facts.unplaced.answers.map(({ documentNumber, documentLineNumber, ...answer }) =>
    measureText(
      'unknown-line',
      { ...nowhere, documentNumber, documentLineNumber, orderNumber: order.orderNumber },
      { expected: null, actual: answer.orderLineNumber ?? nameOfItem(answer.item) },
    ),
  )
}

/** Answers to a version that had been replaced, until the supplier answers one that had not. */
function staleAnswers({ facts, order, current }: OrderFrame): Discrepancy[] {
  const { acknowledgments } = facts
  const { versions } = current
  if (versions.length < 2) return []
  const isStale = acknowledgments.map(
    (acknowledgment) => versionAnswered(acknowledgment, versions) === null,
  )
  const lastAnswered = isStale.lastIndexOf(false)
  return acknowledgments
    .filter((_, index) => isStale[index] === true && index > lastAnswered)
    .map(({ documentNumber, orderVersion, issuedAt }) =>
      measureText(
        'stale-version',
        { ...nowhere, documentNumber, orderNumber: order.orderNumber },
        { expected: String(versionAt(versions, issuedAt)), actual: String(orderVersion ?? '') },
      ),
    )
}
