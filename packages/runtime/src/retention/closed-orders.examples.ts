import { generateKeyPairSync } from 'node:crypto'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { ed25519Signer } from '../audit-keys.ts'
import { openWorld } from '../conformance/story-world.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import type { ArchivePlace } from './purge.ts'
import { RetentionRules } from './retention-rules.ts'

const ruleSets = loadRuleSetFolder(new URL('../../../rules/rulesets', import.meta.url).pathname)
/** The canonical rules. */
export const policies = createPolicySource(
  ruleSets.filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-')),
)
const { privateKey } = generateKeyPairSync('ed25519')
/** Signs heads and archives. */
export const signer = ed25519Signer('2026', privateKey)
/** A year for everything. */
export const rules = RetentionRules.parse({ days: { order: 365, shipment: 365, invoice: 365 } })

/** A runtime over books that are empty. */
export function aWorld() {
  const store = createMemoryStore()
  return { store, world: openWorld({ store, policies }) }
}

/** An archive in lines. */
export const into = (
  lines: string[],
  sync: () => Promise<void> = async () => {},
): ArchivePlace => ({
  write: async (line) => void lines.push(line),
  sync,
  // In pieces as no line is: a line feed stands within the second.
  read: async function* () {
    const text = lines.join('')
    yield text.slice(0, 10)
    yield text.slice(10)
  },
})
