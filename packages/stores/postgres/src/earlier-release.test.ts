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

  it('give effects in their order, whichever release writes them', async () => {
    const { settings, sql } = await earlierBooks()
    const store = createPostgresStore(settings)
    await store.machines()
    await sql(`INSERT INTO effect (position, tenant, id, kind, key, slot, destination, state, attempts, body)
      SELECT 1000 + place, tenant, id, kind, key, slot, destination, 'waiting', 0, body
      FROM (SELECT tenant, kind, key, slot, destination, body FROM effect LIMIT 1) AS one,
        unnest(ARRAY['three', 'two', 'one'], ARRAY[3, 2, 1]) AS given (id, place)`)
    const given: number[] = []
    for (const id of ['one', 'two', 'three']) {
      const now = '2026-11-25T12:00:00Z'
      given.push((await store.claimEffects({ now, leaseUntil: now, limit: 9 })).length)
      await sql(`UPDATE effect SET state = 'delivered' WHERE id = '${id}'`)
    }
    expect(given).toEqual([1, 1, 1])
    await store.close()
  })

  it('make an index anew that was begun and not finished', async () => {
    const { settings, sql } = await earlierBooks()
    await sql('CREATE INDEX effect_ready ON effect (tenant)')
    const store = createPostgresStore(settings)
    await store.machines()
    await store.close()
    const [found] = await sql(
      "SELECT indexdef FROM pg_indexes WHERE indexname = 'effect_ready' AND schemaname = current_schema()",
    )
    expect(found?.['indexdef']).toContain('not_before_moment')
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
