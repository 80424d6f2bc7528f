import { CounterfoilError } from '@counterfoil/core'

// SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html. Lost connections, a server that starts or
// stops or became a standby, too many connections, a full disk, a lock or statement that took too long: all may pass.
const passing =
  /^(?:08...|25006|25P03|40...|53...|55P03|55006|57014|57P01|57P02|57P03|57P05|58...|F0001|XX00.)$/
const repeatable = /^(?:40001|40P01)$/
const contradictory = /^(?:22|23)...$/

/** Works on the database, and gives what goes wrong there the name the store contract promises. */
export async function guard<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    throw promisedError(error)
  }
}

/** Whether the transaction only lost to another one, and may simply be tried again. */
export function isOvertaken(error: unknown): boolean {
  return repeatable.test(stateOf(error) ?? '')
}

/** Whether what was to be stored is refused for what it is. */
export function isContradiction(error: unknown): boolean {
  return contradictory.test(stateOf(error) ?? '')
}

/** Whether the connection was lost, so that nobody knows how the last statement ended. */
export function isConnectionLost(error: unknown): boolean {
  const state = stateOf(error)
  return state === null ? isNetworkError(error) : /^(?:08...|25P03|57P0[1235])$/.test(state)
}

/** The store's own name for what happened. */
export function promisedError(error: unknown): unknown {
  if (CounterfoilError.is(error) || !(error instanceof Error)) return error
  if (isContradiction(error)) {
    return new CounterfoilError(
      'INVARIANT_BROKEN',
      `what was to be stored contradicts what is stored: ${error.message}`,
      { cause: error },
    )
  }
  const state = stateOf(error)
  if (state === null && !isNetworkError(error)) return error
  return new CounterfoilError('STORE_UNAVAILABLE', `the database cannot be used: ${said(error)}`, {
    retryable: state === null || passing.test(state),
    cause: error,
  })
}

function stateOf(error: unknown): string | null {
  const isFromServer = error instanceof Error && 'severity' in error && 'code' in error
  return isFromServer && typeof error.code === 'string' ? error.code : null
}

// The driver gives the errors of sockets as they come, and these sentences of its own.
function isNetworkError(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    'syscall' in error ||
    error instanceof AggregateError ||
    /^(?:Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|timeout expired|Query read timeout)/.test(
      error.message,
    )
  )
}

// Several addresses tried in vain come as one error without a sentence.
function said(error: Error): string {
  if (error.message !== '' || !(error instanceof AggregateError)) return error.message
  return error.errors
    .map((one: unknown) => (one instanceof Error ? one.message : String(one)))
    .join('; ')
}
