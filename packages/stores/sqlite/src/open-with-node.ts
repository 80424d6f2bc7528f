import { DatabaseSync } from 'node:sqlite'
import type { OpenConnection } from './connection.ts'

/** Opens a file in the SQLite that comes with Node. */
export const openWithNode: OpenConnection = (file, { busyMilliseconds, readOnly }) => {
  const database = new DatabaseSync(file, { timeout: busyMilliseconds, readOnly })
  return {
    prepare: (sql) => database.prepare(sql),
    exec: (sql) => database.exec(sql),
    isInTransaction: () => database.isTransaction,
    close: () => database.close(),
  }
}
