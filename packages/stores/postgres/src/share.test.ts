import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { instant, type Message, systemActor, TenantId } from '@counterfoil/core'
import type { Store } from '@counterfoil/runtime'
import { afterEach, describe, expect, it } from 'vitest'
import { holdShareProgram } from './hold-share.examples.ts'
import { createPostgresStore } from './postgres-store.ts'
import { slotOf, slotsMax } from './slots.ts'
import { someBooks, type TestBooks } from './test-books.examples.ts'

const at = instant('2026-11-25T12:00:00Z')
const messageNumbered = (number: number): Message => ({
  id: `m${number}`,
  tenant: TenantId.parse('acme'),
  aggregate: { kind: 'order', key: `acme/0001/${number}` },
  type: 'test.said',
  schemaVersion: 1,
  occurredAt: at,
  receivedAt: at,
  actor: systemActor,
  causedBy: null,
  data: {},
})
const messages = Array.from({ length: 64 }, (_, number) => messageNumbered(number))

const opened: Store[] = []
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})
function open(settings: TestBooks['settings']): Store {
  const store = createPostgresStore(settings)
  opened.push(store)
  return store
}

async function idsOf(store: Store): Promise<readonly string[]> {
  return (await store.queued({ limit: 1000 })).map(({ message }) => message.id)
}

/** Asks every store until each has about its part and together they have it all; gives what each was given then. */
async function partsOnceSettled(stores: readonly Store[]): Promise<readonly (readonly string[])[]> {
  for (;;) {
    const parts: (readonly string[])[] = []
    for (const store of stores) parts.push(await idsOf(store))
    const given = parts.flat()
    const isWhole = new Set(given).size === messages.length && given.length === messages.length
    if (isWhole && parts.every((part) => part.length > 0)) return parts
    await wait(20)
  }
}

describe('stores on one database', () => {
  it('share the background work: each aggregate is the work of one of them', async () => {
    const { settings } = someBooks()
    const [one, two, three] = [open(settings), open(settings), open(settings)]
    await one.commit({ queue: messages })
    expect(await idsOf(one)).toHaveLength(messages.length)
    expect(await partsOnceSettled([one, two, three])).toHaveLength(3)
    await two.close()
    expect(await partsOnceSettled([one, three])).toHaveLength(2)
    await one.close()
    expect(await partsOnceSettled([three])).toHaveLength(1)
  })

  it('give their part up before they are closed, and store what they have begun', async () => {
    const { settings } = someBooks()
    const [one, two] = [open(settings), open(settings)]
    await one.commit({ queue: messages })
    await partsOnceSettled([one, two])
    await one.release?.()
    expect(await partsOnceSettled([two])).toHaveLength(1)
    const cursors = [{ connector: 'erp', cursor: '1' }]
    expect(await one.commit({ cursors })).toEqual({ kind: 'committed' })
    expect(await two.cursor({ connector: 'erp' })).toBe('1')
  })

  it('share due timers, effects and what is due next as they share messages', async () => {
    const { settings } = someBooks()
    const [one, two] = [open(settings), open(settings)]
    const timersArmed = messages.map(({ tenant, aggregate }) => ({
      tenant,
      aggregate,
      timerId: 't',
      armedVersion: 1,
      dueAt: at,
      type: 'test.said',
      data: {},
      causedBy: 'e',
    }))
    const effects = messages.map(({ tenant, aggregate, id }) => ({
      tenant,
      key: id,
      aggregate,
      destination: 'people',
      decidedAt: at,
      intent: {
        kind: 'notify',
        role: 'buyer',
        topic: 't',
        subject: 's',
        sentence: 'look',
      } as const,
    }))
    await one.commit({ queue: messages, timersArmed, effects })
    await partsOnceSettled([one, two])
    const keys: string[] = []
    for (const store of [one, two]) {
      const mine = await idsOf(store)
      const due = await store.dueTimers({ now: at, limit: 1000 })
      const idOf = (key: string): string => `m${key.split('/').at(-1)}`
      expect(due.map(({ aggregate }) => idOf(aggregate.key)).toSorted()).toEqual(mine.toSorted())
      expect(await store.nextDueAt()).toBe(at)
      const leaseUntil = '2026-11-25T12:01:00Z'
      const claimed = await store.claimEffects({ now: at, leaseUntil, limit: 1000 })
      expect(claimed.map(({ key }) => key).toSorted()).toEqual(mine.toSorted())
      keys.push(...claimed.map(({ key }) => key))
    }
    expect(new Set(keys).size).toBe(messages.length)
  })

  it('leave no work to one that only takes documents in', async () => {
    const { settings } = someBooks()
    const [clerk, worker] = [open(settings), open(settings)]
    await clerk.commit({ queue: messages })
    expect(await idsOf(worker)).toHaveLength(messages.length)
    await clerk.commit({ cursors: [{ connector: 'erp', cursor: '1' }] })
    expect(await idsOf(worker)).toHaveLength(messages.length)
  })

  it('ring the one whose work came in', async () => {
    const { settings } = someBooks()
    const [clerk, worker] = [open(settings), open(settings)]
    expect(await idsOf(worker)).toEqual([])
    const rang = new Promise<void>((resolve) => {
      const end = worker.watch?.(() => {
        end?.()
        resolve()
      })
    })
    await clerk.commit({ queue: [messageNumbered(1)] })
    await rang
    expect(await idsOf(worker)).toEqual(['m1'])
  })

  it('divide it into a number of parts that there can be', () => {
    const { settings } = someBooks()
    for (const shards of [0, 1.5, slotsMax + 1]) {
      expect(() => createPostgresStore({ ...settings, shards })).toThrow('whole number from 1')
    }
  })

  it('take over from a process that is killed (kill -9)', async () => {
    const { settings } = someBooks()
    const store = open(settings)
    await store.commit({ queue: messages })
    const child = spawn(
      process.execPath,
      ['--conditions=@counterfoil/source', holdShareProgram, JSON.stringify(settings)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [said] = await once(child.stdout.setEncoding('utf8'), 'data')
    expect(String(said).trim()).toBe(String(messages.length))
    expect(await idsOf(store)).not.toHaveLength(messages.length)
    const rang = new Promise<void>((resolve) => void store.watch?.(resolve))
    child.kill('SIGKILL')
    await rang
    await partsOnceSettled([store])
  })
})

describe('slots', () => {
  it('never change: what is stored under one stays findable', () => {
    expect(slotOf('acme', 'acme/0001/4711')).toBe(351)
    expect(slotOf('ü', '\u{1F69A}')).toBe(844)
  })

  it('divide aggregates evenly, however many shards there are', () => {
    const slots = Array.from({ length: 20_000 }, (_, number) =>
      slotOf('acme', `acme/0001/${number}`),
    )
    expect(Math.min(...slots)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...slots)).toBeLessThan(slotsMax)
    for (const shards of [2, 3, 16]) {
      const counts = Array.from(
        { length: shards },
        (_, shard) => slots.filter((slot) => slot % shards === shard).length,
      )
      expect(Math.max(...counts)).toBeLessThan((slots.length / shards) * 1.2)
    }
  })
})
