import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPostgresStore } from './postgres-store.ts'
import { startServer, type TestServer } from './start-server.examples.ts'

const commitCount = 40

let server: TestServer
beforeAll(async () => {
  // A server that would answer before it syncs, if nobody asked for more.
  server = await startServer(['fsync=on', 'synchronous_commit=off', 'wal_writer_delay=10s'])
})
afterAll(() => server.dispose())

/** Asks the database itself, in a session of its own, which has told its numbers when it has ended. */
async function asking(texts: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: `${server.url}/postgres` })
  await client.connect()
  let rows: readonly Record<string, unknown>[] = []
  for (const text of texts) rows = (await client.query(text)).rows
  await client.end()
  return rows
}

/** How often the server has synced its log. */
async function syncs(): Promise<number> {
  const [row] = await asking(["SELECT sum(fsyncs) AS syncs FROM pg_stat_io WHERE object = 'wal'"])
  return Number(row?.['syncs'])
}

describe('a commit in PostgreSQL', () => {
  it('is synced to the disk before it is answered, whatever the server does by itself (R-28)', async () => {
    const store = createPostgresStore({ connectionString: `${server.url}/postgres` })
    await store.commit({ cursors: [{ connector: 'erp', cursor: '0' }] })
    const before = await syncs()
    for (let number = 1; number <= commitCount; number += 1) {
      await store.commit({ cursors: [{ connector: 'erp', cursor: String(number) }] })
    }
    await store.close()
    await expect.poll(syncs, { timeout: 10_000 }).toBeGreaterThanOrEqual(before + commitCount)
  })

  it('would not be, if the store did not ask for it', async () => {
    await asking(['CREATE TABLE counted (number integer)'])
    const before = await syncs()
    await asking(
      Array.from({ length: commitCount }, (_, number) => `INSERT INTO counted VALUES (${number})`),
    )
    expect((await syncs()) - before).toBeLessThan(commitCount / 2)
  })
})
