// create-sqlite-store
export { createSqliteStore } from './create-sqlite-store.ts'

// sqlite-store
export type { SqliteStoreSettings } from './sqlite-store.ts'
