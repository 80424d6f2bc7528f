import type { CalendarDate } from '../calendar/calendar-date.ts'
import {
  addFigures,
  compareFigures,
  type Figure,
  minFigure,
  readFigure,
  signOfFigure,
  subtractFigures,
  zeroFigure,
} from '../match/figure.ts'
import { canConvert, inOrderUnit } from '../match/order-unit.ts'
import { inDeliveryOrder, isOfSchedule } from '../purchase-order/delivery-order.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { OrderSchedule } from '../purchase-order/order-schedule.ts'
import type { Acknowledgment, AcknowledgmentResponse, WholeLineAnswer } from './acknowledgment.ts'

/** One entry of a supplier's answer to an order line. */
export type LineAnswer = {
  readonly scheduleNumber?: string | undefined
  readonly responses: readonly AcknowledgmentResponse[]
  /** Says the same of all that was ordered, without naming how much. */
  readonly wholeLine?: WholeLineAnswer | undefined
}

/** What the supplier says about part of one schedule. */
export type AnswerPiece = {
  readonly response: AcknowledgmentResponse
  /** In the order line's unit; null where the stated unit cannot be converted to it. */
  readonly quantity: Figure | null
}

/** What an answer to a whole line says about each of its schedules. */
export type SpreadAnswer = { readonly [scheduleNumber: string]: readonly AnswerPiece[] }

/**
 * Spreads an answer over the schedules of its line. A part that names a schedule, and the deliveries split off it, stay
 * there. The rest goes first to schedules whose day and quantity it repeats, then fills the schedules in the order in
 * which they are wanted; what is over goes to the last.
 */
export function spreadAnswer(
  line: OrderLine,
  answers: readonly LineAnswer[],
  on: CalendarDate,
): SpreadAnswer {
  const spread: Record<string, AnswerPiece[]> = {}
  for (const answer of answers) {
    const named = answer.scheduleNumber
    const schedules = inDeliveryOrder(line.schedules).filter(
      (schedule) => named === undefined || isOfSchedule(schedule.scheduleNumber, named),
    )
    const places = schedules.map((schedule): Place => ({
      scheduleNumber: schedule.scheduleNumber,
      requestedDate: schedule.requestedDate,
      left: readFigure(schedule.quantityOrdered),
      pieces: (spread[schedule.scheduleNumber] ??= []),
    }))
    fillPlaces(places, piecesOf(line, answer.responses, on))
    if (answer.wholeLine === undefined) continue
    for (const schedule of schedules) {
      spread[schedule.scheduleNumber]?.push(wholeAnswer(line, schedule, answer.wholeLine))
    }
  }
  return spread
}

function wholeAnswer(
  line: OrderLine,
  { quantityOrdered }: OrderSchedule,
  answer: WholeLineAnswer,
): AnswerPiece {
  const { unitOfMeasure } = line
  const response = { ...answer, quantity: quantityOrdered, unitOfMeasure }
  return { quantity: readFigure(quantityOrdered), response }
}

/**
 * The answer that silence about a line stands for, written out for each of its schedules, with the day promised for the
 * order as a whole where there is one.
 */
export function spreadSilence(
  line: OrderLine,
  silence: Acknowledgment['unlistedLines'],
  promisedDate: CalendarDate | null,
): SpreadAnswer {
  if (silence === 'unanswered') return {}
  const action = silence === 'accepted' ? ('accept' as const) : ('reject' as const)
  const answer = { action, promisedDate, dateMeaning: 'delivery' as const }
  return Object.fromEntries(
    line.schedules.map((schedule) => [
      schedule.scheduleNumber,
      [wholeAnswer(line, schedule, answer)],
    ]),
  )
}

type Place = {
  readonly scheduleNumber: string
  readonly requestedDate: CalendarDate | null
  left: Figure
  readonly pieces: AnswerPiece[]
}

function piecesOf(
  line: OrderLine,
  responses: readonly AcknowledgmentResponse[],
  on: CalendarDate,
): AnswerPiece[] {
  return responses.map((response) => {
    const { quantity, unitOfMeasure } = response
    const isKnown = canConvert(line, unitOfMeasure, line.unitOfMeasure, on)
    return {
      response,
      quantity: isKnown ? inOrderUnit(line, { quantity, unitOfMeasure, on }) : null,
    }
  })
}

function fillPlaces(places: readonly Place[], pieces: readonly AnswerPiece[]): void {
  const [only] = places
  if (only === undefined) return
  if (places.length === 1) {
    only.pieces.push(...pieces)
    return
  }
  const unplaced = pieces.filter((piece) => !takeWhole(places, piece))
  for (const piece of unplaced) pourOut(places, piece)
}

/** A part that repeats the quantity and day of a schedule is about that schedule. */
function takeWhole(places: readonly Place[], piece: AnswerPiece): boolean {
  const { quantity, response } = piece
  if (quantity === null || response.promisedDate === null) return false
  const place = places.find(
    ({ left, requestedDate }) =>
      requestedDate === response.promisedDate && compareFigures(left, quantity) === 0,
  )
  if (place === undefined) return false
  place.pieces.push(piece)
  place.left = zeroFigure
  return true
}

function pourOut(places: readonly Place[], piece: AnswerPiece): void {
  const last = places.at(-1)
  if (piece.quantity === null) {
    last?.pieces.push(piece)
    return
  }
  let rest = piece.quantity
  for (const place of places) {
    const taken = place === last ? rest : minFigure(rest, place.left)
    if (signOfFigure(taken) <= 0) continue
    place.pieces.push({ ...piece, quantity: taken })
    place.left = subtractFigures(place.left, taken)
    rest = subtractFigures(rest, taken)
  }
}

/** Quantities of one schedule's answer, by what the supplier will do, in the order line's unit. */
export type AnsweredQuantities = {
  readonly confirmed: Figure
  readonly backordered: Figure
  readonly rejected: Figure
  /** Mentioned, yet neither promised nor refused. */
  readonly pending: Figure
}

/** Adds up what an answer says about one schedule; a part in an unknown unit counts for nothing. */
export function addUpAnswer(pieces: readonly AnswerPiece[]): AnsweredQuantities {
  const sums = {
    confirmed: zeroFigure,
    backordered: zeroFigure,
    rejected: zeroFigure,
    pending: zeroFigure,
  }
  for (const { response, quantity } of pieces) {
    if (quantity === null) continue
    const sum = meaningOf(response)
    sums[sum] = addFigures(sums[sum], quantity)
  }
  return sums
}

/** What an action comes to: goods promised, promised for later, refused, or nothing yet. */
export function meaningOf(response: AcknowledgmentResponse): keyof AnsweredQuantities {
  switch (response.action) {
    case 'accept':
    case 'substitute':
    case 'shipped':
      return 'confirmed'
    case 'backorder':
      return 'backordered'
    case 'reject':
    case 'cancel':
      return 'rejected'
    case 'pending':
    case 'hold':
      return 'pending'
  }
}
