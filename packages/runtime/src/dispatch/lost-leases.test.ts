import { addMilliseconds, type Connector, instant, type WriteAnswer } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import { aRuntime, clerk } from '../scripted-runtime.examples.ts'
import type { Store } from '../store/store.ts'

const tenant = 'acme'
const begin = instant('2026-11-25T09:00:00Z')

const noticeOf = (subject: string) => ({
  kind: 'notify' as const,
  role: 'buyer',
  topic: 'test',
  subject,
  sentence: 'something happened',
})

/** Processes one after another on one store, each with a clock of its own, two minutes after the one before it. */
function aRowOfProcesses(answer: (subject: string) => Promise<WriteAnswer>) {
  const store: Store = { ...createMemoryStore(), close: async () => undefined }
  const asked: string[] = []
  const connector: Connector = {
    contract: 'v1',
    name: 'desk',
    capabilities: { reads: [], writes: ['notify'] },
    read: async () => ({ deliveries: [], cursor: null, more: false }),
    write: ({ intent }) => {
      const subject = intent.kind === 'notify' ? intent.subject : ''
      asked.push(subject)
      return answer(subject)
    },
  }
  let started = 0
  const start = () => {
    const clock = createVirtualClock(addMilliseconds(begin, started * 120_000))
    started += 1
    return aRuntime({ store, clock, connectors: [connector] })
  }
  /** A process that asks so many things and is gone before there is an answer to the last. */
  const dieAsking = async (count: number): Promise<void> => {
    const before = asked.length
    void start().runtime.tick()
    await expect.poll(() => asked.length).toBe(before + count)
  }
  return { store, asked, start, dieAsking }
}

const applied: WriteAnswer = { kind: 'applied', reference: 'R1', repeated: false }
const never = () => new Promise<never>(() => undefined)

describe('an effect whose process ends each time it is carried out', () => {
  it('is set aside after five times in a row, and says so', async () => {
    let isMended = false
    const { asked, start, dieAsking } = aRowOfProcesses(() =>
      isMended ? Promise.resolve(applied) : never(),
    )
    const first = start()
    await first.say('k1', { word: 'start', intents: [noticeOf('poison')] })
    for (let death = 0; death < 5; death += 1) await dieAsking(1)
    const { runtime } = start()
    expect(await runtime.tick()).toMatchObject({ deadLetters: 1 })
    expect(asked).toHaveLength(5)
    const [letter] = (await runtime.queries.deadLetters({ tenant })).rows
    expect(letter).toMatchObject({
      attempts: 0,
      sentence: expect.stringContaining('5 times in a row the process ended'),
      exception: { code: 'DEAD_LETTER' },
    })
    isMended = true
    await runtime.act({
      type: 'dead-letter.redriven',
      tenant,
      deadLetterId: letter?.deadLetterId ?? '',
      actor: clerk,
      note: 'the driver was at fault',
      idempotencyKey: 'd1',
    })
    expect(await runtime.tick()).toMatchObject({ effectsDelivered: 1, deadLetters: 0 })
  })
})
