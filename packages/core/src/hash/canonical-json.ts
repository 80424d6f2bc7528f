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
    return textOf(value)
  } catch (cause) {
    if (cause instanceof RangeError) throw notJson('it is a circle or nested too deeply', cause)
    throw notJson(cause instanceof Error ? cause.message : String(cause), cause)
  }
}

type Members = Readonly<Record<string, unknown>>

/** Undefined for what JSON leaves out of an object: undefined, a function, a symbol. */
const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number') return textOfNumber(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return Array.isArray(value) ? textOfArray(value) : textOfObject(Object(value))
}

const textOfNumber = (value: number): string => {
  if (Number.isFinite(value)) return String(value)
  throw new Error(`${value} is no number`)
}

const textOfArray = (items: readonly unknown[]): string => {
  let text = '['
  for (let index = 0; index < items.length; index += 1) {
    if (index > 0) text += ','
    text += textOf(items[index]) ?? 'null'
  }
  return `${text}]`
}

const textOfObject = (value: Members): string | undefined => {
  const { toJSON } = value
  if (typeof toJSON === 'function') return textOf(toJSON.call(value))
  const unwrapped = withoutWrapper(value)
  if (unwrapped !== value) return textOf(unwrapped)
  let text = '{'
  for (const key of Object.keys(value).sort()) {
    const member = textOf(value[key])
    if (member === undefined) continue
    if (text.length > 1) text += ','
    text += `${quoted(key)}:${member}`
  }
  return `${text}}`
}

// JSON writes `new Number(1)` as 1.
const withoutWrapper = (value: object): unknown =>
  value instanceof String || value instanceof Number || value instanceof Boolean
    ? value.valueOf()
    : value

// Nearly every text is of such characters alone, and to look is faster than to have it written.
const plain = /^[ !#-[\]-~]*$/

const quoted = (text: string): string => {
  if (plain.test(text)) return `"${text}"`
  if (text.isWellFormed()) return JSON.stringify(text)
  throw new Error('it has half of a surrogate pair')
}

const notJson = (reason: string, cause?: unknown): CounterfoilError =>
  new CounterfoilError(
    'DOCUMENT_INVALID',
    `cannot write the value as JSON, ${lowerFirst(reason)}: use plain data`,
    { cause },
  )

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1)
