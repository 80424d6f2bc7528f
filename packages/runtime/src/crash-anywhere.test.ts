import {
  type Connector,
  CounterfoilError,
  instant,
  type Intent,
  joinKey,
  verifyAuditChain,
  type WriteAnswer,
} from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from './clock/virtual-clock.ts'
import { createRuntime } from './create-runtime.ts'
import {
  addressScripted,
  anOrder,
  asWords,
  script,
  scriptedAggregates,
  scriptedMilestone,
  scriptedPolicies,
} from './decide/scripted-order.examples.ts'
import { createMemoryStore } from './memory-store/memory-store.ts'
import type { Runtime } from './runtime.ts'
import type { Store } from './store/store.ts'

/** A process that dies at one of its calls to the outside: before it is carried out, or after it but before the answer. */
type Fate = { readonly call: number; readonly when: 'before' | 'after' }

/** A connector that remembers what it did, by key, beyond any crash of its callers. */
function aLedger() {
  const done = new Map<string, number>()
  let asked = 0
  const write: Connector['write'] = async ({ tenant, idempotencyKey }): Promise<WriteAnswer> => {
    asked += 1
    const key = joinKey([tenant, idempotencyKey])
    const before = done.get(key)
    const number = before ?? done.size + 1
    done.set(key, number)
    return { kind: 'applied', reference: `R${number}`, repeated: before !== undefined }
  }
  const connector: Connector = {
    contract: 'v1',
    name: 'ledger',
    capabilities: { reads: [], writes: ['notify', 'write-back/erp'] },
    read: async () => ({ deliveries: [], cursor: null, more: false }),
    write,
  }
  return { connector, keys: () => [...done.keys()].toSorted(), asked: () => asked }
}

/** The same store and connector, as a process with that fate sees them. `calls` counts what it asked of them. */
function mortal(store: Store, connector: Connector, fate: Fate | null) {
  let calls = 0
  const call = async <Answer>(carryOut: () => Promise<Answer>): Promise<Answer> => {
    calls += 1
    if (fate === null || calls < fate.call) return carryOut()
    if (calls === fate.call && fate.when === 'after') await carryOut()
    throw new CounterfoilError('STORE_UNAVAILABLE', 'the process died', { retryable: true })
  }
  const methods = Object.entries(store).map(([name, method]) => [
    name,
    typeof method === 'function'
      ? (request: never) =>
          call<unknown>(() => (method as (one: never) => Promise<unknown>)(request))
      : method,
  ])
  return {
    store: Object.fromEntries(methods) as Store,
    connector: {
      ...connector,
      write: (request) => call(() => connector.write(request)),
    } satisfies Connector,
    calls: () => calls,
  }
}

const start = '2026-11-25T09:00:00Z'
const envelope = {
  tenant: 'acme',
  buyerOrganisation: '0001',
  connection: 'portal',
  timeZone: 'UTC',
}

function intents(): Intent[] {
  return [
    { kind: 'notify', role: 'buyer', topic: 't', subject: 'order', sentence: 'look' },
    {
      kind: 'tell',
      to: anOrder('4712'),
      type: 'test.said',
      data: script({
        word: 'told',
        intents: [
          { kind: 'notify', role: 'planner', topic: 't', subject: 'order', sentence: 'look' },
        ],
      }),
    },
    { kind: 'write-back', system: 'erp', record: 'PO', expectedVersion: null, data: {} },
    {
      kind: 'arm-timer',
      timerId: 'late',
      dueAt: instant('2026-11-25T10:00:00Z'),
      type: 'test.said',
      data: script({ word: 'rang' }),
    },
  ]
}

/** What partners, people and time do. Whoever got no answer asks again, so telling it twice must not matter. */
async function tellStory(runtime: Runtime, advanceTo: (moment: string) => void): Promise<void> {
  const early = scriptedMilestone({ number: 'M2', word: 'arrived', needs: 'left' })
  await runtime.receive({ ...envelope, document: early })
  const first = scriptedMilestone({ number: 'M1', word: 'left', derived: 1, intents: intents() })
  await runtime.receive({ ...envelope, document: first })
  await runtime.receive({ ...envelope, body: 'nobody reads this' })
  await runtime.act({
    tenant: 'acme',
    aggregate: anOrder('4711'),
    type: 'test.said',
    data: script({ word: 'noted' }),
    actor: { kind: 'user', id: 'kim', roles: ['buyer'] },
    expectedVersion: null,
    idempotencyKey: 'note-1',
  })
  await runtime.tick()
  advanceTo('2026-11-25T11:00:00Z')
  await runtime.tick()
}

/** Lives the story with processes that die as told, one after another, and looks at what is left. */
async function live(fates: readonly (Fate | null)[]) {
  const store = createMemoryStore()
  const ledger = aLedger()
  let calls = 0
  for (const [life, fate] of fates.entries()) {
    // Every process starts later than the lease of what the one before it had taken.
    const clock = createVirtualClock(life === 0 ? start : `2026-11-25T11:${String(life * 10)}:00Z`)
    const world = mortal(store, ledger.connector, fate)
    const runtime = createRuntime({
      store: world.store,
      policies: scriptedPolicies,
      connectors: [world.connector],
      clock,
      aggregates: scriptedAggregates,
      address: addressScripted,
      limits: { conflictRetriesMax: 0 },
    })
    await tellStory(runtime, (moment) => {
      if (clock.now() < moment) clock.advanceTo(moment)
    }).catch((error: unknown) => {
      if (fate === null) throw error
    })
    calls = world.calls()
  }
  return { ...(await whatIsLeft(store)), keys: ledger.keys(), asked: ledger.asked(), calls }
}

async function whatIsLeft(store: Store) {
  const page = { tenant: 'acme', limit: 500 }
  const loaded = await store.load(
    ['4711', '4712'].map((number) => ({
      tenant: 'acme',
      reference: anOrder(number),
      messageIds: [],
    })),
  )
  const audit = (await store.audit(page)).rows
  expect(verifyAuditChain(audit)).toBeNull()
  return {
    words: loaded.map(({ state }) => asWords(state)),
    events: (await store.events(page)).rows.map(({ id }) => id).toSorted(),
    audited: audit.length,
    parked: (await store.parked(page)).rows.length,
    queued: (await store.queued({ limit: 500 })).length,
    waiting: (await store.effects({ ...page, state: 'waiting' })).rows.length,
    effects: (await store.effects(page)).rows.map(({ key }) => key).toSorted(),
    deadLetters: (await store.deadLetters(page)).rows.length,
    quarantined: (await store.quarantined(page)).rows.length,
    nextDueAt: await store.nextDueAt(),
  }
}

const sorted = (left: Awaited<ReturnType<typeof live>>) => ({
  ...left,
  // What a process that died had no answer for comes later, so words may change places, never be missing or doubled.
  words: left.words.map((words) => words.toSorted()),
  asked: 0,
  calls: 0,
})

describe('a process that dies', () => {
  it('between any two calls to the outside leaves nothing lost, doubled or half-done (R-28, R-51)', async () => {
    const whole = await live([null])
    expect(whole.words).toEqual([['left', 'arrived', 'noted', 'PO applied', 'rang'], ['told']])
    expect(whole).toMatchObject({ asked: 3, waiting: 0, queued: 0, parked: 0, nextDueAt: null })
    expect(whole.calls).toBeGreaterThan(30)
    for (let call = 1; call <= whole.calls; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const left = await live([{ call, when }, null])
        expect(sorted(left), `died ${when} call ${call}`).toEqual(sorted(whole))
      }
    }
  })

  it('twice in a row leaves nothing lost, doubled or half-done either', async () => {
    const whole = await live([null])
    // Every eleventh pair of deaths: all of them would say the same in minutes instead of seconds.
    let pair = 0
    for (let first = 1; first <= whole.calls; first += 1) {
      for (let second = 1; second <= whole.calls; second += 1) {
        pair += 1
        if (pair % 11 !== 0) continue
        const when = pair % 2 === 0 ? 'before' : 'after'
        const left = await live([{ call: first, when }, { call: second, when: 'after' }, null])
        expect(sorted(left), `died at ${first} and ${second}`).toEqual(sorted(whole))
      }
    }
  })

  it('after an effect and before its record makes it be asked again under the same key', async () => {
    const whole = await live([null])
    let repeated = 0
    for (let call = 1; call <= whole.calls; call += 1) {
      const left = await live([{ call, when: 'after' }, null])
      expect(left.keys).toEqual(whole.keys)
      if (left.asked > whole.asked) repeated += 1
    }
    expect(repeated).toBeGreaterThan(0)
  })
})
