import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import { type DiscrepancyPlace, measureQuantity } from '../discrepancy/measure-discrepancy.ts'
import {
  compareFigures,
  divideFigures,
  type Figure,
  multiplyFigures,
  readFigure,
  writeFigure,
} from '../match/figure.ts'
import { isPricedInOtherUnit } from '../match/line-price.ts'
import { canConvert, inOrderUnit, inUnit } from '../match/order-unit.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { CountedLine } from './compare-receipt.ts'

/**
 * What counted goods weigh beside their nominal weight: what was ordered of both units, else the item's conversion. Only
 * where the order line says how far it may be off.
 */
export function compareWeight(
  line: OrderLine,
  counted: CountedLine,
  place: DiscrepancyPlace,
): readonly Discrepancy[] {
  const { weightPercent } = line.deliveryTolerance
  const { pricingQuantity } = counted
  if (weightPercent === undefined || weightPercent === null) return []
  if (pricingQuantity === undefined || !isPricedInOtherUnit(line)) return []
  const expected = nominalWeightOf(line, counted)
  if (expected === null || compareFigures(expected, readFigure(pricingQuantity)) === 0) return []
  const measured = {
    expected: writeFigure(expected),
    actual: pricingQuantity,
    unitOfMeasure: line.price.perUnitOfMeasure,
  }
  return [measureQuantity('nominal-weight-variance', place, measured)]
}

/** The weight a counted quantity should have, in the price's unit; null where neither order nor item says one. */
export function nominalWeightOf(
  line: OrderLine,
  {
    quantity,
    unitOfMeasure,
    receivedDate: on,
  }: Pick<CountedLine, 'quantity' | 'unitOfMeasure' | 'receivedDate'>,
): Figure | null {
  const { pricingQuantityOrdered, quantityOrdered, price } = line
  const stated = { quantity, unitOfMeasure, on }
  if (pricingQuantityOrdered !== undefined) {
    if (!canConvert(line, unitOfMeasure, line.unitOfMeasure, on)) return null
    return divideFigures(
      multiplyFigures(inOrderUnit(line, stated), readFigure(pricingQuantityOrdered)),
      readFigure(quantityOrdered),
    )
  }
  const to = price.perUnitOfMeasure
  return canConvert(line, unitOfMeasure, to, on) ? inUnit(line, to, stated) : null
}
