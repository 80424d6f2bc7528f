import { type Connector, CounterfoilError, type WriteRequest } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { aRuntime } from '../scripted-runtime.examples.ts'
import type { Store } from '../store/store.ts'

const notice = {
  kind: 'notify',
  role: 'buyer',
  topic: 't',
  subject: 's',
  sentence: 'look',
} as const

const people = (write: Connector['write']): Connector => ({
  contract: 'v1',
  name: 'people',
  capabilities: { reads: [], writes: ['notify'] },
  read: () => Promise.reject(new Error('nothing is read here')),
  write,
})

const outage = (): Promise<never> =>
  Promise.reject(new CounterfoilError('CONNECTOR_UNAVAILABLE', 'down', { retryable: true }))

describe('a process whose clock is a year ahead', () => {
  /** How many effects the next process carries out, whose clock is right. */
  const carriedOutByNext = async (store: Store): Promise<number> => {
    const asked: WriteRequest[] = []
    const { runtime } = aRuntime({
      store,
      connectors: [
        people(async (request) => {
          asked.push(request)
          return { kind: 'applied', reference: null, repeated: false }
        }),
      ],
    })
    await runtime.tick()
    return asked.length
  }
  const ahead = (write: Connector['write']) =>
    aRuntime({ clock: createVirtualClock('2027-11-25T09:00:00Z'), connectors: [people(write)] })

  it('does not keep an effect for a year that it died over', async () => {
    const begun = Promise.withResolvers<void>()
    const { runtime, store, say } = ahead(() => {
      begun.resolve()
      return new Promise(() => {})
    })
    await say('k1', { word: 'start', intents: [notice] })
    void runtime.tick()
    await begun.promise
    expect(await carriedOutByNext(store)).toBe(1)
  })

  it('does not put an effect off for a year that failed', async () => {
    const { runtime, store, say } = ahead(outage)
    await say('k1', { word: 'start', intents: [notice] })
    await runtime.tick()
    expect(await carriedOutByNext(store)).toBe(1)
  })
})
