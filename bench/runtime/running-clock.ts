import { instantOfEpochMilliseconds } from '@counterfoil/core'
import { type Clock, createSystemClock } from '@counterfoil/runtime'

/** When the lives of orders are lived that do not wait for days to pass: before anything is overdue. */
export const dayOfLives = '2026-11-23T13:00:00Z'

/** A clock that shows an instant now and runs on from there. */
export function createRunningClock(start: string): Clock {
  const machine = createSystemClock()
  const ahead = Date.parse(start) - Date.now()
  const shifted = (moment: number): string => instantOfEpochMilliseconds(moment)
  return {
    now: () => shifted(Date.now() + ahead),
    waitUntil: (moment, signal) => machine.waitUntil(shifted(Date.parse(moment) - ahead), signal),
  }
}
