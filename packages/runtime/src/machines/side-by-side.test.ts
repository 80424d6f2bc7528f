import {
  type AddressedDocument,
  addMilliseconds,
  instant,
  type Message,
  systemActor,
  TenantId,
  type TradeDocument,
} from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { createRuntime } from '../create-runtime.ts'
import {
  addressScripted,
  anOrder,
  scriptedMilestone,
  scriptedPolicies,
} from '../decide/scripted-order.examples.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import type { Runtime } from '../runtime.ts'
import { envelope } from '../scripted-runtime.examples.ts'
import type { Store } from '../store/store.ts'
import { type CountedState, countedOrder, firstRelease } from './counted-order.examples.ts'

const tenant = 'acme'
const earlier = countedOrder(firstRelease)
const later = countedOrder({
  version: 2,
  hasQuality: true,
  older: [{ machine: earlier.machine, take: { kind: 'replay' } }],
})

/** Goods of so many pieces, as a document that says them. */
function goodsOf(number: string, order: string, pieces: number) {
  return scriptedMilestone({ number, order, word: String(pieces) })
}

function addressGoods(document: TradeDocument): readonly AddressedDocument[] {
  return addressScripted(document).map(({ aggregate, data }) => {
    return { aggregate, type: 'goods.counted', data: { quantity: Number(data['word']) } }
  })
}

function aDeployment(given: { readonly store?: Store; readonly batchMax?: number } = {}) {
  const { store = createMemoryStore(), batchMax = 64 } = given
  const clock = createVirtualClock('2026-11-25T09:00:00Z')
  const [old, young] = [earlier, later].map((aggregate) =>
    createRuntime({
      store,
      clock,
      policies: scriptedPolicies,
      connectors: [],
      address: addressGoods,
      aggregates: [aggregate],
      limits: { batchMax },
    }),
  )
  if (old === undefined || young === undefined) throw new Error('two releases were asked for')
  return { store, clock, old, young }
}

async function receive(runtime: Runtime, document: ReturnType<typeof goodsOf>) {
  const { documents } = await runtime.receive({ ...envelope, document })
  return documents[0]
}

async function countedIn(store: Store) {
  const { rows } = await store.states({ limit: 10 })
  return rows.map(({ reference, state }) => {
    const { facts } = state as CountedState
    return [reference.key.split('/')[2], facts.counted, state.machine.version]
  })
}

describe('two releases with different lifecycles on one store', () => {
  it('share the work: what the later one wrote is left to it, and nothing is lost (R-129)', async () => {
    const { store, clock, old, young } = aDeployment()
    await receive(old, goodsOf('M1', '4711', 4))
    await receive(young, goodsOf('M2', '4711', 1))
    expect(await receive(old, goodsOf('M3', '4711', 3))).toMatchObject({
      outcome: 'parked',
      reason: 'lifecycle-not-known',
      sentence: expect.stringContaining('a later release wrote it'),
    })
    expect(await receive(old, goodsOf('M4', '4712', 2))).toMatchObject({ outcome: 'accepted' })
    const left = [{ tenant, aggregate: anOrder('4711'), sentence: expect.any(String) }]
    expect(await old.tick()).toMatchObject({ messages: 0, left, finished: true })

    clock.advanceTo(addMilliseconds(instant(clock.now()), 2 * 86_400_000))
    // The reminder of 4712 rings at the earlier release, that of 4711 does not.
    expect(await old.tick()).toMatchObject({ timersFired: 1, left })
    // The goods that waited have a reminder of their own, which is due by now.
    expect(await young.tick()).toMatchObject({ timersFired: 2, messages: 1, left: [] })
    expect(await receive(young, goodsOf('M5', '4712', 1))).toMatchObject({ outcome: 'accepted' })

    expect(await countedIn(store)).toEqual([
      ['4711', 8, 2],
      ['4712', 3, 2],
    ])
    expect(await store.queued({ limit: 9 })).toEqual([])
    expect((await young.queries.deadLetters({ tenant })).rows).toEqual([])
    expect((await young.queries.quarantined({ tenant })).rows).toEqual([])
    // The same delivery again is known, whoever took it in.
    expect(await receive(young, goodsOf('M3', '4711', 3))).toMatchObject({ outcome: 'duplicate' })
  })

  it('take over at any moment: an earlier decision on the state that was taken over is decided anew', async () => {
    const { store, old, young } = aDeployment()
    await receive(old, goodsOf('M1', '4711', 4))
    await Promise.all([
      receive(young, goodsOf('M2', '4711', 1)),
      receive(old, goodsOf('M3', '4711', 2)),
    ])
    await young.tick()
    expect(await countedIn(store)).toEqual([['4711', 7, 2]])
  })

  it('do not wait behind what is left, however much of it there is', async () => {
    const { store, old, young } = aDeployment({ batchMax: 2 })
    await receive(young, goodsOf('M1', '4711', 1))
    for (let number = 2; number < 9; number += 1) {
      await receive(old, goodsOf(`M${number}`, '4711', 1))
    }
    await store.commit({ queue: [aMessage('4712', 5)] })
    expect(await old.tick()).toMatchObject({ messages: 1, finished: true })
    expect(await countedIn(store)).toEqual([
      ['4711', 1, 2],
      ['4712', 5, 1],
    ])
    await young.tick()
    expect(await countedIn(store)).toContainEqual(['4711', 8, 2])
  })

  it('look at what is left once in a while, and not all the time', async () => {
    const memory = createMemoryStore()
    let looked = 0
    const store: Store = {
      ...memory,
      queued: (request) => {
        looked += 1
        return memory.queued(request)
      },
    }
    const { clock, old, young } = aDeployment({ store })
    await receive(young, goodsOf('M1', '4711', 1))
    clock.advanceTo(addMilliseconds(instant(clock.now()), 2 * 86_400_000))
    const ending = new AbortController()
    const running = old.run({ signal: ending.signal })
    await manyTurns()
    const once = looked
    await manyTurns()
    expect(looked).toBe(once)
    clock.advanceTo(addMilliseconds(instant(clock.now()), 5000))
    await manyTurns()
    expect(looked).toBe(2 * once)
    ending.abort()
    await running
  })
})

async function manyTurns() {
  for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate)
}

function aMessage(order: string, quantity: number): Message {
  const at = instant('2026-11-25T09:00:00Z')
  return {
    id: `told-${order}`,
    tenant: TenantId.parse(tenant),
    aggregate: anOrder(order),
    type: 'goods.counted',
    schemaVersion: 1,
    occurredAt: at,
    receivedAt: at,
    actor: systemActor,
    causedBy: null,
    data: { quantity },
  }
}
