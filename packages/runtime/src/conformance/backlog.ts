import { instant } from '@counterfoil/core'
import { same } from './check.ts'
import {
  deadLetter,
  effect,
  message,
  noon,
  order,
  parked,
  quarantined,
  settled,
  tenant,
  timer,
} from './records.ts'
import { takenOftenMin } from '../store/backlog.ts'
import type { StoreCases } from './store-conformance.ts'

const nothing = { count: 0, oldestAt: null }
const hourLater = instant('2026-11-25T13:00:00Z')

/** What waits, how much of it, and since when. */
export const backlogCases: StoreCases = {
  'nothing waits in an empty store': async ({ store }) => {
    same(await store.backlog(), { queued: nothing, effects: [] }, 'the work for a process')
    const {
      timersLate,
      parked: early,
      takenOften,
      deadLetters,
      quarantined: set,
    } = await store.standing({ now: noon })
    same(
      [timersLate, early, takenOften, deadLetters, set],
      Array.from({ length: 5 }, () => nothing),
      'the rest',
    )
  },
  'queued messages are counted until they are told, of all tenants': async ({ store }) => {
    const later = {
      ...message('m2', { to: order('2', 'other'), owner: 'other' }),
      receivedAt: hourLater,
    }
    await store.commit({ queue: [message('m1'), later] })
    same((await store.backlog()).queued, { count: 2, oldestAt: noon }, 'both')
    await store.commit({ settled: [settled(message('m1'), 'applied')] })
    same((await store.backlog()).queued, { count: 1, oldestAt: hourLater }, 'one told')
    await store.commit({ settled: [parked(later)] })
    same((await store.backlog()).queued, nothing, 'the other parked')
  },
  'effects are counted by tenant and destination until they are settled, claimed ones too': async ({
    store,
  }) => {
    const erp = { destination: 'erp' }
    await store.commit({
      effects: [
        effect('k1', { ...erp, decidedAt: hourLater }),
        effect('k2', erp),
        effect('k3', { aggregate: order('2') }),
        effect('k1', { ...erp, tenant: 'other', aggregate: order('1', 'other') }),
      ],
    })
    await store.claimEffects({ now: hourLater, leaseUntil: '2026-11-25T14:00:00Z', limit: 1 })
    const other = { tenant: 'other', destination: 'erp', count: 1, oldestAt: noon }
    same(
      (await store.backlog()).effects,
      [
        { tenant, destination: 'erp', count: 2, oldestAt: hourLater },
        { tenant, destination: 'people', count: 1, oldestAt: noon },
        other,
      ],
      'the one decided first says since when',
    )
    const at = noon
    await store.commit({
      effectResults: [
        { kind: 'delivered', tenant, key: 'k1', at, connector: 'erp', reference: null },
        { kind: 'dead', tenant, key: 'k2', at, sentence: 'no' },
        { kind: 'discarded', tenant, key: 'k3', at, sentence: 'not wanted' },
      ],
    })
    same((await store.backlog()).effects, [other], 'what was delivered, died or was given up')
  },
  'timers are late from the instant they were due': async ({ store }) => {
    await store.commit({
      timersArmed: [
        timer('a', hourLater),
        timer('b', '2026-11-25T13:30:00+01:00'),
        timer('c', '2026-11-26T12:00:00Z'),
      ],
    })
    const lateAt = async (now: string) => (await store.standing({ now })).timersLate
    same(await lateAt(noon), nothing, 'before')
    const oldestAt = '2026-11-25T13:30:00+01:00'
    same(await lateAt('2026-11-25T12:30:00Z'), { count: 1, oldestAt }, 'at the moment')
    same(await lateAt('2026-11-25T14:00:00Z'), { count: 2, oldestAt }, 'after it')
  },
  'effects that were taken often and still wait are counted': async ({ store }) => {
    await store.commit({ effects: [effect('k1', { decidedAt: hourLater }), effect('k2')] })
    const minutes = Array.from({ length: takenOftenMin }, (_, minute) => minute)
    const clock = (minute: number) => `2026-11-25T12:${String(minute).padStart(2, '0')}:00Z`
    const often = async () => (await store.standing({ now: noon })).takenOften
    for (const minute of minutes) {
      same(await often(), nothing, `${minute} times`)
      const [now, leaseUntil] = [clock(minute), clock(minute + 1)]
      const claimed = await store.claimEffects({ now, leaseUntil, limit: 2 })
      same(claimed.length > 0, true, 'somebody takes them')
    }
    // Both stand in one lane, so the first is taken and the second waits behind it.
    same(await often(), { count: 1, oldestAt: hourLater }, 'the one that was taken')
    await store.commit({
      effectResults: [
        { kind: 'delivered', tenant, key: 'k1', at: hourLater, connector: 'erp', reference: 'R1' },
      ],
    })
    same(await often(), nothing, 'carried out')
  },
  'what waits for people is counted until it is settled': async ({ store }) => {
    const later = { settled: null, receivedAt: hourLater }
    await store.commit({
      settled: [parked(message('m1'))],
      deadLetters: [deadLetter('d1'), deadLetter('d2', { at: hourLater })],
      quarantined: [quarantined('q1'), quarantined('q2', later)],
    })
    const look = async () => {
      const standing = await store.standing({ now: noon })
      return [standing.parked, standing.deadLetters, standing.quarantined]
    }
    const two = { count: 2, oldestAt: noon }
    same(await look(), [{ count: 1, oldestAt: noon }, two, two], 'all wait')
    await store.commit({
      settled: [settled(message('m1'), 'applied')],
      deadLetters: [deadLetter('d1', { state: 'redriven' })],
      quarantined: [quarantined('q1', { state: 'discarded' })],
    })
    const one = { count: 1, oldestAt: hourLater }
    same(await look(), [nothing, one, one], 'those that are left')
  },
}
