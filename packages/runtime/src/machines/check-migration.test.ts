import { instant } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { createRuntime } from '../create-runtime.ts'
import { anOrder, scriptedPolicies } from '../decide/scripted-order.examples.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import type { ConductedAggregate } from '../runtime.ts'
import { clerk } from '../scripted-runtime.examples.ts'
import type { Store } from '../store/store.ts'
import { checkMigration } from './check-migration.ts'
import {
  CountedStateSchema,
  countedOrder,
  firstRelease,
  type Variation,
} from './counted-order.examples.ts'
import type { TakePolicy } from './older-machine.ts'

const earlier = countedOrder(firstRelease)

/** A store in which the first release counted so many pieces of each order. */
async function countedBefore(pieces: Readonly<Record<string, number>>): Promise<Store> {
  const store = createMemoryStore()
  const runtime = createRuntime({
    store,
    policies: scriptedPolicies,
    connectors: [],
    clock: createVirtualClock('2026-11-25T09:00:00Z'),
    aggregates: [earlier],
  })
  for (const [order, quantity] of Object.entries(pieces)) {
    await runtime.act({
      tenant: 'acme',
      aggregate: anOrder(order),
      type: 'goods.counted',
      data: { quantity },
      actor: clerk,
      expectedVersion: null,
      idempotencyKey: order,
    })
  }
  return store
}

function check(store: Store, ...aggregates: readonly ConductedAggregate[]) {
  const now = instant('2026-11-26T09:00:00Z')
  return checkMigration({ store, aggregates, policies: scriptedPolicies, now, examplesMax: 2 })
}

function later(take: TakePolicy, given: Omit<Variation, 'version' | 'older'> = {}) {
  return countedOrder({ ...given, version: 2, older: [{ machine: earlier.machine, take }] })
}

const summary = ({
  take,
  count,
  same,
  changed,
  broken,
}: Awaited<ReturnType<typeof check>>['groups'][number]) => ({
  take,
  count,
  same,
  changed,
  broken,
})

describe('the check of a release against stored states', () => {
  const pieces = { 4711: 4, 4712: 8, 4713: 12 }

  it('finds nothing where the machine is the one that made them', async () => {
    const checked = await check(await countedBefore(pieces), earlier)
    expect(checked).toMatchObject({ states: 3, isSafe: true })
    expect(checked.groups.map(summary)).toEqual([
      { take: 'current', count: 3, same: 3, changed: 0, broken: 0 },
    ])
  })

  it('breaks where nobody said how they are taken', async () => {
    const checked = await check(
      await countedBefore(pieces),
      countedOrder({ version: 2, part: null }),
    )
    expect(checked.isSafe).toBe(false)
    expect(checked.groups.map(summary)).toEqual([
      { take: 'unknown', count: 3, same: 0, changed: 0, broken: 3 },
    ])
    expect(checked.groups[0]?.under).toBeNull()
    expect(checked.groups[0]?.examples.map(({ key }) => key)).toEqual([
      'acme/0001/4711',
      'acme/0001/4712',
    ])
    expect(checked.groups[0]?.examples[0]).toMatchObject({
      outcome: 'broken',
      shownBefore: 'part',
      sentence: expect.stringContaining('say how states of that machine are taken'),
    })
  })

  it('lists where a changed guard leads, and what it will ask for', async () => {
    const checked = await check(
      await countedBefore(pieces),
      later({ kind: 'replay' }, { completeAt: 8 }),
    )
    expect(checked).toMatchObject({ isSafe: true, states: 3 })
    expect(checked.groups.map(summary)).toEqual([
      { take: 'replay', count: 3, same: 2, changed: 1, broken: 0 },
    ])
    expect(checked.groups[0]?.examples).toEqual([
      {
        tenant: 'acme',
        key: 'acme/0001/4712',
        outcome: 'changed',
        sentence: 'the state changes in 1 place, and at its next message it decides order.closed',
        changes: [{ path: '/regions/delivery', before: 'part', after: 'complete' }],
        shownBefore: 'part',
        shownAfter: 'complete',
        decides: ['order.closed'],
        asks: [expect.objectContaining({ kind: 'notify', sentence: 'all here' })],
      },
    ])
  })

  it('lists an added region with the state its events lead to', async () => {
    const checked = await check(
      await countedBefore(pieces),
      later({ kind: 'replay' }, { hasQuality: true }),
    )
    expect(checked.groups[0]?.examples[0]?.changes).toEqual([
      { path: '/regions/quality', before: null, after: 'checked' },
    ])
  })

  it('breaks where a map makes what is not stored, and names the state', async () => {
    const map: TakePolicy = {
      kind: 'map',
      map: (state) => state,
      schema: CountedStateSchema,
    }
    const checked = await check(
      await countedBefore({ ...pieces, 4714: 1 }),
      later(map, { part: 'partly-delivered' }),
    )
    // What is complete is called so in both.
    expect(checked.groups.map(summary)).toEqual([
      { take: 'map', count: 4, same: 1, changed: 0, broken: 3 },
    ])
    expect(checked.groups[0]?.examples[0]?.sentence).toContain('cannot be taken over')
  })

  it('leaves what is pinned as it is', async () => {
    const checked = await check(
      await countedBefore(pieces),
      later({ kind: 'pin', aggregate: earlier }, { completeAt: 8 }),
    )
    expect(checked.groups.map(summary)).toEqual([
      { take: 'pin', count: 3, same: 3, changed: 0, broken: 0 },
    ])
    expect(checked.groups[0]?.under).toEqual(earlier.machine)
  })

  it('writes nothing', async () => {
    const store = await countedBefore(pieces)
    const reads = {
      machines: store.machines,
      states: store.states,
      events: store.events,
      rows: store.rows,
    }
    const now = instant('2026-11-26T09:00:00Z')
    const aggregates = [later({ kind: 'replay' }, { completeAt: 8 })]
    const before = await store.states({ limit: 9 })
    await checkMigration({ store: reads, aggregates, policies: scriptedPolicies, now })
    expect(await store.states({ limit: 9 })).toEqual(before)
  })
})
