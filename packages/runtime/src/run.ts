import { addMilliseconds, compareInstants, CounterfoilError, instant } from '@counterfoil/core'
import type { Clock } from './clock/clock.ts'
import type { RuntimeLimits, TickReport } from './runtime.ts'
import type { Store } from './store/store.ts'

/** Wakes a waiting `run` because something came in. */
export type Bell = {
  readonly ring: () => void
  /** Aborted at the next ring. */
  readonly next: () => AbortSignal
}

/** A bell nobody waits for yet. */
export function createBell(): Bell {
  let current = new AbortController()
  return {
    ring: () => {
      const rung = current
      current = new AbortController()
      rung.abort()
    },
    next: () => current.signal,
  }
}

// What is held up hides what comes due meanwhile, so somebody looks.
const heldUpMilliseconds = 1000

/** Ticks whenever something is due or came in, until the signal is aborted. An outage of the store is waited out. */
export async function runUntilAborted({
  tick,
  isHeldUp,
  store,
  clock,
  limits,
  bell,
  signal,
}: {
  readonly tick: () => Promise<TickReport>
  /** Whether some of what is due waits for something under way to end, which rings the bell. */
  readonly isHeldUp: () => boolean
  readonly store: Store
  readonly clock: Clock
  readonly limits: RuntimeLimits
  readonly bell: Bell
  readonly signal: AbortSignal
}): Promise<void> {
  while (!signal.aborted) {
    const rung = bell.next()
    const finished = await tickOrOutage(tick)
    if (finished === 'unfinished' || signal.aborted) continue
    await clock.waitUntil(await wakeTime(finished), AbortSignal.any([signal, rung]))
  }

  // The store may be closed, or gone, while nothing is under way.
  async function nextDue(): Promise<string | null> {
    try {
      return await store.nextDueAt()
    } catch (error) {
      if (CounterfoilError.is(error) && error.retryable) return null
      throw error
    }
  }

  async function wakeTime(finished: 'finished' | 'left' | 'outage'): Promise<string> {
    const latest = addMilliseconds(instant(clock.now()), limits.idleSecondsMax * 1000)
    const due = finished === 'finished' ? await nextDue() : null
    if (due === null || compareInstants(instant(due), latest) >= 0) return latest
    const soon = addMilliseconds(instant(clock.now()), heldUpMilliseconds)
    return isHeldUp() && compareInstants(instant(due), soon) < 0 ? soon : due
  }
}

async function tickOrOutage(
  tick: () => Promise<TickReport>,
): Promise<'finished' | 'unfinished' | 'left' | 'outage'> {
  try {
    const { finished, left } = await tick()
    // What is left is due and stays so: it is looked at again after a while, and not at once.
    return !finished ? 'unfinished' : left.length === 0 ? 'finished' : 'left'
  } catch (error) {
    if (CounterfoilError.is(error) && error.retryable) return 'outage'
    if (CounterfoilError.is(error) && error.code === 'RUNTIME_CLOSED') return 'outage'
    throw error
  }
}
