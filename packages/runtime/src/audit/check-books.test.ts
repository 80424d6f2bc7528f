import type { AggregateReference, AggregateState } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { lifeOf, live, ofOrder, whole } from '../conformance/closed-orders.ts'
import { aCount } from '../conformance/story-documents.ts'
import { openWorld } from '../conformance/story-world.ts'
import { purge, type PurgeReport } from '../retention/purge.ts'
import { tombstoneOf } from '../retention/tombstone.ts'
import { aWorld, into, policies, rules, signer } from '../retention/closed-orders.examples.ts'
import type { AggregateChange } from '../store/commit.ts'
import type { Store } from '../store/store.ts'
import { verifyEd25519 } from '../audit-keys.ts'
import { checkBooks } from './check-books.ts'
import { signHeads } from './sign-heads.ts'

const tenant = 'acme'
const order = { kind: 'order', key: 'acme/0001/1' } as const

/** An order with its shipment and an open invoice, under a signed head. */
async function someBooks() {
  const { store, world } = aWorld()
  await live(world, [{ tenant, number: '1', steps: 5 }])
  await signHeads({ heads: store.heads, clock: world.clock }, { signer, everySeconds: 0 })
  return { store, world }
}

const faultsOf = async (store: Store) =>
  (await checkBooks(store, { tenant, verify: verifyEd25519 })).faults

/** Stores a state as somebody with the database at hand could. */
async function putState(store: Store, given: Pick<AggregateChange, 'reference' | 'state'>) {
  const [loaded] = await store.load([{ tenant, reference: given.reference, messageIds: [] }])
  const versionBefore = loaded?.state?.sequence ?? 0
  await store.commit({ aggregates: [{ tenant, versionBefore, ...given }] })
}

async function stateOf(store: Store, reference: AggregateReference): Promise<AggregateState> {
  const [loaded] = await store.load([{ tenant, reference, messageIds: [] }])
  return loaded?.state ?? expect.fail('it has a state')
}

/** Purges what may go. */
const purgeAll = ({ store, world }: ReturnType<typeof aWorld>) => {
  const lines: string[] = []
  return purge(
    { store, clock: world.clock, signer, verify: verifyEd25519 },
    {
      tenant,
      rules,
      archive: into(lines),
      actor: { kind: 'system', id: 'records-office', roles: [] },
      because: 'kept long enough',
    },
  )
}

/** Stores an event that nobody decided behind the last of the order, as somebody with the database at hand could. */
async function forge(store: Store): Promise<void> {
  const state = await stateOf(store, order)
  const { rows } = await store.events({ tenant, aggregates: [order], limit: 500 })
  const last = rows.at(-1) ?? expect.fail('it has events')
  const sequence = last.sequence + 1
  const event = { ...last, id: 'forged#0', sequence, type: 'note.recorded', data: { text: 'x' } }
  await store.commit({ events: [{ event, messageId: 'forged' }] })
  await putState(store, { reference: order, state: { ...state, sequence } })
}

describe('an event that no audit entry is about', () => {
  it('is found in the books, and no state is worked out from it (R-32)', async () => {
    const { store, world } = await someBooks()
    expect(await faultsOf(store)).toEqual([])
    await forge(store)
    const found = [
      expect.stringMatching(/event \d+ of `order:acme\/0001\/1`, `forged#0`, has no audit entry/),
      'the state of `order:acme/0001/1` does not stand at the end of its audit chain',
    ]
    expect(await faultsOf(store)).toEqual(found)
    const report = await world.runtime.rebuild()
    expect(report).toMatchObject({ rebuilt: 2, left: [{ aggregate: order, sentence: found[0] }] })
    expect(await faultsOf(store)).toEqual(found)
  })
})

describe('a state that nobody decided', () => {
  const other = { kind: 'order', key: 'acme/0001/2' } as const

  it('is found where it has no chain, with events and without (R-32)', async () => {
    const { store } = await someBooks()
    const state = { ...(await stateOf(store, order)), key: other.key }
    await putState(store, { reference: other, state })
    expect(await faultsOf(store)).toEqual(['`order:acme/0001/2` has a state and no audit entry'])
    const { rows } = await store.events({ tenant, aggregates: [order], limit: 1 })
    const [first] = rows
    if (first === undefined) expect.fail('it has events')
    const event = { ...first, id: 'forged#0', aggregate: other }
    await store.commit({ events: [{ event, messageId: 'forged' }] })
    expect(await faultsOf(store)).toEqual([
      'event 1 of `order:acme/0001/2`, `forged#0`, has no audit entry',
      '`order:acme/0001/2` has a state and no audit entry',
    ])
  })

  it('is found where it is a tombstone that no purge left (R-32)', async () => {
    const { store, world } = await someBooks()
    const last = await stateOf(store, order)
    const at = world.clock.now()
    const [never, elsewhere] = ['e'.repeat(64), 'f'.repeat(64)]
    await putState(store, { reference: order, state: tombstoneOf(last, { at, archive: never }) })
    const nobody = { key: other.key, sequence: 3, auditHead: null }
    const state = tombstoneOf(nobody, { at, archive: elsewhere })
    await putState(store, { reference: other, state })
    expect(await faultsOf(store)).toEqual([
      'the state of `order:acme/0001/1` does not stand at the end of its audit chain',
      `\`order:acme/0001/1\` stands as purged into the archive ${never}, and the log does not say so`,
      `\`order:acme/0001/2\` stands as purged into the archive ${elsewhere}, and the log does not say so`,
    ])
  })

  it('is found where it names another archive than the purge, or stands for what was purged (R-32)', async () => {
    const books = aWorld()
    await live(books.world, [whole('1')])
    await purgeAll(books)
    expect(await faultsOf(books.store)).toEqual([])
    const purged = await stateOf(books.store, order)
    const state = { ...purged, purged: { at: '2027-01-01T00:00:00Z', archive: 'e'.repeat(64) } }
    await putState(books.store, { reference: order, state })
    expect(await faultsOf(books.store)).toEqual([
      expect.stringContaining('stands as purged into the archive eeee'),
      '`order:acme/0001/1` was purged, as the log says, and its tombstone is not there',
    ])
    const living = { ...purged, machine: { name: 'order', version: 1, shape: 'any' } }
    await putState(books.store, { reference: order, state: living })
    expect(await faultsOf(books.store)).toEqual([
      '`order:acme/0001/1` has a state and no audit entry',
      '`order:acme/0001/1` was purged, as the log says, and its tombstone is not there',
    ])
  })
})

describe('books that are changed while they are read', () => {
  const reads = ['audit', 'events', 'load', 'states'] as const
  const moments = reads.flatMap((read) => [`before ${read}`, `after ${read}`] as const)

  /** A store that does something once, before or after it is first asked for something. */
  function interrupted(store: Store, moment: string, act: () => Promise<unknown>): Store {
    const acts = [act]
    const during = (read: (typeof reads)[number]) => async (request: never) => {
      if (moment === `before ${read}`) await acts.pop()?.()
      const answer = await store[read](request)
      if (moment === `after ${read}`) await acts.pop()?.()
      return answer
    }
    const readers = Object.fromEntries(reads.map((read) => [read, during(read)]))
    return { ...store, ...readers } as Store
  }

  it.each(moments)('are whole though something is purged %s', async (moment) => {
    const books = aWorld()
    await live(books.world, [whole('1'), { tenant, number: '2', steps: 5 }])
    const report: PurgeReport[] = []
    const store = interrupted(books.store, moment, async () => report.push(await purgeAll(books)))
    expect(await faultsOf(store)).toEqual([])
    expect(report).toMatchObject([{ purged: { length: 3 }, overtaken: [] }])
  })

  it.each(moments)('are whole though something happens %s', async (moment) => {
    const { store, world } = await someBooks()
    const tellMore = () =>
      world.tell(...lifeOf(tenant, '2'), ofOrder(aCount('5', { documentNumber: 'GR-9' }), '1'))
    expect(await faultsOf(interrupted(store, moment, tellMore))).toEqual([])
    expect((await checkBooks(store, { tenant, verify: verifyEd25519 })).chains).toBe(6)
  })

  it('are worked out again though something is purged between one read and the next', async () => {
    const books = aWorld()
    await live(books.world, [whole('1')])
    const store = interrupted(books.store, 'after events', () => purgeAll(books))
    const { runtime } = openWorld({ store, policies, clock: books.world.clock })
    expect(await runtime.rebuild()).toMatchObject({ rebuilt: 0, purged: 3, left: [] })
  })

  it('are not whole though something is purged, where something is broken', async () => {
    const books = aWorld()
    await live(books.world, [whole('1'), { tenant, number: '2', steps: 5 }])
    const reference = { kind: 'order', key: 'acme/0001/3' } as const
    const state = { ...(await stateOf(books.store, order)), key: reference.key }
    await putState(books.store, { reference, state })
    const store = interrupted(books.store, 'after audit', () => purgeAll(books))
    expect(await faultsOf(store)).toEqual(['`order:acme/0001/3` has a state and no audit entry'])
  })
})
