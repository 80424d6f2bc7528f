import { daysBetween } from '../calendar/calendar-days.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import { type DiscrepancyPlace, measureText } from '../discrepancy/measure-discrepancy.ts'
import { compareFigures, figureOfInteger, readFigure, writeFigure } from '../match/figure.ts'
import { canConvert, inOrderUnit } from '../match/order-unit.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import { areNamed, quantityInLots, serialsOf } from '../ship-notice/missing-control.ts'
import type { CountedLine } from './compare-receipt.ts'

/**
 * Whether counted goods can be traced and used as their item asks: a lot for each, a serial number for every piece, an
 * expiry date that leaves enough days. Nothing is asked where the order line says nothing of it.
 */
export function compareControl(
  line: OrderLine,
  counted: CountedLine,
  place: DiscrepancyPlace,
): readonly Discrepancy[] {
  const { lotControlled, serialControlled, shelfLifeDaysMin } = line.itemControl ?? {}
  return [
    ...(lotControlled === true ? withoutLot(counted, place) : []),
    ...(serialControlled === true ? withoutSerial(line, counted, place) : []),
    ...(shelfLifeDaysMin === undefined ? [] : withoutLife(counted, place, shelfLifeDaysMin)),
  ]
}

function withoutLot(counted: CountedLine, place: DiscrepancyPlace): readonly Discrepancy[] {
  const { lots = [], quantity, unitOfMeasure } = counted
  if (!areNamed(lots, ({ lot }) => lot)) return [missing(place, 'a lot number', null)]
  const inLots = quantityInLots(lots)
  if (inLots === null || compareFigures(inLots, readFigure(quantity)) === 0) return []
  return [
    missing(
      place,
      `lots of ${quantity} ${unitOfMeasure}`,
      `lots of ${writeFigure(inLots)} ${unitOfMeasure}`,
    ),
  ]
}

function withoutSerial(
  line: OrderLine,
  { lots = [], quantity, unitOfMeasure, receivedDate: on }: CountedLine,
  place: DiscrepancyPlace,
): readonly Discrepancy[] {
  const serials = serialsOf(lots)
  if (serials.length === 0) return [missing(place, 'serial numbers', null)]
  if (!canConvert(line, unitOfMeasure, line.unitOfMeasure, on)) return []
  const pieces = inOrderUnit(line, { quantity, unitOfMeasure, on })
  if (compareFigures(figureOfInteger(serials.length), pieces) === 0) return []
  return [
    missing(
      place,
      `${writeFigure(pieces)} serial numbers`,
      `${serials.length} serial number${serials.length === 1 ? '' : 's'}`,
    ),
  ]
}

function withoutLife(
  { lots = [], expiryDate, receivedDate }: CountedLine,
  place: DiscrepancyPlace,
  daysMin: number,
): readonly Discrepancy[] {
  if (expiryDate === undefined || !areNamed(lots, (lot) => lot.expiryDate)) {
    return [missing(place, 'an expiry date', null)]
  }
  const left = daysBetween(receivedDate, expiryDate)
  // What is past its date is told as such already.
  if (left >= daysMin || left < 0) return []
  const found = {
    expected: `${daysMin} days left on ${receivedDate}`,
    actual: `with ${left} days left of ${daysMin}, to be used by ${expiryDate}`,
  }
  return [measureText('expired-goods', place, found)]
}

function missing(place: DiscrepancyPlace, expected: string, actual: string | null): Discrepancy {
  return measureText('lot-or-serial-missing', place, { expected, actual })
}
