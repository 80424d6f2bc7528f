import type { OrderFact } from './order-fact.ts'
import type { LineStanding, OrderState, ScheduleStanding } from './order-state.ts'

/** An event of an order, and the order before and after it. */
export type OrderChange = {
  readonly before: OrderState
  readonly after: OrderState
  readonly fact: OrderFact
}

/** A schedule an event changed, as it was and as it is; `was` is missing for a new one. */
export type ChangedSchedule = {
  readonly line: LineStanding
  readonly was: ScheduleStanding | undefined
  readonly is: ScheduleStanding
}

/** The schedules an event changed. What did not change is the same object. */
export function changedSchedules({ before, after }: OrderChange): readonly ChangedSchedule[] {
  if (before.standing.lines === after.standing.lines) return []
  const lines = new Map(before.standing.lines.map((line) => [line.orderLineNumber, line]))
  return after.standing.lines.flatMap((line) => {
    const known = lines.get(line.orderLineNumber)
    if (known === line) return []
    return line.schedules.map((is) => ({
      line,
      was: known?.schedules.find(({ scheduleNumber }) => scheduleNumber === is.scheduleNumber),
      is,
    }))
  })
}

/** How the order is called in what people read. */
export function nameOfOrder({ key, standing }: OrderState): string {
  const { order } = standing
  return order === null ? `order ${key}` : `order ${order.orderNumber} of ${order.supplier}`
}
