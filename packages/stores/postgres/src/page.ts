import { CounterfoilError } from '@counterfoil/core'
import type { Page, PageRequest } from '@counterfoil/runtime'
import type { Query, SqlValue } from './connections.ts'
import type { SqlRow } from './stored.ts'

/** A condition, each `?` of which stands for one of the values. */
export type Condition = readonly [sql: string, ...values: readonly SqlValue[]]

/** A column by which rows are put in order. */
export type OrderColumn = readonly [name: string, type: 'bigint' | 'text']

/** What to read: columns and table, conditions that all must hold, and the columns that put rows in one order. */
export type PageQuery<Row> = {
  readonly select: string
  readonly where: readonly Condition[]
  readonly orderBy: readonly OrderColumn[]
  readonly rowOf: (row: SqlRow) => Row
}

/** One page of rows in order, and the cursor for those after it: the last row's place in that order. */
export async function readPage<Row>(
  ask: (query: Query) => Promise<readonly SqlRow[]>,
  { limit, cursor }: PageRequest,
  query: PageQuery<Row>,
): Promise<Page<Row>> {
  const { select, orderBy, rowOf } = query
  const where =
    cursor === undefined
      ? query.where
      : [...query.where, afterCursor(orderBy, placeOf(orderBy, cursor))]
  const conditions = where.map(([condition]) => `(${condition})`).join(' AND ')
  const order = orderBy.map(([name]) => name).join(', ')
  const found = await ask({
    sql: numbered(`${select} WHERE ${conditions} ORDER BY ${order} LIMIT ?`),
    values: [...where.flatMap(([, ...values]) => values), limit + 1],
  })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const isMore = found.length > rows.length && last !== undefined
  return {
    rows: rows.map(rowOf),
    cursor: isMore ? JSON.stringify(orderBy.map((column) => placeIn(last, column))) : null,
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

function numbered(sql: string): string {
  let count = 0
  return sql.replaceAll('?', () => `$${(count += 1)}`)
}

function afterCursor(
  orderBy: readonly OrderColumn[],
  place: readonly (string | number)[],
): Condition {
  const names = orderBy.map(([name]) => name).join(', ')
  const values = orderBy.map(([, type]) => `?::${type}`).join(', ')
  return [`(${names}) > (${values})`, ...place]
}

function placeIn(row: SqlRow, [name, type]: OrderColumn): string | number {
  return type === 'bigint' ? Number(row[name]) : String(row[name])
}

function placeOf(orderBy: readonly OrderColumn[], cursor: string): readonly (string | number)[] {
  const place = parsed(cursor)
  const isPlace =
    Array.isArray(place) &&
    place.length === orderBy.length &&
    place.every((part, index) =>
      orderBy[index]?.[1] === 'bigint' ? Number.isSafeInteger(part) : isColumnText(part),
    )
  if (isPlace) return place
  throw new CounterfoilError(
    'COMMAND_INVALID',
    'the cursor is not one this list gave: begin again without a cursor',
  )
}

function isColumnText(part: unknown): boolean {
  return typeof part === 'string' && !part.includes('\0')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
