import { CounterfoilError, type Instant } from '@counterfoil/core'
import type { Clock } from '../clock/clock.ts'

/**
 * Calls a connector and waits no longer than until an instant of the clock or the end of the signal, whether or not it
 * heeds it: one system that never answers must not hold up all others. What it does after that is known again by its key.
 */
export async function withinTime<Answer>(
  {
    clock,
    until,
    signal,
  }: { readonly clock: Clock; readonly until: Instant; readonly signal: AbortSignal },
  call: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const answered = new AbortController()
  const overdue = new AbortController()
  const timeOut = clock
    .waitUntil(until, AbortSignal.any([answered.signal, signal]))
    .then((): never => {
      const late = new CounterfoilError('CONNECTOR_UNAVAILABLE', `no answer until ${until}`, {
        retryable: true,
      })
      overdue.abort(late)
      throw late
    })
  try {
    return await Promise.race([call(AbortSignal.any([signal, overdue.signal])), timeOut])
  } finally {
    answered.abort()
    // Once there is an answer nobody waits for the time to run out, and its error is nobody's.
    timeOut.catch(() => undefined)
  }
}
