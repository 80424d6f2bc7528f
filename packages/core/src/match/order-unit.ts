import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import { factorOf, findConversion } from '../quantity/unit-conversion.ts'
import type { UnitOfMeasure } from '../quantity/unit-of-measure.ts'
import { divideFigures, type Figure, figureOf, multiplyFigures, readFigure } from './figure.ts'

/** A quantity as a document states it, and the day its unit conversion is looked up for. */
export type StatedQuantity = {
  readonly quantity: Decimal
  readonly unitOfMeasure: UnitOfMeasure
  readonly on: CalendarDate
}

/** The quantity in the order line's unit, exactly. Throws `UNIT_NOT_CONVERTIBLE`; ask `isInOrderUnit` first. */
export function inOrderUnit(line: OrderLine, stated: StatedQuantity): Figure {
  return inUnit(line, line.unitOfMeasure, stated)
}

/** The quantity in another unit by the order line's conversions, exactly. Throws `UNIT_NOT_CONVERTIBLE`. */
export function inUnit(line: OrderLine, to: UnitOfMeasure, stated: StatedQuantity): Figure {
  const quantity = readFigure(stated.quantity)
  if (stated.unitOfMeasure === to) return quantity
  const steps = conversionOf(line, stated.unitOfMeasure, to, stated.on)
  if (steps === null) throw notConvertible(line, stated.unitOfMeasure, to)
  const { numerator, denominator } = factorOf(steps)
  return divideFigures(multiplyFigures(quantity, figureOf(numerator)), figureOf(denominator))
}

/** True where the order line's conversions lead from one unit to the other on that day. */
export function canConvert(
  line: OrderLine,
  from: UnitOfMeasure,
  to: UnitOfMeasure,
  on: CalendarDate,
): boolean {
  return from === to || conversionOf(line, from, to, on) !== null
}

function conversionOf(line: OrderLine, from: UnitOfMeasure, to: UnitOfMeasure, on: CalendarDate) {
  const conversions = line.unitConversions
  return findConversion({ conversions, item: line.item.buyerItem ?? null, from, to, on })
}

function notConvertible(line: OrderLine, from: string, to: string): CounterfoilError {
  return new CounterfoilError(
    'UNIT_NOT_CONVERTIBLE',
    `cannot convert \`${from}\` to \`${to}\` on order line \`${line.orderLineNumber}\`: record a conversion or pack size for the item`,
    { details: { from, to, orderLineNumber: line.orderLineNumber } },
  )
}
