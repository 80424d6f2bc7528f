import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cut, cuttingProxy } from './cutting-proxy.examples.ts'
import { createPostgresStore } from './postgres-store.ts'
import { startServer, type TestServer } from './start-server.examples.ts'
import { someBooks } from './test-books.examples.ts'

const cursor = (text: string) => ({ cursors: [{ connector: 'erp', cursor: text }] })
const retryable = { code: 'STORE_UNAVAILABLE', retryable: true }

/** Asks until an answer comes, as a runtime does. */
async function untilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      expect(error).toMatchObject(retryable)
    }
  }
}

describe('a session that the server ends', () => {
  const endSessions = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'cut-off' AND pid <> pg_backend_pid()`

  it('is replaced at the next call, for commits, reads and background work alike', async () => {
    const { settings, sql } = someBooks()
    const store = createPostgresStore({ ...settings, applicationName: 'cut-off' })
    await store.commit(cursor('1'))
    await store.queued({ limit: 1 })
    await sql(endSessions)
    expect(await untilAnswered(() => store.commit(cursor('2')))).toEqual({ kind: 'committed' })
    await sql(endSessions)
    expect(await untilAnswered(() => store.cursor({ connector: 'erp' }))).toBe('2')
    await sql(endSessions)
    expect(await untilAnswered(() => store.queued({ limit: 1 }))).toEqual([])
    await store.close()
  })
})

describe('a line that is cut while a commit is under way', () => {
  const proxied = async () => {
    const { settings } = someBooks()
    const { port } = new URL(settings.connectionString)
    const proxy = await cuttingProxy(Number(port))
    const connectionString = settings.connectionString.replace(`:${port}/`, `:${proxy.port}/`)
    const store = createPostgresStore({ ...settings, connectionString })
    await store.commit(cursor('1'))
    return { settings, store, proxy }
  }
  const fateOf = (commit: Promise<{ readonly kind: string }>): Promise<unknown> =>
    commit.then(
      ({ kind }) => kind,
      (error: unknown) => error,
    )
  const commitOverCutLine = async (cut: Cut) => {
    const { store, proxy } = await proxied()
    proxy.cutNextCommit(cut)
    const fate = await fateOf(store.commit(cursor('2')))
    const found = await store.cursor({ connector: 'erp' })
    await store.close()
    await proxy.close()
    return { fate, found }
  }

  it('leads to an error that may be asked again, though all of it is stored', async () => {
    const { fate, found } = await commitOverCutLine('after-the-server-heard')
    expect(fate).toMatchObject(retryable)
    expect(found).toBe('2')
  })

  it('leads to the same error when nothing is stored', async () => {
    const { fate, found } = await commitOverCutLine('before-the-server-hears')
    expect(fate).toMatchObject(retryable)
    expect(found).toBe('1')
  })

  it('that only goes quiet, as when a process hangs, holds the others up for a while and no longer', async () => {
    const { settings, store, proxy } = await proxied()
    const other = createPostgresStore(settings)
    await other.cursor({ connector: 'erp' })
    proxy.cutNextCommit('hangs')
    const hanging = fateOf(store.commit(cursor('2')))
    expect(await hanging).toMatchObject(retryable)
    expect(await other.commit(cursor('3'))).toEqual({ kind: 'committed' })
    expect(await other.cursor({ connector: 'erp' })).toBe('3')
    await Promise.all([store.close(), other.close()])
    await proxy.close()
  })
})

describe('a server that goes away', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server.dispose())

  it('is told of as an outage, and found again when it is back', async () => {
    const store = createPostgresStore({ connectionString: `${server.url}/postgres` })
    await store.commit(cursor('1'))
    await store.queued({ limit: 1 })
    await server.stop()
    await expect(store.cursor({ connector: 'erp' })).rejects.toMatchObject(retryable)
    await expect(store.commit(cursor('2'))).rejects.toMatchObject(retryable)
    await expect(store.queued({ limit: 1 })).rejects.toMatchObject(retryable)
    await server.start()
    expect(await untilAnswered(() => store.cursor({ connector: 'erp' }))).toBe('1')
    expect(await store.commit(cursor('2'))).toEqual({ kind: 'committed' })
    expect(await store.queued({ limit: 1 })).toEqual([])
    await store.close()
  })

  it('loses no commit it answered when it crashes', async () => {
    const settings = { connectionString: `${server.url}/postgres`, schema: 'crash' }
    const store = createPostgresStore(settings)
    let answered = 0
    let hasCrashed = false
    const writing = (async () => {
      try {
        for (let number = 1; !hasCrashed; number += 1) {
          await store.commit(cursor(String(number)))
          answered = number
        }
      } catch (error) {
        expect(error).toMatchObject(retryable)
      }
    })()
    await expect.poll(() => answered).toBeGreaterThan(20)
    await server.crash()
    hasCrashed = true
    await server.start()
    await writing
    expect(await untilAnswered(() => store.cursor({ connector: 'erp' }))).toBe(String(answered))
    await store.close()
  })

  it('is no retry when it refuses: a wrong password, a database that is not there', async () => {
    const refused = { code: 'STORE_UNAVAILABLE', retryable: false }
    const wrong = createPostgresStore({
      connectionString: `${server.url}/postgres`.replace(':counterfoil@', ':wrong@'),
    })
    await expect(wrong.nextDueAt()).rejects.toMatchObject(refused)
    const nowhere = createPostgresStore({ connectionString: `${server.url}/nowhere` })
    await expect(nowhere.nextDueAt()).rejects.toMatchObject(refused)
    await Promise.all([wrong.close(), nowhere.close()])
  })
})
