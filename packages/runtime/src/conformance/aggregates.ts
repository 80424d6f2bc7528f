import { same } from './check.ts'
import {
  change,
  event,
  message,
  noon,
  order,
  parked,
  parkedMessage,
  settled,
  stateOf,
  tenant,
  timer,
} from './records.ts'
import type { StoreCases } from './store-conformance.ts'

/** States, and what is loaded with them. */
export const aggregateCases: StoreCases = {
  'load answers each request in its order': async ({ store }) => {
    await store.commit({
      aggregates: [change(order('1'), [0, 3]), change(order('2'), [0, 1])],
    })
    const loaded = await store.load(
      ['2', '9', '1', '2'].map((number) => ({ tenant, reference: order(number), messageIds: [] })),
    )
    const versions = loaded.map(({ reference, state }) => [reference.key, state?.sequence ?? 0])
    same(
      versions,
      [
        [order('2').key, 1],
        [order('9').key, 0],
        [order('1').key, 3],
        [order('2').key, 1],
      ],
      'aggregates in the order in which they were asked for',
    )
  },
  'a state replaces the one before when nobody else changed it': async ({ store }) => {
    await store.commit({ aggregates: [change(order('1'), [0, 2])] })
    same(
      await store.commit({ aggregates: [change(order('1'), [2, 5])] }),
      { kind: 'committed' },
      'a change of the stored version',
    )
    const conflict = { kind: 'conflict', on: 'aggregate', key: order('1').key }
    for (const versions of [
      [0, 6],
      [2, 6],
      [6, 7],
    ] as const) {
      const answer = await store.commit({ aggregates: [change(order('1'), versions)] })
      same(answer, conflict, `a change of version ${versions[0]} when 5 is stored`)
    }
    const [loaded] = await store.load([{ tenant, reference: order('1'), messageIds: [] }])
    same(loaded?.state, stateOf(order('1'), 5), 'the last committed state')
  },
  'what was decided counts only while the version and the parked messages it looked at stand':
    async ({ store }) => {
      const about = { tenant, reference: order('1') }
      const conflict = { kind: 'conflict', on: 'aggregate', key: order('1').key }
      const [early, late] = [message('early'), message('late')]
      await store.commit({
        basis: [{ ...about, version: 0, parked: [] }],
        settled: [parked(early)],
      })
      const unaware = await store.commit({
        basis: [{ ...about, version: 0, parked: [] }],
        aggregates: [change(order('1'), [0, 1])],
      })
      same(unaware, conflict, 'a change that did not look at the parked message')
      await store.commit({
        basis: [{ ...about, version: 0, parked: ['early'] }],
        aggregates: [change(order('1'), [0, 1])],
      })
      const overtaken = await store.commit({
        basis: [{ ...about, version: 0, parked: ['early'] }],
        settled: [parked(late)],
      })
      same(overtaken, conflict, 'a message parked for what has come meanwhile')
      const [loaded] = await store.load([{ ...about, messageIds: ['late'] }])
      same(
        [loaded?.state?.sequence, loaded?.known],
        [1, []],
        'only what was decided on what stands',
      )
      const other = { tenant: 'other', reference: order('1', 'other') }
      same(
        await store.commit({ basis: [{ ...other, version: 0, parked: [] }] }),
        { kind: 'committed' },
        'the order of another tenant',
      )
    },
  'aggregates of two kinds under one key are two': async ({ store }) => {
    const shipment = { kind: 'shipment', key: order('1').key } as const
    await store.commit({ aggregates: [change(order('1'), [0, 1]), change(shipment, [0, 2])] })
    const loaded = await store.load([
      { tenant, reference: shipment, messageIds: [] },
      { tenant, reference: order('1'), messageIds: [] },
    ])
    same(
      loaded.map(({ state }) => state?.sequence),
      [2, 1],
      'kind and key together name an aggregate',
    )
  },
  'load says where each message is': async ({ store }) => {
    const [applied, queued, waiting, dead] = ['applied', 'queued', 'parked', 'dead'].map((id) =>
      message(id),
    )
    if (!applied || !queued || !waiting || !dead) return
    await store.commit({
      events: [event(1, applied)],
      queue: [queued],
      settled: [parked(waiting), settled(dead, 'dead')],
    })
    const messageIds = ['unknown', 'dead', 'parked', 'queued', 'applied']
    const [loaded] = await store.load([{ tenant, reference: order('1'), messageIds }])
    const known = new Map(loaded?.known.map(({ messageId, status }) => [messageId, status]))
    same(
      messageIds.map((id) => known.get(id) ?? null),
      [null, 'dead', 'parked', 'queued', 'applied'],
      'where messages are',
    )
    const [other] = await store.load([{ tenant, reference: order('2'), messageIds }])
    same(other?.known, [], 'message ids of another aggregate')
  },
  'load gives parked messages in the order in which they were first parked': async ({ store }) => {
    const [one, two, three] = [message('z'), message('b'), message('a')]
    await store.commit({ settled: [parked(one), parked(two)] })
    await store.commit({ settled: [parked(three)] })
    const again = { ...parked(one, 'still-too-early'), at: '2026-11-26T12:00:00Z' }
    await store.commit({ settled: [again] })
    const [loaded] = await store.load([{ tenant, reference: order('1'), messageIds: [] }])
    const expected = [
      parkedMessage(one, 'still-too-early'),
      parkedMessage(two),
      parkedMessage(three),
    ]
    same(loaded?.parked, expected, 'parked again, a message keeps its place and its first time')
  },
  'load gives armed timers, earliest first, then by id': async ({ store }) => {
    const timers = [
      timer('c', '2026-11-25T15:00:00+01:00'),
      timer('b', '2026-11-25T14:00:00Z'),
      timer('a', '2026-11-25T16:00:00+02:00'),
      timer('z', '2026-11-25T08:59:00-05:00'),
    ]
    await store.commit({ timersArmed: timers })
    const [loaded] = await store.load([{ tenant, reference: order('1'), messageIds: [] }])
    same(
      loaded?.timers.map(({ timerId }) => timerId),
      ['z', 'a', 'b', 'c'],
      'timers by moment, then id',
    )
    same(loaded?.timers.at(-1), timers[0], 'a timer as it was armed')
  },
  'links have no direction, are kept once, and come by kind, then key': async ({ store }) => {
    const invoice = { kind: 'invoice', key: 'acme/i' } as const
    const shipment = { kind: 'shipment', key: 'acme/s' } as const
    await store.commit({
      links: [
        { tenant, from: shipment, to: order('1') },
        { tenant, from: order('1'), to: order('3') },
        { tenant, from: order('1'), to: order('2') },
        { tenant, from: invoice, to: order('1') },
      ],
    })
    await store.commit({ links: [{ tenant, from: order('1'), to: invoice }] })
    const linked = (reference: Parameters<typeof store.linked>[0]['reference']) =>
      store.linked({ tenant, reference })
    same(await linked(order('1')), [invoice, order('2'), order('3'), shipment], 'links of an order')
    same(await linked(invoice), [order('1')], 'links of an invoice')
  },
  'a message that is told leaves the queue with the event it became': async ({ store }) => {
    const told = message('m1')
    await store.commit({ queue: [told] })
    await store.commit({
      aggregates: [change(order('1'), [0, 1])],
      events: [event(1, told)],
      settled: [{ message: told, outcome: { kind: 'applied' }, at: noon }],
    })
    same(await store.queued({ limit: 10 }), [], 'the queue')
    const load = [{ tenant, reference: order('1'), messageIds: ['m1'] }]
    const [loaded] = await store.load(load)
    same(loaded?.known, [{ messageId: 'm1', status: 'applied' }], 'a told message')
  },
}
