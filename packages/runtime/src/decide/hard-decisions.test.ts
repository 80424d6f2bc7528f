import { CounterfoilError, instant, type Intent, messageData } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import type { ConductedAggregate, RuntimeSettings } from '../runtime.ts'
import { aRuntime, clerk, envelope } from '../scripted-runtime.examples.ts'
import type { Store } from '../store/store.ts'
import {
  anOrder,
  asWords,
  type Script,
  script,
  scriptedAggregate,
  scriptedMilestone,
} from './scripted-order.examples.ts'

/** Scripted orders, one thing about which is different. */
function otherwise(change: Partial<ConductedAggregate>): Partial<RuntimeSettings> {
  return { aggregates: [{ ...scriptedAggregate('order'), ...change }] }
}

function tell(to: string, said: Script): Intent {
  return { kind: 'tell', to: anOrder(to), type: 'test.said', data: script(said) }
}

describe('a decision that breaks its promises', () => {
  const orders = scriptedAggregate('order')
  const skipping: ConductedAggregate['decide'] = (state, message, context) => {
    const decision = orders.decide(state, message, context)
    return {
      ...decision,
      events: decision.events.map((event) => ({ ...event, sequence: event.sequence + 1 })),
    }
  }

  it('by numbering its events wrongly is refused, and its document kept', async () => {
    const { runtime } = aRuntime(otherwise({ decide: skipping }))
    const document = scriptedMilestone({ number: 'M1', word: 'left' })
    const { documents } = await runtime.receive({ ...envelope, document })
    expect(documents).toMatchObject([{ outcome: 'quarantined', reason: 'UNDECIDABLE' }])
    expect((await runtime.queries.events({ tenant: 'acme' })).rows).toEqual([])
  })

  it('by reaching for another tenant is refused, and its document kept', async () => {
    const { runtime } = aRuntime()
    const foreign: Intent = {
      kind: 'tell',
      to: anOrder('1', 'other'),
      type: 'test.said',
      data: script({ word: 'hello' }),
    }
    const document = scriptedMilestone({ number: 'M1', word: 'left', intents: [foreign] })
    const { documents } = await runtime.receive({ ...envelope, document })
    expect(documents).toMatchObject([
      { outcome: 'quarantined', sentence: expect.stringContaining('would reach tenant `other`') },
    ])
    await runtime.tick()
    expect((await runtime.queries.events({ tenant: 'other' })).rows).toEqual([])
  })

  it('only when it is shown takes none of its neighbours with it', async () => {
    const { runtime, wordsOf } = aRuntime(
      otherwise({
        rowsOf: (state) => {
          if (asWords(state).includes('bad')) throw new Error('cannot be shown')
          return []
        },
      }),
    )
    const say = (order: string, word: string) =>
      runtime.act({
        tenant: 'acme',
        aggregate: anOrder(order),
        type: 'test.said',
        data: script({ word }),
        actor: clerk,
        expectedVersion: null,
        idempotencyKey: `${order}-${word}`,
      })
    const answers = await Promise.allSettled([say('1', 'good'), say('2', 'bad'), say('3', 'good')])
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await wordsOf('1')).toEqual(['good'])
    expect(await wordsOf('2')).toEqual([])
  })

  it('about a message between orders sets that message aside, with a case', async () => {
    const { runtime, say } = aRuntime(
      otherwise({
        rowsOf: (state) => {
          if (asWords(state).includes('bad')) throw new Error('cannot be shown')
          return []
        },
      }),
    )
    await say('k1', { word: 'start', intents: [tell('4712', { word: 'bad' })] })
    expect(await runtime.tick()).toMatchObject({ finished: true })
    const { rows } = await runtime.queries.deadLetters({ tenant: 'acme' })
    expect(rows).toMatchObject([{ sentence: 'cannot be shown', state: 'waiting' }])
  })
})

describe('a parked message', () => {
  const waiting = (said: Script) => scriptedMilestone({ number: `M-${said.word}`, ...said })

  it('that is refused once it can be decided waits for a person, and holds up no other', async () => {
    const refusing = otherwise({
      decide: (state, message, context) => {
        const decision = scriptedAggregate('order').decide(state, message, context)
        const isRefused = message.data['word'] === 'never' && decision.outcome.kind === 'applied'
        if (!isRefused) return decision
        const outcome = { kind: 'refused', reason: 'no', sentence: 'never' } as const
        return { outcome, state, events: [], intents: [], audit: [] }
      },
    })
    const { runtime, say, wordsOf } = aRuntime(refusing)
    for (const word of ['never', 'later']) {
      await runtime.receive({ ...envelope, document: waiting({ word, needs: 'first' }) })
    }
    await say('k1', { word: 'first' })
    expect(await wordsOf('4711')).toEqual(['first', 'later'])
    const { rows } = await runtime.queries.deadLetters({ tenant: 'acme' })
    expect(rows).toMatchObject([{ sentence: 'never', content: { kind: 'message' } }])
    expect((await runtime.queries.parked({ tenant: 'acme' })).rows).toEqual([])
  })

  it('that cannot be decided after all waits for a person too', async () => {
    const broken = otherwise({
      decide: (state, message, context) => {
        const isReady = asWords(state).includes('first') && message.data['word'] === 'bad'
        if (isReady) throw new Error('the rules are broken')
        return scriptedAggregate('order').decide(state, message, context)
      },
    })
    const { runtime, say, wordsOf } = aRuntime(broken)
    await runtime.receive({ ...envelope, document: waiting({ word: 'bad', needs: 'first' }) })
    await say('k1', { word: 'first' })
    expect(await wordsOf('4711')).toEqual(['first'])
    const { rows } = await runtime.queries.deadLetters({ tenant: 'acme' })
    expect(rows).toMatchObject([{ sentence: 'the rules are broken' }])
  })

  it('whose word was said meanwhile leaves without a trace', async () => {
    const { runtime, say, wordsOf } = aRuntime()
    const early = { word: 'same', needs: 'first' }
    await runtime.receive({ ...envelope, document: waiting(early) })
    await say('k1', { word: 'same' })
    await say('k2', { word: 'first' })
    expect(await wordsOf('4711')).toEqual(['same', 'first'])
    expect((await runtime.queries.parked({ tenant: 'acme' })).rows).toEqual([])
    expect((await runtime.queries.deadLetters({ tenant: 'acme' })).rows).toEqual([])
  })

  it('is tried again when a later message of its order was told by another order', async () => {
    const { runtime, say, wordsOf } = aRuntime()
    const early = { word: 'second', needs: 'first' }
    await say('k1', {
      word: 'start',
      intents: [tell('4712', early), tell('4712', { word: 'first' })],
    })
    await runtime.tick()
    expect(await wordsOf('4712')).toEqual(['first', 'second'])
  })
})

describe('a store that others write to', () => {
  const conflict = { kind: 'conflict', on: 'aggregate', key: 'x' } as const
  const overtaken = (times: number): Store => {
    const store = createMemoryStore()
    let left = times
    return {
      ...store,
      commit: async (commit) => {
        if (left <= 0) return store.commit(commit)
        left -= 1
        return conflict
      },
    }
  }

  it('makes a decision be taken again on what is stored by then', async () => {
    const { say, wordsOf } = aRuntime({ store: overtaken(3) })
    expect(await say('k1', { word: 'said' })).toMatchObject({ outcome: 'applied', version: 1 })
    expect(await wordsOf('4711')).toEqual(['said'])
  })

  it('is given up on after so many times, to be asked again later', async () => {
    const { say } = aRuntime({ store: overtaken(99), limits: { conflictRetriesMax: 2 } })
    await expect(say('k1', { word: 'said' })).rejects.toMatchObject({
      code: 'STORE_CONFLICT',
      retryable: true,
    })
  })
})

describe('a dead letter', () => {
  it('about a timer is kept with its case, routed as MODEL says where no rule can be asked', async () => {
    let isBroken = false
    const { runtime, clock, say } = aRuntime({
      policies: {
        pick: () => {
          if (isBroken) throw new CounterfoilError('RULE_SET_NOT_FOUND', 'no rules any more')
          return nothingAsked
        },
      },
    })
    await say('k1', {
      word: 'start',
      intents: [
        {
          kind: 'arm-timer',
          timerId: 'a',
          dueAt: instant('2026-11-25T10:00:00Z'),
          type: 'test.said',
          data: script({ word: 'rang' }),
        },
      ],
    })
    isBroken = true
    clock.advanceHours(2)
    expect(await runtime.tick()).toMatchObject({ timersFired: 1 })
    const { rows } = await runtime.queries.exceptions({ tenant: 'acme' })
    expect(rows).toMatchObject([
      {
        code: 'DEAD_LETTER',
        owner: { role: 'integration' },
        dueAt: '2026-11-25T15:00:00Z',
        policy: { reference: { ruleSet: 'runtime-fallback' } },
      },
    ])
  })
})

const nothingAsked = {
  references: [],
  matching: notAsked,
  tolerance: notAsked,
  timing: notAsked,
  approval: notAsked,
  conduct: notAsked,
  routing: notAsked,
}

function notAsked(): never {
  throw new Error('nothing is asked here')
}

describe('a question to the register that cannot be read', () => {
  it('waits for a person instead of stopping the queue', async () => {
    const { runtime, say, wordsOf } = aRuntime()
    const question: Intent = {
      kind: 'tell',
      to: anOrder('4712'),
      type: 'register.asked',
      data: messageData({ nonsense: true }),
    }
    await say('k1', { word: 'start', intents: [question, tell('4712', { word: 'next' })] })
    await runtime.tick()
    expect(await wordsOf('4712')).toEqual(['next'])
    const { rows } = await runtime.queries.deadLetters({ tenant: 'acme' })
    expect(rows).toMatchObject([{ sentence: expect.stringContaining('cannot be read') }])
  })
})

describe('a connector that brings something for a tenant it does not serve', () => {
  it('is reported, and nothing of it is taken in', async () => {
    const { runtime } = aRuntime({
      connectors: [
        {
          contract: 'v1',
          name: 'carrier',
          tenants: ['acme'],
          capabilities: { reads: ['milestone'], writes: [] },
          read: async () => ({
            deliveries: [{ ...envelope, tenant: 'other', body: 'x' }],
            cursor: '1',
            more: false,
          }),
          write: async () => ({ kind: 'applied', reference: null, repeated: false }),
        },
      ],
    })
    expect(await runtime.tick()).toMatchObject({
      deliveriesRead: 0,
      connectorsUnavailable: [{ sentence: expect.stringContaining('does not work') }],
    })
    expect((await runtime.queries.quarantined({ tenant: 'other' })).rows).toEqual([])
  })
})
