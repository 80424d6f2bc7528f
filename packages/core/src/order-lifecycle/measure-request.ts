import type { CalendarDate } from '../calendar/calendar-date.ts'
import { isDecimal } from '../decimal/decimal-text.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import {
  measureAmount,
  measureDate,
  measureQuantity,
  measureText,
} from '../discrepancy/measure-discrepancy.ts'
import type { OrderDifference } from '../order-change/order-change.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import type { ChangeFact } from './order-facts.ts'
import type { OrderFrame } from './order-frame.ts'

/** What a change request of the supplier would change, measured; nothing once it was decided, taken back or overtaken. */
export function measureRequest(
  change: ChangeFact,
  { facts, order }: OrderFrame,
): readonly Discrepancy[] {
  if (change.initiator !== 'supplier' || change.basedOnVersion !== order.version) return []
  const news = facts.changeNews[change.changeId]
  const isOver =
    facts.decisions[change.changeId] !== undefined ||
    news?.withdrawn !== undefined ||
    news?.expired === true
  if (isOver) return []
  return change.differences.map((difference) => measured(change, difference, order))
}

function measured(
  { documentNumber }: ChangeFact,
  { path, from, to }: OrderDifference,
  order: PurchaseOrder,
): Discrepancy {
  const [head, lineNumber, part, scheduleNumber] = path.split('/')
  const line = order.lines.find(({ orderLineNumber }) => orderLineNumber === lineNumber)
  const isOfLine = head === 'lines'
  const place = {
    documentNumber,
    documentLineNumber: null,
    orderNumber: order.orderNumber,
    orderLineNumber: isOfLine ? (lineNumber ?? null) : null,
    scheduleNumber: part === 'schedules' ? (scheduleNumber ?? null) : null,
  }
  if (path.endsWith('/quantityOrdered') && line !== undefined) {
    const expected = isDecimal(from) ? from : zero
    const actual = isDecimal(to) ? to : zero
    return measureQuantity('quantity-change', place, {
      expected,
      actual,
      unitOfMeasure: line.unitOfMeasure,
    })
  }
  if (path.endsWith('/requestedDate') && isDay(from) && isDay(to)) {
    return measureDate('date-change', place, { expected: from, actual: to })
  }
  if (path.endsWith('/price/amount') && isDecimal(from) && isDecimal(to)) {
    const { currency } = order
    return measureAmount('price-change', place, { expected: from, actual: to, currency })
  }
  if (isOfLine && part === undefined && line !== undefined) {
    const { quantityOrdered: expected, unitOfMeasure } = line
    return measureQuantity('quantity-change', place, { expected, actual: zero, unitOfMeasure })
  }
  const kind = path.includes('/item/') ? 'substitution' : 'unit-change'
  return measureText(kind, place, { expected: said(path, from), actual: said(path, to) })
}

const zero = '0' as Extract<Parameters<typeof measureQuantity>[2]['expected'], string>

function isDay(text: string | null): text is CalendarDate {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text)
}

/** A field that is no measure is named with what it says, so that the sentence about it can be read. */
function said(path: string, text: string | null): string | null {
  if (text === null || path.includes('/item/') || path.endsWith('/unitOfMeasure')) return text
  return `${path.split('/').at(-1) ?? ''} ${text}`
}
