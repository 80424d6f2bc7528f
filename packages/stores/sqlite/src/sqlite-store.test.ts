import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPolicySource } from '@counterfoil/rules'
import { storeConformanceCases, storyCases } from '@counterfoil/runtime/conformance'
import { describe, it } from 'vitest'
import { createBetterSqlite3Store } from './better-sqlite3.ts'
import { canonicalRuleSets } from './canonical-rule-sets.examples.ts'
import { createSqliteStore } from './create-sqlite-store.ts'

const stores = {
  'the SQLite store': createSqliteStore,
  'the SQLite store on better-sqlite3': createBetterSqlite3Store,
}

const makeHarness = (createStore: typeof createSqliteStore) => async () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
  const file = join(folder, 'books.sqlite')
  const store = createStore({ file })
  return {
    store,
    openAgain: async () => createStore({ file }),
    dispose: async () => {
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

describe.each(Object.entries(stores))('%s', (_, createStore) => {
  const harness = makeHarness(createStore)
  for (const { name, run } of storeConformanceCases(harness, { durable: true })) it(name, run)
})

describe.each(Object.entries(stores))(
  'a runtime on %s lives whole orders (R-18, R-21, R-23, R-29, R-46)',
  (_, createStore) => {
    const policies = createPolicySource(canonicalRuleSets())
    for (const { name, run } of storyCases(makeHarness(createStore), { policies })) it(name, run)
  },
)
