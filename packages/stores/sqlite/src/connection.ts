/** What SQLite is given. */
export type SqlValue = null | number | bigint | string | Uint8Array

/** One row as SQLite gives it. */
export type SqlRow = { readonly [column: string]: unknown }

/** A prepared statement. */
export type SqlStatement = {
  readonly all: (...values: SqlValue[]) => readonly SqlRow[]
  readonly get: (...values: SqlValue[]) => SqlRow | undefined
  /** Does what the statement says; rows it gives are left. */
  readonly run: (...values: SqlValue[]) => unknown
}

/** A file open in some build of SQLite. Every call is synchronous and throws an error with SQLite's result code. */
export type SqlConnection = {
  readonly prepare: (sql: string) => SqlStatement
  readonly exec: (sql: string) => void
  readonly isInTransaction: () => boolean
  readonly close: () => void
}

/**
 * Opens a file, and makes it where there is none unless it is only to be read. A connection waits so long for others to
 * let go of it.
 */
export type OpenConnection = (
  file: string,
  options: { readonly busyMilliseconds: number; readonly readOnly: boolean },
) => SqlConnection
