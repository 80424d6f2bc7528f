import type { CalendarDate } from '../calendar/calendar-date.ts'
import { daysBetween } from '../calendar/calendar-days.ts'
import {
  addFigures,
  compareFigures,
  figureOfInteger,
  readFigure,
  zeroFigure,
} from '../match/figure.ts'
import { canConvert, inOrderUnit } from '../match/order-unit.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { LotOrSerial, ShipNoticeLine } from './ship-notice.ts'

/** A line of a paper that names goods, and the day they are here. */
export type TracedLine = Pick<ShipNoticeLine, 'quantityShipped' | 'unitOfMeasure' | 'lots'> & {
  readonly arrival: CalendarDate
}

/** What is missing on a paper to trace and use the goods of an order line, each in words; nothing where all is named. */
export function missingControl(line: OrderLine, traced: TracedLine): readonly string[] {
  const { lotControlled, serialControlled, shelfLifeDaysMin } = line.itemControl ?? {}
  const { lots, arrival } = traced
  return [
    ...(lotControlled === true && !areNamed(lots, ({ lot }) => lot)
      ? ['no lot number is named']
      : []),
    ...(lotControlled === true ? lotsNotWhole(traced) : []),
    ...(serialControlled === true ? serialsMissing(line, traced) : []),
    ...(shelfLifeDaysMin === undefined ? [] : shelfLifeMissing(lots, arrival, shelfLifeDaysMin)),
  ]
}

/** True where there is a lot, and each has what is asked for. */
export function areNamed(
  lots: readonly LotOrSerial[],
  read: (lot: LotOrSerial) => string | undefined,
): boolean {
  return lots.length > 0 && lots.every((lot) => read(lot) !== undefined)
}

/** Where every lot says how much it is, together they are the line. */
function lotsNotWhole({ lots, quantityShipped, unitOfMeasure }: TracedLine): readonly string[] {
  const inLots = quantityInLots(lots)
  if (inLots === null || compareFigures(inLots, readFigure(quantityShipped)) === 0) return []
  return [`the lots do not add up to ${quantityShipped} ${unitOfMeasure}`]
}

/** What the lots say together, in the paper's unit; null where one does not say. */
export function quantityInLots(lots: readonly LotOrSerial[]) {
  let sum = zeroFigure
  for (const { quantity } of lots) {
    if (quantity === undefined) return null
    sum = addFigures(sum, readFigure(quantity))
  }
  return lots.length === 0 ? null : sum
}

function serialsMissing(
  line: OrderLine,
  { lots, quantityShipped: quantity, unitOfMeasure, arrival: on }: TracedLine,
): readonly string[] {
  const serials = serialsOf(lots)
  if (!canConvert(line, unitOfMeasure, line.unitOfMeasure, on)) return []
  const pieces = inOrderUnit(line, { quantity, unitOfMeasure, on })
  return compareFigures(figureOfInteger(serials.length), pieces) === 0
    ? []
    : [`${serials.length} serial numbers are named for ${quantity} ${unitOfMeasure}`]
}

/** The serial numbers named, each once. */
export function serialsOf(lots: readonly LotOrSerial[]): readonly string[] {
  return [...new Set(lots.flatMap(({ serial }) => serial ?? []))]
}

function shelfLifeMissing(
  lots: readonly LotOrSerial[],
  arrival: CalendarDate,
  daysMin: number,
): readonly string[] {
  if (!areNamed(lots, ({ expiryDate }) => expiryDate)) return ['no expiry date is named']
  return lots.flatMap(({ lot, serial, expiryDate }) => {
    if (expiryDate === undefined) return []
    const left = daysBetween(arrival, expiryDate)
    // What expires before it arrives is for the notice's own check.
    if (left >= daysMin || left < 0) return []
    return [
      `${lot ?? serial ?? 'a lot'} has ${left} days left when it arrives, ${daysMin} are needed`,
    ]
  })
}
