import { addMilliseconds, type Connector, instant, type WriteAnswer } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { defaultLimits } from '../create-runtime.ts'
import { anOrder, script } from '../decide/scripted-order.examples.ts'
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

/** Processes one after another on one store that holds so many effects; a process ends when it is asked for `poison`. */
async function aBacklog(
  subjects: readonly string[],
  plant: (store: Store) => Store = (one) => one,
) {
  const kept = createMemoryStore()
  const store: Store = { ...plant(kept), close: async () => undefined }
  const { runtime } = aRuntime({ store: kept, clock: createVirtualClock(begin) })
  for (const subject of subjects) {
    const intents = [noticeOf(subject)]
    await runtime.act({
      tenant,
      aggregate: anOrder(subject),
      type: 'test.said',
      data: script({ word: 'start', intents }),
      actor: clerk,
      expectedVersion: null,
      idempotencyKey: subject,
    })
  }
  let started = 0
  /** Lives until nothing is due, or is asked for the poison. Nothing that was under way then is ever answered. */
  const live = async () => {
    const clock = createVirtualClock(addMilliseconds(begin, started * 120_000))
    started += 1
    let atOnce = 0
    let mostAtOnce = 0
    let die: () => void = () => undefined
    const died = new Promise<'died'>((resolve) => {
      die = () => resolve('died')
    })
    let isDead = false
    const connector: Connector = {
      contract: 'v1',
      name: 'desk',
      capabilities: { reads: [], writes: ['notify'] },
      read: async () => ({ deliveries: [], cursor: null, more: false }),
      write: async ({ intent }) => {
        atOnce += 1
        mostAtOnce = Math.max(mostAtOnce, atOnce)
        if (intent.kind === 'notify' && intent.subject === 'poison') {
          isDead = true
          die()
        }
        await new Promise((resolve) => setTimeout(resolve, 1))
        if (isDead) return never()
        atOnce -= 1
        return applied
      },
    }
    const ended = await Promise.race([
      aRuntime({ store, clock, connectors: [connector] }).runtime.tick(),
      died,
    ])
    return { ended, mostAtOnce }
  }
  const fates = async () => {
    const { rows } = await kept.effects({ tenant, limit: 200 })
    return rows.map(({ intent, state }) => [intent.kind === 'notify' && intent.subject, state])
  }
  return { live, fates, store: kept }
}

const innocents = Array.from({ length: 30 }, (_none, number) => `innocent-${number}`)
const poisoned = innocents.toSpliced(5, 0, 'poison')

async function deathsOf({ live }: Awaited<ReturnType<typeof aBacklog>>): Promise<number> {
  for (let deaths = 0; deaths < 20; deaths += 1) {
    if ((await live()).ended !== 'died') return deaths
  }
  return Infinity
}

describe('effects that were under way when a process ended', () => {
  it('are carried out, whichever of them ends the process again and again', async () => {
    const backlog = await aBacklog(poisoned)
    expect(await deathsOf(backlog)).toBe(5)
    expect(await backlog.fates()).toEqual(
      poisoned.map((subject) => [subject, subject === 'poison' ? 'dead' : 'delivered']),
    )
  })

  it('would die with it if the store gave all of them at once again', async () => {
    const backlog = await aBacklog(poisoned, (store) => ({
      ...store,
      claimEffects: ({ suspects: _suspects, ...request }) => store.claimEffects(request),
    }))
    await deathsOf(backlog)
    const dead = (await backlog.fates()).filter(([, state]) => state === 'dead')
    expect(dead.length).toBeGreaterThan(1)
  })

  it.each([
    { losses: 1, most: defaultLimits.effectsPerDestinationMax },
    { losses: 2, most: 1 },
  ])('are carried out at most $most at a time after $losses ends', async ({ losses, most }) => {
    const { live, store } = await aBacklog(innocents)
    for (let lost = 0; lost < losses; lost += 1) {
      await store.claimEffects({ now: begin, leaseUntil: begin, limit: innocents.length })
    }
    const ended = { effectsDelivered: innocents.length }
    expect(await live()).toMatchObject({ ended, mostAtOnce: most })
  })

  it('hold up nothing else while they are tried one at a time, and nobody looks again and again', async () => {
    const { store } = await aBacklog(['suspect-1', 'suspect-2'])
    for (let lost = 0; lost < 2; lost += 1) {
      await store.claimEffects({ now: begin, leaseUntil: begin, limit: 2 })
    }
    let claims = 0
    const asked: string[] = []
    const { runtime, say } = aRuntime({
      clock: createVirtualClock(begin),
      store: {
        ...store,
        claimEffects: (request) => {
          claims += 1
          // Whoever asks again and again would never let anything else happen.
          return claims > 50 ? never() : store.claimEffects(request)
        },
      },
      connectors: [
        {
          contract: 'v1',
          name: 'desk',
          capabilities: { reads: [], writes: ['notify'] },
          read: async () => ({ deliveries: [], cursor: null, more: false }),
          write: ({ intent }) => {
            asked.push(intent.kind === 'notify' ? intent.subject : '')
            return never()
          },
        },
      ],
    })
    const stop = new AbortController()
    const running = runtime.run({ signal: stop.signal })
    await expect.poll(() => asked).toEqual(['suspect-1'])
    await say('k1', { word: 'start', intents: [noticeOf('other')] })
    await expect.poll(() => asked).toEqual(['suspect-1', 'other'])
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(claims).toBeLessThan(20)
    stop.abort()
    await runtime.close()
    await running
  })
})
