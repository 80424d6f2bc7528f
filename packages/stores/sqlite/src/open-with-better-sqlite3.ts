import BetterSqlite3 from 'better-sqlite3'
import type { OpenConnection, SqlRow } from './connection.ts'

/** Opens a file in the SQLite that better-sqlite3 carries. */
export const openWithBetterSqlite3: OpenConnection = (file, { busyMilliseconds, readOnly }) => {
  const database = new BetterSqlite3(file, { timeout: busyMilliseconds, readonly: readOnly })
  return {
    prepare: (sql) => {
      const statement = database.prepare<unknown[], SqlRow>(sql)
      return {
        all: (...values) => statement.all(...values),
        get: (...values) => statement.get(...values),
        // It refuses to run what gives rows.
        run: (...values) =>
          statement.reader ? statement.all(...values) : statement.run(...values),
      }
    },
    exec: (sql) => void database.exec(sql),
    isInTransaction: () => database.inTransaction,
    close: () => void database.close(),
  }
}
