import { describe, expect, it } from 'vitest'
import { createPostgresStore } from './postgres-store.ts'
import { schemaVersions } from './schema.ts'
import { someBooks } from './test-books.examples.ts'

async function errorOf(settings: ReturnType<typeof someBooks>['settings']): Promise<unknown> {
  const store = createPostgresStore(settings)
  try {
    return await store.nextDueAt()
  } catch (error) {
    return error
  } finally {
    await store.close()
  }
}

describe('opening a schema', () => {
  it('makes it once, however many open it at the same moment', async () => {
    const { settings, sql } = someBooks()
    const stores = Array.from({ length: 8 }, () => createPostgresStore(settings))
    const answers = await Promise.all(stores.map((store) => store.commit({})))
    expect(answers).toEqual(stores.map(() => ({ kind: 'committed' })))
    await Promise.all(stores.map((store) => store.close()))
    const versions = await sql('SELECT version FROM schema_version ORDER BY version')
    expect(versions.map((row) => row['version'])).toEqual(schemaVersions.map((_, at) => at + 1))
  })

  it('makes nothing before the first call', async () => {
    const { settings, sql } = someBooks()
    await createPostgresStore(settings).close()
    expect(await sql(`SELECT to_regnamespace('${settings.schema}') AS found`)).toEqual([
      { found: null },
    ])
  })

  it('refuses a schema that a later release wrote', async () => {
    const { settings, sql } = someBooks()
    const store = createPostgresStore(settings)
    await store.commit({})
    await store.close()
    await sql('INSERT INTO schema_version VALUES (99)')
    expect(await errorOf(settings)).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      retryable: false,
      message: expect.stringContaining('written by a later release'),
    })
  })

  it('refuses the tables of another program and leaves them as they were', async () => {
    const { settings, sql } = someBooks()
    await sql(`CREATE SCHEMA ${settings.schema} CREATE TABLE recipe (name text)`)
    expect(await errorOf(settings)).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      retryable: false,
      message: expect.stringContaining('tables of another program'),
    })
    expect(
      await sql(`SELECT relname FROM pg_class WHERE relnamespace = '${settings.schema}'::regnamespace
        AND relkind = 'r'`),
    ).toEqual([{ relname: 'recipe' }])
  })
})
