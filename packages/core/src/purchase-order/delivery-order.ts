import type { LineNumber } from '../identity/identity.ts'
import type { OrderSchedule } from './order-schedule.ts'

/** Schedules in the order in which they are wanted, undated last; goods that name no schedule fill the first first. */
export function inDeliveryOrder<
  Schedule extends Pick<OrderSchedule, 'requestedDate' | 'scheduleNumber'>,
>(schedules: readonly Schedule[]): readonly Schedule[] {
  if (schedules.length < 2) return schedules
  return schedules.toSorted((a, b) => {
    const left = a.requestedDate ?? '9999-12-31'
    const right = b.requestedDate ?? '9999-12-31'
    if (left !== right) return left < right ? -1 : 1
    return compareNumbers(a.scheduleNumber, b.scheduleNumber)
  })
}

/** Line and schedule numbers as people count them: `2` before `10`, and `10` before `A`. */
export function compareNumbers(a: string, b: string): number {
  if (a === b) return 0
  if (/^\d+$/.test(a) && /^\d+$/.test(b) && a.length !== b.length) return a.length - b.length
  return a < b ? -1 : 1
}

/** The number of the `index`-th delivery split off a schedule, counted from 1: `2.1`. */
export function splitScheduleNumber(scheduleNumber: LineNumber, index: number): LineNumber {
  return `${scheduleNumber}.${index}` as LineNumber
}

/** True for a schedule and for the deliveries split off it. */
export function isOfSchedule(scheduleNumber: string, named: string): boolean {
  return scheduleNumber === named || scheduleNumber.startsWith(`${named}.`)
}
