import type { Reading } from './check-parameters.ts'
import type { CheckQuestion, Concern, LinkedLine, Measured, Measurement } from './check.ts'
import {
  addFigures,
  type Figure,
  isZeroFigure,
  readFigure,
  subtractFigures,
  zeroFigure,
} from './figure.ts'
import { quantityOf, valueOf } from './line-price.ts'
import { compared, notApplicable, units, withBase } from './measurement.ts'
import { billedBefore, billedNow, receivedOf } from './order-line-sums.ts'

/** What a quantity is held against: what arrived, what quality accepted, or what was ordered. */
export type QuantityBasis = 'received' | 'accepted' | 'ordered'

function basisOf(line: LinkedLine, basis: QuantityBasis, reading: Reading): Figure {
  const figures = receivedOf(line)
  switch (basis) {
    case 'received':
      return figures.received
    case 'accepted':
      return reading === 'net' ? figures.accepted : figures.acceptedAsStated
    case 'ordered':
      return readFigure(line.orderLine.quantityOrdered)
  }
}

const concerns = {
  received: 'received',
  accepted: 'accepted',
  ordered: 'ordered',
} as const satisfies Record<QuantityBasis, Concern>

/**
 * The billed quantity against what is still to be billed. An absolute limit counts the value of the
 * variance at the order's price, unless the parameters say units.
 */
export function quantityOpen(basis: QuantityBasis) {
  return (line: LinkedLine, question: CheckQuestion): Measurement => {
    const reading = question.parameters.reading ?? 'net'
    if (question.parameters.onlyAfterReceipt === true && isZeroFigure(receivedOf(line).received)) {
      return notApplicable(concerns[basis], 'nothing has arrived on the order line yet')
    }
    const total = basisOf(line, basis, reading)
    const measured = compared(concerns[basis], units(line), {
      expected: subtractFigures(total, billedBefore(line, reading).quantity),
      actual: billedNow(line, reading).quantity,
    })
    const based = withBase(measured, question, {
      cumulative: total,
      line: readFigure(line.orderLine.quantityOrdered),
    })
    return valued({ ...based, isShared: reading === 'net' }, line, question, 'value')
  }
}

/** Everything billed so far against everything received, accepted or ordered. An absolute limit counts units. */
export function quantityCumulative(basis: QuantityBasis) {
  return (line: LinkedLine, question: CheckQuestion): Measurement => {
    const reading = question.parameters.reading ?? 'net'
    const expected = basisOf(line, basis, reading)
    const before = billedBefore(line, reading).quantity
    const measured = compared(concerns[basis], units(line), {
      expected,
      actual: addFigures(before, billedNow(line, reading).quantity),
    })
    const based = withBase(measured, question, {
      open: subtractFigures(expected, before),
      line: readFigure(line.orderLine.quantityOrdered),
    })
    return valued({ ...based, isShared: reading === 'net' }, line, question, 'quantity')
  }
}

/** The billed quantity of the line against the ordered one, whatever came before. */
export function quantityDifference(line: LinkedLine, question: CheckQuestion): Measurement {
  const measured = compared('ordered', units(line), {
    expected: readFigure(line.orderLine.quantityOrdered),
    actual: quantityOf(line),
  })
  return valued(measured, line, question, 'quantity')
}

/** The value of what was billed while nothing has arrived. */
export function quantityNoReceipt(line: LinkedLine, question: CheckQuestion): Measurement {
  if (!isZeroFigure(receivedOf(line).received)) {
    return notApplicable('received', 'goods have arrived on the order line')
  }
  const reading = question.parameters.reading ?? 'net'
  const billed = addFigures(billedBefore(line, reading).quantity, billedNow(line, reading).quantity)
  const measured = compared('received', units(line), { expected: zeroFigure, actual: billed })
  return valued({ ...measured, isShared: reading === 'net' }, line, question, 'value')
}

/** Puts the money value to a variance, and says which of the two an absolute limit counts. */
function valued(
  measured: Measured,
  line: LinkedLine,
  { parameters }: CheckQuestion,
  standard: 'value' | 'quantity',
): Measured {
  const varianceAmount = valueOf(line, measured.variance)
  const isValue = (parameters.absoluteLimit ?? standard) === 'value'
  const limited = isValue && varianceAmount !== null ? varianceAmount : measured.variance
  return { ...measured, varianceAmount, limited }
}
