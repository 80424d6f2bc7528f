import { instantOfEpochMilliseconds } from '@counterfoil/core'
import type { Clock } from './clock.ts'

// Node's timers hold at most so many milliseconds; a longer wait is waited for in parts.
const timerMillisecondsMax = 2_147_483_647

/**
 * The clock of the machine. When it is set back during a wait, the wait is no longer than it was to be: whoever waits looks
 * again at what is due, and a runtime does not sleep through the hour it was set back by.
 */
export function createSystemClock(): Clock {
  return {
    now: () => instantOfEpochMilliseconds(Date.now()),
    waitUntil: async (moment, signal) => {
      const end = Date.parse(moment)
      // A millisecond more, because a clock that is being adjusted is a little slower than the time that passes.
      const latest = performance.now() + end - Date.now() + 1
      const left = (): number => Math.min(end - Date.now(), latest - performance.now())
      for (let wait = left(); !signal.aborted && wait > 0; wait = left()) {
        await pause(Math.min(Math.ceil(wait), timerMillisecondsMax), signal)
      }
    },
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, milliseconds)
    signal.addEventListener('abort', finish)
  })
}
