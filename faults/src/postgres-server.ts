// @boundaries-ignore the server of the store's own tests, which its package gives to nobody else
import { startServer as start } from '../../packages/stores/postgres/src/start-server.examples.ts'

/** Starts a PostgreSQL server of its own, which can be stopped without a farewell. */
export const startServer = start
