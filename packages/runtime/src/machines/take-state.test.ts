import type { AggregateReference } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { createRuntime } from '../create-runtime.ts'
import { scriptedPolicies } from '../decide/scripted-order.examples.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import { clerk } from '../scripted-runtime.examples.ts'
import type { Store } from '../store/store.ts'
import {
  type CountedState,
  CountedStateSchema,
  countedOrder,
  firstRelease,
  type Variation,
} from './counted-order.examples.ts'
import type { TakePolicy } from './older-machine.ts'

const tenant = 'acme'
const order: AggregateReference = { kind: 'order', key: 'acme/0001/4711' }
const earlier = countedOrder(firstRelease)

/** A runtime of one release; `count` tells the order what has come, and `standing` says where it stands. */
function release(variation: Variation, store: Store) {
  const runtime = createRuntime({
    store,
    policies: scriptedPolicies,
    connectors: [],
    clock: createVirtualClock('2026-11-25T09:00:00Z'),
    aggregates: [countedOrder(variation)],
  })
  return {
    runtime,
    count: async (quantity: number) => {
      const before = await store.events({ tenant, limit: 500 })
      return runtime.act({
        tenant,
        aggregate: order,
        type: 'goods.counted',
        data: { quantity },
        actor: clerk,
        expectedVersion: null,
        idempotencyKey: `count-${before.rows.length}`,
      })
    },
    standing: async () => {
      const [found] = await store.load([{ tenant, reference: order, messageIds: [] }])
      const state = found?.state as CountedState | null
      return { regions: state?.regions, facts: state?.facts, version: state?.machine.version }
    },
  }
}

/** An order of which the first release counted so many pieces. */
async function countedBefore(...quantities: readonly number[]) {
  const store = createMemoryStore()
  const { count } = release(firstRelease, store)
  for (const quantity of quantities) await count(quantity)
  return store
}

/** A later release that takes the states of the first in this way. */
function taking(take: TakePolicy, given: Omit<Variation, 'version' | 'older'> = {}): Variation {
  return { ...given, version: 2, older: [{ machine: earlier.machine, take }] }
}

describe('a stored state and a later release', () => {
  it('is refused where nobody said how it is taken, and stays as it was', async () => {
    const store = await countedBefore(4)
    const { count, standing } = release({ version: 2, part: null }, store)
    await expect(count(1)).rejects.toMatchObject({
      code: 'STATE_NOT_TAKEN',
      retryable: true,
      message: expect.stringContaining('say how states of that machine are taken'),
    })
    expect(await standing()).toMatchObject({ regions: { delivery: 'part' }, version: 1 })
  })

  it('is refused by shape, also where somebody forgot to raise the version', async () => {
    const store = await countedBefore(4)
    const { count } = release({ version: 1, hasQuality: true }, store)
    await expect(count(1)).rejects.toMatchObject({ code: 'STATE_NOT_TAKEN' })
  })

  it('gets an added region from its events, and not its first state by default', async () => {
    const store = await countedBefore(4)
    const { count, standing } = release(taking({ kind: 'replay' }, { hasQuality: true }), store)
    await count(1)
    expect(await standing()).toEqual({
      regions: { delivery: 'part', quality: 'checked' },
      facts: { counted: 5, closed: false },
      version: 2,
    })
  })

  it('leaves a state that is no more for the one its events lead to', async () => {
    const store = await countedBefore(4)
    const { count, standing } = release(taking({ kind: 'replay' }, { part: null }), store)
    await count(1)
    expect(await standing()).toMatchObject({ regions: { delivery: 'open' }, version: 2 })
  })

  it('is mapped to a renamed state, and says from where and when', async () => {
    const store = await countedBefore(4)
    const map: TakePolicy = {
      kind: 'map',
      map: (state) => ({ ...state, regions: { delivery: 'partly-delivered' } }),
      schema: CountedStateSchema,
    }
    const { count, standing, runtime } = release(taking(map, { part: 'partly-delivered' }), store)
    await count(2)
    expect(await standing()).toMatchObject({
      regions: { delivery: 'partly-delivered' },
      facts: { counted: 6 },
    })
    const found = await runtime.queries.aggregate({ tenant, reference: order })
    expect(found?.state.machine.mappedFrom).toEqual({ ...earlier.machine, sequence: 1 })
  })

  it('is not taken by a map that makes something else of it than is stored', async () => {
    const store = await countedBefore(4)
    const map: TakePolicy = {
      kind: 'map',
      map: (state) => ({ ...state, regions: { delivery: 'somewhere' } }),
      schema: CountedStateSchema,
    }
    const { count, standing } = release(taking(map, { part: 'partly-delivered' }), store)
    await expect(count(2)).rejects.toMatchObject({
      code: 'STATE_NOT_TAKEN',
      message: expect.stringContaining('cannot be taken over'),
    })
    expect(await standing()).toMatchObject({ regions: { delivery: 'part' }, version: 1 })
  })

  it('is judged anew by a changed guard, and what follows is decided with the next message', async () => {
    const store = await countedBefore(4, 4)
    const { count, standing, runtime } = release(
      taking({ kind: 'replay' }, { completeAt: 8 }),
      store,
    )
    await count(0)
    expect(await standing()).toEqual({
      regions: { delivery: 'complete' },
      facts: { counted: 8, closed: true },
      version: 2,
    })
    const { rows } = await runtime.queries.effects({ tenant })
    expect(rows).toMatchObject([{ intent: { kind: 'notify', sentence: 'all here' } }])
  })

  it('that is pinned ends under the machine it began with, and new orders begin with the new one', async () => {
    const store = await countedBefore(4, 4)
    const later = taking({ kind: 'pin', aggregate: earlier }, { completeAt: 8 })
    const { count, standing, runtime } = release(later, store)
    await count(1)
    expect(await standing()).toMatchObject({ regions: { delivery: 'part' }, version: 1 })
    await count(1)
    expect(await standing()).toMatchObject({ regions: { delivery: 'complete' }, version: 1 })
    await runtime.act({
      tenant,
      aggregate: { kind: 'order', key: 'acme/0001/4712' },
      type: 'goods.counted',
      data: { quantity: 8 },
      actor: clerk,
      expectedVersion: null,
      idempotencyKey: 'another',
    })
    expect(
      (await store.machines()).map(({ machine, count: states }) => [machine?.version, states]),
    ).toEqual([
      [1, 1],
      [2, 1],
    ])
    const moment = await runtime.queries.orderAt({
      tenant,
      orderKey: order.key,
      at: '2026-11-25T09:00:00Z',
    })
    expect(moment?.order).toMatchObject({ verified: true, state: { machine: { version: 1 } } })
  })
})

describe('what registers machines', () => {
  it('refuses two ways to take one state, and a pin to another machine', () => {
    const twice: Variation = {
      version: 2,
      older: [
        { machine: earlier.machine, take: { kind: 'replay' } },
        { machine: earlier.machine, take: { kind: 'pin', aggregate: earlier } },
      ],
    }
    const store = createMemoryStore()
    expect(() => release(twice, store)).toThrow('is registered twice')
    const other = countedOrder({ version: 3 })
    expect(() => release(taking({ kind: 'pin', aggregate: other }), store)).toThrow(
      'cannot be pinned to',
    )
  })
})
