import { CounterfoilError } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { script } from './decide/scripted-order.examples.ts'
import { createMemoryStore } from './memory-store/memory-store.ts'
import { aRuntime } from './scripted-runtime.examples.ts'
import type { Store } from './store/store.ts'

/** A store that can be out of reach, and says how often it was asked for the queue meanwhile. */
function aStoreWithOutages() {
  const store = createMemoryStore()
  let outage: Error | null = null
  let asked = 0
  const mortal = Object.fromEntries(
    Object.entries(store).map(([name, method]) => [
      name,
      typeof method !== 'function'
        ? method
        : async (request: never) => {
            if (outage !== null && name === 'queued') asked += 1
            if (outage !== null) throw outage
            return (method as (one: never) => Promise<unknown>)(request)
          },
    ]),
  ) as unknown as Store
  return {
    store: mortal,
    asked: () => asked,
    cutOff: (error: Error) => {
      outage = error
    },
    restore: () => {
      outage = null
    },
  }
}

const outage = new CounterfoilError('STORE_UNAVAILABLE', 'no answer', { retryable: true })

describe('a runtime that runs', () => {
  it('waits an outage of its store out and goes on afterwards', async () => {
    const world = aStoreWithOutages()
    const { runtime, clock, say, wordsOf } = aRuntime({ store: world.store })
    const arm = {
      kind: 'arm-timer' as const,
      timerId: 'a',
      dueAt: '2026-11-25T09:00:30Z',
      type: 'test.said',
      data: script({ word: 'rang' }),
    }
    await say('k1', { word: 'start', intents: [arm] })
    const stop = new AbortController()
    world.cutOff(outage)
    const running = runtime.run({ signal: stop.signal })
    clock.advanceTo('2026-11-25T09:01:00Z')
    await expect(say('k2', { word: 'lost' })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    world.restore()
    await expect
      .poll(async () => {
        clock.advanceHours(1)
        return wordsOf('4711')
      })
      .toEqual(['start', 'rang'])
    stop.abort()
    await running
  })

  it('ends with what is broken for good, instead of asking it for ever', async () => {
    const world = aStoreWithOutages()
    const { runtime } = aRuntime({ store: world.store })
    world.cutOff(new CounterfoilError('INVARIANT_BROKEN', 'the books are torn'))
    const running = runtime.run({ signal: new AbortController().signal })
    await expect(running).rejects.toMatchObject({ code: 'INVARIANT_BROKEN' })
  })

  it('is woken by its store when another process left work, and lets go of the store at its end', async () => {
    const rings: (() => void)[] = []
    const store: Store = {
      ...createMemoryStore(),
      watch: (ring) => {
        rings.push(ring)
        return () => void rings.pop()
      },
    }
    const here = aRuntime({ store })
    // Another process over the same data; nothing of its own is running.
    const there = aRuntime({ store })
    const stop = new AbortController()
    const running = here.runtime.run({ signal: stop.signal })
    const tell = {
      kind: 'tell' as const,
      to: { kind: 'order' as const, key: 'acme/0001/4712' },
      type: 'test.said',
      data: script({ word: 'told' }),
    }
    await expect.poll(() => rings.length).toBe(1)
    await there.say('k1', { word: 'start', intents: [tell] })
    rings[0]?.()
    await expect.poll(() => here.wordsOf('4712')).toEqual(['told'])
    stop.abort()
    await running
    expect(rings).toEqual([])
  })

  it('ends when the runtime is closed', async () => {
    const { runtime } = aRuntime()
    const running = runtime.run({ signal: new AbortController().signal })
    await runtime.close()
    await running
  })

  it('does not begin for somebody who called it off before', async () => {
    const { runtime, say, wordsOf } = aRuntime()
    await say('k1', {
      word: 'start',
      intents: [
        {
          kind: 'tell',
          to: { kind: 'order', key: 'acme/0001/4712' },
          type: 'test.said',
          data: script({ word: 'told' }),
        },
      ],
    })
    await runtime.run({ signal: AbortSignal.abort() })
    expect(await wordsOf('4712')).toEqual([])
  })
})
