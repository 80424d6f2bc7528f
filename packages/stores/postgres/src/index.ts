// postgres-store
export { createPostgresStore, type PostgresStoreSettings } from './postgres-store.ts'
// connections
export type { PostgresConnection } from './connections.ts'
