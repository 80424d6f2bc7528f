import { promisedDeliveries, rebasedPrice } from '../acknowledgment/compare-answer.ts'
import { readFigure, signOfFigure, subtractFigures, writeFigure } from '../match/figure.ts'
import type { OrderDifference } from '../order-change/order-change.ts'
import { splitScheduleNumber } from '../purchase-order/delivery-order.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { OrderSchedule } from '../purchase-order/order-schedule.ts'
import type { StandingAnswer } from './stand-answers.ts'

/**
 * What the order would have to say for a supplier's answer to be as ordered: one delivery takes the schedule's place, and
 * further ones become schedules of their own, numbered after it. What is refused or on backorder stays ordered; whoever
 * gives it up says so.
 */
export function proposedDifferences(
  line: OrderLine,
  schedule: OrderSchedule,
  answer: StandingAnswer,
): readonly OrderDifference[] {
  return [
    ...deliveryDifferences(line, schedule, answer),
    ...priceDifferences(line, answer),
    ...itemDifferences(line, answer),
  ]
}

function deliveryDifferences(
  line: OrderLine,
  schedule: OrderSchedule,
  { pieces, sums }: StandingAnswer,
): OrderDifference[] {
  const [first, ...others] = promisedDeliveries(schedule, pieces)
  if (first === undefined || pieces.some(({ quantity }) => quantity === null)) return []
  const at = `lines/${line.orderLineNumber}/schedules`
  const own = `${at}/${schedule.scheduleNumber}`
  const refused = [sums.backordered, sums.rejected, sums.pending].filter(
    (quantity) => signOfFigure(quantity) > 0,
  )
  const ordered = readFigure(schedule.quantityOrdered)
  const kept = refused.length > 0 && others.length === 0 ? ordered : first.quantity
  const differences: OrderDifference[] = []
  if (signOfFigure(subtractFigures(kept, ordered)) !== 0) {
    const to = writeFigure(kept)
    differences.push({ path: `${own}/quantityOrdered`, from: schedule.quantityOrdered, to })
  }
  const isOnTime = first.dateMeaning === 'ship' || first.date === schedule.requestedDate
  if (!isOnTime && first.date !== null) {
    differences.push({ path: `${own}/requestedDate`, from: schedule.requestedDate, to: first.date })
  }
  const isTooEarly =
    first.date !== null &&
    schedule.deliverNotBefore !== null &&
    first.date < schedule.deliverNotBefore
  if (!isOnTime && isTooEarly) {
    const { deliverNotBefore: from } = schedule
    differences.push({ path: `${own}/deliverNotBefore`, from, to: first.date })
  }
  for (const [index, { date, quantity }] of others.entries()) {
    const split = `${at}/${splitScheduleNumber(schedule.scheduleNumber, index + 1)}`
    differences.push({ path: `${split}/quantityOrdered`, from: null, to: writeFigure(quantity) })
    differences.push({ path: `${split}/requestedDate`, from: null, to: date })
  }
  return differences
}

function priceDifferences(line: OrderLine, { pieces, acknowledgment }: StandingAnswer) {
  const stated = pieces.find(({ response }) => response.price !== undefined)?.response.price
  if (stated === undefined) return []
  const price = rebasedPrice(line, stated, dayOfIssue(acknowledgment))
  if (price === null) return []
  const to = writeFigure(price)
  const path = `lines/${line.orderLineNumber}/price/amount`
  return to === line.price.amount ? [] : [{ path, from: line.price.amount, to }]
}

const itemNumbers = ['buyerItem', 'supplierItem', 'gtin', 'manufacturerItem'] as const

function itemDifferences(line: OrderLine, { pieces }: StandingAnswer): OrderDifference[] {
  const substitute = pieces.find(({ response }) => response.substituteItem !== undefined)?.response
    .substituteItem
  if (substitute === undefined) return []
  return itemNumbers.flatMap((name) => {
    const from = line.item[name] ?? null
    const to = substitute[name] ?? null
    const path = `lines/${line.orderLineNumber}/item/${name}`
    // A number the supplier does not state stays: it is the buyer's own.
    return to === null || from === to ? [] : [{ path, from, to }]
  })
}
