import type { Store } from '../store/store.ts'
import { same } from './check.ts'
import { change, effect, event, message, noon, order, parked, tenant, timer } from './records.ts'
import type { StoreCases, StoreHarness } from './store-conformance.ts'

async function openAgain({ openAgain: open }: StoreHarness): Promise<Store> {
  if (open === undefined) throw new Error('a durable store must be able to be opened again')
  return open()
}

const turnsMax = 100

/** Asks the stores in turn: which of them is given what is theirs to settle. */
async function inTurn(
  stores: readonly Store[],
  isDone: (store: Store) => Promise<boolean>,
): Promise<void> {
  for (let turn = 0; turn < turnsMax; turn += 1) {
    for (const store of stores) if (await isDone(store)) return
  }
}

/** What a store on disk promises beyond one in memory. */
export const durableCases: StoreCases = {
  'what was committed is there when the data is opened again': async (harness) => {
    const { store } = harness
    await store.commit({
      aggregates: [change(order('1'), [0, 1])],
      events: [event(1, message('m1'))],
      settled: [parked(message('m2'))],
      queue: [message('m3')],
      effects: [effect('k1')],
      timersArmed: [timer('t', '2026-11-25T13:00:00Z')],
    })
    await store.claimEffects({ now: noon, leaseUntil: '2026-11-25T12:01:00Z', limit: 1 })
    const look = async (one: Store) => [
      await one.load([{ tenant, reference: order('1'), messageIds: ['m1', 'm2', 'm3'] }]),
      await one.events({ tenant, limit: 9 }),
      await one.effects({ tenant, limit: 9 }),
      await one.queued({ limit: 9 }),
      await one.nextDueAt(),
    ]
    const before = await look(store)
    await store.close()
    const again = await openAgain(harness)
    same(await look(again), before, 'everything')
    await again.commit({ queue: [message('m4')] })
    const queued = await again.queued({ limit: 9 })
    same(
      queued.map((one) => one.message.id),
      ['m3', 'm4'],
      'what is queued later waits behind what was queued before',
    )
    await again.close()
  },
  'two writers on one data: the second is told of the conflict and loses nothing': async (
    harness,
  ) => {
    const { store } = harness
    const other = await openAgain(harness)
    const [one] = await store.load([{ tenant, reference: order('1'), messageIds: [] }])
    const [two] = await other.load([{ tenant, reference: order('1'), messageIds: [] }])
    same([one?.state, two?.state], [null, null], 'both see nothing')
    const committed = { kind: 'committed' }
    same(await store.commit({ aggregates: [change(order('1'), [0, 1])] }), committed, 'the first')
    const late = { aggregates: [change(order('1'), [0, 2])], effects: [effect('k1')] }
    const conflict = { kind: 'conflict', on: 'aggregate', key: order('1').key }
    same(await other.commit(late), conflict, 'the second')
    same((await other.effects({ tenant, limit: 9 })).rows, [], 'nothing of the second')
    const again = { ...late, aggregates: [change(order('1'), [1, 2])] }
    same(await other.commit(again), committed, 'the second, decided anew')
    const [seen] = await store.load([{ tenant, reference: order('1'), messageIds: [] }])
    same(seen?.state?.sequence, 2, 'what the first sees then')
    await other.close()
  },
  'an effect one claims the other is not given': async (harness) => {
    const { store } = harness
    const other = await openAgain(harness)
    await store.commit({ effects: [effect('k1'), effect('k2', { aggregate: order('2') })] })
    const claim = { now: noon, leaseUntil: '2026-11-25T12:01:00Z', limit: 1 }
    const keys = (await store.claimEffects(claim)).map(({ key }) => key)
    await inTurn([other, store], async (one) => {
      keys.push(...(await one.claimEffects({ ...claim, limit: 9 })).map(({ key }) => key))
      return keys.length >= 2
    })
    same(keys.toSorted(), ['k1', 'k2'], 'each to one of them')
    await other.close()
  },
  'two writers at once queue in one order': async (harness) => {
    const { store } = harness
    const other = await openAgain(harness)
    for (let number = 0; number < 10; number += 1) {
      await (number % 2 === 0 ? store : other).commit({ queue: [message(`m${number}`)] })
    }
    const expected = Array.from({ length: 10 }, (_, number) => `m${number}`)
    const seen = new Map<number, string>()
    await inTurn([store, other], async (one) => {
      for (const { position, message: found } of await one.queued({ limit: 20 })) {
        seen.set(position, found.id)
      }
      return seen.size >= expected.length
    })
    same(
      [...seen].toSorted(([a], [b]) => a - b).map(([, id]) => id),
      expected,
      'the queue',
    )
    await other.close()
  },
}
