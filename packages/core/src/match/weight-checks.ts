import type { CheckQuestion, LinkedLine, Measurement, OrderLineContext } from './check.ts'
import {
  addFigures,
  divideFigures,
  type Figure,
  isZeroFigure,
  multiplyFigures,
  negateFigure,
  readFigure,
  signOfFigure,
  subtractFigures,
  zeroFigure,
} from './figure.ts'
import { isPricedInOtherUnit, pricedQuantityOf, quantityOf, unitPriceOf } from './line-price.ts'
import type { ReceiptFact } from './match-input.ts'
import { compared, missing, noPricingQuantity, notApplicable } from './measurement.ts'
import { signsOf } from './order-line-ledger.ts'
import { canConvert, inOrderUnit, inUnit } from './order-unit.ts'

/**
 * The weight billed against the weight that was received and not billed yet, in the price's unit: 20 cases may be right in
 * number and still too heavy on paper. An absolute limit counts that unit, unless the parameters say value. Goods that
 * were never weighed are for a person to see.
 */
export function weightOpen(line: LinkedLine, { parameters }: CheckQuestion): Measurement {
  const { orderLine, siblings } = line
  if (!isPricedInOtherUnit(orderLine)) {
    return notApplicable('price-unit-ratio', 'the line is priced in the unit it is ordered in')
  }
  const received = receivedWeight(line)
  if (typeof received === 'string') return missing(received)
  const before = billedWeight(line)
  if (before === null) return missing(noPricingQuantity)
  let now = zeroFigure
  for (const invoiceLine of siblings) {
    const weight = pricedQuantityOf({ ...line, invoiceLine })
    if (weight === null) return missing(noPricingQuantity)
    now = addFigures(now, weight)
  }
  const unit = { kind: 'quantity' as const, unitOfMeasure: orderLine.price.perUnitOfMeasure }
  const expected = subtractFigures(received, before)
  const measured = compared('price-unit-ratio', unit, { expected, actual: now })
  const varianceAmount = multiplyFigures(measured.variance, unitPriceOf(orderLine))
  const isValue = parameters.absoluteLimit === 'value'
  return {
    ...measured,
    varianceAmount,
    limited: isValue ? varianceAmount : measured.variance,
    isShared: true,
  }
}

/** What was weighed of the order line, less what went back; a sentence where something was not weighed. */
function receivedWeight(line: OrderLineContext): Figure | string {
  let sum = zeroFigure
  for (const receipt of line.receipts) {
    const weight = weightOf(line, receipt)
    if (weight === null) return `receipt ${receipt.receiptNumber} states no weight`
    sum = addFigures(sum, receipt.receiptType === 'receipt' ? weight : negateFigure(weight))
  }
  return sum
}

/** As weighed, else by the item's conversion; what goes back unweighed weighs what the receipt it names did on average. */
function weightOf(line: OrderLineContext, receipt: ReceiptFact): Figure | null {
  const { pricingQuantity, quantity, unitOfMeasure, receivedDate: on } = receipt
  if (pricingQuantity !== null) return readFigure(pricingQuantity)
  const to = line.orderLine.price.perUnitOfMeasure
  const stated = { quantity, unitOfMeasure, on }
  if (canConvert(line.orderLine, unitOfMeasure, to, on)) return inUnit(line.orderLine, to, stated)
  if (receipt.receiptType === 'receipt') return null
  const origin = line.receipts.find(
    ({ receiptNumber, receiptType }) =>
      receiptType === 'receipt' && receiptNumber === receipt.reversesReceiptNumber,
  )
  if (origin === undefined || origin.pricingQuantity === null) return null
  return multiplyFigures(inOrderUnit(line.orderLine, stated), weightPerUnit(line, origin))
}

function weightPerUnit(
  { orderLine }: OrderLineContext,
  { pricingQuantity, quantity, unitOfMeasure, receivedDate: on }: ReceiptFact,
): Figure {
  const counted = inOrderUnit(orderLine, { quantity, unitOfMeasure, on })
  return divideFigures(readFigure(pricingQuantity ?? quantity), counted)
}

function billedWeight({ orderLine, billings, header }: OrderLineContext): Figure | null {
  let sum = zeroFigure
  const on = header.invoice.invoiceDate
  const to = orderLine.price.perUnitOfMeasure
  for (const { invoiceType, pricingQuantity, quantity, unitOfMeasure } of billings) {
    const sign = signsOf(invoiceType, 'net').quantity
    if (sign === 0) continue
    const isConverted = pricingQuantity === undefined
    if (isConverted && !canConvert(orderLine, unitOfMeasure, to, on)) return null
    const weight = isConverted
      ? inUnit(orderLine, to, { quantity, unitOfMeasure, on })
      : readFigure(pricingQuantity)
    sum = addFigures(sum, sign === 1 ? weight : negateFigure(weight))
  }
  return sum
}

/**
 * What the billed goods weighed when they were received, by the receipts set aside for the line; what no receipt covers
 * weighs what the invoice says. Null where a receipt was not weighed or the invoice states nothing.
 */
export function weightAtReceipt(line: LinkedLine): Figure | null {
  if (!isPricedInOtherUnit(line.orderLine)) return quantityOf(line)
  const stated = pricedQuantityOf(line)
  const billed = quantityOf(line)
  let weight = zeroFigure
  let covered = zeroFigure
  for (const { receiptNumber, receiptLineNumber, quantity } of line.allocations) {
    const receipt = line.receipts.find(
      (one) => one.receiptNumber === receiptNumber && one.receiptLineNumber === receiptLineNumber,
    )
    const whole = receipt === undefined ? null : weightOf(line, receipt)
    if (receipt === undefined || whole === null) return null
    const { unitOfMeasure, receivedDate: on } = receipt
    const counted = inOrderUnit(line.orderLine, { quantity: receipt.quantity, unitOfMeasure, on })
    const share = readFigure(quantity)
    covered = addFigures(covered, share)
    weight = addFigures(weight, divideFigures(multiplyFigures(whole, share), counted))
  }
  const rest = subtractFigures(billed, covered)
  if (signOfFigure(rest) <= 0) return weight
  if (stated === null || isZeroFigure(billed)) return null
  return addFigures(weight, divideFigures(multiplyFigures(stated, rest), billed))
}
