import { generateKeyPairSync } from 'node:crypto'
import { hashOf } from '@counterfoil/core'
import { verifyAuditExport } from '@counterfoil/core/audit'
import { describe, expect, it } from 'vitest'
import { ed25519Signer, verifyEd25519 } from '../audit-keys.ts'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import { aRuntime } from '../scripted-runtime.examples.ts'
import type { Store } from '../store/store.ts'
import { exportAudit } from './export-audit.ts'
import { type AuditSettings, signHeads } from './sign-heads.ts'

const aSigner = (keyId: string) => ed25519Signer(keyId, generateKeyPairSync('ed25519').privateKey)
const tenant = 'acme'

/** A runtime that signs every hour with these keys, over one store and one clock. */
function aSigningRuntime(
  settings: AuditSettings,
  store = createMemoryStore(),
  clock = createVirtualClock('2026-11-25T09:00:00Z'),
) {
  const made = aRuntime({ store, clock, audit: settings })
  const heads = async () => (await store.heads.list({ tenant, limit: 100 })).rows
  return { ...made, store, clock, heads }
}

async function verdictOf(store: Store, at: string, signer: AuditSettings['signer']) {
  const clock = createVirtualClock(at)
  const lines = await exportAudit({ store, clock }, { tenant, signer })
  return verifyAuditExport(lines, { verify: verifyEd25519 })
}

describe('a runtime that signs heads', () => {
  it('signs what was written once the last head is an hour old (R-32)', async () => {
    const { runtime, clock, say, heads, store } = aSigningRuntime({ signer: aSigner('k1') })
    await say('s1', { word: 'one' })
    expect(await runtime.tick()).toMatchObject({ headsSigned: 1, headsRefused: [] })
    await say('s2', { word: 'two' })
    clock.advanceTo('2026-11-25T09:59:59Z')
    expect(await runtime.tick()).toMatchObject({ headsSigned: 0 })
    clock.advanceTo('2026-11-25T10:15:00Z')
    expect(await runtime.tick()).toMatchObject({ headsSigned: 1 })
    clock.advanceTo('2026-11-25T12:00:00Z')
    expect(await runtime.tick()).toMatchObject({ headsSigned: 0 })
    expect((await heads()).map(({ number, at }) => [number, at])).toEqual([
      [1, '2026-11-25T09:00:00.000Z'],
      [2, '2026-11-25T10:15:00.000Z'],
    ])
    expect(await store.heads.tenants({ limit: 9 })).toEqual([])
  })

  it('signs nothing unless it is told with what', async () => {
    const { runtime, say, store } = aRuntime()
    await say('s1', { word: 'one' })
    expect(await runtime.tick()).toMatchObject({ headsSigned: 0 })
    expect(await store.heads.last({ tenant })).toBeNull()
  })

  it('leaves each head to one of the processes that sign (R-32)', async () => {
    const signer = aSigner('k1')
    const one = aSigningRuntime({ signer, everySeconds: 0 })
    const other = aSigningRuntime({ signer, everySeconds: 0 }, one.store, one.clock)
    for (const word of ['one', 'two', 'three']) {
      await one.say(word, { word })
      await Promise.all([one.runtime.tick(), other.runtime.tick()])
    }
    expect((await one.heads()).map(({ number }) => number)).toEqual([1, 2, 3])
    expect((await verdictOf(one.store, one.clock.now(), signer)).fault).toBeNull()
  })

  it.each(['last', 'grown', 'keys'] as const)(
    'counts no entry twice where another process signs right after it read `%s` (R-32)',
    async (read) => {
      const signer = aSigner('k1')
      const settings = { signer, everySeconds: 0 }
      const { say, store, clock, heads } = aSigningRuntime({ signer, everySeconds: 3600 })
      await say('s1', { word: 'one' })
      let isFirst = true
      const overtaken = {
        ...store.heads,
        [read]: async (asked: never) => {
          const answer: unknown = await store.heads[read](asked)
          if (isFirst) await signHeads({ heads: store.heads, clock }, settings)
          isFirst = false
          return answer
        },
      }
      expect(await signHeads({ heads: overtaken, clock }, settings)).toMatchObject({ signed: 0 })
      expect((await heads()).map(({ number }) => number)).toEqual([1])
      expect((await verdictOf(store, clock.now(), signer)).fault).toBeNull()
    },
  )

  it('signs behind a process whose clock is a little ahead, and not behind one that is far off', async () => {
    const signer = aSigner('k1')
    const settings = { signer, everySeconds: 0 }
    const ahead = aSigningRuntime(settings, undefined, createVirtualClock('2026-11-25T09:00:03Z'))
    await ahead.say('one', { word: 'one' })
    await ahead.runtime.tick()
    const behind = aSigningRuntime(
      settings,
      ahead.store,
      createVirtualClock('2026-11-25T09:00:00Z'),
    )
    await behind.say('two', { word: 'two' })
    await behind.runtime.tick()
    const signedAt = (await behind.heads()).map(({ at }) => at)
    expect(signedAt).toEqual(['2026-11-25T09:00:03.000Z', '2026-11-25T09:00:03.000Z'])
    expect((await verdictOf(ahead.store, '2026-11-25T09:00:03Z', signer)).fault).toBeNull()

    const wrong = aSigningRuntime(settings, ahead.store, createVirtualClock('2026-11-25T08:58:00Z'))
    await wrong.say('three', { word: 'three' })
    await wrong.runtime.tick()
    expect(await behind.heads()).toHaveLength(2)
  })

  it('takes a new key, and old heads are checked with the old one (R-32)', async () => {
    const [before, after] = [aSigner('2026'), aSigner('2027')]
    const old = aSigningRuntime({ signer: before })
    await old.say('s1', { word: 'one' })
    await old.runtime.tick()
    old.clock.advanceTo('2026-11-25T11:00:00Z')
    const next = aSigningRuntime({ signer: after }, old.store, old.clock)
    await next.say('s2', { word: 'two' })
    await next.runtime.tick()
    expect((await old.heads()).map(({ keyId }) => keyId)).toEqual(['2026', '2027'])
    expect(await old.store.heads.keys({ tenant })).toMatchObject([
      { keyId: '2026', from: '2026-11-25T09:00:00.000Z', to: '2026-11-25T11:00:00.000Z' },
      { keyId: '2027', from: '2026-11-25T11:00:00.000Z', to: null },
    ])
    const verdict = await verdictOf(old.store, '2026-11-25T12:00:00Z', after)
    expect(verdict).toMatchObject({ heads: 2, fault: null })
    await next.say('s3', { word: 'three' })
    old.clock.advanceTo('2026-11-25T13:00:00Z')
    const { headsSigned, headsRefused } = await old.runtime.tick()
    expect(headsSigned).toBe(0)
    expect(headsRefused).toMatchObject([{ tenant, sentence: expect.stringContaining('replaced') }])
  })

  it('does not take another key for one it knows', async () => {
    const { store, clock, say, runtime } = aSigningRuntime({ signer: aSigner('k1') })
    await say('s1', { word: 'one' })
    await runtime.tick()
    const forged = aSigningRuntime({ signer: aSigner('k1'), everySeconds: 0 }, store, clock)
    await forged.say('s2', { word: 'two' })
    const { headsRefused } = await forged.runtime.tick()
    expect(headsRefused).toMatchObject([{ sentence: expect.stringContaining('is another') }])
  })
})

describe('an export of a store', () => {
  const aSignedStore = async () => {
    const signer = aSigner('k1')
    const { runtime, say, store, clock } = aSigningRuntime({ signer, everySeconds: 0 })
    for (const word of ['one', 'two', 'three']) {
      await say(word, { word })
      await runtime.tick()
    }
    return { signer, store, say, at: clock.now() }
  }

  it('holds what heads speak of, and nothing that came since (R-32)', async () => {
    const { signer, store, say, at } = await aSignedStore()
    const whole = await verdictOf(store, at, signer)
    await say('four', { word: 'four' })
    expect(await verdictOf(store, at, signer)).toEqual(whole)
    expect(whole).toMatchObject({ heads: 3, fault: null })
  })

  it('shows a chain that was cut off, and a chain that is gone (R-32)', async () => {
    const { signer, store, at } = await aSignedStore()
    const cut = (kept: number): Store => ({
      ...store,
      audit: async (request) => {
        const page = await store.audit(request)
        return { ...page, rows: page.rows.slice(0, kept) }
      },
    })
    for (const kept of [0, 1, 2]) {
      await expect(verdictOf(cut(kept), at, signer)).rejects.toThrow('sign a head over them first')
    }
  })

  it('shows heads that were taken away, to whoever kept the hash of one', async () => {
    const { signer, store, at } = await aSignedStore()
    const [, , third] = (await store.heads.list({ tenant, limit: 3 })).rows
    const without: Store = {
      ...store,
      heads: {
        ...store.heads,
        list: async (request) => {
          const page = await store.heads.list(request)
          return { ...page, rows: page.rows.slice(0, 2) }
        },
      },
    }
    const lines = await exportAudit(
      { store: without, clock: createVirtualClock(at) },
      { tenant, signer },
    )
    const verdict = await verifyAuditExport(lines, {
      verify: verifyEd25519,
      knownHeads: [hashOf(third)],
    })
    expect(verdict.fault).toMatchObject({ reason: 'head-missing' })
  })
})
