import { CounterfoilError } from '@counterfoil/core'

// SQLite's primary result codes, https://sqlite.org/rescode.html. Busy, locked, an input or output error, a full disk, a
// file that cannot be opened: all may pass.
const passingCodes: ReadonlySet<number> = new Set([5, 6, 10, 13, 14])
const busyCode = 5
const unopenableCode = 14
const constraintCode = 19
const otherCode = 1
const codesByName: Readonly<Record<string, number>> = {
  BUSY: busyCode,
  LOCKED: 6,
  IOERR: 10,
  FULL: 13,
  CANTOPEN: unopenableCode,
  CONSTRAINT: constraintCode,
}

/** Works on the file, and gives what goes wrong there the name the store contract promises. */
export function guardFile<Answer>(work: () => Answer): Answer {
  try {
    return work()
  } catch (error) {
    throw promisedError(error)
  }
}

/** Whether another connection holds the file at the moment. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && primaryCode(error) === busyCode
}

/** Whether SQLite could not open the file, or one of those it keeps beside it. */
export function isUnopenable(error: unknown): boolean {
  return error instanceof Error && primaryCode(error) === unopenableCode
}

function promisedError(error: unknown): unknown {
  if (CounterfoilError.is(error) || !(error instanceof Error)) return error
  const code = primaryCode(error)
  if (code !== null) {
    return code === constraintCode
      ? contradiction(error)
      : unavailable(error, passingCodes.has(code))
  }
  return 'syscall' in error ? unavailable(error, true) : error
}

// node:sqlite carries SQLite's extended result code, better-sqlite3 its name; the file system carries its own name for
// what happened.
function primaryCode(error: Error): number | null {
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode & 0xff
  if (!('code' in error) || typeof error.code !== 'string') return null
  const [, primary = ''] = /^SQLITE_([A-Z]+)/u.exec(error.code) ?? []
  return primary === '' ? null : (codesByName[primary] ?? otherCode)
}

function contradiction(cause: Error): CounterfoilError {
  return new CounterfoilError(
    'INVARIANT_BROKEN',
    `what was to be stored contradicts what is stored: ${cause.message}`,
    { cause },
  )
}

function unavailable(cause: Error, retryable: boolean): CounterfoilError {
  return new CounterfoilError('STORE_UNAVAILABLE', `the file cannot be used: ${cause.message}`, {
    retryable,
    cause,
  })
}
