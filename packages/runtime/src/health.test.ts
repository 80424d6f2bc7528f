import { CounterfoilError } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { scriptedMilestone } from './decide/scripted-order.examples.ts'
import { createMemoryStore } from './memory-store/memory-store.ts'
import { aRuntime, envelope } from './scripted-runtime.examples.ts'
import type { Store } from './store/store.ts'

const nothing = { count: 0, oldestAt: null }

describe('the health of a runtime', () => {
  it('is ready and has nothing to say when all is well', async () => {
    const { runtime } = aRuntime()
    expect(await runtime.health()).toEqual({
      phase: 'open',
      isReady: true,
      reasons: [],
      store: { kind: 'answers', schema: null, share: null },
      intake: { undecidedDocuments: 0, undecidedCharacters: 0, oldestAt: null, full: null },
      work: {
        queued: nothing,
        effects: [],
        timersLate: nothing,
        parked: nothing,
        takenOften: nothing,
        deadLetters: nothing,
        quarantined: nothing,
      },
    })
  })

  it('shows how much waits and since when: effects, late timers, parked, quarantined and dead letters (R-114)', async () => {
    const { runtime, clock, say } = aRuntime()
    const notify = {
      kind: 'notify' as const,
      role: 'buyer',
      topic: 'test',
      subject: 'order 4711',
      sentence: 'something happened',
    }
    const dueAt = '2026-11-25T10:00:00Z'
    const arm = { kind: 'arm-timer' as const, timerId: 'a', dueAt, type: 'test.said', data: {} }
    await say('k1', { word: 'one', intents: [notify] })
    await runtime.receive({ ...envelope, body: 'nobody reads this' })
    const early = scriptedMilestone({ number: 'M1', word: 'late', needs: 'never' })
    await runtime.receive({ ...envelope, document: early })
    await runtime.tick()
    await say('k2', { word: 'two', intents: [notify, arm] })
    clock.advanceTo('2026-11-25T11:00:00Z')
    const since = { count: 1, oldestAt: '2026-11-25T09:00:00Z' }
    expect((await runtime.health()).work).toEqual({
      queued: nothing,
      effects: [{ tenant: 'acme', destination: 'people', ...since }],
      timersLate: { count: 1, oldestAt: dueAt },
      parked: since,
      takenOften: nothing,
      deadLetters: since,
      quarantined: since,
    })
  })

  it('is not ready while the store is silent, for now or for good, and says why', async () => {
    const outage = new CounterfoilError('STORE_UNAVAILABLE', 'the disk is gone', {
      retryable: true,
    })
    const store: Store = { ...createMemoryStore(), backlog: () => Promise.reject(outage) }
    expect(await aRuntime({ store }).runtime.health()).toMatchObject({
      phase: 'open',
      isReady: false,
      reasons: ['the store does not answer: the disk is gone'],
      store: { kind: 'silent', sentence: 'the disk is gone', retryable: true },
      work: null,
    })
  })

  it('waits for a store that hangs no longer than five seconds', async () => {
    const store: Store = { ...createMemoryStore(), standing: () => new Promise(() => undefined) }
    const { runtime, clock } = aRuntime({ store })
    const looking = runtime.health()
    clock.advanceTo('2026-11-25T09:00:05Z')
    expect(await looking).toMatchObject({
      isReady: false,
      reasons: ['the store does not answer: no answer after 5 seconds'],
    })
  })

  it('is told while the runtime drains, and after it was closed', async () => {
    const ending = Promise.withResolvers<void>()
    const store: Store = { ...createMemoryStore(), release: () => ending.promise }
    const { runtime } = aRuntime({ store })
    const closing = runtime.close()
    expect(await runtime.health()).toMatchObject({
      phase: 'draining',
      isReady: false,
      reasons: ['it finishes what it has begun and takes nothing new'],
      store: { kind: 'answers' },
    })
    ending.resolve()
    await closing
    expect(await runtime.health()).toMatchObject({
      phase: 'closed',
      isReady: false,
      store: { kind: 'silent' },
    })
  })
})
