import {
  type Connector,
  CounterfoilError,
  type WriteAnswer,
  type WriteRequest,
} from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { scriptedMilestone } from './decide/scripted-order.examples.ts'
import { createMemoryStore } from './memory-store/memory-store.ts'
import { aRuntime, envelope } from './scripted-runtime.examples.ts'
import type { Store } from './store/store.ts'

const notice = {
  kind: 'notify',
  role: 'buyer',
  topic: 'test',
  subject: 'order 4711',
  sentence: 'something happened',
} as const

/** A system that answers when it is told to; `heeds` ends its work when nobody waits any more. */
function aSlowSystem({ heeds = true } = {}) {
  const asked: WriteRequest[] = []
  let answer: (given: WriteAnswer) => void = () => undefined
  const connector: Connector = {
    contract: 'v1',
    name: 'desk',
    capabilities: { reads: [], writes: ['notify'] },
    read: async () => ({ deliveries: [], cursor: null, more: false }),
    write: (request) => {
      asked.push(request)
      return new Promise((resolve, reject) => {
        answer = resolve
        if (heeds) request.signal.addEventListener('abort', () => reject(request.signal.reason))
      })
    },
  }
  const apply = (): void => answer({ kind: 'applied', reference: 'R1', repeated: false })
  return { connector, asked, apply }
}

/** A runtime with one effect under way, on a store that outlives it. */
async function anEffectUnderWay(
  system: ReturnType<typeof aSlowSystem>,
  limits: { readonly effectAttemptsMax?: number } = {},
) {
  // Closing a memory store loses it, which the next process would notice.
  const store: Store = { ...createMemoryStore(), close: async () => undefined }
  const world = aRuntime({ store, connectors: [system.connector], limits })
  await world.say('k1', { word: 'start', intents: [notice] })
  const ticking = world.runtime.tick()
  await expect.poll(() => system.asked.length).toBe(1)
  return { ...world, store, ticking }
}

describe('closing a runtime', () => {
  it('waits for what is under way and refuses what is new, which may be offered elsewhere', async () => {
    const system = aSlowSystem()
    const { runtime, ticking, say } = await anEffectUnderWay(system)
    const closing = runtime.close({ patienceSeconds: 20 })
    const refusal = {
      code: 'RUNTIME_CLOSED',
      retryable: true,
      details: { retryAfterSeconds: expect.any(Number) },
    }
    await expect(runtime.receive({ ...envelope, body: 'late' })).rejects.toMatchObject(refusal)
    await expect(say('k2', { word: 'late' })).rejects.toMatchObject(refusal)
    await expect(runtime.tick()).rejects.toMatchObject(refusal)
    const [waiting] = (await runtime.queries.effects({ tenant: 'acme' })).rows
    expect(waiting?.state).toBe('waiting')
    system.apply()
    await closing
    expect(await ticking).toMatchObject({ effectsDelivered: 1 })
    await expect(runtime.receive({ ...envelope, body: 'late' })).rejects.toMatchObject({
      code: 'RUNTIME_CLOSED',
      retryable: false,
    })
  })

  it.each([{ heeds: true }, { heeds: false }])(
    'gives a lease back when patience ends, so that the next process asks at once under the same key: %o',
    async ({ heeds }) => {
      const system = aSlowSystem({ heeds })
      const { runtime, ticking, store, clock } = await anEffectUnderWay(system)
      const closing = runtime.close({ patienceSeconds: 20 })
      clock.advanceTo('2026-11-25T09:00:20Z')
      await closing
      expect(await ticking).toMatchObject({
        effectsDelivered: 0,
        effectsRetried: 1,
        deadLetters: 0,
      })

      const next = aSlowSystem()
      const { runtime: successor } = aRuntime({ store, clock, connectors: [next.connector] })
      const going = successor.tick()
      await expect.poll(() => next.asked.length).toBe(1)
      next.apply()
      expect(await going).toMatchObject({ effectsDelivered: 1 })
      expect(next.asked[0]?.idempotencyKey).toBe(system.asked[0]?.idempotencyKey)
    },
  )

  it('never makes a dead letter of what it did not wait for', async () => {
    const system = aSlowSystem()
    const { runtime, store } = await anEffectUnderWay(system, { effectAttemptsMax: 1 })
    await runtime.close()
    expect((await store.deadLetters({ tenant: 'acme', limit: 9 })).rows).toEqual([])
    const [effect] = (await store.effects({ tenant: 'acme', limit: 9 })).rows
    expect(effect).toMatchObject({ state: 'waiting', attempts: 1, attemptsFailed: 0 })
  })

  it('may happen any number of times while a system is slow: nothing failed, and nothing is lost', async () => {
    const system = aSlowSystem()
    const { runtime, store, clock } = await anEffectUnderWay(system)
    await runtime.close()
    for (let release = 2; release < 20; release += 1) {
      const next = aRuntime({ store, clock, connectors: [system.connector] })
      const ticking = next.runtime.tick()
      await expect.poll(() => system.asked.length).toBe(release)
      await next.runtime.close()
      expect(await ticking).toMatchObject({ deadLetters: 0 })
    }
    const [effect] = (await store.effects({ tenant: 'acme', limit: 9 })).rows
    expect(effect).toMatchObject({ state: 'waiting', attemptsFailed: 0, leasesLost: 0 })
  })

  it('is cut short by a second call', async () => {
    const system = aSlowSystem()
    const { runtime } = await anEffectUnderWay(system)
    const patient = runtime.close({ patienceSeconds: 20 })
    await runtime.close()
    await patient
    expect(system.asked[0]?.signal.aborted).toBe(true)
  })

  it('stores and answers what was offered before', async () => {
    const store: Store = { ...createMemoryStore(), close: async () => undefined }
    const { runtime } = aRuntime({ store })
    const offered = ['one', 'two', 'three'].map((word) =>
      runtime.receive({ ...envelope, document: scriptedMilestone({ number: word, word }) }),
    )
    await runtime.close()
    const answers = await Promise.all(offered)
    expect(answers.map(({ documents }) => documents[0]?.outcome)).toEqual(
      Array.from(offered, () => 'accepted'),
    )
    expect((await store.events({ tenant: 'acme', limit: 9 })).rows).toHaveLength(offered.length)
  })

  it('leaves the rest of a page for whoever reads it next', async () => {
    const store: Store = { ...createMemoryStore(), close: async () => undefined }
    const deliveries = ['one', 'two', 'three'].map((word) => ({
      ...envelope,
      document: scriptedMilestone({ number: word, word }),
    }))
    const feed: Connector = {
      ...aSlowSystem().connector,
      capabilities: { reads: ['milestone'], writes: [] },
      read: async ({ cursor }) => ({
        deliveries: cursor === null ? deliveries : [],
        cursor: 'read',
        more: false,
      }),
    }
    let commits = 0
    const closesInTheMiddle: Store = {
      ...store,
      commit: (commit) => {
        commits += 1
        if (commits === 1) void runtime.close()
        return store.commit(commit)
      },
    }
    const { runtime } = aRuntime({ store: closesInTheMiddle, connectors: [feed] })
    expect(await runtime.tick()).toMatchObject({ deliveriesRead: 1 })
    const { runtime: next, wordsOf } = aRuntime({ store, connectors: [feed] })
    expect(await next.tick()).toMatchObject({ deliveriesRead: 3 })
    expect(await wordsOf('4711')).toEqual(['one', 'two', 'three'])
  })

  it.each([
    { outage: null },
    { outage: new CounterfoilError('STORE_UNAVAILABLE', 'no answer', { retryable: true }) },
  ])('lets others have its part of the work before it closes: outage %o', async ({ outage }) => {
    const steps: string[] = []
    const { runtime } = aRuntime({
      store: {
        ...createMemoryStore(),
        release: async () => {
          steps.push('released')
          if (outage !== null) throw outage
        },
        close: async () => void steps.push('closed'),
      },
    })
    await runtime.close()
    expect(steps).toEqual(['released', 'closed'])
  })
})
