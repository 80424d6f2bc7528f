import type { TradeDocumentInput } from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { delivered } from '../conformance/story-documents.ts'
import { createRuntime } from '../create-runtime.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'

const canonical = loadRuleSetFolder(
  new URL('../../../rules/rulesets', import.meta.url).pathname,
).filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-'))

/** A runtime on the canonical rules that has taken documents in, the store it keeps them in, and its clock. */
export async function booksOf(...documents: readonly TradeDocumentInput[]) {
  const store = createMemoryStore()
  const clock = createVirtualClock('2026-11-28T09:00:00Z')
  const policies = createPolicySource(canonical)
  const runtime = createRuntime({ store, policies, connectors: [], clock })
  const receive = async (...more: readonly TradeDocumentInput[]): Promise<void> => {
    for (const document of more) {
      await runtime.receive(delivered(document))
      await runtime.tick()
    }
  }
  await receive(...documents)
  return { runtime, queries: runtime.queries, receive, store, clock }
}
