import type { Store } from '@counterfoil/runtime'
import { openWithBetterSqlite3 } from './open-with-better-sqlite3.ts'
import { createStoreOn, type SqliteStoreSettings } from './sqlite-store.ts'

/**
 * A store in one SQLite file, by the SQLite that `better-sqlite3` carries, for hosts whose Node brings none or another.
 * The same file can be opened by either, though never by both in one process: they do not see each other's locks. Nothing
 * is opened before the first call.
 */
export function createBetterSqlite3Store(settings: SqliteStoreSettings): Store {
  return createStoreOn(openWithBetterSqlite3, settings)
}

export type { SqliteStoreSettings }
