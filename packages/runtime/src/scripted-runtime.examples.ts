import type { Actor } from '@counterfoil/core'
import { createVirtualClock } from './clock/virtual-clock.ts'
import { createRuntime } from './create-runtime.ts'
import {
  addressScripted,
  anOrder,
  asWords,
  type Script,
  script,
  scriptedAggregates,
  scriptedPolicies,
} from './decide/scripted-order.examples.ts'
import { createMemoryStore } from './memory-store/memory-store.ts'
import type { RuntimeSettings } from './runtime.ts'

/** Who hands deliveries over. */
export const envelope = {
  tenant: 'acme',
  buyerOrganisation: '0001',
  connection: 'portal',
  timeZone: 'Europe/Berlin',
}
/** Somebody who decides. */
export const clerk: Actor = { kind: 'user', id: 'kim', roles: ['buyer'] }

/** A runtime of scripted aggregates on a virtual clock; `say` tells order 4711 something, `wordsOf` gives what an order was told. */
export function aRuntime(settings: Partial<RuntimeSettings> = {}) {
  const clock = createVirtualClock('2026-11-25T09:00:00Z')
  const store = settings.store ?? createMemoryStore()
  const runtime = createRuntime({
    store,
    policies: scriptedPolicies,
    connectors: [],
    clock,
    aggregates: scriptedAggregates,
    address: addressScripted,
    ...settings,
  })
  const wordsOf = async (order: string): Promise<readonly string[]> => {
    const found = await runtime.queries.aggregate({ tenant: 'acme', reference: anOrder(order) })
    return asWords(found?.state ?? null)
  }
  const say = (key: string, said: Script, expectedVersion: number | null = null) =>
    runtime.act({
      tenant: 'acme',
      aggregate: anOrder('4711'),
      type: 'test.said',
      data: script(said),
      actor: clerk,
      expectedVersion,
      idempotencyKey: key,
    })
  return { runtime, clock, store, wordsOf, say }
}
