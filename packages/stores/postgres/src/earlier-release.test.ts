import { readFileSync } from 'node:fs'
import { createPolicySource } from '@counterfoil/rules'
import { earlierReleaseCases } from '@counterfoil/runtime/conformance'
import { describe, expect, it } from 'vitest'
import { canonicalRuleSets } from './canonical-rule-sets.examples.ts'
import { createPostgresStore } from './postgres-store.ts'
import { someBooks } from './test-books.examples.ts'

const fixture = readFileSync(new URL('__fixtures__/schema-1.sql', import.meta.url), 'utf8')

/** A schema as the release with schema version 1 left it. */
async function earlierBooks() {
  const books = someBooks()
  const { schema } = books.settings
  await books.sql(`CREATE SCHEMA ${schema}; ${fixture}`)
  return books
}

describe('the books of an earlier release, in a database', () => {
  const policies = createPolicySource(canonicalRuleSets())
  const openBooks = async () => {
    const { settings } = await earlierBooks()
    const store = createPostgresStore(settings)
    return { store, dispose: () => store.close() }
  }
  for (const { name, run } of earlierReleaseCases(openBooks, { policies })) it(name, run)

  it('are read as they are by who may not write, before the release is installed', async () => {
    const { settings, sql } = await earlierBooks()
    const reader = createPostgresStore({ ...settings, readOnly: true })
    const one = { machine: null, count: 1 }
    expect(await reader.machines()).toEqual(
      ['invoice', 'order', 'shipment'].map((kind) => ({ kind, ...one })),
    )
    const { rows } = await reader.states({ limit: 9, machine: null })
    expect(rows.map(({ reference }) => reference.kind)).toEqual(['invoice', 'order', 'shipment'])
    await expect(
      reader.commit({ cursors: [{ connector: 'a', cursor: '1' }] }),
    ).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    await reader.close()
    expect(await sql('SELECT version FROM schema_version')).toEqual([{ version: 1 }])
  })

  it('are not made where there are none, by who may not write', async () => {
    const { settings, sql } = someBooks()
    const reader = createPostgresStore({ ...settings, readOnly: true })
    await expect(reader.machines()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    await reader.close()
    expect(await sql(`SELECT to_regnamespace('${settings.schema}') AS found`)).toEqual([
      { found: null },
    ])
  })

  it('are written by processes of that release, which opened them before, as well', async () => {
    const { settings, sql } = await earlierBooks()
    const store = createPostgresStore(settings)
    await store.machines()
    await sql(`INSERT INTO aggregate (tenant, kind, key, version, body)
      SELECT tenant, kind, key || suffix, version, body FROM aggregate, unnest(ARRAY['', '2']) AS suffix
      WHERE kind = 'order'
      ON CONFLICT (tenant, kind, key) DO UPDATE SET version = excluded.version, body = excluded.body`)
    const two = { kind: 'order', machine: null, count: 2 }
    expect(await store.machines()).toContainEqual(two)
    await store.close()
  })
})
