import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { QuarantinedDocument } from '@counterfoil/runtime'
import { afterAll, describe, expect, it } from 'vitest'
import { createBetterSqlite3Store } from './better-sqlite3.ts'
import { createSqliteStore } from './create-sqlite-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
afterAll(() => rmSync(folder, { recursive: true }))

const tenant = 'acme'
const name = 'Ada Lovelace-Berg'
const letter = `a letter of ${name}, `.repeat(1000)
const original = {
  tenant,
  deliveryKey: 'd1',
  connection: 'mail',
  receivedAt: '2026-11-25T12:00:00Z',
  seal: 'seal',
  kept: { text: letter, salt: 's1' },
}
const quarantined: QuarantinedDocument = {
  tenant,
  quarantineId: 'q1',
  envelope: { tenant, buyerOrganisation: '0001', connection: 'mail', timeZone: 'UTC' },
  deliveryKey: 'd2',
  contentHash: 'x',
  receivedAt: '2026-11-25T12:00:00Z',
  reason: 'UNREADABLE',
  raw: letter,
  sentence: 'nobody can read this',
  findings: [],
  state: 'quarantined',
  settled: null,
}

/** How often the name stands in the bytes of the file and its log. */
const countIn = (file: string): number =>
  [file, `${file}-wal`]
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'latin1').split(name).length - 1)
    .reduce((sum, count) => sum + count, 0)

describe.each([
  ['node:sqlite', createSqliteStore],
  ['better-sqlite3', createBetterSqlite3Store],
] as const)('what was erased through %s', (driver, createStore) => {
  it.each([
    ['a name', {}, {}],
    ['a text', { originals: [original] }, { originals: [{ ...original, kept: null }] }],
    [
      'a quarantined text',
      { quarantined: [quarantined] },
      { quarantined: [{ ...quarantined, raw: '' }] },
    ],
  ])('is in no byte of the file any more: %s', async (what, written, erased) => {
    const file = join(folder, `${driver.replace(':', '-')}-${what}.sqlite`)
    const store = createStore({ file })
    await store.people.meet({ tenant, people: [{ token: 'person-1', name, salt: 's1' }] })
    await store.commit(written)
    expect(countIn(file)).toBeGreaterThan(0)
    await store.commit(erased)
    await store.people.forget({ tenant, names: [name] })
    expect(countIn(file)).toBe(0)
    await store.close()
  })
})
