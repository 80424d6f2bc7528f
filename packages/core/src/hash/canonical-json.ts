import canonicalize from 'canonicalize'
import { CounterfoilError } from '../errors/counterfoil-error.ts'

/**
 * The one JSON text of a value (RFC 8785): keys in code unit order, no spaces, shortest numbers. Equal
 * values give equal text whatever order their keys were written in. Keys whose value is undefined
 * are left out. Throws `DOCUMENT_INVALID` for what JSON cannot hold: a bigint, NaN, an infinity, a
 * cycle, half of a surrogate pair, or undefined itself.
 */
export const canonicalJson = (value: unknown): string => {
  const text = serialize(value)
  if (text !== undefined) return text
  throw notJson('it is undefined or a function')
}

const serialize = (value: unknown): string | undefined => {
  try {
    return canonicalize(value)
  } catch (cause) {
    throw notJson(cause instanceof Error ? cause.message : String(cause), cause)
  }
}

const notJson = (reason: string, cause?: unknown): CounterfoilError =>
  new CounterfoilError(
    'DOCUMENT_INVALID',
    `cannot write the value as JSON, ${lowerFirst(reason)}: use plain data`,
    { cause },
  )

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1)
