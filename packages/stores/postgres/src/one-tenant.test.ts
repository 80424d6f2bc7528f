import type { QuarantinedDocument } from '@counterfoil/runtime'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { createPostgresStore } from './postgres-store.ts'
import { someBooks, type TestBooks } from './test-books.examples.ts'

const quarantined = (tenant: string): QuarantinedDocument => ({
  tenant,
  quarantineId: 'q1',
  envelope: { tenant, buyerOrganisation: '0001', connection: 'mail', timeZone: 'UTC' },
  deliveryKey: 'd1',
  contentHash: 'x',
  receivedAt: '2026-11-25T12:00:00Z',
  reason: 'UNREADABLE',
  raw: `a letter to ${tenant}`,
  sentence: 'nobody can read this',
  findings: [],
  state: 'quarantined',
  settled: null,
})

/** Books with a letter to each of two companies, and a role that may read. */
async function booksOfTwo(bind: string | null) {
  const books = someBooks()
  const store = createPostgresStore(books.settings)
  await store.commit({
    quarantined: [quarantined('acme'), quarantined('other')],
    cursors: [{ connector: 'erp', cursor: '1' }],
  })
  const role = `reader_of_${books.settings.schema}`
  await books.sql(`CREATE ROLE ${role} LOGIN PASSWORD 'reader'`)
  await books.sql(`GRANT USAGE ON SCHEMA ${books.settings.schema} TO ${role}`)
  await books.sql(`GRANT SELECT ON ALL TABLES IN SCHEMA ${books.settings.schema} TO ${role}`)
  if (bind !== null) await books.sql(`INSERT INTO tenant_role VALUES ('${role}', '${bind}')`)
  await store.close()
  return { books, settings: asRole(books, role) }
}

function asRole({ settings }: TestBooks, role: string) {
  const url = new URL(settings.connectionString)
  url.username = role
  url.password = 'reader'
  return { ...settings, connectionString: url.href }
}

async function tenantsSeen(
  { connectionString, schema }: TestBooks['settings'],
  ...before: readonly string[]
): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(`SET search_path TO ${schema}`)
    for (const sql of before) await client.query(sql)
    const { rows } = await client.query('SELECT tenant FROM quarantined ORDER BY tenant')
    return rows.map(({ tenant }) => tenant)
  } finally {
    await client.end()
  }
}

describe('a role that does not own the tables', () => {
  const page = { limit: 9 }

  it('sees the tenant that is asked about, and no other', async () => {
    const { settings } = await booksOfTwo(null)
    const store = createPostgresStore(settings)
    const { rows } = await store.quarantined({ ...page, tenant: 'acme' })
    expect(rows.map(({ raw }) => raw)).toEqual(['a letter to acme'])
    const other = await store.quarantined({ ...page, tenant: 'other' })
    expect(other.rows.map(({ raw }) => raw)).toEqual(['a letter to other'])
    const reference = { kind: 'order', key: 'x' } as const
    const both = ['acme', 'other'].map((tenant) => ({ tenant, reference, messageIds: [] }))
    expect(await store.load(both)).toHaveLength(2)
    await store.close()
    expect(await tenantsSeen(settings)).toEqual([])
    const asked = "SELECT set_config('counterfoil.tenant', 'acme', false)"
    expect(await tenantsSeen(settings, asked)).toEqual(['acme'])
  })

  it('that is bound to a tenant sees no other, whatever SQL it writes', async () => {
    const { settings } = await booksOfTwo('acme')
    expect(await tenantsSeen(settings)).toEqual(['acme'])
    const asked = "SELECT set_config('counterfoil.tenant', 'other', false)"
    expect(await tenantsSeen(settings, asked)).toEqual(['acme'])
    for (const refused of [
      'SET row_security TO off',
      "UPDATE quarantined SET tenant = 'acme'",
      "INSERT INTO tenant_role VALUES (current_user, 'other')",
      'ALTER TABLE quarantined DISABLE ROW LEVEL SECURITY',
    ]) {
      await expect(tenantsSeen(settings, refused)).rejects.toThrow(
        /row-level security|permission denied|must be owner/,
      )
    }
    const store = createPostgresStore(settings)
    expect((await store.quarantined({ ...page, tenant: 'other' })).rows).toEqual([])
    await store.close()
  })

  it('is told that it neither writes nor works for all tenants', async () => {
    const { settings } = await booksOfTwo(null)
    const store = createPostgresStore(settings)
    const refused = { code: 'STORE_UNAVAILABLE', retryable: false }
    await expect(store.commit({})).rejects.toMatchObject(refused)
    await expect(store.queued({ limit: 1 })).rejects.toMatchObject(refused)
    await expect(store.nextDueAt()).rejects.toMatchObject(refused)
    await expect(store.cursor({ connector: 'erp' })).rejects.toMatchObject(refused)
    await store.close()
  })
})

describe('row-level security', () => {
  it('is on for every table that holds what is a tenant’s', async () => {
    const books = someBooks()
    const store = createPostgresStore(books.settings)
    await store.commit({})
    await store.close()
    const open = await books.sql(`SELECT relname FROM pg_class
      WHERE relnamespace = '${books.settings.schema}'::regnamespace AND relkind = 'r' AND NOT relrowsecurity`)
    expect(open).toEqual([{ relname: 'schema_version' }])
    const without =
      await books.sql(`SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE relnamespace = '${books.settings.schema}'::regnamespace AND relkind = 'r' AND a.attname = 'tenant'
      AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)`)
    expect(without).toEqual([])
  })
})
