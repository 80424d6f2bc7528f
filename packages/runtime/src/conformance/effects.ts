import { addMilliseconds, instant } from '@counterfoil/core'
import type { ClaimRequest, Store } from '../store/store.ts'
import { same } from './check.ts'
import { effect, noon, order, tenant } from './records.ts'
import type { StoreCases } from './store-conformance.ts'

const minuteLater = '2026-11-25T12:01:00Z'

async function claimed(
  store: Store,
  { now = noon as string, leaseUntil = minuteLater, limit = 10 } = {},
): Promise<readonly (readonly [string, number])[]> {
  const effects = await store.claimEffects({ now, leaseUntil, limit })
  return effects.map(({ key, attempts }) => [key, attempts])
}

/** Attempts, failed attempts and lost leases of what is claimed at an instant, for a minute. */
async function countsAt(store: Store, now: string): Promise<readonly (readonly number[])[]> {
  const leaseUntil = addMilliseconds(instant(now), 60_000)
  const effects = await store.claimEffects({ now, leaseUntil, limit: 10 })
  return effects.map(({ attempts, attemptsFailed, leasesLost }) => [
    attempts,
    attemptsFailed,
    leasesLost,
  ])
}

const givenBack = (attempt: number, notBefore: string) =>
  ({ kind: 'given-back', tenant, key: 'k1', at: notBefore, attempt, notBefore }) as const

const failed = (attempt: number, notBefore: string) =>
  ({ ...givenBack(attempt, notBefore), kind: 'retry', sentence: 'no answer' }) as const

const delivered = (key: string) =>
  ({ kind: 'delivered', tenant, key, at: noon, connector: 'erp', reference: 'R1' }) as const

/** What is to be carried out outside. */
export const effectCases: StoreCases = {
  'effects are claimed in the order of their decisions, at most so many': async ({ store }) => {
    const lanes = ['c', 'a', 'b'].map((number) => effect(number, { aggregate: order(number) }))
    await store.commit({ effects: lanes })
    same(
      await claimed(store, { limit: 2 }),
      [
        ['c', 1],
        ['a', 1],
      ],
      'decided first, claimed first',
    )
    same(await claimed(store), [['b', 1]], 'the rest; nobody is given what is claimed')
    same(await claimed(store), [], 'nothing is left')
  },
  'a claimed effect is the one that was stored': async ({ store }) => {
    await store.commit({ effects: [effect('k1')] })
    const found = await store.claimEffects({ now: noon, leaseUntil: minuteLater, limit: 1 })
    const counts = { attempts: 1, attemptsFailed: 0, leasesLost: 0 }
    same(found, [{ ...effect('k1'), ...counts }], 'an effect with its attempts')
  },
  'nothing overtakes an earlier effect of its aggregate and destination': async ({ store }) => {
    await store.commit({
      effects: [
        effect('one'),
        effect('two'),
        effect('erp', { destination: 'erp' }),
        effect('other', { aggregate: order('2') }),
      ],
    })
    const first = [
      ['one', 1],
      ['erp', 1],
      ['other', 1],
    ]
    same(await claimed(store), first, 'one of each aggregate and destination')
    same(await claimed(store), [], 'the second waits while the first is under way')
    await store.commit({ effectResults: [delivered('one')] })
    same(await claimed(store), [['two', 1]], 'the second once the first is delivered')
  },
  'nothing is claimed for a destination among the exceptions, which are those of one tenant':
    async ({ store }) => {
      const other = { tenant: 'other', aggregate: order('1', 'other') }
      await store.commit({
        effects: [
          effect('people'),
          effect('erp', { destination: 'erp' }),
          effect('erp-other', { ...other, destination: 'erp' }),
        ],
      })
      const request = { now: noon, leaseUntil: minuteLater, limit: 10 }
      const keysOf = async (except: readonly (readonly [string, string])[]) => {
        const destinations = except.map(([owner, destination]) => ({ tenant: owner, destination }))
        const found = await store.claimEffects({ ...request, except: destinations })
        return found.map(({ key }) => key)
      }
      const full = [tenant, 'erp'] as const
      same(await keysOf([full, ['other', 'people']]), ['people', 'erp-other'], 'the others')
      same(await keysOf([full]), [], 'as long as it is an exception')
      same(await keysOf([]), ['erp'], 'once it is none')
    },
  'of each destination so many are given at most, decided first, and those of others beside them':
    async ({ store }) => {
      const lane = (key: string, destination: string) =>
        effect(key, { aggregate: order(key), destination })
      const other = { tenant: 'other', aggregate: order('o1', 'other'), destination: 'erp' }
      await store.commit({
        effects: [
          ...['e1', 'e2', 'e3'].map((key) => lane(key, 'erp')),
          ...['w1', 'w2'].map((key) => lane(key, 'wms')),
          effect('o1', other),
        ],
      })
      const request = { now: noon, leaseUntil: minuteLater, limit: 10 }
      const keysOf = async (more: Partial<ClaimRequest>) => {
        const found = await store.claimEffects({ ...request, ...more })
        return found.map(({ key }) => key)
      }
      same(await keysOf({ destinationMax: 1, limit: 2 }), ['e1', 'w1'], 'no more than the limit')
      const next = ['e2', 'w2', 'o1']
      same(await keysOf({ destinationMax: 1 }), next, 'one of each, of each tenant')
      await store.commit({
        effectResults: ['e1', 'e2'].map((key) => ({ ...failed(1, minuteLater), key })),
      })
      const later = { now: minuteLater, leaseUntil: '2026-11-25T12:02:00Z' }
      const suspects = { leasesLost: 1, limit: 0 }
      const both = await keysOf({ ...later, destinationMax: 2, suspects })
      same(both, ['e1', 'e2'], 'those whose time has come among them')
      same(await keysOf(later), ['e3', 'w1', 'w2', 'o1'], 'what was left')
    },
  'an effect whose lease ran out is given again, with the attempt counted': async ({ store }) => {
    await store.commit({ effects: [effect('k1')] })
    await claimed(store)
    same(await claimed(store, { now: '2026-11-25T12:00:59Z' }), [], 'before the lease ran out')
    const again = { now: '2026-11-25T13:01:00+01:00', leaseUntil: '2026-11-25T12:02:00Z' }
    same(await claimed(store, again), [['k1', 2]], 'once the lease ran out')
  },
  'an effect to be tried again is not given before its time, and holds up what is behind it':
    async ({ store }) => {
      await store.commit({ effects: [effect('k1'), effect('k2')] })
      await claimed(store)
      const notBefore = '2026-11-25T12:10:00Z'
      await store.commit({
        effectResults: [
          {
            kind: 'retry',
            tenant,
            key: 'k1',
            at: noon,
            attempt: 1,
            notBefore,
            sentence: 'no answer',
          },
        ],
      })
      same(await claimed(store, { now: '2026-11-25T12:09:59Z' }), [], 'before its time')
      const later = { now: notBefore, leaseUntil: '2026-11-25T12:11:00Z' }
      same(await claimed(store, later), [['k1', 2]], 'at its time')
    },
  'an effect that a wrong clock had wait until long after anybody would is given again': async ({
    store,
  }) => {
    await store.commit({ effects: [effect('k1'), effect('k2', { destination: 'erp' })] })
    const ahead = { now: '2027-11-25T12:00:00Z', leaseUntil: '2027-11-25T12:01:00Z' }
    same((await claimed(store, ahead)).length, 2, 'by a clock that is a year ahead')
    const request = { now: noon, leaseUntil: minuteLater, limit: 1 }
    const keysOf = async (waitsUntilMax: string) =>
      (await store.claimEffects({ ...request, waitsUntilMax })).map(({ key }) => key)
    same(await keysOf(ahead.leaseUntil), [], 'where it might wait so long')
    same(await keysOf('2026-11-26T13:00:00Z'), ['k1'], 'where it might not, one')
    same(await keysOf('2026-11-26T13:00:00Z'), ['k2'], 'where it might not, the other')
    same(await keysOf('2026-11-26T13:00:00Z'), [], 'while their leases run by the right clock')
    const again = (await claimed(store, { now: minuteLater })).length
    same(again, 2, 'once their leases ran out')
  },
  'an attempt that failed says nothing about a later one': async ({ store }) => {
    await store.commit({ effects: [effect('k1')] })
    await claimed(store)
    const second = { now: minuteLater, leaseUntil: '2026-11-25T12:02:00Z' }
    same(await claimed(store, second), [['k1', 2]], 'the lease of the first ran out')
    const late = { tenant, key: 'k1', at: minuteLater, attempt: 1, sentence: 'no answer' }
    await store.commit({ effectResults: [{ ...late, kind: 'retry', notBefore: minuteLater }] })
    same(await claimed(store, { now: '2026-11-25T12:01:30Z' }), [], 'the second is under way')
    same(
      await claimed(store, { now: '2026-11-25T12:02:00Z', leaseUntil: '2026-11-25T12:03:00Z' }),
      [['k1', 3]],
      'once its own lease ran out',
    )
  },
  'an attempt that failed counts as failed, and a lease that ran out counts apart': async ({
    store,
  }) => {
    await store.commit({ effects: [effect('k1')] })
    same(await countsAt(store, noon), [[1, 0, 0]], 'the first')
    same(await countsAt(store, '2026-11-25T12:01:00Z'), [[2, 0, 1]], 'after a lease ran out')
    same(await countsAt(store, '2026-11-25T12:02:00Z'), [[3, 0, 2]], 'after two in a row')
    await store.commit({ effectResults: [failed(3, '2026-11-25T12:02:30Z')] })
    same(await countsAt(store, '2026-11-25T12:02:30Z'), [[4, 1, 0]], 'an answer ends the row')
    await store.commit({ effectResults: [failed(4, '2026-11-25T12:03:00Z')] })
    same(await countsAt(store, '2026-11-25T12:03:00Z'), [[5, 2, 0]], 'the second that failed')
    same(await countsAt(store, '2026-11-25T12:04:00Z'), [[6, 2, 1]], 'a lease that ran out again')
    const [seen] = (await store.effects({ tenant, limit: 9 })).rows
    same([seen?.attempts, seen?.attemptsFailed, seen?.leasesLost], [6, 2, 1], 'for who looks')
  },
  'a lease given back ends at once, and counts neither as failed nor as lost': async ({
    store,
  }) => {
    await store.commit({ effects: [effect('k1'), effect('k2')] })
    await countsAt(store, noon)
    await store.commit({ effectResults: [givenBack(1, noon)] })
    same(await countsAt(store, noon), [[2, 0, 0]], 'claimed again at the same moment')
    await store.commit({ effectResults: [givenBack(2, minuteLater)] })
    same(await countsAt(store, '2026-11-25T12:00:59Z'), [], 'not before it was said')
    same(await countsAt(store, minuteLater), [[3, 0, 0]], 'and then again; nothing overtakes it')
    await store.commit({ effectResults: [failed(3, '2026-11-25T12:02:00Z')] })
    same(await countsAt(store, '2026-11-25T12:02:00Z'), [[4, 1, 0]], 'a failure after it counts')
    await store.commit({ effectResults: [givenBack(4, '2026-11-25T12:02:00Z')] })
    same(await countsAt(store, '2026-11-25T12:02:00Z'), [[5, 1, 0]], 'and stays counted')
    const [seen] = (await store.effects({ tenant, limit: 9 })).rows
    same(seen?.sentence, 'no answer', 'why it failed is still known')
  },
  'a lease is given back by the attempt that has it': async ({ store }) => {
    await store.commit({ effects: [effect('k1')] })
    await countsAt(store, noon)
    await countsAt(store, minuteLater)
    await store.commit({ effectResults: [givenBack(1, minuteLater)] })
    same(await countsAt(store, '2026-11-25T12:01:30Z'), [], 'the second attempt is under way')
  },
  'what has waited longest for its time is found behind any number that wait for none': async ({
    store,
  }) => {
    const lanes = ['k1', 'k2', 'k3', 'k4'].map((key) => effect(key, { aggregate: order(key) }))
    await store.commit({ effects: lanes })
    await claimed(store, { limit: 3 })
    await store.commit({
      effectResults: [
        failed(1, '2026-11-25T12:00:40Z'),
        { ...failed(1, '2026-11-25T12:00:20Z'), key: 'k2' },
        { ...failed(1, '2026-11-25T12:00:30Z'), key: 'k3' },
      ],
    })
    const later = ['k5', 'k6'].map((key) => effect(key, { aggregate: order(key) }))
    await store.commit({ effects: later })
    const at = { now: '2026-11-25T12:00:50Z' }
    same(await claimed(store, { ...at, limit: 1 }), [['k2', 2]], 'due longest, decided first')
    const two = await claimed(store, { ...at, limit: 2 })
    same(
      two,
      [
        ['k1', 2],
        ['k3', 2],
      ],
      'in the order of decisions',
    )
    same(
      await claimed(store, { ...at, limit: 2 }),
      [
        ['k4', 1],
        ['k5', 1],
      ],
      'then the others',
    )
    same(await claimed(store, { ...at, limit: 2 }), [['k6', 1]], 'to the last')
  },
  'effects whose leases were lost again and again are given so many at a time, and the others beside them':
    async ({ store }) => {
      const lanes = ['k1', 'k2', 'k3'].map((key) => effect(key, { aggregate: order(key) }))
      await store.commit({ effects: lanes })
      await claimed(store)
      await claimed(store, { now: minuteLater, leaseUntil: '2026-11-25T12:02:00Z' })
      const later = ['k4', 'k5'].map((key) => effect(key, { aggregate: order(key) }))
      await store.commit({ effects: later })
      const suspectsOf = async (suspects: ClaimRequest['suspects'], limit = 10, minute = 2) => {
        const [now, leaseUntil] = [minute, minute + 1].map((at) => `2026-11-25T12:0${at}:00Z`)
        const request = { now: now ?? noon, leaseUntil: leaseUntil ?? noon, limit, suspects }
        const found = await store.claimEffects(request)
        return found.map(({ key, leasesLost }) => [key, leasesLost])
      }
      same(await suspectsOf({ leasesLost: 2, limit: 0 }, 1), [['k4', 0]], 'none of them')
      const one = [
        ['k1', 2],
        ['k5', 0],
      ]
      same(await suspectsOf({ leasesLost: 2, limit: 1 }), one, 'one of them and all others')
      same(await suspectsOf({ leasesLost: 3, limit: 0 }, 1), [['k2', 2]], 'two are not three')
      await store.commit({ effectResults: [{ ...failed(3, noon), key: 'k2' }] })
      same(await suspectsOf({ leasesLost: 2, limit: 0 }), [['k2', 0]], 'an answer clears it')
      same(
        await suspectsOf({ leasesLost: 2, limit: 2 }, 10, 3),
        [
          ['k1', 3],
          ['k2', 1],
          ['k3', 2],
          ['k4', 1],
          ['k5', 1],
        ],
        'with the lease that is over now',
      )
      same(
        await suspectsOf(undefined, 2, 4),
        [
          ['k1', 4],
          ['k2', 2],
        ],
        'like others',
      )
    },
  'a dead or discarded effect makes way, and a redriven one is tried as if new': async ({
    store,
  }) => {
    await store.commit({ effects: [effect('k1'), effect('k2'), effect('k3')] })
    await claimed(store)
    const at = noon
    await store.commit({
      effectResults: [{ kind: 'dead', tenant, key: 'k1', at, sentence: 'refused' }],
    })
    same(await claimed(store), [['k2', 1]], 'the next after a dead one')
    await store.commit({
      effectResults: [{ kind: 'discarded', tenant, key: 'k2', at, sentence: 'not wanted' }],
    })
    await store.commit({ effectResults: [{ kind: 'redrive', tenant, key: 'k1', at }] })
    same(await countsAt(store, noon), [[2, 0, 0]], 'redriven, it is first again, as if new')
    same(await claimed(store), [], 'and holds up what is behind it')
    await store.commit({ effectResults: [delivered('k1')] })
    same(await claimed(store), [['k3', 1]], 'until it is delivered')
  },
  'a redriven effect goes before one that is under way, which keeps its lease': async ({
    store,
  }) => {
    await store.commit({ effects: [effect('k1'), effect('k2')] })
    await claimed(store)
    const at = noon
    await store.commit({
      effectResults: [{ kind: 'dead', tenant, key: 'k1', at, sentence: 'refused' }],
    })
    same(await claimed(store), [['k2', 1]], 'the next after a dead one')
    await store.commit({ effectResults: [{ kind: 'redrive', tenant, key: 'k1', at }] })
    same(await claimed(store), [['k1', 2]], 'the redriven one')
    await store.commit({ effectResults: [delivered('k1')] })
    same(await claimed(store), [], 'the other is still under way')
    same(await countsAt(store, minuteLater), [[2, 0, 1]], 'until its lease runs out')
  },
  'effects are listed with their fate, in the order of their decisions': async ({ store }) => {
    const keys = ['d', 'c', 'b', 'a', 'e']
    const effects = keys.map((key) => effect(key, { aggregate: order(key) }))
    await store.commit({ effects })
    await claimed(store)
    const at = '2026-11-25T12:00:30Z'
    await store.commit({
      effectResults: [
        { ...delivered('d'), at },
        { kind: 'dead', tenant, key: 'c', at, sentence: 'refused' },
        { kind: 'discarded', tenant, key: 'b', at, sentence: 'not wanted' },
        {
          kind: 'retry',
          tenant,
          key: 'a',
          at,
          attempt: 1,
          notBefore: minuteLater,
          sentence: 'no answer',
        },
        { ...delivered('unknown'), at },
      ],
    })
    const counts = { attempts: 1, attemptsFailed: 0, leasesLost: 0 }
    const nothing = { ...counts, settledAt: null, connector: null, reference: null }
    const settledAt = at
    const fates = [
      {
        ...nothing,
        state: 'delivered',
        settledAt,
        connector: 'erp',
        reference: 'R1',
        sentence: null,
      },
      { ...nothing, state: 'dead', settledAt, sentence: 'refused' },
      { ...nothing, state: 'discarded', settledAt, sentence: 'not wanted' },
      { ...nothing, state: 'waiting', attemptsFailed: 1, sentence: 'no answer' },
      { ...nothing, state: 'waiting', sentence: null },
    ]
    const expected = effects.map((one, index) => ({ ...one, ...fates[index] }))
    const { rows } = await store.effects({ tenant, limit: 10 })
    same(rows, expected, 'every effect with its fate')
    const waiting = await store.effects({ tenant, state: 'waiting', limit: 10 })
    same(waiting.rows, expected.slice(3), 'those that wait')
    const ofOne = await store.effects({ tenant, aggregate: order('c'), limit: 10 })
    same(ofOne.rows, expected.slice(1, 2), 'those of one aggregate')
    const first = await store.effects({ tenant, limit: 3 })
    const rest = await store.effects({ tenant, limit: 3, cursor: first.cursor ?? '' })
    same([...first.rows, ...rest.rows], expected, 'in pages')
    same(rest.cursor, null, 'the cursor of the last page')
  },
  'what was done stays done, whatever a slower attempt or person says': async ({ store }) => {
    await store.commit({ effects: [effect('k1')] })
    await claimed(store)
    await store.commit({ effectResults: [delivered('k1')] })
    const { rows: done } = await store.effects({ tenant, limit: 9 })
    const late = { tenant, key: 'k1', at: minuteLater, sentence: 'no answer' }
    await store.commit({
      effectResults: [
        { ...late, kind: 'retry', attempt: 1, notBefore: minuteLater },
        { ...late, kind: 'dead' },
        { ...late, kind: 'discarded' },
        { kind: 'redrive', tenant, key: 'k1', at: minuteLater },
        { ...delivered('k1'), at: minuteLater, reference: 'R2' },
      ],
    })
    same((await store.effects({ tenant, limit: 9 })).rows, done, 'a delivered effect')
    same(await claimed(store, { now: '2026-11-26T12:00:00Z' }), [], 'it is claimed no more')
  },
  'a dead effect is not brought back by a slower attempt': async ({ store }) => {
    await store.commit({ effects: [effect('k1')] })
    await claimed(store)
    const dead = { kind: 'dead', tenant, key: 'k1', at: noon, sentence: 'refused' } as const
    await store.commit({ effectResults: [dead] })
    await store.commit({
      effectResults: [
        { ...dead, kind: 'retry', attempt: 1, notBefore: noon, sentence: 'no answer' },
      ],
    })
    const [found] = (await store.effects({ tenant, limit: 9 })).rows
    same([found?.state, found?.sentence], ['dead', 'refused'], 'it waits for a person')
  },
  'two tenants may have effects under one key': async ({ store }) => {
    const other = effect('k1', { tenant: 'other', aggregate: order('1', 'other') })
    await store.commit({ effects: [effect('k1'), other] })
    await store.commit({ effectResults: [delivered('k1')] })
    same(await claimed(store), [['k1', 1]], "the other tenant's effect still waits")
  },
}
