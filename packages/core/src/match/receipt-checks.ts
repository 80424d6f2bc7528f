import { parseExact } from '../decimal/exact.ts'
import { allocationPlaces } from './allocate-receipts.ts'
import type {
  AssociatedReceipt,
  CheckQuestion,
  LinkedLine,
  Measurement,
  OrderLineContext,
} from './check.ts'
import {
  addFigures,
  compareFigures,
  divideFigures,
  type Figure,
  isMoreThanPercent,
  minFigure,
  negateFigure,
  readFigure,
  roundFigure,
  signOfFigure,
  subtractFigures,
  zeroFigure,
} from './figure.ts'
import { quantityOf } from './line-price.ts'
import type { ReceiptFact } from './match-input.ts'
import { answered, compared, notApplicable, ratios, units } from './measurement.ts'
import { receivedOf } from './order-line-sums.ts'
import { inOrderUnit } from './order-unit.ts'

/** Nothing may be billed on the order line before goods have arrived. */
export function receiptRequired(line: OrderLineContext): Measurement {
  const isReceived = signOfFigure(receivedOf(line).received) > 0
  const { orderLineNumber } = line.orderLine
  const sentence = isReceived
    ? `goods have arrived on order line ${orderLineNumber}`
    : `nothing has been received on order line ${orderLineNumber} yet`
  return answered('received', isReceived, sentence, {
    finding: 'nothing-received',
    expectedText: 'goods received',
    actualText: isReceived ? 'goods received' : 'nothing received',
  })
}

/** Nothing is paid while quality control has not decided on a receipt. */
export function qualityPending(line: OrderLineContext): Measurement {
  const isPending = receivedOf(line).isInspectionPending
  const { orderLineNumber } = line.orderLine
  const sentence = isPending
    ? `goods of order line ${orderLineNumber} are still under inspection`
    : `no goods of order line ${orderLineNumber} are under inspection`
  return answered('inspection', !isPending, sentence, {
    expectedText: 'inspection decided',
    actualText: isPending ? 'inspection pending' : 'inspection decided',
  })
}

/** What arrived against what was ordered. The limits may be the order line's own instead of the policy's. */
export function receiptOver(line: OrderLineContext, { parameters }: CheckQuestion): Measurement {
  const ordered = readFigure(line.orderLine.quantityOrdered)
  const measured = compared('over-receipt', units(line), {
    expected: ordered,
    actual: receivedOf(line).received,
  })
  if (parameters.limits !== 'order-line') return measured
  const { overPercent, overUnlimited } = line.orderLine.deliveryTolerance
  if (overUnlimited || overPercent === null) return { ...measured, isWithin: true }
  const isOver = isMoreThanPercent(measured.variance, parseExact(overPercent), ordered)
  return { ...measured, isWithin: !isOver }
}

/** The billed quantity against the receipts selected for the line: equal, without any tolerance. */
export function quantityMatchedReceipt(line: LinkedLine, question: CheckQuestion): Measurement {
  const { receiptNumbers } = line.invoiceLine
  const isNamed = receiptNumbers.length > 0 || question.parameters.receipts === 'named'
  const selected = isNamed
    ? sumOfReceipts(line, question, ({ receiptNumber }) =>
        receiptNumbers.some((named) => named === receiptNumber),
      )
    : coveredOf(line)
  const measured = compared('received', units(line), {
    expected: selected,
    actual: quantityOf(line),
  })
  return {
    ...measured,
    varianceAmount: null,
    isWithin: signOfFigure(measured.variance) === 0,
  }
}

function sumOfReceipts(
  { orderLine, receipts }: LinkedLine,
  { parameters }: CheckQuestion,
  isSelected: (receipt: ReceiptFact) => boolean,
): Figure {
  let sum = zeroFigure
  for (const receipt of receipts) {
    if (!isSelected(receipt)) continue
    const { quantity, unitOfMeasure, receivedDate: on } = receipt
    const counted = inOrderUnit(orderLine, { quantity, unitOfMeasure, on })
    const takesAway = receipt.receiptType !== 'receipt' && parameters.reading !== 'as-stated'
    sum = addFigures(sum, takesAway ? negateFigure(counted) : counted)
  }
  return sum
}

/** What the allocated receipts cover; allocations are written at nine places, and so are compared there. */
function coveredOf(line: LinkedLine): Figure {
  const billed = quantityOf(line)
  const covered = line.allocations.reduce(
    (sum, { quantity }) => addFigures(sum, readFigure(quantity)),
    zeroFigure,
  )
  const isWhole =
    compareFigures(
      roundFigure(billed, allocationPlaces, 'half-up'),
      roundFigure(covered, allocationPlaces, 'half-up'),
    ) === 0
  return isWhole ? billed : covered
}

/** Whether receipts cover the billed quantity, walked one after the other until it is reached (Sum Up To). */
export function receiptsCover(line: LinkedLine, { parameters }: CheckQuestion): Measurement {
  const billed = quantityOf(line)
  const associated = parameters.reading === 'as-stated' ? walked(line, billed) : allocated(line)
  const covered =
    parameters.reading === 'as-stated'
      ? associated.reduce((sum, { quantity }) => addFigures(sum, quantity), zeroFigure)
      : coveredOf(line)
  const measured = compared('uncovered', units(line), { expected: billed, actual: covered })
  return { ...measured, associated, isWithin: signOfFigure(measured.variance) === 0 }
}

function allocated(line: LinkedLine): readonly AssociatedReceipt[] {
  return line.allocations.map(({ receiptNumber, quantity }) => ({
    receiptNumber,
    quantity: readFigure(quantity),
  }))
}

/** Every goods movement of the order as posted, whatever its line, until the quantity is reached. */
function walked({ order }: LinkedLine, billed: Figure): readonly AssociatedReceipt[] {
  const associated: AssociatedReceipt[] = []
  let left = billed
  for (const { receiptNumber, quantity } of order.receipts) {
    if (signOfFigure(left) <= 0) break
    const used = minFigure(left, readFigure(quantity))
    associated.push({ receiptNumber, quantity: used })
    left = subtractFigures(left, used)
  }
  return associated
}

/** The price's unit to the order's unit: kilograms a piece on the invoice, against those at receipt or ordered. */
export function ratioOrderPriceUnit(line: LinkedLine, question: CheckQuestion): Measurement {
  const { pricingQuantity, quantity } = line.invoiceLine
  if (pricingQuantity === undefined) {
    return notApplicable(
      'price-unit-ratio',
      'the invoice line states no quantity in the price unit',
    )
  }
  const isStated = question.parameters.reading === 'as-stated'
  const billed = isStated ? readFigure(quantity) : quantityOf(line)
  const expected =
    question.parameters.basis === 'order' ? orderedRatio(line) : receivedRatio(line, isStated)
  if (expected === null || signOfFigure(billed) === 0) {
    return notApplicable(
      'price-unit-ratio',
      'no quantity in the price unit was ordered or received',
    )
  }
  const actual = divideFigures(readFigure(pricingQuantity), billed)
  return compared('price-unit-ratio', ratios, { expected, actual })
}

function orderedRatio({ orderLine }: LinkedLine): Figure | null {
  const { pricingQuantityOrdered, quantityOrdered } = orderLine
  if (pricingQuantityOrdered === undefined) return null
  return divideFigures(readFigure(pricingQuantityOrdered), readFigure(quantityOrdered))
}

function receivedRatio({ orderLine, receipts }: LinkedLine, isStated: boolean): Figure | null {
  let weighed = zeroFigure
  let counted = zeroFigure
  for (const receipt of receipts) {
    if (receipt.pricingQuantity === null) continue
    const { quantity, unitOfMeasure, receivedDate: on } = receipt
    const pieces = isStated
      ? readFigure(quantity)
      : inOrderUnit(orderLine, { quantity, unitOfMeasure, on })
    const takesAway = receipt.receiptType !== 'receipt' && !isStated
    const weight = readFigure(receipt.pricingQuantity)
    weighed = addFigures(weighed, takesAway ? negateFigure(weight) : weight)
    counted = addFigures(counted, takesAway ? negateFigure(pieces) : pieces)
  }
  return signOfFigure(counted) > 0 ? divideFigures(weighed, counted) : null
}
