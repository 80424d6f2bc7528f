import pg from 'pg'
// @boundaries-ignore the server of the store's own tests, which its package gives to nobody else
import { startServer } from '../../packages/stores/postgres/src/start-server.examples.ts'

/** A PostgreSQL server of its own. */
export type Server = {
  /** Makes an empty database and gives how it is reached. */
  readonly newDatabase: (name: string) => Promise<string>
  /** Stops the server and deletes all it kept. */
  readonly dispose: () => Promise<void>
}

/** What a server that keeps real books is set to: every commit is on disk before it is answered, memory for its tables. */
const settings = ['fsync=on', 'synchronous_commit=on', 'shared_buffers=512MB', 'max_wal_size=2GB']

/** Starts a server as careful as one with real books. */
export async function startCarefulServer(): Promise<Server> {
  const server = await startServer(settings)
  return {
    newDatabase: async (name) => {
      const client = new pg.Client({ connectionString: `${server.url}/postgres` })
      await client.connect()
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
      await client.end()
      return `${server.url}/${name}`
    },
    dispose: server.dispose,
  }
}
