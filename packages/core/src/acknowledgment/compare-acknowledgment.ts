import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import {
  type DiscrepancyPlace,
  measureQuantity,
  measureText,
} from '../discrepancy/measure-discrepancy.ts'
import { writeFigure, zeroFigure } from '../match/figure.ts'
import { findOrderLine, type LineClue, nameOfItem } from '../purchase-order/find-order-line.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import type {
  Acknowledgment,
  AcknowledgmentLine,
  AcknowledgmentResponse,
} from './acknowledgment.ts'
import { compareAnswer } from './compare-answer.ts'
import { spreadAnswer, spreadSilence } from './spread-answer.ts'

/**
 * Compares a supplier's answer with the order it answers: every quantity, day, price, unit and article that differs, by
 * schedule. Lines the answer does not list count as it says. Empty where the supplier takes the order as it stands.
 */
export function compareAcknowledgment({
  order,
  acknowledgment,
}: {
  readonly order: PurchaseOrder
  readonly acknowledgment: Acknowledgment
}): readonly Discrepancy[] {
  const place = { documentNumber: acknowledgment.documentNumber, orderNumber: order.orderNumber }
  const { orderVersion } = acknowledgment
  if (orderVersion !== null && orderVersion < order.version) {
    const found = { expected: String(order.version), actual: String(orderVersion) }
    return [measureText('stale-version', { ...place, ...nowhere }, found)]
  }
  const entries = new Map<string, AcknowledgmentLine[]>()
  const strangers: Discrepancy[] = []
  for (const entry of acknowledgment.lines) {
    const { line } = findOrderLine(order.lines, clueOf(entry))
    if (line === null) strangers.push(unknownLine(place, entry))
    else entries.set(line.orderLineNumber, [...(entries.get(line.orderLineNumber) ?? []), entry])
  }
  const compared = order.lines.flatMap((line) =>
    compareLine({ order, acknowledgment, line, entries: entries.get(line.orderLineNumber) ?? [] }),
  )
  return [...compared, ...strangers]
}

const nowhere = { documentLineNumber: null, orderLineNumber: null, scheduleNumber: null }

/** What an entry of an answer says about the line it means. */
export function clueOf(entry: {
  readonly orderLineNumber: string | null
  readonly item: AcknowledgmentLine['item']
  readonly responses: readonly AcknowledgmentResponse[]
}): LineClue {
  const [first, ...others] = entry.responses
  return {
    orderLineNumber: entry.orderLineNumber,
    item: entry.item,
    quantity:
      first === undefined || others.length > 0
        ? undefined
        : { value: first.quantity, unitOfMeasure: first.unitOfMeasure },
  }
}

function unknownLine(
  place: Pick<DiscrepancyPlace, 'documentNumber' | 'orderNumber'>,
  entry: AcknowledgmentLine,
): Discrepancy {
  return measureText(
    'unknown-line',
    { ...place, ...nowhere, documentLineNumber: entry.documentLineNumber },
    { expected: null, actual: entry.orderLineNumber ?? nameOfItem(entry.item) },
  )
}

function compareLine({
  order,
  acknowledgment,
  line,
  entries,
}: {
  readonly order: PurchaseOrder
  readonly acknowledgment: Acknowledgment
  readonly line: OrderLine
  readonly entries: readonly AcknowledgmentLine[]
}): readonly Discrepancy[] {
  const on = dayOfIssue(order)
  const spread =
    entries.length > 0
      ? spreadAnswer(line, entries, on)
      : spreadSilence(line, silenceOf(acknowledgment), acknowledgment.unlistedPromisedDate ?? null)
  return line.schedules.flatMap((schedule) => {
    const pieces = spread[schedule.scheduleNumber] ?? []
    const place = {
      documentNumber: acknowledgment.documentNumber,
      documentLineNumber: entries[0]?.documentLineNumber ?? null,
      orderNumber: order.orderNumber,
      orderLineNumber: line.orderLineNumber,
      scheduleNumber: schedule.scheduleNumber,
    }
    if (pieces.length === 0) {
      const { quantityOrdered: expected } = schedule
      const measured = {
        expected,
        actual: writeFigure(zeroFigure),
        unitOfMeasure: line.unitOfMeasure,
      }
      return [measureQuantity('unanswered', place, measured)]
    }
    return compareAnswer({ currency: order.currency, line, schedule, pieces, on, place })
  })
}

/** What an answer that does not list a line says about it. A bare yes or no is about every line. */
export function silenceOf(
  acknowledgment: Pick<Acknowledgment, 'decision' | 'unlistedLines'> & {
    readonly lines: readonly unknown[]
  },
): Acknowledgment['unlistedLines'] {
  const { decision, unlistedLines, lines } = acknowledgment
  if (decision === 'received') return 'unanswered'
  if (lines.length > 0) return unlistedLines
  if (decision === 'accepted') return 'accepted'
  return decision === 'rejected' ? 'rejected' : unlistedLines
}
