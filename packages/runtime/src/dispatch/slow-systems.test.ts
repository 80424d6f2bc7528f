import type { Connector, WriteRequest } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { anOrder, script, scriptedMilestone } from '../decide/scripted-order.examples.ts'
import { aRuntime, clerk, envelope } from '../scripted-runtime.examples.ts'

/** A system that answers nobody until it is told to, and says what it was asked. */
function aSilentSystem(name: string, writes: Connector['capabilities']['writes']) {
  const asked: WriteRequest[] = []
  const answers: (() => void)[] = []
  const connector: Connector = {
    contract: 'v1',
    name,
    capabilities: { reads: [], writes },
    read: () => Promise.reject(new Error('nothing is read here')),
    write: (request) => {
      asked.push(request)
      return new Promise((resolve) => {
        answers.push(() => resolve({ kind: 'applied', reference: null, repeated: false }))
      })
    },
  }
  return { connector, asked, answerAll: () => answers.splice(0).forEach((answer) => answer()) }
}

const notice = {
  kind: 'notify',
  role: 'buyer',
  topic: 't',
  subject: 's',
  sentence: 'look',
} as const
const writeBack = (record: string) =>
  ({ kind: 'write-back', system: 'erp', record, expectedVersion: 1, data: {} }) as const

/** Tells an order something that asks for an effect. */
const tellOrder = (number: string, intents: readonly unknown[]) => ({
  tenant: 'acme',
  aggregate: anOrder(number),
  type: 'test.said',
  data: script({ word: `start-${number}`, intents } as never),
  actor: clerk,
  expectedVersion: null,
  idempotencyKey: number,
})

describe('a system that does not answer', () => {
  it('holds up what waits for it and nothing else, however much that is', async () => {
    const erp = aSilentSystem('erp', ['write-back/erp'])
    const people = aSilentSystem('people', ['notify'])
    const { runtime, say, wordsOf } = aRuntime({
      connectors: [erp.connector, people.connector],
      limits: { effectsPerDestinationMax: 4 },
    })
    const stop = new AbortController()
    const running = runtime.run({ signal: stop.signal })
    for (let number = 1; number <= 20; number += 1) {
      await runtime.act(tellOrder(String(number), [writeBack(String(number))]))
    }
    await expect.poll(() => erp.asked.length).toBeGreaterThan(2)
    const tell = {
      kind: 'tell' as const,
      to: anOrder('4712'),
      type: 'test.said',
      data: script({ word: 'told', intents: [notice] }),
    }
    await say('k1', { word: 'start', intents: [tell] })
    await expect.poll(() => wordsOf('4712')).toEqual(['told'])
    await expect.poll(() => people.asked.length).toBe(1)
    expect(erp.asked.length).toBeLessThanOrEqual(4)
    people.answerAll()
    await expect
      .poll(() => {
        erp.answerAll()
        return erp.asked.length
      })
      .toBe(20)
    erp.answerAll()
    stop.abort()
    await running
    await runtime.close()
    expect(new Set(erp.asked.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(20)
  })

  it('is not asked a second time meanwhile when the clock is put forward by a day', async () => {
    const erp = aSilentSystem('erp', ['write-back/erp'])
    // A clock that was put forward shows the time of tomorrow, and nobody's wait is over.
    const waitUntil = (_moment: string, signal: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve()
        signal.addEventListener('abort', () => resolve())
      })
    let now = '2026-11-25T09:00:00Z'
    const { runtime } = aRuntime({
      connectors: [erp.connector],
      clock: { now: () => now, waitUntil },
    })
    const stop = new AbortController()
    const running = runtime.run({ signal: stop.signal })
    await runtime.act(tellOrder('1', [writeBack('1')]))
    await expect.poll(() => erp.asked.length).toBe(1)
    now = '2026-11-26T09:00:00Z'
    // What comes in wakes the runtime, which finds the lease over.
    await runtime.act(tellOrder('2', [writeBack('2')]))
    await expect.poll(() => erp.asked.length).toBe(2)
    expect(new Set(erp.asked.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2)
    erp.answerAll()
    await expect
      .poll(async () => (await runtime.queries.effects({ tenant: 'acme', state: 'waiting' })).rows)
      .toEqual([])
    stop.abort()
    await running
    await runtime.close()
  })

  it('is waited for by a tick, and given all that is due', async () => {
    const erp = aSilentSystem('erp', ['write-back/erp'])
    const { runtime } = aRuntime({
      connectors: [erp.connector],
      limits: { effectsPerDestinationMax: 2 },
    })
    for (const number of ['1', '2', '3']) {
      await runtime.act(tellOrder(number, [writeBack(number)]))
    }
    let isOver = false
    const ticking = runtime.tick().finally(() => {
      isOver = true
    })
    await expect.poll(() => erp.asked.length).toBe(2)
    expect(isOver).toBe(false)
    erp.answerAll()
    await expect.poll(() => erp.asked.length).toBe(3)
    erp.answerAll()
    expect(await ticking).toMatchObject({ effectsDelivered: 3, messages: 3, finished: true })
  })

  it('when it is read holds up nothing that comes from elsewhere', async () => {
    const silent: Connector = {
      ...aSilentSystem('carrier', []).connector,
      capabilities: { reads: ['milestone'], writes: [] },
      read: () => new Promise(() => {}),
    }
    const document = scriptedMilestone({ number: 'M1', word: 'left' })
    const other: Connector = {
      ...silent,
      name: 'portal',
      read: async ({ cursor }) => ({
        deliveries: cursor === null ? [{ ...envelope, document }] : [],
        cursor: '1',
        more: false,
      }),
    }
    const { runtime, clock, say, wordsOf } = aRuntime({ connectors: [silent, other] })
    const stop = new AbortController()
    const running = runtime.run({ signal: stop.signal })
    await expect.poll(() => wordsOf('4711')).toEqual(['left'])
    const to = anOrder('4712')
    const data = script({ word: 'told' })
    await say('k1', { word: 'next', intents: [{ kind: 'tell', to, type: 'test.said', data }] })
    await expect.poll(() => wordsOf('4712')).toEqual(['told'])
    stop.abort()
    await running
    const closing = runtime.close()
    // It does not heed that it is called off either, so it is waited for to the end of its time.
    clock.advanceHours(1)
    await closing
  })
})
