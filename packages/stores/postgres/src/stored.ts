import { type AggregateReference, epochMillisecondsOf, instant } from '@counterfoil/core'

/** One row as the driver is told to give it: every column as text. */
export type SqlRow = { readonly [column: string]: string | null | undefined }

// PostgreSQL knows neither the character zero nor half a surrogate pair. Both are spelled with marks that no other text
// has, because the marks themselves are spelled out too, and so that texts keep their order.
const lowMark = '\u0001'
const halfMark = '\uE000'
const isMark = '\u0002'

/** Text as a column can hold it. */
export function storable(text: string): string {
  const isPlain =
    text.isWellFormed() &&
    !text.includes('\0') &&
    !text.includes(lowMark) &&
    !text.includes(halfMark)
  return isPlain ? text : Array.from(text, spelled).join('')
}

function spelled(character: string): string {
  if (character === '\0') return lowMark + lowMark
  if (character === lowMark || character === halfMark) return character + isMark
  if (character.isWellFormed()) return character
  return halfMark + lowMark + character.charCodeAt(0).toString(16)
}

/** What `storable` was given. */
export function original(stored: string): string {
  if (!stored.includes(lowMark) && !stored.includes(halfMark)) return stored
  let text = ''
  for (let at = 0; at < stored.length; at += 1) {
    const character = stored.charAt(at)
    if (character !== lowMark && character !== halfMark) {
      text += character
      continue
    }
    at += 1
    if (stored.charAt(at) === isMark) text += character
    else if (character === lowMark) text += '\0'
    else {
      text += String.fromCharCode(Number.parseInt(stored.slice(at + 1, at + 5), 16))
      at += 4
    }
  }
  return text
}

/** A record as the text that is stored. */
export function asText(record: object): string {
  return JSON.stringify(record)
}

/** The record a row's body holds. It was checked before it was stored, so it is not checked again. */
export function bodyOf<Record>(row: SqlRow): Record {
  return JSON.parse(row['body'] ?? 'null')
}

/** A column that always holds text. */
export function textOf(row: SqlRow, column: string): string {
  return original(row[column] ?? '')
}

/** A column that holds text or nothing. */
export function textOrNull(row: SqlRow, column: string): string | null {
  const value = row[column]
  return value === null || value === undefined ? null : original(value)
}

/** A column that always holds a whole number. */
export function numberOf(row: SqlRow, column: string): number {
  return Number(row[column])
}

/** Milliseconds of an instant, however it is spelled. */
export function momentOf(text: string): number {
  return epochMillisecondsOf(instant(text))
}

/** Where rows without an instant stand: after all that have one. */
export const noMoment = Number.MAX_SAFE_INTEGER

/** Milliseconds of an instant that may be missing. */
export function momentOrLast(text: string | null): number {
  return text === null ? noMoment : momentOf(text)
}

/** The three columns by which an aggregate is found. */
export function ownerOf(
  tenant: string,
  { kind, key }: Pick<AggregateReference, 'key'> & { readonly kind: string },
): readonly [string, string, string] {
  return [storable(tenant), kind, storable(key)]
}
