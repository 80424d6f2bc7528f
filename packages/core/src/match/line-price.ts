import type { OrderLine } from '../purchase-order/order-line.ts'
import type { InvoiceContext, LinkedLine, OrderLineContext } from './check.ts'
import type { CheckQuestion } from './check.ts'
import {
  divideFigures,
  type Figure,
  isZeroFigure,
  multiplyFigures,
  readFigure,
  roundFigure,
} from './figure.ts'
import { canConvert, inOrderUnit, inUnit } from './order-unit.ts'

/** The order line's price for one of the unit it is priced in: 12.40 per 100 is 0.124. */
export function unitPriceOf({ price }: OrderLine): Figure {
  return divideFigures(readFigure(price.amount), readFigure(price.perQuantity))
}

/** True for lines priced by another unit than they are ordered in: catch weight, order price unit. */
export function isPricedInOtherUnit({ price, unitOfMeasure }: OrderLine): boolean {
  return price.perUnitOfMeasure !== unitOfMeasure
}

/** The billed quantity of the invoice line, in the order line's unit. */
export function quantityOf({ orderLine, invoiceLine, header }: LinkedLine): Figure {
  const { quantity, unitOfMeasure } = invoiceLine
  if (unitOfMeasure === orderLine.unitOfMeasure) return readFigure(quantity)
  return inOrderUnit(orderLine, { quantity, unitOfMeasure, on: header.invoice.invoiceDate })
}

/**
 * The billed quantity in the price's unit: as weighed where the invoice says so, else converted; null
 * where it says nothing and no conversion is recorded.
 */
export function pricedQuantityOf(line: LinkedLine): Figure | null {
  const { orderLine, invoiceLine, header } = line
  if (!isPricedInOtherUnit(orderLine)) return quantityOf(line)
  if (invoiceLine.pricingQuantity !== undefined) return readFigure(invoiceLine.pricingQuantity)
  const to = orderLine.price.perUnitOfMeasure
  const { quantity, unitOfMeasure } = invoiceLine
  const on = header.invoice.invoiceDate
  if (!canConvert(orderLine, unitOfMeasure, to, on)) return null
  return inUnit(orderLine, to, { quantity, unitOfMeasure, on })
}

/** What the ordered quantity costs, not rounded; null where the price's unit cannot be reached. */
export function orderedValueOf({ orderLine, header }: OrderLineContext): Figure | null {
  const { quantityOrdered: quantity, unitOfMeasure, pricingQuantityOrdered } = orderLine
  const unitPrice = unitPriceOf(orderLine)
  if (!isPricedInOtherUnit(orderLine)) return multiplyFigures(readFigure(quantity), unitPrice)
  if (pricingQuantityOrdered !== undefined) {
    return multiplyFigures(readFigure(pricingQuantityOrdered), unitPrice)
  }
  const to = orderLine.price.perUnitOfMeasure
  const on = header.invoice.invoiceDate
  if (!canConvert(orderLine, unitOfMeasure, to, on)) return null
  return multiplyFigures(inUnit(orderLine, to, { quantity, unitOfMeasure, on }), unitPrice)
}

/**
 * What a quantity in the order line's unit is worth at the order's price, not rounded. For lines priced
 * by weight, at the weight a unit has on this invoice.
 */
export function valueOf(line: LinkedLine, quantity: Figure): Figure | null {
  const unitPrice = unitPriceOf(line.orderLine)
  if (!isPricedInOtherUnit(line.orderLine)) return multiplyFigures(quantity, unitPrice)
  const priced = pricedQuantityOf(line)
  const billed = quantityOf(line)
  if (priced === null || isZeroFigure(billed)) return null
  return multiplyFigures(divideFigures(multiplyFigures(quantity, priced), billed), unitPrice)
}

/** Rounds an amount to the places and in the way this check and this invoice ask for. */
export function roundAmount(
  amount: Figure,
  { amountPlaces, roundingMode }: InvoiceContext,
  { parameters }: CheckQuestion,
): Figure {
  return roundFigure(amount, parameters.amountDecimals ?? amountPlaces, roundingMode)
}
