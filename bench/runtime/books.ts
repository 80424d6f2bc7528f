import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'

/** Gives files that do not exist yet, and removes what became of them at the end. */
export async function withNewFiles<Answer>(
  work: (newFile: () => string) => Promise<Answer>,
): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-bench-'))
  let count = 0
  const newFile = (): string => {
    count += 1
    return join(folder, `${count}.db`)
  }
  try {
    return await work(newFile)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A file of SQLite as careful as the store's: write-ahead log, and every commit on disk before it is answered. */
export function openPlainly(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('PRAGMA synchronous = FULL')
  return database
}

/** The tables of a file as they are made, and all their rows. */
export type Books = {
  readonly schema: readonly string[]
  readonly rows: readonly { readonly table: string; readonly values: readonly SQLInputValue[] }[]
}

/** Reads everything a store wrote into a file. */
export function readBooks(file: string): Books {
  const database = new DatabaseSync(file, { readOnly: true })
  const schema = database
    .prepare('SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL')
    .all()
  const tables = schema.filter(({ type }) => type === 'table').map(({ name }) => String(name))
  const rows = tables.flatMap((table) =>
    database
      .prepare(`SELECT * FROM "${table}"`)
      .all()
      .map((row) => ({ table, values: Object.values(row) })),
  )
  database.close()
  return { schema: schema.map(({ sql }) => String(sql)), rows }
}

/** Writes the rows again into a new file, by plain inserts in so many transactions. */
export function writeBooks(file: string, { schema, rows }: Books, transactions: number): void {
  const database = openPlainly(file)
  for (const statement of schema) database.exec(statement)
  const inserts = new Map(
    rows.map(({ table, values }) => [
      table,
      database.prepare(`INSERT INTO "${table}" VALUES (${values.map(() => '?').join(', ')})`),
    ]),
  )
  const each = Math.ceil(rows.length / transactions)
  for (let from = 0; from < rows.length; from += each) {
    database.exec('BEGIN IMMEDIATE')
    for (const { table, values } of rows.slice(from, from + each)) {
      inserts.get(table)?.run(...values)
    }
    database.exec('COMMIT')
  }
  database.close()
}
