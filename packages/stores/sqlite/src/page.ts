import { CounterfoilError } from '@counterfoil/core'
import type { Page, PageRequest } from '@counterfoil/runtime'
import type { SqlValue } from './connection.ts'
import type { SqlRow } from './connection.ts'
import type { Database } from './database.ts'

/** A condition and the values of its question marks. */
export type Condition = readonly [sql: string, ...values: readonly SqlValue[]]

/** What to read: columns and table, conditions that all must hold, and the columns that put rows in one order. */
export type PageQuery<Row> = {
  readonly select: string
  readonly where: readonly Condition[]
  readonly orderBy: readonly string[]
  readonly rowOf: (row: SqlRow) => Row
}

/** One page of rows in order, and the cursor for those after it: the last row's place in that order. */
export function readPage<Row>(
  database: Database,
  { limit, cursor }: PageRequest,
  query: PageQuery<Row>,
): Page<Row> {
  const { select, orderBy, rowOf } = query
  const order = orderBy.join(', ')
  const where =
    cursor === undefined
      ? query.where
      : [...query.where, afterCursor(orderBy, placeOf(orderBy, cursor))]
  const sql = `${select} WHERE ${where.map(([condition]) => `(${condition})`).join(' AND ')} ORDER BY ${order} LIMIT ?`
  const found = database.all(sql, ...where.flatMap(([, ...values]) => values), limit + 1)
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const isMore = found.length > rows.length && last !== undefined
  return {
    rows: rows.map(rowOf),
    cursor: isMore ? JSON.stringify(orderBy.map((column) => last[column])) : null,
  }
}

/** The conditions that are asked for. */
export function wanted(...conditions: readonly (Condition | null)[]): readonly Condition[] {
  return conditions.filter((condition) => condition !== null)
}

/** Equality with a value, when one is asked for. */
export function equal(column: string, value: SqlValue | undefined): Condition | null {
  return value === undefined ? null : [`${column} = ?`, value]
}

function afterCursor(orderBy: readonly string[], place: readonly (string | number)[]): Condition {
  return [`(${orderBy.join(', ')}) > (${orderBy.map(() => '?').join(', ')})`, ...place]
}

function placeOf(orderBy: readonly string[], cursor: string): readonly (string | number)[] {
  const place = parsed(cursor)
  const isPlace =
    Array.isArray(place) &&
    place.length === orderBy.length &&
    place.every((part) => typeof part === 'string' || typeof part === 'number')
  if (isPlace) return place
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
