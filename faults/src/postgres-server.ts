// @boundaries-ignore the server of the store's own tests, which its package gives to nobody else
import {
  startServer as start,
  type TestServer,
} from '../../packages/stores/postgres/src/start-server.examples.ts'
import type { Books } from './books.ts'

/** A PostgreSQL server of its own, which can be stopped without a farewell. */
export type Server = TestServer

/** Starts a server that waits for its disk; it keeps everything `within` a folder. */
export function startServer(settings: readonly string[] = [], within?: string): Promise<Server> {
  return start(['fsync=on', ...settings], null, within)
}

/** The books on a server, for the process of this name. */
export function booksOn({ url }: Server, applicationName: string): Books {
  return {
    kind: 'postgres',
    connectionString: `${url}/postgres`,
    schema: 'counterfoil',
    applicationName,
  }
}
