import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createPolicySource } from '@counterfoil/rules'
import { earlierReleaseCases } from '@counterfoil/runtime/conformance'
import { afterEach, describe, expect, it } from 'vitest'
import { canonicalRuleSets } from './canonical-rule-sets.examples.ts'
import { createSqliteStore } from './create-sqlite-store.ts'

const fixture = readFileSync(new URL('__fixtures__/schema-1.sql', import.meta.url), 'utf8')
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A file as the release with schema version 1 left it. */
function anEarlierFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
  folders.push(folder)
  const file = join(folder, 'books.sqlite')
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL')
  database.exec(`PRAGMA synchronous = OFF; ${fixture}`)
  database.close()
  return file
}

describe('the books of an earlier release, in a file', () => {
  const policies = createPolicySource(canonicalRuleSets())
  const openBooks = async () => {
    const store = createSqliteStore({ file: anEarlierFile() })
    return { store, dispose: () => store.close() }
  }
  for (const { name, run } of earlierReleaseCases(openBooks, { policies })) it(name, run)

  it('give effects in their order, whichever release writes them', async () => {
    const file = anEarlierFile()
    const earlier = new DatabaseSync(file)
    const store = createSqliteStore({ file })
    await store.machines()
    const add = earlier.prepare(
      `INSERT INTO effect (position, tenant, id, kind, key, destination, state, attempts, body)
       SELECT 1000 + ?, tenant, ?, kind, key, destination, 'waiting', 0, body FROM effect LIMIT 1`,
    )
    for (const [index, id] of ['one', 'two', 'three'].entries()) add.run(index, id)
    const settle = earlier.prepare("UPDATE effect SET state = 'delivered' WHERE id = ?")
    const given: number[] = []
    for (const id of ['one', 'two', 'three']) {
      const now = '2026-11-25T12:00:00Z'
      given.push((await store.claimEffects({ now, leaseUntil: now, limit: 9 })).length)
      settle.run(id)
    }
    expect(given).toEqual([1, 1, 1])
    earlier.close()
    await store.close()
  })

  it('are written by processes of that release, which opened them before, as well', async () => {
    const file = anEarlierFile()
    const earlier = new DatabaseSync(file)
    const write = earlier.prepare(
      'INSERT INTO aggregate VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET version = excluded.version, body = excluded.body',
    )
    const read = earlier.prepare("SELECT body FROM aggregate WHERE kind = 'order'")
    const body = String(read.get()?.['body'])
    const store = createSqliteStore({ file })
    await store.machines()
    write.run('acme', 'order', 'acme/0001/4712', 1, body)
    write.run('acme', 'order', 'acme/0001/4711', 17, body)
    earlier.close()
    const two = { kind: 'order', machine: null, count: 2 }
    expect(await store.machines()).toContainEqual(two)
    await store.close()
  })
})
