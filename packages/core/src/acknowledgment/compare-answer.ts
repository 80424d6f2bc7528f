import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import {
  type DiscrepancyPlace,
  measureAmount,
  measureDate,
  measureQuantity,
  measureText,
} from '../discrepancy/measure-discrepancy.ts'
import {
  addFigures,
  compareFigures,
  divideFigures,
  type Figure,
  multiplyFigures,
  readFigure,
  signOfFigure,
  writeFigure,
  zeroFigure,
} from '../match/figure.ts'
import { canConvert, inUnit } from '../match/order-unit.ts'
import { agrees, nameOfItem } from '../purchase-order/find-order-line.ts'
import type { LinePrice, OrderLine } from '../purchase-order/order-line.ts'
import type { OrderSchedule } from '../purchase-order/order-schedule.ts'
import { addUpAnswer, type AnswerPiece, meaningOf } from './spread-answer.ts'

/** One schedule, what was answered to it, and where that stands. */
export type ScheduleAnswer = {
  readonly currency: string
  readonly line: OrderLine
  readonly schedule: OrderSchedule
  readonly pieces: readonly AnswerPiece[]
  /** The day units are converted for. */
  readonly on: CalendarDate
  readonly place: DiscrepancyPlace
}

/** Compares what the supplier says about one schedule with what was ordered. Empty where they agree. */
export function compareAnswer(answer: ScheduleAnswer): readonly Discrepancy[] {
  return [
    ...unitChanges(answer),
    ...quantityChanges(answer),
    ...dateChanges(answer),
    ...priceChanges(answer),
    ...substitutions(answer),
  ]
}

function unitChanges({ line, pieces, place }: ScheduleAnswer): Discrepancy[] {
  const foreign = pieces.find(({ quantity }) => quantity === null)
  if (foreign === undefined) return []
  const found = { expected: line.unitOfMeasure, actual: foreign.response.unitOfMeasure }
  return [measureText('unit-change', place, found)]
}

function quantityChanges({ line, schedule, pieces, place }: ScheduleAnswer): Discrepancy[] {
  const found: Discrepancy[] = []
  const unitOfMeasure = line.unitOfMeasure
  const sums = addUpAnswer(pieces)
  const nothing = writeFigure(zeroFigure)
  const backordered = writeFigure(sums.backordered)
  const rejected = writeFigure(sums.rejected)
  if (signOfFigure(sums.backordered) > 0) {
    const measured = { expected: nothing, actual: backordered, unitOfMeasure }
    found.push(measureQuantity('backorder', place, measured))
  }
  if (signOfFigure(sums.rejected) > 0) {
    const measured = { expected: nothing, actual: rejected, unitOfMeasure }
    found.push(measureQuantity('rejection', place, measured))
  }
  const answered = [sums.confirmed, sums.backordered, sums.rejected, sums.pending].reduce(
    addFigures,
  )
  const isKnown = pieces.every(({ quantity }) => quantity !== null)
  const expected = schedule.quantityOrdered
  if (isKnown && compareFigures(answered, readFigure(expected)) !== 0) {
    const measured = { expected, actual: writeFigure(answered), unitOfMeasure }
    found.push(measureQuantity('quantity-change', place, measured))
  }
  return [...found, ...splits({ line, schedule, pieces, place })]
}

/** Goods promised for several days where the order asks for one delivery. */
function splits({
  line,
  schedule,
  pieces,
  place,
}: Pick<ScheduleAnswer, 'line' | 'schedule' | 'pieces' | 'place'>): Discrepancy[] {
  const deliveries = promisedDeliveries(schedule, pieces)
  const [first] = deliveries
  if (first === undefined || deliveries.length < 2) return []
  const measured = {
    expected: schedule.quantityOrdered,
    actual: writeFigure(first.quantity),
    unitOfMeasure: line.unitOfMeasure,
  }
  return [measureQuantity('split', place, measured)]
}

/** So much on one day. */
export type PromisedDelivery = {
  readonly date: CalendarDate | null
  readonly dateMeaning: 'delivery' | 'ship'
  readonly quantity: Figure
}

/** What is promised of a schedule, by day, earliest first; a promise without a day means the day asked for. */
export function promisedDeliveries(
  schedule: Pick<OrderSchedule, 'requestedDate'>,
  pieces: readonly AnswerPiece[],
): readonly PromisedDelivery[] {
  const deliveries: PromisedDelivery[] = []
  for (const { response, quantity } of pieces) {
    if (quantity === null || meaningOf(response) !== 'confirmed') continue
    const date = response.promisedDate ?? schedule.requestedDate
    const dateMeaning = response.promisedDate === null ? 'delivery' : response.dateMeaning
    const index = deliveries.findIndex((other) => other.date === date)
    const other = deliveries[index]
    if (other === undefined) deliveries.push({ date, dateMeaning, quantity })
    else deliveries[index] = { ...other, quantity: addFigures(other.quantity, quantity) }
  }
  return deliveries.toSorted((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : 1))
}

function dateChanges(answer: ScheduleAnswer): Discrepancy[] {
  const { schedule, pieces, place } = answer
  const { requestedDate, deliverNotBefore } = schedule
  const deliveries = promisedDeliveries(schedule, pieces)
  const last = deliveries.at(-1)
  const wanted = last === undefined ? null : wantedBy(schedule, last.dateMeaning)
  const lastDate = last?.date ?? null
  if (lastDate !== null && wanted !== null && lastDate > wanted) {
    return [measureDate('date-change', place, { expected: wanted, actual: lastDate })]
  }
  // A day of shipping cannot be too early for a day of delivery.
  const early = deliveries.find(({ dateMeaning }) => dateMeaning === 'delivery')
  const earlyDate = early?.date ?? null
  const isBounded = requestedDate !== null && deliverNotBefore !== null
  if (isBounded && earlyDate !== null && earlyDate < deliverNotBefore) {
    return [measureDate('date-change', place, { expected: deliverNotBefore, actual: earlyDate })]
  }
  return []
}

/** The day a promise is held against: goods that ship after the day of delivery cannot be in time either. */
function wantedBy(
  schedule: Pick<OrderSchedule, 'requestedDate' | 'requestedShipDate'>,
  dateMeaning: 'delivery' | 'ship',
): CalendarDate | null {
  const { requestedDate, requestedShipDate } = schedule
  return dateMeaning === 'ship' ? (requestedShipDate ?? requestedDate) : requestedDate
}

function priceChanges(answer: ScheduleAnswer): Discrepancy[] {
  const { line, pieces, place, on, currency } = answer
  for (const { response } of pieces) {
    if (response.price === undefined) continue
    const stated = rebasedPrice(line, response.price, on)
    if (stated === null) {
      const found = {
        expected: line.price.perUnitOfMeasure,
        actual: response.price.perUnitOfMeasure,
      }
      return [measureText('unit-change', place, found)]
    }
    if (compareFigures(stated, readFigure(line.price.amount)) === 0) continue
    const measured = { expected: line.price.amount, actual: writeFigure(stated), currency }
    return [measureAmount('price-change', place, measured)]
  }
  return []
}

/** A stated price for the quantity and unit the order's price is for; null where the unit cannot be converted. */
export function rebasedPrice(line: OrderLine, stated: LinePrice, on: CalendarDate): Figure | null {
  const { perUnitOfMeasure, perQuantity } = line.price
  if (!canConvert(line, perUnitOfMeasure, stated.perUnitOfMeasure, on)) return null
  const per = inUnit(line, stated.perUnitOfMeasure, {
    quantity: perQuantity,
    unitOfMeasure: perUnitOfMeasure,
    on,
  })
  const price = multiplyFigures(readFigure(stated.amount), per)
  return divideFigures(price, readFigure(stated.perQuantity))
}

function substitutions({ line, pieces, place }: ScheduleAnswer): Discrepancy[] {
  const other = pieces.find(
    ({ response }) =>
      (response.action === 'substitute' || response.substituteItem !== undefined) &&
      !agrees(line.item, response.substituteItem),
  )
  if (other === undefined) return []
  const { substituteItem } = other.response
  const found = {
    expected: nameOfItem(line.item),
    actual: substituteItem === undefined ? null : nameOfItem(substituteItem),
  }
  return [measureText('substitution', place, found)]
}
