import type { PolicySource } from '@counterfoil/core'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import { same } from './check.ts'
import type { ConformanceCase, StoreHarness } from './store-conformance.ts'
import { aCount, theAcknowledgment, theInvoice, theOrder } from './story-documents.ts'
import { openWorld, recorded, standing } from './story-world.ts'

/**
 * What holds of the books of an earlier release: an order that was confirmed and partly received, and an invoice that had
 * just come in, as the store kept them under its first schema. For `for (const { name, run } of ...) it(name, run)`.
 */
export function earlierReleaseCases(
  openBooks: () => Promise<StoreHarness>,
  { policies }: { readonly policies: PolicySource },
): readonly ConformanceCase[] {
  return Object.entries(cases).map(([name, check]) => ({
    name,
    run: async () => {
      const harness = await openBooks()
      try {
        await check(harness, policies)
      } finally {
        await harness.dispose()
      }
    },
  }))
}

type Check = (harness: StoreHarness, policies: PolicySource) => Promise<void>

const cases: Readonly<Record<string, Check>> = {
  'they go on where that release stopped, and end as if nothing had been between': async (
    { store },
    policies,
  ) => {
    const atOnce = openWorld({ store: createMemoryStore(), policies })
    await atOnce.tell(theOrder(), theAcknowledgment(), aCount('6'), theInvoice(), theRest())
    const kinds = ['invoice', 'order', 'shipment']
    const expectedBefore = kinds.map((kind) => ({ kind, machine: null, count: 1 }))
    same(await store.machines(), expectedBefore, 'states have no shape')
    const world = openWorld({ store, policies })
    await world.runtime.tick()
    await world.tell(theRest())
    same(await standing(world.runtime), await standing(atOnce.runtime), 'what the desks see')
    const [left, expected] = [await recorded(world.runtime), await recorded(atOnce.runtime)]
    same(left.events.toSorted(), expected.events.toSorted(), 'what has happened')
    same({ ...left, events: 0 }, { ...expected, events: 0 }, 'what was recorded')
    const shapes = (await store.machines()).map(({ machine }) => typeof machine?.shape)
    same(shapes, ['string', 'string', 'string'], 'states have a shape')
  },
  'they tell what an order was': async ({ store }, policies) => {
    const { runtime } = openWorld({ store, policies })
    const at = '2026-11-24T09:00:00Z'
    const then = await runtime.queries.orderAt({ tenant: 'acme', orderKey: 'acme/0001/4711', at })
    const { version, isCurrent, verified } = then?.order ?? {}
    same({ version, isCurrent, verified }, { version: 17, isCurrent: true, verified: null }, 'then')
    const [stored] = (await store.states({ limit: 1, kind: 'order' })).rows
    // Only the stamp is new: what that release decided is what today's lifecycles make of its events.
    const { machine } = stored?.state ?? {}
    same({ ...then?.order.state, machine }, stored?.state, 'the state that was stored')
  },
}

function theRest() {
  return aCount('4', { documentNumber: 'GR-2', issuedAt: '2026-11-30T10:00:00Z' })
}
