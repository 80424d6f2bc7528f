import { type AggregateReference, hashOf } from '@counterfoil/core'
import type { DeadLetter } from '../dispatch/dead-letter.ts'
import type { ArchivedLetter, Commit, PurgedAggregate } from '../store/commit.ts'
import type { Store } from '../store/store.ts'
import { same } from './check.ts'
import { headKey, nextHead } from './heads.ts'
import { original } from './people.ts'
import {
  chain,
  change,
  command,
  deadLetter,
  delivery,
  document,
  effect,
  event,
  message,
  noon,
  order,
  parked,
  quarantined,
  registered,
  row,
  settled,
  stateOf,
  tenant,
  timer,
} from './records.ts'
import type { StoreCases } from './store-conformance.ts'
import { viewOf } from './tenant-view.ts'

const shipment: AggregateReference = { kind: 'shipment', key: 'acme/0001/S100/ASN-1' }

/** The purge of an aggregate at a version. */
export function purgedAt(
  reference: AggregateReference,
  version: number,
  given: Partial<PurgedAggregate> = {},
): PurgedAggregate {
  return {
    tenant,
    reference,
    versionBefore: version,
    state: stateOf(reference, version + 1),
    sources: [`${reference.kind}:${reference.key}`],
    deadLetters: [],
    deliveryKeys: [],
    ...given,
  }
}

/** An order with a finished life, linked with a shipment, under a head. */
async function finish(store: Store, reference: AggregateReference, owner = tenant): Promise<void> {
  const told = message(`told ${reference.key}`, { to: reference, owner })
  const dead = message(`dead ${reference.key}`, { to: reference, owner })
  const done = effect(`${reference.key}/done`, { tenant: owner, aggregate: reference })
  const source = `${reference.kind}:${reference.key}`
  await store.commit({
    aggregates: [change(reference, [0, 1], owner)],
    events: [event(1, told)],
    audit: chain(reference, [`${told.id}#0`], owner),
    settled: [settled(told, 'applied'), settled(dead, 'dead')],
    rows: [
      { tenant: owner, source, aggregate: reference, rows: [row(reference.key, { open: false })] },
    ],
    effects: [done],
    effectResults: [
      {
        kind: 'delivered',
        tenant: owner,
        key: done.key,
        at: noon,
        connector: 'erp',
        reference: null,
      },
    ],
    links: [{ tenant: owner, from: reference, to: shipment }],
    deliveries: [delivery(reference.key, owner)],
    documents: [document(reference.key, { owner })],
    commands: [command(reference.key, owner)],
    originals: [original(reference.key, { tenant: owner })],
    deadLetters: [letterOf(reference, owner)],
    register: [registered(reference.key, { tenant: owner })],
    quarantined: [quarantined(reference.key, { tenant: owner, state: 'discarded' })],
  })
  await signAll(store, owner)
}

const letterOf = (reference: AggregateReference, owner = tenant): DeadLetter =>
  deadLetter(reference.key, { tenant: owner, state: 'discarded', exception: null })

const archived = (letter: DeadLetter): ArchivedLetter => ({
  deadLetterId: letter.deadLetterId,
  contentHash: hashOf(letter),
})

async function signAll(store: Store, owner = tenant): Promise<void> {
  await store.heads.add({ head: await nextHead(store, owner), keys: [headKey('k1')] })
}

const whole = (reference: AggregateReference): Partial<PurgedAggregate> => ({
  deadLetters: [archived(letterOf(reference))],
  deliveryKeys: [reference.key],
})

/** Everything a store gives of one order. */
async function partsOf(store: Store, reference: AggregateReference): Promise<readonly number[]> {
  const page = { tenant, limit: 100 }
  const lists = await Promise.all([
    store.events({ ...page, aggregates: [reference] }),
    store.audit({ ...page, aggregate: reference }),
    store.effects({ ...page, aggregate: reference }),
    store.rows({ ...page, view: 'exception', aggregate: reference }),
    store.deadLetters({ ...page, deadLetterId: reference.key }),
    store.originals({ ...page, deliveryKeys: [reference.key] }),
  ])
  const linked = await store.linked({ tenant, reference })
  const back = await store.linked({ tenant, reference: shipment })
  const backLinks = back.filter(({ key }) => key === reference.key)
  return [...lists.map(({ rows }) => rows.length), linked.length, backLinks.length]
}

const conflictOf = (reference: AggregateReference) => ({
  kind: 'conflict',
  on: 'aggregate',
  key: reference.key,
})

const obstacles: Readonly<Record<string, readonly [Commit, ends: Commit]>> = {
  open: [
    {
      rows: [{ tenant, source: 'dead-letter:late', aggregate: order('1'), rows: [row('late')] }],
    },
    { rows: [{ tenant, source: 'dead-letter:late', aggregate: order('1'), rows: [] }] },
  ],
  message: [{ queue: [message('queued')] }, { settled: [settled(message('queued'), 'duplicate')] }],
  timer: [{ timersArmed: [timer('t', noon)] }, { timersCancelled: [timer('t', noon)] }],
  effect: [
    { effects: [effect('late')] },
    {
      effectResults: [{ kind: 'discarded', tenant, key: 'late', at: noon, sentence: 'not needed' }],
    },
  ],
}

/** Aggregates that are taken out of the books. */
export const retentionCases: StoreCases = {
  'of a purged aggregate its tombstone stays, and what repeats are known by': async ({ store }) => {
    await finish(store, order('1'))
    await finish(store, order('2'))
    same(await partsOf(store, order('1')), [1, 1, 1, 1, 1, 1, 1, 1], 'all is there')
    const purged = [purgedAt(order('1'), 1, whole(order('1')))]
    same(await store.commit({ purged }), { kind: 'committed' }, 'a purge')
    same(await partsOf(store, order('1')), [0, 0, 0, 0, 0, 0, 0, 0], 'nothing is left')
    same(await partsOf(store, order('2')), [1, 1, 1, 1, 1, 1, 1, 1], 'another order is whole')
    const { key } = order('1')
    const [loaded] = await store.load([
      { tenant, reference: order('1'), messageIds: [`told ${key}`, `dead ${key}`] },
    ])
    same(loaded?.state, stateOf(order('1'), 2), 'the tombstone')
    same(loaded?.known, [], 'its messages are forgotten')
    same((await store.delivery({ tenant, deliveryKey: key }))?.deliveryKey, key, 'the delivery')
    same((await store.documents({ tenant, documentKey: key })).length, 1, 'the document')
    same((await store.command({ tenant, idempotencyKey: key }))?.idempotencyKey, key, 'the command')
    const request = {
      tenant,
      buyerOrganisation: '0001',
      invoiceNumbers: [key],
      invoiceDate: '2026-01-01',
      totalAmount: null,
      exceptInvoiceKey: '',
      limit: 10,
    }
    same((await store.register(request)).length, 1, 'the register entry')
    const quarantine = await store.quarantined({ tenant, quarantineId: key, limit: 10 })
    same(quarantine.rows.length, 1, 'what was set aside')
    same(await store.heads.grown({ tenant, limit: 10 }), [], 'no chain has grown')
  },
  'whoever looked at an aggregate before its purge is overtaken': async ({ store }) => {
    await finish(store, order('1'))
    await store.commit({ purged: [purgedAt(order('1'), 1)] })
    const about = { tenant, reference: order('1') }
    for (const commit of [
      { aggregates: [change(order('1'), [1, 2])] },
      { aggregates: [change(order('1'), [0, 1])] },
      { basis: [{ ...about, version: 1, parked: [] }] },
      { purged: [purgedAt(order('1'), 1)] },
    ]) {
      same(await store.commit(commit), conflictOf(order('1')), 'what was decided before')
    }
  },
  'an aggregate with anything unfinished is not purged, and neither is what goes with it': async ({
    store,
  }) => {
    await finish(store, order('1'))
    await finish(store, order('2'))
    const requests = [order('1'), order('2'), order('9')].map((reference) => ({
      tenant,
      reference,
    }))
    const both = { purged: [purgedAt(order('2'), 1), purgedAt(order('1'), 1)] }
    for (const [unfinished, [begins, ends]] of Object.entries(obstacles)) {
      await store.commit(begins)
      same(await store.unfinished(requests), [[unfinished], [], []], `why not: ${unfinished}`)
      same(await store.commit(both), conflictOf(order('1')), `a purge in spite of: ${unfinished}`)
      same(await partsOf(store, order('2')), [1, 1, 1, 1, 1, 1, 1, 1], 'all stays')
      await store.commit(ends)
      same(await store.unfinished(requests), [[], [], []], `over: ${unfinished}`)
    }
    await store.commit({
      settled: [parked(message('late'))],
      audit: chain(order('1'), ['a', 'b']).slice(1),
    })
    same((await store.unfinished(requests))[0], ['message', 'head'], 'all that is unfinished')
    same(await store.commit(both), conflictOf(order('1')), 'a purge beside a parked message')
    await store.commit({ settled: [settled(message('late'), 'duplicate')] })
    same(await store.commit(both), conflictOf(order('1')), 'a purge of what no head speaks of')
    await signAll(store)
    same(await store.commit(both), { kind: 'committed' }, 'when all is finished')
  },
  'a dead letter goes as it was archived or not at all': async ({ store }) => {
    await finish(store, order('1'))
    const letter = letterOf(order('1'))
    const other = { ...letter, state: 'waiting', sentence: 'refused again' } as const
    const at = order('1').key
    const conflict = { kind: 'conflict', on: 'dead-letter', key: at }
    const purgeOf = (deadLetters: readonly ArchivedLetter[]) =>
      store.commit({ purged: [purgedAt(order('1'), 1, { deadLetters })] })
    await store.commit({ deadLetters: [other] })
    same(await purgeOf([archived(letter)]), conflict, 'one that died again')
    await store.commit({ deadLetters: [letter] })
    same(await purgeOf([archived(other)]), conflict, 'one that was settled meanwhile')
    const gone = { deadLetterId: 'gone', contentHash: hashOf(letter) }
    same(await purgeOf([gone]), { ...conflict, key: 'gone' }, 'one that is not there')
    same(await partsOf(store, order('1')), [1, 1, 1, 1, 1, 1, 1, 1], 'all stays')
    same(await purgeOf([archived(letter)]), { kind: 'committed' }, 'one that is as it was')
    const { rows } = await store.deadLetters({ tenant, deadLetterId: at, limit: 1 })
    same(rows, [], 'it is gone')
  },
  'a purge keeps its own chain': async ({ store }) => {
    const reference = { kind: 'retention', key: 'acme/first' } as const
    await finish(store, order('1'))
    await store.commit({ purged: [purgedAt(order('1'), 1)], audit: chain(reference, ['a', 'b']) })
    const page = { tenant, limit: 10 }
    const own = await store.audit({ ...page, aggregate: reference })
    same(
      own.rows.map(({ sequence }) => sequence),
      [1, 2],
      'its entries',
    )
    same((await store.audit(page)).rows, own.rows, 'among all entries')
    const grown = await store.heads.grown({ tenant, limit: 10 })
    same(
      grown.map(({ end, covered }) => [end.aggregate, covered, end.sequence]),
      [['retention:acme/first', 0, 2]],
      'grown',
    )
    await signAll(store)
    same(await store.heads.grown({ tenant, limit: 10 }), [], 'under a head')
  },
  'a purge of one tenant leaves the other what it had': async ({ store }) => {
    const [own, foreign] = [order('1'), order('1', 'other')]
    await finish(store, own)
    await finish(store, { ...own }, 'other')
    await finish(store, foreign, 'other')
    const before = await viewOf(store, 'other')
    await store.commit({ purged: [purgedAt(own, 1, whole(own))] })
    same(await viewOf(store, 'other'), before, 'what the other tenant sees')
    same((await partsOf(store, own))[0], 0, 'and something was purged')
  },
}
