import {
  addMilliseconds,
  compareInstants,
  CounterfoilError,
  type Instant,
  instant,
} from '@counterfoil/core'
import type { Clock } from './clock.ts'

/** A clock that stands still until it is moved: a quarter passes in milliseconds. */
export type VirtualClock = Clock & {
  /** Moves on to an instant and wakes whoever waits for one up to it. An earlier instant throws `COMMAND_INVALID`. */
  readonly advanceTo: (moment: string) => void
  /** Moves on by so many hours; parts of an hour down to a millisecond. */
  readonly advanceHours: (hours: number) => void
}

const millisecondsAnHour = 3_600_000

/** A virtual clock that shows the given instant. */
export function createVirtualClock(start: string): VirtualClock {
  let present: Instant = instant(start)
  const sleepers = new Set<{ readonly until: Instant; readonly wake: () => void }>()
  const advanceTo = (moment: string): void => {
    const next = instant(moment)
    if (compareInstants(next, present) < 0) {
      throw new CounterfoilError(
        'COMMAND_INVALID',
        `cannot turn the clock back from \`${present}\` to \`${next}\`: it only moves on`,
      )
    }
    present = next
    for (const { until, wake } of sleepers) if (compareInstants(until, present) <= 0) wake()
  }
  return {
    now: () => present,
    advanceTo,
    advanceHours: (hours) =>
      advanceTo(addMilliseconds(present, Math.round(hours * millisecondsAnHour))),
    waitUntil: (moment, signal) =>
      new Promise((resolve) => {
        const until = instant(moment)
        if (signal.aborted || compareInstants(until, present) <= 0) return resolve()
        const wake = (): void => {
          sleepers.delete(sleeper)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        const sleeper = { until, wake }
        sleepers.add(sleeper)
        signal.addEventListener('abort', wake)
      }),
  }
}
