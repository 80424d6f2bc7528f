import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { describe, it } from 'vitest'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import { storyCases } from './story-cases.ts'

const ruleSets = new URL('../../../rules/rulesets', import.meta.url).pathname
const canonical = loadRuleSetFolder(ruleSets).filter(({ ruleSet }) =>
  ruleSet.id.startsWith('canonical-'),
)

describe('a runtime on the in-memory store lives whole orders (R-18, R-21, R-23, R-29, R-46)', () => {
  const cases = storyCases(
    async () => {
      const store = createMemoryStore()
      return { store, dispose: () => store.close() }
    },
    { policies: createPolicySource(canonical) },
  )
  for (const { name, run } of cases) it(name, run)
})
