import { createPolicySource } from '@counterfoil/rules'
import { storeConformanceCases, storyCases } from '@counterfoil/runtime/conformance'
import { describe, it } from 'vitest'
import { canonicalRuleSets } from './canonical-rule-sets.examples.ts'
import { createPostgresStore } from './postgres-store.ts'
import { someBooks } from './test-books.examples.ts'

async function makeHarness() {
  const { settings } = someBooks()
  const store = createPostgresStore(settings)
  return {
    store,
    openAgain: async () => createPostgresStore(settings),
    dispose: () => store.close(),
  }
}

describe('the PostgreSQL store', () => {
  for (const { name, run } of storeConformanceCases(makeHarness, { durable: true })) it(name, run)
})

describe('a runtime on the PostgreSQL store lives whole orders (R-18, R-21, R-23, R-29, R-46)', () => {
  const policies = createPolicySource(canonicalRuleSets())
  for (const { name, run } of storyCases(makeHarness, { policies })) it(name, run)
})
