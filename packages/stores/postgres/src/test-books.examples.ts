import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

/** Books of its own on the server of the test run: an unused schema, which is made faster than a database. */
export type TestBooks = {
  readonly settings: { readonly connectionString: string; readonly schema: string }
  /** Asks the database itself. */
  readonly sql: (text: string) => Promise<readonly { readonly [column: string]: unknown }[]>
}

/** A place for books that nobody else uses. */
export function someBooks(): TestBooks {
  const connectionString = `${inject('postgresUrl')}/postgres`
  const schema = `test_${randomUUID().replaceAll('-', '')}`
  return {
    settings: { connectionString, schema },
    sql: async (text) => {
      const client = new pg.Client({ connectionString })
      await client.connect()
      try {
        await client.query(`SET search_path TO ${schema}`)
        return (await client.query(text)).rows
      } finally {
        await client.end()
      }
    },
  }
}
