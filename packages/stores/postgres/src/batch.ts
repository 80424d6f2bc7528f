import type { Query } from './connections.ts'

type Value = string | number | boolean | null
type Column<Row> = readonly [type: string, value: (row: Row) => Value]

/** Gives the statement for a list of rows, or nothing when there is none. */
export type BatchOf<Row> = (rows: Iterable<Row>) => readonly Query[]

/**
 * One statement for any number of rows: each column is one array, unnested side by side in the database. `sql` is given
 * the names of the columns and the table expression that holds them.
 */
export function batchOf<Row>(
  columns: Readonly<Record<string, Column<Row>>>,
  sql: (names: string, rows: string) => string,
): BatchOf<Row> {
  const entries = Object.entries(columns)
  const names = entries.map(([name]) => name).join(', ')
  const arrays = entries.map(([, [type]], index) => `$${index + 1}::${type}[]`).join(', ')
  const text = sql(names, `unnest(${arrays}) AS given (${names})`)
  return (rows) => {
    const all = [...rows]
    if (all.length === 0) return []
    return [{ sql: text, values: entries.map(([, [, value]]) => all.map(value)) }]
  }
}

/** Inserts rows; `ending` says what happens to one that is there already. */
export function insertInto<Row>(
  table: string,
  columns: Readonly<Record<string, Column<Row>>>,
  ending = '',
): BatchOf<Row> {
  return batchOf(
    columns,
    (names, rows) => `INSERT INTO ${table} (${names}) SELECT ${names} FROM ${rows} ${ending}`,
  )
}

/** Deletes rows by all the columns given. */
export function deleteFrom<Row>(
  table: string,
  columns: Readonly<Record<string, Column<Row>>>,
): BatchOf<Row> {
  return batchOf(columns, (names, rows) => {
    const same = names
      .split(', ')
      .map((name) => `${table}.${name} = given.${name}`)
      .join(' AND ')
    return `DELETE FROM ${table} USING ${rows} WHERE ${same}`
  })
}
