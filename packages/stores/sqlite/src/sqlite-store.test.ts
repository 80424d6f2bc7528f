import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPolicySource } from '@counterfoil/rules'
import { storeConformanceCases, storyCases } from '@counterfoil/runtime/conformance'
import { describe, it } from 'vitest'
import { canonicalRuleSets } from './canonical-rule-sets.examples.ts'
import { createSqliteStore } from './sqlite-store.ts'

async function makeHarness() {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
  const file = join(folder, 'books.sqlite')
  const store = createSqliteStore({ file })
  return {
    store,
    openAgain: async () => createSqliteStore({ file }),
    dispose: async () => {
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

describe('the SQLite store', () => {
  for (const { name, run } of storeConformanceCases(makeHarness, { durable: true })) it(name, run)
})

describe('a runtime on the SQLite store lives whole orders (R-18, R-21, R-23, R-29, R-46)', () => {
  const policies = createPolicySource(canonicalRuleSets())
  for (const { name, run } of storyCases(makeHarness, { policies })) it(name, run)
})
