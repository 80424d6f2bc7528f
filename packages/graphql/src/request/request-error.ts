import { CounterfoilError, type ErrorCode, errorCodes } from '@counterfoil/core'
import { GraphQLError } from 'graphql'

/** Why a request cannot be answered at all, beside the codes of `CounterfoilError`: `extensions.code` of a GraphQL error. */
export type RequestErrorCode =
  | 'TENANT_MISSING'
  | 'ACTOR_MISSING'
  | 'RUNTIME_MISSING'
  | 'PAGE_INVALID'
  | 'ID_INVALID'
  | 'REFERENCE_INVALID'

/** An error with a code clients can branch on, whose message hosts may show. */
export function requestError(code: RequestErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, retryable: false } })
}

/**
 * An error of the runtime as clients may see it. What the caller did wrong is told in full; of anything else only the
 * fact, since the message of a store may name what it could not reach. Errors of others stay what they are, for the host
 * to mask.
 */
export function readableError(error: unknown): unknown {
  if (!CounterfoilError.is(error)) return error
  const { code, retryable } = error
  const message = callerErrors.has(code) ? error.message : errorCodes[code]
  return new GraphQLError(message, { extensions: { code, retryable } })
}

const callerErrors: ReadonlySet<ErrorCode> = new Set(['COMMAND_INVALID', 'LIMIT_EXCEEDED'])
