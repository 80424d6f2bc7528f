import type { Store } from '@counterfoil/runtime'
import { openWithNode } from './open-with-node.ts'
import { createStoreOn, type SqliteStoreSettings } from './sqlite-store.ts'

/**
 * A store in one SQLite file, by the SQLite that comes with Node. One commit is one transaction. Several processes may
 * use one file: the slower of two writers is told of the conflict and decides again. Nothing is opened before the first
 * call.
 */
export function createSqliteStore(settings: SqliteStoreSettings): Store {
  return createStoreOn(openWithNode, settings)
}
