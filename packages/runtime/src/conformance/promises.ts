import type { Commit } from '../store/commit.ts'
import type { Store } from '../store/store.ts'
import { rejectsWith, same } from './check.ts'
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
  tenant,
  timer,
} from './records.ts'
import type { StoreCases } from './store-conformance.ts'

/** Something of everything, for one tenant. */
function everything(owner: string): Commit {
  const reference = order('1', owner)
  const told = message('m1', { to: reference, owner })
  const other = message('m2', { to: reference, owner })
  const waiting = message('m3', { to: reference, owner })
  return {
    aggregates: [change(reference, [0, 1], owner)],
    rows: [{ tenant: owner, source: 's1', aggregate: reference, rows: [row('x1')] }],
    events: [event(1, told)],
    audit: chain(reference, ['m1#0'], owner),
    queue: [other],
    settled: [parked(waiting)],
    effects: [effect('k1', { tenant: owner, aggregate: reference })],
    timersArmed: [timer('t1', '2026-11-25T13:00:00Z', { tenant: owner, aggregate: reference })],
    links: [{ tenant: owner, from: reference, to: order('2', owner) }],
    deliveries: [delivery('d1', owner)],
    documents: [document('doc1', { owner })],
    commands: [command('c1', owner)],
    quarantined: [quarantined('q1', { tenant: owner })],
    deadLetters: [deadLetter('l1', { tenant: owner })],
    register: [registered('INV-1', { tenant: owner })],
  }
}

/** Everything one tenant can see. */
async function seenBy(store: Store, owner: string): Promise<readonly unknown[]> {
  const reference = order('1', owner)
  const page = { tenant: owner, limit: 10 }
  return [
    await store.load([{ tenant: owner, reference, messageIds: ['m1', 'm2', 'm3'] }]),
    await store.delivery({ tenant: owner, deliveryKey: 'd1' }),
    await store.documents({ tenant: owner, documentKey: 'doc1' }),
    await store.command({ tenant: owner, idempotencyKey: 'c1' }),
    await store.register({
      tenant: owner,
      buyerOrganisation: '0001',
      invoiceNumbers: ['INV-1'],
      invoiceDate: '2026-11-20',
      totalAmount: null,
      exceptInvoiceKey: '',
      limit: 10,
    }),
    await store.rows({ ...page, view: 'exception' }),
    await store.counts({ tenant: owner, view: 'exception' }),
    await store.events(page),
    await store.audit(page),
    await store.linked({ tenant: owner, reference }),
    await store.parked(page),
    await store.effects(page),
    await store.quarantined(page),
    await store.deadLetters(page),
  ]
}

const nothingPage = { rows: [], cursor: null }
function nothingFor(owner: string): readonly unknown[] {
  const unknown = { reference: order('1', owner), state: null, known: [], parked: [], timers: [] }
  const [page, list] = [nothingPage, []]
  return [[unknown], null, list, null, list, page, list, page, page, list, page, page, page, page]
}

/** What holds for every call. */
export const promiseCases: StoreCases = {
  'what was not found is null or an empty list': async ({ store }) => {
    same(await seenBy(store, tenant), nothingFor(tenant), 'an empty store')
    same(await store.cursor({ connector: 'none' }), null, 'a cursor nobody stored')
    same(await store.queued({ limit: 10 }), [], 'an empty queue')
    same(await store.dueTimers({ now: noon, limit: 10 }), [], 'no timers')
    same(await store.nextDueAt(), null, 'nothing to come')
    const claim = { now: noon, leaseUntil: '2026-11-25T12:01:00Z', limit: 10 }
    same(await store.claimEffects(claim), [], 'no effects')
  },
  'an empty commit is committed': async ({ store }) => {
    same(await store.commit({}), { kind: 'committed' }, 'a commit of nothing')
  },
  'nothing of one tenant is given to another': async ({ store }) => {
    await store.commit(everything('acme'))
    same(await seenBy(store, 'other'), nothingFor('other'), 'another tenant')
    same(await store.commit(everything('other')), { kind: 'committed' }, 'the same keys there')
    const own = await store.load([{ tenant: 'other', reference: order('1'), messageIds: ['m1'] }])
    same(own[0]?.state, null, "one tenant's key asked for by another")
  },
  'a commit that conflicts stores nothing': async ({ store }) => {
    await store.commit({ aggregates: [change(order('1'), [0, 1])] })
    const before = await seenBy(store, tenant)
    const answer = await store.commit(everything(tenant))
    const conflict = { kind: 'conflict', on: 'aggregate', key: order('1').key }
    same(answer, conflict, 'another version than expected')
    same(await seenBy(store, tenant), before, 'after a conflict')
    same(await store.queued({ limit: 10 }), [], 'the queue after a conflict')
    same(await store.nextDueAt(), null, 'timers and effects after a conflict')
  },
  'a commit that throws stores nothing': async ({ store }) => {
    await store.commit({ effects: [effect('k1')] })
    const before = await seenBy(store, tenant)
    await rejectsWith(store.commit(everything(tenant)), 'INVARIANT_BROKEN', 'an effect key twice')
    same(await seenBy(store, tenant), before, 'after a commit that threw')
    same(await store.queued({ limit: 10 }), [], 'the queue after a commit that threw')
  },
  'a commit that contradicts what is stored for ever is refused': async ({ store }) => {
    await store.commit({
      events: [event(1, message('m1'))],
      audit: chain(order('1'), ['m1#0']),
      effects: [effect('k1')],
    })
    const refused = (commit: Commit, what: string) =>
      rejectsWith(store.commit(commit), 'INVARIANT_BROKEN', what)
    await refused({ events: [event(1, message('m2'))] }, 'an event number used twice')
    const again = event(2, message('m1'))
    const renamed = { ...again, event: { ...again.event, id: 'm1#1' } }
    await refused({ events: [renamed] }, 'a message applied twice')
    await refused({ events: [{ ...again, messageId: null }] }, 'an event id used twice')
    await refused({ audit: chain(order('1'), ['m2#0']) }, 'an audit number used twice')
    await refused({ effects: [effect('k1')] }, 'an effect key used twice')
    const pair = [event(2, message('m2')), event(2, message('m3'))]
    await refused({ events: pair }, 'an event number used twice in one commit')
    const other = event(1, message('m1', { to: order('2') }))
    same(
      await store.commit({ events: [other] }),
      { kind: 'committed' },
      'the same number and message id of another aggregate',
    )
  },
  'text is kept to the last character': async ({ store }) => {
    const text = 'Zürich \u{1F69A} \u0000 \u2028 e\u0301 \\" \ud800 \ufeff'
    const told = message('m1', { text })
    await store.commit({
      events: [event(1, told)],
      settled: [parked(message('m2', { text }))],
      quarantined: [quarantined('q1', { raw: text })],
    })
    const page = { tenant, limit: 10 }
    same((await store.events(page)).rows[0]?.data, { text }, 'text of an event')
    const found = await store.parked(page)
    same(found.rows[0]?.message.data, { text }, 'text of a message')
    same((await store.quarantined(page)).rows[0]?.raw, text, 'text of a document')
  },
  'what follows from work that is watched keeps its trace': async ({ store }) => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
    const [queued, taken] = [
      { ...message('m1'), traceparent },
      { ...document('d1'), traceparent },
    ]
    const asked = { ...effect('k1'), traceparent }
    await store.commit({ queue: [queued], documents: [taken], effects: [asked] })
    same((await store.queued({ limit: 1 }))[0]?.message, queued, 'a message')
    same(await store.documents({ tenant, documentKey: 'd1' }), [taken], 'a document')
    const claim = { now: noon, leaseUntil: '2026-11-25T12:01:00Z', limit: 1 }
    same(
      await store.claimEffects(claim),
      [{ ...asked, attempts: 1, attemptsFailed: 0, leasesLost: 0 }],
      'an effect',
    )
  },
  'keys that look alike are not one': async ({ store }) => {
    const keys = ['a', 'A', 'a ', 'á', 'a\u0301', '\u{1F69A}', '%', '_', "'"]
    await store.commit({ aggregates: keys.map((key) => change(order(key), [0, 1])) })
    const loaded = await store.load(
      keys.map((key) => ({ tenant, reference: order(key), messageIds: [] })),
    )
    same(
      loaded.map(({ state }) => state?.key),
      keys.map((key) => order(key).key),
      'keys compared as written',
    )
  },
  'a cursor the list did not give is refused': async ({ store }) => {
    for (const cursor of ['nonsense', '{}', '["a","b",{}]']) {
      await rejectsWith(store.events({ tenant, limit: 1, cursor }), 'COMMAND_INVALID', cursor)
    }
  },
  'every call after close throws STORE_UNAVAILABLE, and closing twice is no error': async ({
    store,
  }) => {
    await store.commit({ effects: [effect('k1')] })
    await store.close()
    await store.close()
    const calls: readonly (() => Promise<unknown>)[] = [
      () => store.commit({}),
      () => store.queued({ limit: 1 }),
      () => store.nextDueAt(),
      () => store.load([]),
      () => store.cursor({ connector: 'none' }),
      () => store.events({ tenant, limit: 1 }),
    ]
    for (const call of calls) {
      const error = await rejectsWith(call(), 'STORE_UNAVAILABLE', 'a call after close')
      same(error.retryable, true, 'an unavailable store may be asked again')
    }
  },
}
