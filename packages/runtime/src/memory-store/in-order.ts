import { CounterfoilError } from '@counterfoil/core'
import type { Page, PageRequest } from '../store/store.ts'

/** What rows are put in order by: numbers by size, text by code points, null last. */
export type SortKey = readonly (string | number | null)[]

/** Negative when `a` comes first, 0 when neither does. */
export function compareKeys(a: SortKey, b: SortKey): number {
  for (let index = 0; index < a.length; index += 1) {
    const order = compareParts(a[index] ?? null, b[index] ?? null)
    if (order !== 0) return order
  }
  return 0
}

/** The rows after the request's cursor, in order, and the cursor for what comes after them. */
export function pageInOrder<Row>(
  rows: Iterable<Row>,
  keyOf: (row: Row) => SortKey,
  request: PageRequest,
): Page<Row> {
  const after = request.cursor === undefined ? null : placeOf(request.cursor)
  const keyed = Array.from(rows, (row) => ({ row, key: keyOf(row) }))
    .filter(({ key }) => after === null || compareKeys(key, after) > 0)
    .toSorted((a, b) => compareKeys(a.key, b.key))
  const page = keyed.slice(0, request.limit)
  const last = page.at(-1)
  const more = keyed.length > page.length && last !== undefined
  return { rows: page.map(({ row }) => row), cursor: more ? JSON.stringify(last.key) : null }
}

function placeOf(cursor: string): SortKey {
  const place = parsed(cursor)
  if (isSortKey(place)) return place
  throw new CounterfoilError(
    'COMMAND_INVALID',
    'the cursor is not one this list gave: begin again without a cursor',
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isSortKey(place: unknown): place is SortKey {
  return (
    Array.isArray(place) &&
    place.every((part) => part === null || typeof part === 'string' || typeof part === 'number')
  )
}

function compareParts(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return compareText(String(a), String(b))
}

// JavaScript compares 16-bit units, which puts characters outside the first plane before some inside it; databases
// compare code points.
function compareText(a: string, b: string): number {
  const left = a[Symbol.iterator]()
  const right = b[Symbol.iterator]()
  for (;;) {
    const [one, other] = [left.next(), right.next()]
    if (one.done === true) return other.done === true ? 0 : -1
    if (other.done === true) return 1
    const difference = (one.value.codePointAt(0) ?? 0) - (other.value.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
}
