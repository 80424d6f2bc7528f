import type { OrderSchedule } from '../purchase-order/order-schedule.ts'
import type { OrderVersion, OutlineLine } from './order-facts.ts'
import type { ScheduleStanding } from './order-state.ts'
import type { SupplierPromise } from './stand-answers.ts'

/**
 * The day a schedule was first asked for and the day it was first promised for, whatever was agreed on since: suppliers
 * are measured by these, so nothing overwrites them (INV-23).
 */
export function firstDatesOf(
  schedule: OrderSchedule,
  {
    orderLineNumber,
    versions,
    promises,
  }: {
    readonly orderLineNumber: string
    /** Ascending. */
    readonly versions: readonly OrderVersion[]
    /** By issue time. */
    readonly promises: readonly SupplierPromise[]
  },
): Pick<ScheduleStanding, 'originalRequestedDate' | 'firstPromisedDate'> {
  const first = versions
    .flatMap((version) => linesOf(version).get(orderLineNumber) ?? [])
    .flatMap(({ schedules }) => schedules)
    .find(({ scheduleNumber }) => scheduleNumber === schedule.scheduleNumber)
  return {
    originalRequestedDate: (first ?? schedule).requestedDate,
    firstPromisedDate: promises[0]?.deliveries.at(-1)?.date ?? null,
  }
}

// Asked for by every schedule of an order that may have thousands, and a version stays as it is.
const indexes = new WeakMap<OrderVersion, ReadonlyMap<string, readonly OutlineLine[]>>()

function linesOf(version: OrderVersion): ReadonlyMap<string, readonly OutlineLine[]> {
  const known = indexes.get(version)
  if (known !== undefined) return known
  const index = Map.groupBy(version.lines, ({ orderLineNumber }) => orderLineNumber as string)
  indexes.set(version, index)
  return index
}
