import { type AcknowledgmentLine, isPositiveDecimal } from '@counterfoil/core'
import type * as z from 'zod'
import { find } from '../field/find-element.ts'
import { itemOf } from '../field/read-item.ts'
import { type LineNumbering, lineReferenceAt } from '../field/read-lines.ts'
import { quantityAt, type StatedQuantity } from '../field/read-quantity.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { backorderOf, dateOf, deliveriesOf, partsOf } from './answer-parts.ts'
import { type LineSource, readAnswer, type ResponseFrame, takes } from './read-answer.ts'

/** An acknowledgment line as a draft carries it. */
export type AcknowledgmentLineDraft = z.input<typeof AcknowledgmentLine>

/** An OrderLine of a response. Undefined, with an error, where it holds no line. */
export const mapResponseLine = (
  reading: UblReading,
  orderLine: XmlElement,
  frame: ResponseFrame & { readonly numberOf: LineNumbering },
): AcknowledgmentLineDraft | undefined => {
  const lineItem = find(orderLine, 'LineItem')
  if (lineItem === undefined) return noLineItem(reading, orderLine)
  const documentLineNumber = frame.numberOf(lineItem)
  return {
    documentLineNumber,
    orderLineNumber: orderLineOf(reading, orderLine, lineItem),
    supplierLineNumber:
      lineReferenceAt(reading, orderLine, 'OrderLineReference', 'SalesOrderLineID') ??
      lineReferenceAt(reading, lineItem, 'SalesOrderID'),
    item: itemOf(reading, find(lineItem, 'Item')),
    ...answerOf(reading, { orderLine, lineItem, frame }),
  }
}

const noLineItem = (reading: UblReading, orderLine: XmlElement): undefined => {
  note(reading, 'ubl-field-missing', orderLine, {
    severity: 'error',
    sentence:
      'the line has no `LineItem`, so nothing is answered by it: ask the supplier what is meant',
  })
}

/** OrderLineReference/LineID; without one the line repeats the number it has in the order. */
const orderLineOf = (
  reading: UblReading,
  orderLine: XmlElement,
  lineItem: XmlElement,
): string | null => {
  const named = lineReferenceAt(reading, orderLine, 'OrderLineReference', 'LineID')
  if (named !== undefined) return named
  const own = lineReferenceAt(reading, lineItem, 'ID')
  if (own === undefined) return null
  note(reading, 'ubl-order-line-assumed', lineItem, {
    severity: 'info',
    onceFor: 'response',
    sentence: "lines without OrderLineReference are taken to repeat the order's own line numbers",
  })
  return own
}

const answerOf = (
  reading: UblReading,
  { orderLine, lineItem, frame }: LineSource,
): Pick<AcknowledgmentLineDraft, 'responses' | 'wholeLine'> => {
  const stated = quantityAt(reading, lineItem, ['Quantity'])
  const later = quantityAt(reading, lineItem, ['MaximumBackorderQuantity'], stated?.unitOfMeasure)
  const answer = readAnswer(reading, { orderLine, lineItem, frame }, { stated, later })
  const deliveries = deliveriesOf(reading, lineItem, stated)
  const promise = deliveries.find((delivery) => delivery.promise !== null)?.promise ?? frame.promise
  const taken = stated !== undefined && isPositiveDecimal(stated.value) ? stated : undefined
  const parts = [
    ...partsOf(reading, { answer, taken, deliveries, promise }),
    ...backorderOf(answer, later),
  ]
  if (parts.length > 0) return { responses: parts }
  const isNothing = stated !== undefined && takes(answer)
  if (isNothing) noteNothing(reading, stated)
  const whole = isNothing ? { ...answer, action: 'reject' as const, price: undefined } : answer
  return { responses: [], wholeLine: { ...whole, ...dateOf(whole, promise) } }
}

const noteNothing = (reading: UblReading, { element }: StatedQuantity): void =>
  note(reading, 'ubl-zero-accepted', element, {
    severity: 'warning',
    sentence: `the supplier takes ${quoted(element.text)} of the line, which is nothing: it counts as refused`,
  })
