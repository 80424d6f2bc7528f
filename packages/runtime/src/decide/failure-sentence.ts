import { CounterfoilError } from '@counterfoil/core'

/**
 * Why something could not be decided, in a sentence. An outage is not the fault of what was decided about, so it is
 * thrown on: who asked asks again, and nothing is set aside.
 */
export function failureSentence(error: unknown): string {
  if (CounterfoilError.is(error) && error.retryable) throw error
  return error instanceof Error ? error.message : String(error)
}
