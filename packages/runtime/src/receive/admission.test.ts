import type { Connector, DocumentReader, Envelope } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { script, scriptedMilestone } from '../decide/scripted-order.examples.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import type { RuntimeLimits } from '../runtime.ts'
import { aRuntime, envelope } from '../scripted-runtime.examples.ts'
import type { Store } from '../store/store.ts'

const notice = {
  kind: 'notify',
  role: 'buyer',
  topic: 'test',
  subject: 'order 4711',
  sentence: 'something happened',
} as const

function delivery(number: string, given: { tenant?: string; notices?: number } = {}): Envelope {
  const { tenant = 'acme', notices = 0 } = given
  const document = scriptedMilestone({
    number,
    tenant,
    word: number,
    intents: Array.from({ length: notices }, () => notice),
  })
  return { ...envelope, tenant, document }
}

const later = (limit: keyof RuntimeLimits) => ({
  code: 'LIMIT_EXCEEDED',
  retryable: true,
  details: { limit, retryAfterSeconds: 5 },
})

/** A store that commits when it is told to. */
function aSlowStore() {
  const store = createMemoryStore()
  const gate = Promise.withResolvers<void>()
  const slow: Store = {
    ...store,
    commit: async (commit) => {
      await gate.promise
      return store.commit(commit)
    },
  }
  return { store: slow, speedUp: gate.resolve }
}

/** A system that takes nothing until it is up again. */
function aSystemThatIsDown() {
  let isDown = true
  const connector: Connector = {
    contract: 'v1',
    name: 'desk',
    capabilities: { reads: [], writes: ['notify'] },
    read: async () => ({ deliveries: [], cursor: null, more: false }),
    write: async () => {
      if (isDown) throw new Error('down')
      return { kind: 'applied', reference: null, repeated: false }
    },
  }
  return {
    connector,
    comeUp: () => {
      isDown = false
    },
  }
}

describe('an intake with limits', () => {
  it('puts documents off while too many wait to be decided, and takes them once there is room (R-114)', async () => {
    const { store, speedUp } = aSlowStore()
    const { runtime, wordsOf } = aRuntime({ store, limits: { undecidedDocumentsMax: 2 } })
    const taken = [runtime.receive(delivery('a')), runtime.receive(delivery('b'))]
    await expect(runtime.receive(delivery('c'))).rejects.toMatchObject(
      later('undecidedDocumentsMax'),
    )
    expect(await runtime.health()).toMatchObject({
      isReady: true,
      reasons: ['2 documents wait to be decided here'],
      intake: { undecidedDocuments: 2, oldestAt: '2026-11-25T09:00:00Z' },
    })
    speedUp()
    await Promise.all(taken)
    await runtime.receive(delivery('c'))
    expect(await wordsOf('4711')).toEqual(['a', 'b', 'c'])
    expect(await runtime.health()).toMatchObject({
      reasons: [],
      intake: { undecidedDocuments: 0, undecidedCharacters: 0, oldestAt: null, full: null },
    })
  })

  it('counts characters too, but decides one that is alone whatever its size', async () => {
    const { store, speedUp } = aSlowStore()
    const { runtime } = aRuntime({ store, limits: { undecidedCharactersMax: 1000 } })
    const large = runtime.receive({ ...envelope, body: 'x'.repeat(5000) })
    await expect(runtime.receive({ ...envelope, body: 'y' })).rejects.toMatchObject(
      later('undecidedCharactersMax'),
    )
    speedUp()
    expect((await large).documents[0]?.outcome).toBe('quarantined')
  })

  it('counts what a delivery turns out to hold', async () => {
    const { store, speedUp } = aSlowStore()
    const four: DocumentReader = {
      format: 'api',
      recognises: () => true,
      read: (body: string) =>
        [1, 2, 3, 4].map((number) => ({
          document: null,
          findings: [],
          raw: `${body}${number}`,
          deliveryKey: `${body}${number}`,
        })),
    }
    const limits = { undecidedDocumentsMax: 6 }
    const { runtime } = aRuntime({ store, limits, readers: [four] })
    const first = runtime.receive({ ...envelope, body: 'a' })
    // The delivery is read once the backlog was looked at.
    await expect.poll(async () => (await runtime.health()).intake.undecidedDocuments).toBe(4)
    await expect(runtime.receive({ ...envelope, body: 'b' })).rejects.toMatchObject(
      later('undecidedDocumentsMax'),
    )
    speedUp()
    expect((await first).documents).toHaveLength(4)
  })

  it('puts off the documents of a tenant whose effects pile up at one destination, until they are sent', async () => {
    const system = aSystemThatIsDown()
    const { runtime, clock } = aRuntime({
      connectors: [system.connector],
      limits: { unsentEffectsMax: 3, batchMax: 1 },
    })
    await runtime.receive(delivery('a', { notices: 3 }))
    await expect(runtime.receive(delivery('b'))).rejects.toMatchObject(later('unsentEffectsMax'))
    await runtime.receive(delivery('b', { tenant: 'bolt' }))
    expect((await runtime.health()).reasons).toEqual(['3 effects of `acme` wait for `people`'])

    await runtime.tick()
    await expect(runtime.receive(delivery('b'))).rejects.toMatchObject(later('unsentEffectsMax'))
    system.comeUp()
    clock.advanceHours(1)
    await runtime.tick()
    expect((await runtime.receive(delivery('b'))).documents[0]?.outcome).toBe('accepted')
    expect((await runtime.health()).reasons).toEqual([])
  })

  it('sees by itself what another process has worked off', async () => {
    const store = createMemoryStore()
    const system = aSystemThatIsDown()
    const limits = { unsentEffectsMax: 1 }
    const { runtime: mailroom, clock } = aRuntime({ store, limits })
    await mailroom.receive(delivery('a', { notices: 1 }))
    clock.advanceHours(1)
    await expect(mailroom.receive(delivery('b'))).rejects.toMatchObject(later('unsentEffectsMax'))
    system.comeUp()
    await aRuntime({ store, connectors: [system.connector] }).runtime.tick()
    clock.advanceHours(1)
    expect((await mailroom.receive(delivery('b'))).documents[0]?.outcome).toBe('accepted')
  })

  it('puts documents off while messages between orders wait to be told, and lets people decide', async () => {
    const { runtime, say } = aRuntime({ limits: { queuedMessagesMax: 1, batchMax: 1 } })
    const tell = {
      kind: 'tell' as const,
      to: { kind: 'order' as const, key: 'acme/0001/4712' },
      type: 'test.said',
      data: script({ word: 'told' }),
    }
    await say('k1', { word: 'start', intents: [tell] })
    await expect(runtime.receive(delivery('a'))).rejects.toMatchObject(later('queuedMessagesMax'))
    expect(await say('k2', { word: 'decided' })).toMatchObject({ outcome: 'applied' })
    await runtime.tick()
    expect((await runtime.receive(delivery('a'))).documents[0]?.outcome).toBe('accepted')
  })

  it.each([undefined, ['acme'], ['bolt']])(
    'polls no connector of a tenant that is put off: tenants %o',
    async (tenants) => {
      let polled = 0
      const deliveries = ['b', 'c'].map((number) =>
        delivery(number, { tenant: tenants?.[0] ?? 'acme' }),
      )
      const feed: Connector = {
        ...aSystemThatIsDown().connector,
        name: 'feed',
        ...(tenants !== undefined && { tenants }),
        capabilities: { reads: ['milestone'], writes: [] },
        read: async ({ cursor }) => {
          polled += 1
          return { deliveries: cursor === null ? deliveries : [], cursor: 'read', more: false }
        },
      }
      const system = aSystemThatIsDown()
      const { runtime, clock } = aRuntime({
        connectors: [feed, system.connector],
        limits: { unsentEffectsMax: 1 },
      })
      await runtime.receive(delivery('a', { notices: 1 }))
      clock.advanceHours(1)
      const isHeld = tenants?.includes('acme') ?? true
      expect(await runtime.tick()).toMatchObject({ deliveriesRead: isHeld ? 0 : 2 })
      expect(polled).toBe(isHeld ? 0 : 1)
      system.comeUp()
      clock.advanceHours(1)
      await runtime.tick()
      expect(await runtime.tick()).toMatchObject({ deliveriesRead: isHeld ? 2 : 0 })
    },
  )
})
