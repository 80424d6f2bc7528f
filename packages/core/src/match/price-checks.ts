import { weightAtReceipt } from './weight-checks.ts'
import { remittedValueOf } from './remitted-goods.ts'
import { netAmountOf } from './order-line-ledger.ts'
import { billedBefore, billedNow } from './order-line-sums.ts'
import type { CheckQuestion, LinkedLine, Measurement } from './check.ts'
import {
  addFigures,
  divideFigures,
  isZeroFigure,
  multiplyFigures,
  readFigure,
  signOfFigure,
  subtractFigures,
  zeroFigure,
} from './figure.ts'
import {
  orderedValueOf,
  pricedQuantityOf,
  quantityOf,
  roundAmount,
  unitPriceOf,
  valueOf,
} from './line-price.ts'
import {
  compared,
  missing,
  money,
  noPricingQuantity,
  notApplicable,
  withBase,
} from './measurement.ts'

/** Line amount against quantity x price / per, rounded once to the currency's digits. */
export function priceAmount(line: LinkedLine, question: CheckQuestion): Measurement {
  const isWeighed = question.parameters.weighed === 'receipt'
  const quantity = isWeighed ? weightAtReceipt(line) : pricedQuantityOf(line)
  if (quantity === null) return missing(noPricingQuantity)
  const agreed = multiplyFigures(quantity, unitPriceOf(line.orderLine))
  const isStated = question.parameters.reading === 'as-stated'
  const exact = isStated ? agreed : subtractFigures(agreed, remittedValueOf(line))
  const expected =
    question.parameters.roundExpected === false ? exact : roundAmount(exact, line.header, question)
  const actual = readFigure(line.invoiceLine.amount)
  const measured = compared('price', money(line.header), { expected, actual })
  return question.tolerance.percentBase === 'cumulative'
    ? withBase(measured, question, { cumulative: orderedValueOf(line) })
    : measured
}

/** Net price of one unit, line charges and discounts in it, against the order's price. */
export function priceUnit(line: LinkedLine): Measurement {
  const quantity = pricedQuantityOf(line)
  if (quantity === null) return missing(noPricingQuantity)
  if (isZeroFigure(quantity)) return notApplicable('price', 'no quantity is billed')
  return compared('price', money(line.header), {
    expected: unitPriceOf(line.orderLine),
    actual: divideFigures(netAmountOf(line.invoiceLine), quantity),
  })
}

/** Everything billed on the order line so far, net, against the order line's net value. */
export function priceTotal(line: LinkedLine, { parameters }: CheckQuestion): Measurement {
  const ordered = orderedValueOf(line)
  if (ordered === null) return missing(noPricingQuantity)
  const reading = parameters.reading ?? 'net'
  const { chargesAmount, discountAmount } = line.orderLine
  return compared('ordered-amount', money(line.header), {
    expected: subtractFigures(
      addFigures(ordered, readFigure(chargesAmount)),
      readFigure(discountAmount),
    ),
    actual: addFigures(billedBefore(line, reading).netAmount, billedNow(line, reading).netAmount),
  })
}

/**
 * A later debit or credit, spread over what was billed before, against the order's price. A credit that leaves the price
 * above the order's lowers it all the same: what it does not give back stays open on the invoice that billed it.
 */
export function priceSubsequent(line: LinkedLine, { parameters }: CheckQuestion): Measurement {
  const before = billedBefore(line, parameters.reading ?? 'net')
  const quantity = quantityOf(line)
  const amount = readFigure(line.invoiceLine.amount)
  const unit = money(line.header)
  if (isZeroFigure(before.quantity)) {
    return compared('price', unit, { expected: zeroFigure, actual: amount })
  }
  const isCredit = line.header.invoice.invoiceType === 'subsequent-credit'
  const value = isCredit
    ? subtractFigures(before.amount, amount)
    : addFigures(before.amount, amount)
  const expected = valueOf(line, quantity)
  if (expected === null) return missing(noPricingQuantity)
  const measured = compared('price', unit, {
    expected,
    actual: multiplyFigures(divideFigures(value, before.quantity), quantity),
  })
  const lowersTowards = isCredit && signOfFigure(measured.variance) >= 0
  return lowersTowards ? { ...measured, isWithin: true } : measured
}

/** The discount given on the line against its share of the order line's discount. */
export function discount(line: LinkedLine, question: CheckQuestion): Measurement {
  const { discountAmount, quantityOrdered } = line.orderLine
  const share = divideFigures(
    multiplyFigures(readFigure(discountAmount), quantityOf(line)),
    readFigure(quantityOrdered),
  )
  return compared('discount', money(line.header), {
    expected: roundAmount(share, line.header, question),
    actual: readFigure(line.invoiceLine.discountAmount),
  })
}
