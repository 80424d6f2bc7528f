import type { CheckQuestion, LinkedLine, Measured, Measurement } from './check.ts'
import { addFigures, compareFigures, isZeroFigure, readFigure, signOfFigure } from './figure.ts'
import { quantityOf, valueOf } from './line-price.ts'
import { answered, compared, missing, money, noPricingQuantity, units } from './measurement.ts'
import { billedBefore, billedNow, receivedOf } from './order-line-sums.ts'

/**
 * May the line be billed at all: by what was ordered, or by what arrived? Answers `yes`; `no` where
 * there is nothing to bill yet or any more; `exception` where the price or the quantity is another.
 */
export function billingBasis(line: LinkedLine, { parameters }: CheckQuestion): Measurement {
  const price = priceBehind(line)
  if (price === null) return missing(noPricingQuantity)
  if (signOfFigure(price.variance) !== 0) return otherPrice(price)
  const reading = parameters.reading ?? 'net'
  const before = billedBefore(line, reading).quantity
  const total = addFigures(before, billedNow(line, reading).quantity)
  const ordered = readFigure(line.orderLine.quantityOrdered)
  const toOrdered = compared('ordered', units(line), { expected: ordered, actual: total })
  const isInsideOrder = signOfFigure(toOrdered.variance) <= 0
  if (parameters.billOn === 'ordered') {
    if (compareFigures(before, ordered) >= 0) return nothingLeft(toOrdered)
    return isInsideOrder ? mayBill(toOrdered) : tooMuch(toOrdered, 'over-ordered')
  }
  const { received } = receivedOf(line)
  const toReceived = compared('received', units(line), { expected: received, actual: total })
  if (signOfFigure(toReceived.variance) <= 0) return mayBill(toReceived)
  return isZeroFigure(received) && isInsideOrder
    ? nothingReceived(toReceived)
    : tooMuch(toReceived, 'over-received')
}

function priceBehind(line: LinkedLine): Measured | null {
  const expected = valueOf(line, quantityOf(line))
  if (expected === null) return null
  const actual = readFigure(line.invoiceLine.amount)
  return compared('price', money(line.header), { expected, actual })
}

function mayBill(behind: Measured): Measurement {
  return answered(behind.concern, true, 'yes, it may be billed', { answer: 'yes', behind })
}

function otherPrice(behind: Measured): Measurement {
  return answered('price', false, 'exception: the billed price is not the order price', {
    answer: 'exception',
    finding: 'other-price',
    behind,
  })
}

function nothingReceived(behind: Measured): Measurement {
  return answered('received', false, 'no: nothing has been received yet', {
    answer: 'no',
    finding: 'nothing-received',
    behind,
  })
}

function nothingLeft(behind: Measured): Measurement {
  return answered('ordered', false, 'no: everything ordered has been billed already', {
    answer: 'no',
    finding: 'nothing-left',
    behind,
  })
}

function tooMuch(behind: Measured, finding: 'over-ordered' | 'over-received'): Measurement {
  const basis = finding === 'over-ordered' ? 'ordered' : 'received'
  return answered(behind.concern, false, `exception: more is billed than was ${basis}`, {
    answer: 'exception',
    finding,
    behind,
  })
}
