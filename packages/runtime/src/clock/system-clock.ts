import { instantOfEpochMilliseconds } from '@counterfoil/core'
import type { Clock } from './clock.ts'

// Node's timers hold at most so many milliseconds; a longer wait is waited for in parts.
const timerMillisecondsMax = 2_147_483_647

/** The clock of the machine. */
export function createSystemClock(): Clock {
  return {
    now: () => instantOfEpochMilliseconds(Date.now()),
    waitUntil: async (moment, signal) => {
      const end = Date.parse(moment)
      while (!signal.aborted && Date.now() < end) {
        await pause(Math.min(end - Date.now(), timerMillisecondsMax), signal)
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
