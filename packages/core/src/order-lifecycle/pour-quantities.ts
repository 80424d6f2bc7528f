import {
  addFigures,
  type Figure,
  minFigure,
  readFigure,
  signOfFigure,
  subtractFigures,
  zeroFigure,
} from '../match/figure.ts'
import { inDeliveryOrder, isOfSchedule } from '../purchase-order/delivery-order.ts'
import type { OrderSchedule } from '../purchase-order/order-schedule.ts'

/** So much of an order line, in its unit, of a named schedule or of whichever is wanted first. */
export type Portion = {
  readonly scheduleNumber?: string | undefined
  readonly quantity: Figure
}

/** Quantities by schedule number. */
export type BySchedule = ReadonlyMap<string, Figure>

/**
 * Spreads portions over the schedules of a line: a named schedule gets its own, the rest fills the schedules in the order
 * in which they are wanted. What is over goes to the last, unless `limits` say how much each may get.
 */
export function pourQuantities(
  all: readonly OrderSchedule[],
  portions: readonly Portion[],
  limits?: BySchedule,
): BySchedule {
  const sums = new Map<string, Figure>()
  const schedules = inDeliveryOrder(all)
  for (const { scheduleNumber: named, quantity } of portions) {
    const fitting =
      named === undefined
        ? schedules
        : schedules.filter(({ scheduleNumber }) => isOfSchedule(scheduleNumber, named))
    pour(fitting.length > 0 ? fitting : schedules, quantity, { sums, limits })
  }
  return sums
}

function pour(
  places: readonly OrderSchedule[],
  quantity: Figure,
  { sums, limits }: { readonly sums: Map<string, Figure>; readonly limits: BySchedule | undefined },
): void {
  let rest = quantity
  const last = limits === undefined ? places.at(-1) : undefined
  for (const place of places) {
    const { scheduleNumber, quantityOrdered } = place
    const has = sums.get(scheduleNumber) ?? zeroFigure
    const limit =
      limits === undefined
        ? readFigure(quantityOrdered)
        : (limits.get(scheduleNumber) ?? zeroFigure)
    const taken = place === last ? rest : minFigure(rest, subtractFigures(limit, has))
    if (signOfFigure(taken) <= 0) continue
    sums.set(scheduleNumber, addFigures(has, taken))
    rest = subtractFigures(rest, taken)
  }
}
