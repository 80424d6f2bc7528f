import { accessSync, constants, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { CounterfoilError } from '@counterfoil/core'
import type { OpenConnection, SqlConnection, SqlRow, SqlStatement, SqlValue } from './connection.ts'
import { schemaVersions } from './schema.ts'
import { guardFile, isBusy, isUnopenable } from './store-error.ts'

/** An open file: prepared statements, and transactions that are all or nothing. Every call is synchronous. */
export type Database = {
  readonly all: (sql: string, ...values: SqlValue[]) => readonly SqlRow[]
  readonly get: (sql: string, ...values: SqlValue[]) => SqlRow | undefined
  readonly run: (sql: string, ...values: SqlValue[]) => void
  /** Runs statements without values, one after another. */
  readonly runScript: (sql: string) => void
  /**
   * Does work in one transaction. `write` takes the file's only write lock at the start, so that what is read inside is
   * still true when it is committed. `lease` writes what a power cut may take back, since it would end whoever holds the
   * lease too: it does not wait for the disk. `isKept` false rolls everything back, as a throw does.
   */
  readonly transaction: <Answer>(
    mode: 'read' | 'write' | 'lease',
    work: () => Answer,
    isKept?: (answer: Answer) => boolean,
  ) => Answer
  readonly close: () => void
}

/** The oldest SQLite whose write-ahead log has no known way to lose a commit. */
const sqliteVersionMin = [3, 51, 3] as const

// Each try is lost to another process that made progress, so that many processes may open one new file at once.
const triesMax = 20

// What a batch of documents touches stays in memory until it is committed, instead of being read again for every row.
const cacheKibibytes = 16_000

// Pages of 4 kB. A page that many commits change is copied into the file once; a process that opens the file after a kill
// reads so much of the log again.
const logPagesMax = 2000

// "COUF" in ASCII: the file says in its header whose it is.
const applicationId = 0x43_4f_55_46

/** Opens a file, and makes it where there is none: folder, tables and all. */
export function openDatabase(
  open: OpenConnection,
  {
    file,
    synchronous,
    busySeconds,
    readOnly,
  }: {
    readonly file: string
    readonly synchronous: 'full' | 'normal'
    readonly busySeconds: number
    readonly readOnly: boolean
  },
): Database {
  return guardFile(() => {
    if (!readOnly) mkdirSync(dirname(file), { recursive: true })
    const connection = open(file, { busyMilliseconds: Math.round(busySeconds * 1000), readOnly })
    try {
      const database = over(connection, synchronous)
      refuseOldSqlite(database)
      if (readOnly) refuseEmptyFile(database, file)
      else prepareFile(database, file, synchronous)
      return database
    } catch (error) {
      connection.close()
      throw isUnopenable(error) && !mayWriteBeside(file) ? unwritable(file, error) : error
    }
  })
}

function mayWriteBeside(file: string): boolean {
  try {
    accessSync(dirname(file), constants.W_OK)
    return true
  } catch {
    return false
  }
}

// Where books are only read too: who reads shows in a file beside them what may not be thrown away yet.
function unwritable(file: string, cause: unknown): CounterfoilError {
  return new CounterfoilError(
    'STORE_UNAVAILABLE',
    `\`${file}\` is in a folder that may not be written to, and SQLite keeps its log beside the books: copy them to another, with the file \`-wal\` where there is one`,
    { retryable: true, cause },
  )
}

function over(connection: SqlConnection, synchronous: 'full' | 'normal'): Database {
  const statements = new Map<string, SqlStatement>()
  const prepared = (sql: string): SqlStatement => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const statement = connection.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  return {
    all: (sql, ...values) => prepared(sql).all(...values),
    get: (sql, ...values) => prepared(sql).get(...values),
    run: (sql, ...values) => void prepared(sql).run(...values),
    runScript: (sql) => connection.exec(sql),
    transaction: (mode, work, isKept = () => true) => {
      if (mode === 'lease') connection.exec('PRAGMA synchronous = normal')
      try {
        connection.exec(mode === 'read' ? 'BEGIN' : 'BEGIN IMMEDIATE')
        const answer = work()
        connection.exec(isKept(answer) ? 'COMMIT' : 'ROLLBACK')
        return answer
      } catch (error) {
        // A full disk rolls back by itself.
        if (connection.isInTransaction()) connection.exec('ROLLBACK')
        throw error
      } finally {
        if (mode === 'lease') connection.exec(`PRAGMA synchronous = ${synchronous}`)
      }
    },
    close: () => {
      statements.clear()
      connection.close()
    },
  }
}

function refuseOldSqlite(database: Database): void {
  const version = String(database.get('SELECT sqlite_version() AS version')?.['version'])
  const parts = version.split('.').map(Number)
  const [major, minor, patch] = sqliteVersionMin
  const isNewEnough =
    (parts[0] ?? 0) * 1e6 + (parts[1] ?? 0) * 1e3 + (parts[2] ?? 0) >=
    major * 1e6 + minor * 1e3 + patch
  if (isNewEnough) return
  throw new CounterfoilError(
    'STORE_UNAVAILABLE',
    `SQLite \`${version}\` is too old to be trusted with the books: run Node 22.23 or later`,
  )
}

function prepareFile(database: Database, file: string, synchronous: 'full' | 'normal'): void {
  if (keepWriteAheadLog(database, triesMax) !== 'wal') {
    throw new CounterfoilError(
      'STORE_UNAVAILABLE',
      `\`${file}\` cannot keep a write-ahead log: use a file on a local disk`,
    )
  }
  database.run(`PRAGMA synchronous = ${synchronous}`)
  database.run(`PRAGMA cache_size = ${-cacheKibibytes}`)
  database.get(`PRAGMA wal_autocheckpoint = ${logPagesMax}`)
  database.transaction('write', () => bringUpToDate(database, file))
}

/**
 * Where two processes make one new file at the same moment, SQLite tells one of them at once that it is locked, however
 * long it was told to wait. The write transaction does wait, until the other is done; then there is a log to join.
 */
function keepWriteAheadLog(database: Database, triesLeft: number): unknown {
  try {
    return database.get('PRAGMA journal_mode = WAL')?.['journal_mode']
  } catch (error) {
    if (!isBusy(error) || triesLeft <= 1) throw error
    database.transaction('write', () => {})
    return keepWriteAheadLog(database, triesLeft - 1)
  }
}

function bringUpToDate(database: Database, file: string): void {
  const found = foundVersion(database, file)
  if (found === null) {
    database.run(`PRAGMA application_id = ${applicationId}`)
    database.run('CREATE TABLE schema_version (version INTEGER PRIMARY KEY) STRICT')
  }
  for (let version = (found ?? 0) + 1; version <= schemaVersions.length; version += 1) {
    database.runScript(schemaVersions[version - 1] ?? '')
    database.run('INSERT INTO schema_version VALUES (?)', version)
  }
}

/** The version of the tables in a file; null for an empty one. Refuses what another program or a later release wrote. */
function foundVersion(database: Database, file: string): number | null {
  const tables = database.all("SELECT name FROM sqlite_schema WHERE type = 'table'")
  if (tables.length === 0) return null
  if (database.get('PRAGMA application_id')?.['application_id'] !== applicationId) {
    throw new CounterfoilError(
      'STORE_UNAVAILABLE',
      `\`${file}\` is the database of another program: name another file`,
    )
  }
  const found = Number(
    database.get('SELECT max(version) AS version FROM schema_version')?.['version'] ?? 0,
  )
  if (found <= schemaVersions.length) return found
  throw new CounterfoilError(
    'STORE_UNAVAILABLE',
    `\`${file}\` was written by a later release (schema version ${found}, this one knows ${schemaVersions.length}): install that release`,
  )
}

// Books of an earlier release are read as they are, before this one is let loose on them.
function refuseEmptyFile(database: Database, file: string): void {
  if (foundVersion(database, file) !== null) return
  throw new CounterfoilError('STORE_UNAVAILABLE', `there are no books in \`${file}\``)
}
