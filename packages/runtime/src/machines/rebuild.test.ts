import type { AggregateReference } from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { wholeLife } from '../conformance/story-documents.ts'
import { openWorld, recorded, standing } from '../conformance/story-world.ts'
import { createRuntime } from '../create-runtime.ts'
import { anOrder, scriptedPolicies } from '../decide/scripted-order.examples.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import { clerk } from '../scripted-runtime.examples.ts'
import { countedOrder, firstRelease } from './counted-order.examples.ts'

const ruleSets = loadRuleSetFolder(new URL('../../../rules/rulesets', import.meta.url).pathname)
const policies = createPolicySource(
  ruleSets.filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-')),
)
const tenant = 'acme'
const order: AggregateReference = { kind: 'order', key: 'acme/0001/4711' }

describe('a rebuild', () => {
  it('finds the lists and states of a whole life as they are, and changes nothing', async () => {
    const store = createMemoryStore()
    const world = openWorld({ store, policies })
    await world.tell(...wholeLife())
    const before = [await standing(world.runtime), await recorded(world.runtime)]
    const states = await store.states({ limit: 9 })
    expect(await world.runtime.rebuild()).toEqual({
      rebuilt: 3,
      takenOver: 0,
      corrected: [],
      purged: 0,
      left: [],
    })
    expect([await standing(world.runtime), await recorded(world.runtime)]).toEqual(before)
    expect(await store.states({ limit: 9 })).toEqual(states)
  })

  it('mends lists that were lost and a state that somebody edited, from the events', async () => {
    const store = createMemoryStore()
    const world = openWorld({ store, policies })
    await world.tell(...wholeLife())
    const before = await standing(world.runtime)
    const { rows } = await store.states({ limit: 1, kind: 'order' })
    const state = rows[0]?.state
    if (state === undefined) expect.fail('there is an order')
    await store.commit({
      aggregates: [
        { tenant, reference: order, versionBefore: state.sequence, state: { ...state, desk: {} } },
      ],
      rows: [{ tenant, source: `order:${order.key}`, aggregate: order, rows: [] }],
    } as never)
    expect((await standing(world.runtime)).orders).toEqual([])
    const report = await world.runtime.rebuild()
    expect(report.corrected).toEqual([{ tenant, reference: order }])
    expect(await standing(world.runtime)).toEqual(before)
    expect((await store.states({ limit: 1, kind: 'order' })).rows[0]?.state).toEqual(state)
  })

  it('goes on beside documents that come in, and overwrites none of them', async () => {
    const store = createMemoryStore()
    const [one, other] = [openWorld({ store, policies }), openWorld({ store, policies })]
    const [anOrderFirst, ...rest] = wholeLife()
    if (anOrderFirst === undefined) expect.fail('a life begins with its order')
    await one.tell(anOrderFirst)
    const serving = other.tell(...rest)
    for (let round = 0; round < 20; round += 1) await one.runtime.rebuild()
    await serving
    const atOnce = openWorld({ store: createMemoryStore(), policies })
    await atOnce.tell(...wholeLife())
    expect(await standing(one.runtime)).toEqual(await standing(atOnce.runtime))
    expect(await one.runtime.rebuild()).toMatchObject({ rebuilt: 3, corrected: [] })
  })

  it('takes states of an older machine over, and decides nothing', async () => {
    const store = createMemoryStore()
    const earlier = countedOrder(firstRelease)
    const runtimeOf = (aggregate: typeof earlier) =>
      createRuntime({
        store,
        policies: scriptedPolicies,
        connectors: [],
        clock: createVirtualClock('2026-11-25T09:00:00Z'),
        aggregates: [aggregate],
      })
    await runtimeOf(earlier).act({
      tenant,
      aggregate: anOrder('4711'),
      type: 'goods.counted',
      data: { quantity: 8 },
      actor: clerk,
      expectedVersion: null,
      idempotencyKey: 'count',
    })
    const unaware = runtimeOf(countedOrder({ version: 3 }))
    expect(await unaware.rebuild()).toMatchObject({ rebuilt: 0, left: [{ aggregate: order }] })
    const later = countedOrder({
      version: 2,
      completeAt: 8,
      older: [{ machine: earlier.machine, take: { kind: 'replay' } }],
    })
    const runtime = runtimeOf(later)
    expect(await runtime.rebuild()).toMatchObject({ rebuilt: 1, takenOver: 1, corrected: [] })
    expect((await runtime.queries.events({ tenant })).rows).toHaveLength(1)
    const [row] = (await store.rows({ tenant, view: 'order', limit: 1 })).rows
    expect(row?.state).toBe('complete')
  })
})
