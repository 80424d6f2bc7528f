import type { Store } from '../store/store.ts'
import { same } from './check.ts'
import { effect, noon, order, tenant, timer } from './records.ts'
import type { StoreCases } from './store-conformance.ts'

async function dueIds(store: Store, now: string, limit = 10): Promise<readonly string[]> {
  return (await store.dueTimers({ now, limit })).map(({ timerId }) => timerId)
}

/** Timers, and when something is to be done next. */
export const timerCases: StoreCases = {
  'timers due at or before the instant come earliest first, of all tenants': async ({ store }) => {
    const other = { tenant: 'other', aggregate: order('1', 'other') }
    await store.commit({
      timersArmed: [
        timer('late', '2026-11-25T14:00:01Z'),
        timer('exact', '2026-11-25T15:00:00+01:00'),
        timer('early', '2026-11-25T09:00:00Z', other),
      ],
    })
    same(await dueIds(store, '2026-11-25T14:00:00Z'), ['early', 'exact'], 'due by the moment')
    same(await dueIds(store, '2026-11-25T09:00:01-05:00'), ['early', 'exact', 'late'], 'later')
    same(await dueIds(store, '2026-11-25T14:00:00Z', 1), ['early'], 'at most so many')
    same(await dueIds(store, '2026-11-25T14:00:00Z'), ['early', 'exact'], 'they stay')
  },
  'arming a timer again replaces it': async ({ store }) => {
    await store.commit({ timersArmed: [timer('t', '2026-11-25T13:00:00Z')] })
    const moved = timer('t', '2026-11-25T15:00:00Z', { armedVersion: 2 })
    await store.commit({ timersArmed: [moved] })
    same(await dueIds(store, '2026-11-25T14:00:00Z'), [], 'the old time')
    same(
      await store.dueTimers({ now: '2026-11-25T15:00:00Z', limit: 10 }),
      [moved],
      'the timer as it was armed last',
    )
  },
  'cancelling takes a timer as it was armed, and not one armed anew': async ({ store }) => {
    const armed = timer('t', '2026-11-25T13:00:00Z', { armedVersion: 2 })
    await store.commit({ timersArmed: [armed] })
    await store.commit({ timersCancelled: [{ ...armed, armedVersion: 1 }] })
    same(await dueIds(store, '2026-11-25T13:00:00Z'), ['t'], 'armed anew since')
    await store.commit({ timersCancelled: [armed] })
    same(await dueIds(store, '2026-11-25T13:00:00Z'), [], 'cancelled')
  },
  'timers are cancelled before others are armed': async ({ store }) => {
    const armed = timer('t', '2026-11-25T13:00:00Z')
    await store.commit({ timersArmed: [armed] })
    const again = timer('t', '2026-11-25T14:00:00Z')
    await store.commit({ timersCancelled: [armed], timersArmed: [again] })
    same(await store.dueTimers({ now: '2026-11-26T00:00:00Z', limit: 9 }), [again], 'armed again')
  },
  'timers of two aggregates may be called alike': async ({ store }) => {
    const one = timer('t', '2026-11-25T13:00:00Z')
    const two = timer('t', '2026-11-25T13:00:00Z', { aggregate: order('2') })
    await store.commit({ timersArmed: [one, two] })
    await store.commit({ timersCancelled: [one] })
    same(await store.dueTimers({ now: '2026-11-25T13:00:00Z', limit: 9 }), [two], 'the other stays')
  },
  'the next thing due is the earliest timer or claimable effect': async ({ store }) => {
    await store.commit({ timersArmed: [timer('t', '2026-11-25T18:00:00Z')] })
    same(await store.nextDueAt(), '2026-11-25T18:00:00Z', 'a timer')
    await store.commit({ effects: [effect('k1'), effect('k2')] })
    same(await store.nextDueAt(), noon, 'an effect may be claimed at once')
    await store.claimEffects({ now: noon, leaseUntil: '2026-11-25T12:01:00Z', limit: 10 })
    same(await store.nextDueAt(), '2026-11-25T12:01:00Z', 'when the lease runs out')
    const result = { tenant, at: noon, sentence: 'no answer' }
    await store.commit({
      effectResults: [
        { ...result, kind: 'retry', key: 'k1', attempt: 1, notBefore: '2026-11-25T15:30:00+01:00' },
      ],
    })
    same(await store.nextDueAt(), '2026-11-25T15:30:00+01:00', 'when the effect is tried again')
    await store.commit({ effectResults: [{ ...result, kind: 'dead', key: 'k1' }] })
    same(await store.nextDueAt(), noon, 'what waited behind a dead effect')
    await store.commit({ effectResults: [{ ...result, kind: 'dead', key: 'k2' }] })
    same(await store.nextDueAt(), '2026-11-25T18:00:00Z', 'the timer again')
  },
}
