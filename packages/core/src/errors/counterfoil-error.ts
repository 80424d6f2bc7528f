import type { ErrorCode } from './error-codes.ts'

// A registered symbol is the same in every copy of the package, where `instanceof` is not.
const mark: unique symbol = Symbol.for('counterfoil.error')

/** What a `CounterfoilError` may carry besides its code and message. */
export type CounterfoilErrorOptions = {
  /** True when the same call may succeed later, as after an outage. False unless said. */
  readonly retryable?: boolean
  /** Plain data about the values involved, safe to log and to store as JSON. */
  readonly details?: Readonly<Record<string, unknown>>
  /** The error underneath, if another library threw it. */
  readonly cause?: unknown
}

/**
 * A call that could not be carried out: an invalid argument, a broken rule set, an unreachable
 * system. A business outcome such as a mismatch is never one of these; it is returned as data.
 * Detect it with `CounterfoilError.is`, which also knows errors from another copy of the package.
 */
export class CounterfoilError extends Error {
  /** Always `CounterfoilError`, as stack traces show it. */
  override readonly name = 'CounterfoilError'
  /** What went wrong, as a fact that programs can branch on. */
  readonly code: ErrorCode
  /** True when the same call may succeed later. */
  readonly retryable: boolean
  /** Plain data about the values involved; empty when there are none. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, options: CounterfoilErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.retryable = options.retryable ?? false
    this.details = options.details ?? {}
  }

  /** Tells this error from others, also in another installed copy of the package. */
  get [mark](): true {
    return true
  }

  /** True for every `CounterfoilError`, also one thrown by another installed copy. Never throws. */
  static is(error: unknown): error is CounterfoilError {
    return typeof error === 'object' && error !== null && mark in error
  }

  /** The error as plain data for a log line; the cause and the stack are left out. */
  toJSON(): {
    readonly name: string
    readonly code: ErrorCode
    readonly message: string
    readonly retryable: boolean
    readonly details: Readonly<Record<string, unknown>>
  } {
    return {
      name: this.name,
      code: this.code,
      message: this.message,
      retryable: this.retryable,
      details: this.details,
    }
  }
}
