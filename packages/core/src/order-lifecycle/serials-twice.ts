import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import { measureText } from '../discrepancy/measure-discrepancy.ts'
import type { CountedOrderLine } from './measure-receipts.ts'
import type { OrderFrame } from './order-frame.ts'

/**
 * Serial numbers that were counted although the piece is in the house already: one of two counts is wrong. A piece that was
 * sent back, or whose count was reversed, may come again.
 */
export function serialsTwice(
  { line, facts, count }: CountedOrderLine,
  { order }: OrderFrame,
): readonly Discrepancy[] {
  if (!facts.received.some(({ lots = [] }) => lots.some(({ serial }) => serial !== undefined))) {
    return []
  }
  const standing = new Set(count.standing.map(({ fact }) => fact))
  const held = new Map<string, string>()
  const found: Discrepancy[] = []
  for (const fact of facts.received) {
    for (const { serial } of fact.lots ?? []) {
      if (serial === undefined) continue
      if (fact.receiptType !== 'receipt') held.delete(serial)
      else if (standing.has(fact)) {
        const before = held.get(serial)
        if (before === undefined) held.set(serial, fact.receiptNumber)
        else found.push(twice(serial, before, fact))
      }
    }
  }
  return found

  function twice(serial: string, before: string, fact: (typeof facts.received)[number]) {
    const place = {
      documentNumber: fact.receiptNumber,
      documentLineNumber: fact.receiptLineNumber,
      orderNumber: order.orderNumber,
      orderLineNumber: line.orderLineNumber,
      scheduleNumber: fact.scheduleNumber ?? null,
    }
    return measureText('lot-or-serial-missing', place, {
      expected: 'a serial number of its own',
      actual: `serial number ${serial}, which came with receipt ${before}`,
    })
  }
}
