import type { Store } from '../store/store.ts'
import { same } from './check.ts'
import { event, message, noon, order, parked, parkedMessage, settled, tenant } from './records.ts'
import type { StoreCases } from './store-conformance.ts'

async function queuedIds(store: Store, limit = 10): Promise<readonly string[]> {
  return (await store.queued({ limit })).map((one) => one.message.id)
}

/** The queue between aggregates, and what is parked. */
export const messageCases: StoreCases = {
  'messages wait in the order in which they were queued, whatever their tenant': async ({
    store,
  }) => {
    const other = message('a', { to: order('1', 'other'), owner: 'other' })
    await store.commit({ queue: [message('z'), other] })
    await store.commit({ queue: [message('b', { to: order('2') })] })
    const queued = await store.queued({ limit: 10 })
    same(
      queued.map((one) => one.message.id),
      ['z', 'a', 'b'],
      'first queued first',
    )
    const positions = queued.map(({ position }) => position)
    same(
      positions,
      positions.toSorted((a, b) => a - b),
      'positions grow',
    )
    same(new Set(positions).size, 3, 'positions differ')
    same(queued[1]?.message, other, 'a message as it was queued')
    same(await queuedIds(store, 2), ['z', 'a'], 'at most so many as asked for')
    same(await queuedIds(store), ['z', 'a', 'b'], 'they stay queued until they are settled')
  },
  'positions grow even after the queue was empty': async ({ store }) => {
    await store.commit({ queue: [message('m1')] })
    const [first] = await store.queued({ limit: 1 })
    await store.commit({ settled: [settled(message('m1'), 'duplicate')] })
    await store.commit({ queue: [message('m2')] })
    const [second] = await store.queued({ limit: 1 })
    const grew = (second?.position ?? 0) > (first?.position ?? Number.MAX_SAFE_INTEGER)
    same(grew, true, 'the position of the later message')
  },
  'a message its aggregate knows is not queued again': async ({ store }) => {
    await store.commit({
      events: [event(1, message('applied'))],
      settled: [parked(message('parked')), settled(message('dead'), 'dead')],
      queue: [message('queued')],
    })
    const again = ['applied', 'parked', 'dead', 'queued', 'new'].map((id) => message(id))
    await store.commit({ queue: again })
    same(await queuedIds(store), ['queued', 'new'], 'known messages are left out')
    await store.commit({ queue: [message('applied', { to: order('2') })] })
    same(await queuedIds(store), ['queued', 'new', 'applied'], 'another aggregate may have the id')
  },
  'one id queued twice in one commit is queued once': async ({ store }) => {
    await store.commit({ queue: [message('m1'), message('m1')] })
    same(await queuedIds(store), ['m1'], 'the second is known by then')
  },
  'only a dead message is put back into the queue, behind what waits': async ({ store }) => {
    await store.commit({
      settled: [settled(message('dead'), 'dead'), parked(message('parked'))],
      queue: [message('first')],
    })
    const back = ['dead', 'parked', 'unknown'].map((id) => message(id))
    await store.commit({ requeue: back })
    same(await queuedIds(store), ['first', 'dead'], 'the queue afterwards')
  },
  'what is settled leaves the queue; a duplicate leaves no trace': async ({ store }) => {
    const ids = ['applied', 'duplicate', 'parked', 'dead'] as const
    await store.commit({ queue: ids.map((id) => message(id)) })
    await store.commit({
      settled: [
        settled(message('applied'), 'applied'),
        settled(message('duplicate'), 'duplicate'),
        parked(message('parked')),
        settled(message('dead'), 'dead'),
      ],
    })
    same(await queuedIds(store), [], 'the queue')
    const [loaded] = await store.load([{ tenant, reference: order('1'), messageIds: ids }])
    const known = Object.fromEntries(loaded?.known.map((one) => [one.messageId, one.status]) ?? [])
    same(known, { parked: 'parked', dead: 'dead' }, 'known without an event')
    same(loaded?.parked, [parkedMessage(message('parked'))], 'parked with its reason')
  },
  'a parked message that is applied is parked no more': async ({ store }) => {
    await store.commit({ settled: [parked(message('m1'))] })
    await store.commit({
      events: [event(1, message('m1'))],
      settled: [settled(message('m1'), 'applied')],
    })
    same((await store.parked({ tenant, limit: 10 })).rows, [], 'nothing parked')
  },
  'parked messages of a tenant come longest parked first, in pages': async ({ store }) => {
    const waiting = ['c', 'a', 'b'].map((id) => message(id, { to: order(id) }))
    for (const one of waiting) await store.commit({ settled: [parked(one)] })
    const first = await store.parked({ tenant, limit: 2 })
    same(
      first.rows,
      waiting.slice(0, 2).map((one) => parkedMessage(one)),
      'the first page',
    )
    const rest = await store.parked({ tenant, limit: 2, cursor: first.cursor ?? '' })
    same(rest, { rows: [parkedMessage(waiting[2] ?? message(''))], cursor: null }, 'the last page')
  },
  'a dead message is not parked': async ({ store }) => {
    await store.commit({ settled: [parked(message('m1'))] })
    await store.commit({ settled: [{ ...settled(message('m1'), 'dead'), at: noon }] })
    same((await store.parked({ tenant, limit: 10 })).rows, [], 'nothing parked')
    const [loaded] = await store.load([{ tenant, reference: order('1'), messageIds: ['m1'] }])
    same(loaded?.known, [{ messageId: 'm1', status: 'dead' }], 'known as dead')
    same(loaded?.parked, [], 'not among the parked of its aggregate')
  },
}
