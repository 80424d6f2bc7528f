import {
  type Connector,
  CounterfoilError,
  type DocumentReader,
  type WriteAnswer,
  type WriteRequest,
} from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import {
  anOrder,
  type Script,
  script,
  scriptedMilestone,
} from './decide/scripted-order.examples.ts'
import { aRuntime, clerk, envelope } from './scripted-runtime.examples.ts'

/** A connector that answers as told, and remembers what it was asked. */
function aConnector(answers: readonly (WriteAnswer | Error)[] = []) {
  const asked: WriteRequest[] = []
  const connector: Connector = {
    contract: 'v1',
    name: 'desk',
    capabilities: { reads: [], writes: ['notify', 'write-back/erp'] },
    read: async () => ({ deliveries: [], cursor: null, more: false }),
    write: async (request) => {
      asked.push(request)
      const answer = answers[asked.length - 1]
      if (answer instanceof Error) throw answer
      return answer ?? { kind: 'applied', reference: 'R1', repeated: false }
    },
  }
  return { connector, asked }
}

const notice = {
  kind: 'notify',
  role: 'buyer',
  topic: 'test',
  subject: 'order 4711',
  sentence: 'something happened',
} as const
const outage = new CounterfoilError('CONNECTOR_UNAVAILABLE', 'no answer', { retryable: true })

describe('receive', () => {
  it('accepts a document and answers it once more as a duplicate', async () => {
    const { runtime, wordsOf } = aRuntime()
    const delivery = { ...envelope, document: scriptedMilestone({ number: 'M1', word: 'left' }) }
    const first = await runtime.receive(delivery)
    const second = await runtime.receive(delivery)
    expect(first.documents).toMatchObject([{ outcome: 'accepted', aggregates: [anOrder('4711')] }])
    expect(second.documents).toMatchObject([{ outcome: 'duplicate', first: 'accepted' }])
    expect(await wordsOf('4711')).toEqual(['left'])
  })

  it('knows a document that comes by another way as a duplicate', async () => {
    const { runtime, wordsOf } = aRuntime()
    const document = scriptedMilestone({ number: 'M1', word: 'left' })
    await runtime.receive({ ...envelope, document })
    const second = await runtime.receive({ ...envelope, connection: 'mail', document })
    expect(second.documents[0]?.outcome).toBe('duplicate')
    expect(await wordsOf('4711')).toEqual(['left'])
  })

  it('hands a document with other content under the same number to its aggregate, with a warning', async () => {
    const { runtime, wordsOf } = aRuntime()
    const send = (word: string) =>
      runtime.receive({ ...envelope, document: scriptedMilestone({ number: 'M1', word }) })
    await send('left')
    const second = await send('stayed')
    expect(second.documents[0]).toMatchObject({
      outcome: 'accepted',
      findings: [{ rule: 'document-content-conflicts', severity: 'warning' }],
    })
    expect(await wordsOf('4711')).toEqual(['left', 'stayed'])
  })

  it('keeps both of two deliveries that carry the same delivery key', async () => {
    const { runtime, wordsOf } = aRuntime()
    const send = (number: string, word: string) =>
      runtime.receive({
        ...envelope,
        deliveryKey: 'interchange-1',
        document: scriptedMilestone({ number, word }),
      })
    await send('M1', 'one')
    const second = await send('M2', 'two')
    const again = await send('M2', 'two')
    expect(second.documents[0]).toMatchObject({ findings: [{ rule: 'delivery-key-reused' }] })
    expect(again.documents[0]?.outcome).toBe('duplicate')
    expect(await wordsOf('4711')).toEqual(['one', 'two'])
  })

  it('parks what comes too early and applies it after what it waits for', async () => {
    const { runtime, wordsOf } = aRuntime()
    const early = scriptedMilestone({ number: 'M2', word: 'arrived', needs: 'left' })
    const answer = await runtime.receive({ ...envelope, document: early })
    expect(answer.documents[0]).toMatchObject({ outcome: 'parked', reason: 'too-early' })
    expect((await runtime.queries.parked({ tenant: 'acme' })).rows).toHaveLength(1)
    const late = scriptedMilestone({ number: 'M1', word: 'left' })
    await runtime.receive({ ...envelope, document: late })
    expect(await wordsOf('4711')).toEqual(['left', 'arrived'])
    expect((await runtime.queries.parked({ tenant: 'acme' })).rows).toEqual([])
  })

  it('applies a chain of parked documents, whatever order they were parked in', async () => {
    const { runtime, wordsOf } = aRuntime()
    const chain = [
      { word: 'd', needs: 'c' },
      { word: 'b', needs: 'a' },
      { word: 'c', needs: 'b' },
    ]
    for (const [index, said] of chain.entries()) {
      const document = scriptedMilestone({ number: `M${index}`, ...said })
      await runtime.receive({ ...envelope, document })
    }
    const first = scriptedMilestone({ number: 'M9', word: 'a' })
    await runtime.receive({ ...envelope, document: first })
    expect(await wordsOf('4711')).toEqual(['a', 'b', 'c', 'd'])
  })

  it('tells all orders of a document or none', async () => {
    const { runtime, wordsOf } = aRuntime()
    const both = scriptedMilestone({ number: 'M1', word: 'left', order: '4711 4712' })
    await runtime.receive({ ...envelope, document: both })
    const refused = scriptedMilestone({ number: 'M2', word: 'no', refuse: true, order: '4711' })
    const answer = await runtime.receive({ ...envelope, document: refused })
    expect(answer.documents[0]).toMatchObject({ outcome: 'quarantined', reason: 'REFUSED' })
    expect(await wordsOf('4711')).toEqual(['left'])
    expect(await wordsOf('4712')).toEqual(['left'])
  })

  it('never throws on a bad document: every one is quarantined whole, with what is wrong', async () => {
    const { runtime } = aRuntime()
    const cases = [
      { ...envelope, body: 'no reader knows this' },
      { ...envelope, document: { kind: 'milestone' } as never },
      { ...envelope, document: scriptedMilestone({ number: 'M1', word: 'x', fail: true }) },
      { ...envelope, document: scriptedMilestone({ number: 'M2', word: 'x', order: '' }) },
      { ...envelope, document: scriptedMilestone({ number: 'M3', word: 'x', tenant: 'other' }) },
    ]
    const answers = []
    for (const one of cases) answers.push((await runtime.receive(one)).documents[0])
    expect(answers.map((answer) => answer?.outcome === 'quarantined' && answer.reason)).toEqual([
      'NOT_RECOGNISED',
      'UNREADABLE',
      'UNDECIDABLE',
      'NOT_ADDRESSABLE',
      'WRONG_ADDRESSEE',
    ])
    const kept = await runtime.queries.quarantined({ tenant: 'acme' })
    expect(kept.rows.map(({ raw }) => raw)[0]).toBe('no reader knows this')
    expect(kept.rows).toHaveLength(5)
  })

  it('keeps apart and whole what is not even JSON', async () => {
    const { runtime } = aRuntime()
    const endless: Record<string, unknown> = { word: 'endless' }
    endless['self'] = endless
    const broken = {
      get kind(): string {
        throw new Error('no kind')
      },
    }
    const half = { ...scriptedMilestone({ number: 'M1', word: 'x' }), shipNoticeNumber: 'A\ud800' }
    for (const document of [half, { a: 1n }, { a: undefined, b: 2 }, endless, broken, null, 7]) {
      const answer = await runtime.receive({ ...envelope, document: document as never })
      expect(answer.documents).toMatchObject([{ outcome: 'quarantined', reason: 'UNREADABLE' }])
    }
    const kept = await runtime.queries.quarantined({ tenant: 'acme' })
    expect(kept.rows.map(({ raw }) => raw).slice(1)).toEqual([
      '{"a":"1n"}',
      '{"b":2}',
      '{"word":"endless","self":"(written down before)"}',
      '(cannot be written down: no kind)',
      'null',
      '7',
    ])
    expect(kept.rows[0]?.raw).toContain('"shipNoticeNumber":"A\\ud800"')
  })

  it('quarantines the same bad delivery once', async () => {
    const { runtime } = aRuntime()
    await runtime.receive({ ...envelope, body: 'nonsense' })
    const again = await runtime.receive({ ...envelope, body: 'nonsense' })
    expect(again.documents[0]).toMatchObject({ outcome: 'duplicate', first: 'quarantined' })
    expect((await runtime.queries.quarantined({ tenant: 'acme' })).rows).toHaveLength(1)
  })

  it('throws only on an envelope that says not whose it is', async () => {
    const { runtime } = aRuntime()
    const delivery = { ...envelope, tenant: '', body: 'x' }
    await expect(runtime.receive(delivery)).rejects.toMatchObject({ code: 'COMMAND_INVALID' })
  })

  it('answers many at once, each on its own', async () => {
    const { runtime, wordsOf } = aRuntime()
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        runtime.receive({
          ...envelope,
          document: scriptedMilestone({
            number: `M${index}`,
            word: `w${index}`,
            fail: index % 10 === 3,
          }),
        }),
      ),
    )
    const outcomes = answers.map(({ documents }) => documents[0]?.outcome)
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(180)
    expect(outcomes.filter((outcome) => outcome === 'quarantined')).toHaveLength(20)
    expect(await wordsOf('4711')).toHaveLength(180)
  })
})

describe('act', () => {
  it('gives a repeat the first answer, and refuses the key for another command', async () => {
    const { say, wordsOf } = aRuntime()
    const first = await say('k1', { word: 'noted' })
    expect(first).toMatchObject({ outcome: 'applied', version: 1 })
    expect(await say('k1', { word: 'noted' })).toEqual(first)
    expect(await say('k1', { word: 'else' })).toMatchObject({ reason: 'IDEMPOTENCY_KEY_REUSED' })
    expect(await wordsOf('4711')).toEqual(['noted'])
  })

  it('refuses a command on an older version as data, and takes it on the current one', async () => {
    const { say } = aRuntime()
    await say('k1', { word: 'one' })
    expect(await say('k2', { word: 'two' }, 0)).toMatchObject({
      outcome: 'version-conflict',
      code: 'VERSION_CONFLICT',
      currentVersion: 1,
    })
    expect(await say('k2', { word: 'two' }, 1)).toMatchObject({ outcome: 'applied', version: 2 })
  })

  it('says why a command is refused and keeps that answer', async () => {
    const { say } = aRuntime()
    const first = await say('k1', { word: 'no', refuse: true })
    expect(first).toEqual({ outcome: 'refused', reason: 'no', sentence: 'no is refused' })
    expect(await say('k1', { word: 'no', refuse: true })).toEqual(first)
  })

  it('lets a broken decision fail for its caller alone', async () => {
    const { say, wordsOf } = aRuntime()
    const [good, bad] = await Promise.allSettled([
      say('k1', { word: 'good' }),
      say('k2', { word: 'bad', fail: true }),
    ])
    expect([good?.status, bad?.status]).toEqual(['fulfilled', 'rejected'])
    expect(await wordsOf('4711')).toEqual(['good'])
  })

  it('refuses a malformed command, and one about another tenant', async () => {
    const { runtime } = aRuntime()
    const command = {
      tenant: 'acme',
      aggregate: anOrder('4711', 'other'),
      type: 'test.said',
      data: script({ word: 'x' }),
      actor: clerk,
      expectedVersion: null,
      idempotencyKey: 'k',
    }
    await expect(runtime.act(command)).rejects.toMatchObject({ code: 'COMMAND_INVALID' })
    await expect(
      runtime.act({ ...command, aggregate: anOrder('4711'), type: 'Nonsense' }),
    ).rejects.toMatchObject({ code: 'COMMAND_INVALID' })
  })
})

describe('quarantine', () => {
  const reader: DocumentReader = {
    format: 'api',
    recognises: () => true,
    read: (text: string) => {
      const isGood = text.startsWith('{')
      return [
        {
          document: isGood ? JSON.parse(text) : null,
          findings: isGood
            ? []
            : [
                {
                  rule: 'not-json',
                  severity: 'error',
                  position: { offset: 0, line: 1, column: 1, path: '' },
                  excerpt: text.slice(0, 10),
                  sentence: 'this is no JSON',
                },
              ],
          raw: text,
          deliveryKey: 'portal/1',
        },
      ]
    },
  }

  it('sends a repaired document again, once', async () => {
    const { runtime, wordsOf } = aRuntime({ readers: [reader] })
    const [answer] = (await runtime.receive({ ...envelope, body: 'broken' })).documents
    if (answer?.outcome !== 'quarantined') throw new Error('expected a quarantined document')
    const repair = {
      type: 'quarantine.repaired',
      tenant: 'acme',
      quarantineId: answer.quarantineId,
      actor: clerk,
      note: 'mended the first line',
    } as const
    const stillBad = await runtime.act({ ...repair, body: 'still broken', idempotencyKey: 'r1' })
    expect(stillBad).toMatchObject({ outcome: 'refused', reason: 'STILL_UNUSABLE' })
    const body = JSON.stringify(scriptedMilestone({ number: 'M1', word: 'left' }))
    const good = await runtime.act({ ...repair, body, idempotencyKey: 'r2' })
    expect(good).toMatchObject({ outcome: 'applied', documents: [{ outcome: 'accepted' }] })
    const again = await runtime.act({ ...repair, body, idempotencyKey: 'r3' })
    expect(again).toMatchObject({ outcome: 'refused', reason: 'ALREADY_SETTLED' })
    expect(await wordsOf('4711')).toEqual(['left'])
    const [kept] = (await runtime.queries.quarantined({ tenant: 'acme' })).rows
    expect(kept).toMatchObject({ state: 'repaired', settled: { note: 'mended the first line' } })
  })

  it('keeps a discarded document on record, with who gave it up and why', async () => {
    const { runtime } = aRuntime({ readers: [reader] })
    const [answer] = (await runtime.receive({ ...envelope, body: 'junk' })).documents
    if (answer?.outcome !== 'quarantined') throw new Error('expected a quarantined document')
    await runtime.act({
      type: 'quarantine.discarded',
      tenant: 'acme',
      quarantineId: answer.quarantineId,
      actor: clerk,
      note: 'advertising',
      idempotencyKey: 'd1',
    })
    const { rows } = await runtime.queries.quarantined({ tenant: 'acme', state: 'discarded' })
    expect(rows).toMatchObject([{ raw: 'junk', settled: { by: clerk, note: 'advertising' } }])
  })
})

describe('tick', () => {
  it('tells other aggregates in order and once', async () => {
    const { runtime, say, wordsOf } = aRuntime()
    const tell = (word: string) => ({
      kind: 'tell' as const,
      to: anOrder('4712'),
      type: 'test.said',
      data: script({ word }),
    })
    await say('k1', { word: 'start', intents: [tell('one'), tell('two'), tell('one')] })
    expect(await wordsOf('4712')).toEqual([])
    expect(await runtime.tick()).toMatchObject({ messages: 3, finished: true })
    expect(await runtime.tick()).toMatchObject({ messages: 0 })
    expect(await wordsOf('4712')).toEqual(['one', 'two'])
    const order = await runtime.queries.aggregate({ tenant: 'acme', reference: anOrder('4711') })
    expect(order?.linked).toEqual([anOrder('4712')])
  })

  it('sets a message aside that cannot be decided, with a case, and goes on with the next', async () => {
    const { runtime, say, wordsOf } = aRuntime()
    const tell = (said: Script) => ({
      kind: 'tell' as const,
      to: anOrder('4712'),
      type: 'test.said',
      data: script(said),
    })
    await say('k1', {
      word: 'start',
      intents: [tell({ word: 'bad', fail: true }), tell({ word: 'good' })],
    })
    await runtime.tick()
    expect(await wordsOf('4712')).toEqual(['good'])
    const { rows } = await runtime.queries.deadLetters({ tenant: 'acme' })
    expect(rows).toMatchObject([{ state: 'waiting', sentence: 'cannot decide about bad' }])
    const cases = await runtime.queries.exceptions({
      tenant: 'acme',
      ownerRole: 'integration-desk',
    })
    expect(cases.rows).toMatchObject([{ code: 'DEAD_LETTER', dueAt: '2026-11-25T13:00:00Z' }])
  })

  it('fires a due timer once, and not one that was cancelled', async () => {
    const { runtime, clock, say, wordsOf } = aRuntime()
    const arm = (timerId: string, dueAt: string, word: string) => ({
      kind: 'arm-timer' as const,
      timerId,
      dueAt,
      type: 'test.said',
      data: script({ word }),
    })
    await say('k1', {
      word: 'start',
      intents: [
        arm('a', '2026-11-25T10:00:00Z', 'rang a'),
        arm('b', '2026-11-25T10:00:00Z', 'rang b'),
        arm('c', '2026-11-25T10:00:00Z', 'rang c'),
      ],
    })
    await say('k2', {
      word: 'next',
      intents: [
        { kind: 'cancel-timer', timerId: 'b' },
        arm('c', '2026-11-25T12:00:00Z', 'rang c late'),
      ],
    })
    expect(await runtime.tick()).toMatchObject({ timersFired: 0 })
    clock.advanceTo('2026-11-25T11:00:00Z')
    expect(await runtime.tick()).toMatchObject({ timersFired: 1 })
    expect(await runtime.tick()).toMatchObject({ timersFired: 0 })
    clock.advanceHours(2)
    await runtime.tick()
    expect(await wordsOf('4711')).toEqual(['start', 'next', 'rang a', 'rang c late'])
  })

  it('delivers an effect with its key, tells the answer back, and never delivers it again (R-51)', async () => {
    const { connector, asked } = aConnector()
    const { runtime, say, wordsOf } = aRuntime({ connectors: [connector] })
    const writeBack = {
      kind: 'write-back',
      system: 'erp',
      record: 'PO-4711',
      expectedVersion: 1,
      data: {},
    } as const
    await say('k1', { word: 'start', intents: [notice, writeBack] })
    expect(await runtime.tick()).toMatchObject({ effectsDelivered: 2, messages: 1 })
    expect(await runtime.tick()).toMatchObject({ effectsDelivered: 0 })
    expect(asked.map(({ idempotencyKey }) => idempotencyKey).toSorted()).toEqual([
      'command:k1#0/0',
      'command:k1#0/1',
    ])
    expect(await wordsOf('4711')).toEqual(['start', 'PO-4711 applied'])
  })

  it('tries a failed effect again under the same key, later each time, then sets it aside (R-59)', async () => {
    const { connector, asked } = aConnector([outage, outage, outage])
    const { runtime, clock, say } = aRuntime({
      connectors: [connector],
      limits: { effectAttemptsMax: 3, retryDelaySeconds: 10 },
    })
    await say('k1', { word: 'start', intents: [notice] })
    expect(await runtime.tick()).toMatchObject({ effectsRetried: 1 })
    expect(await runtime.tick()).toMatchObject({ effectsRetried: 0 })
    clock.advanceHours(10 / 3600)
    expect(await runtime.tick()).toMatchObject({ effectsRetried: 1 })
    clock.advanceHours(10 / 3600)
    expect(await runtime.tick()).toMatchObject({ effectsRetried: 0, deadLetters: 0 })
    clock.advanceHours(10 / 3600)
    expect(await runtime.tick()).toMatchObject({ deadLetters: 1 })
    expect(new Set(asked.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)
    const [letter] = (await runtime.queries.deadLetters({ tenant: 'acme' })).rows
    expect(letter).toMatchObject({ attempts: 3, sentence: 'desk: no answer', state: 'waiting' })
  })

  it('delivers a dead letter after all when somebody redrives it, under its old key (R-59)', async () => {
    const { connector, asked } = aConnector([
      { kind: 'refused', reason: 'no', sentence: 'unknown role' },
    ])
    const { runtime, say } = aRuntime({ connectors: [connector] })
    await say('k1', { word: 'start', intents: [notice] })
    expect(await runtime.tick()).toMatchObject({ deadLetters: 1 })
    const [letter] = (await runtime.queries.deadLetters({ tenant: 'acme' })).rows
    await runtime.act({
      type: 'dead-letter.redriven',
      tenant: 'acme',
      deadLetterId: letter?.deadLetterId ?? '',
      actor: clerk,
      note: 'the role exists now',
      idempotencyKey: 'd1',
    })
    expect(await runtime.tick()).toMatchObject({ effectsDelivered: 1 })
    expect(asked.map(({ idempotencyKey }) => idempotencyKey)).toEqual([
      'command:k1#0/0',
      'command:k1#0/0',
    ])
    expect((await runtime.queries.exceptions({ tenant: 'acme' })).rows).toEqual([])
    expect((await runtime.queries.exceptions({ tenant: 'acme', open: false })).rows).toHaveLength(1)
  })

  it('redrives a dead message once its reason is gone', async () => {
    const { runtime, say, wordsOf } = aRuntime()
    const data = script({ word: 'x', refuseUnless: 'open' })
    const tell = { kind: 'tell' as const, to: anOrder('4712'), type: 'test.said', data }
    await say('k1', { word: 'start', intents: [tell] })
    await runtime.tick()
    const redrive = async (idempotencyKey: string) => {
      const { rows } = await runtime.queries.deadLetters({ tenant: 'acme' })
      const deadLetterId = rows[0]?.deadLetterId ?? ''
      const type = 'dead-letter.redriven' as const
      const note = 'try again'
      await runtime.act({ type, tenant: 'acme', deadLetterId, actor: clerk, note, idempotencyKey })
      await runtime.tick()
      return wordsOf('4712')
    }
    expect(await redrive('d1')).toEqual([])
    const open = { ...tell, data: script({ word: 'open' }) }
    await say('k2', { word: 'next', intents: [open] })
    await runtime.tick()
    expect(await redrive('d2')).toEqual(['open', 'x'])
    expect((await runtime.queries.exceptions({ tenant: 'acme' })).rows).toEqual([])
  })

  it('sets an effect aside at once when no connector takes it', async () => {
    const { runtime, say } = aRuntime()
    await say('k1', { word: 'start', intents: [notice] })
    expect(await runtime.tick()).toMatchObject({ deadLetters: 1 })
    const [letter] = (await runtime.queries.deadLetters({ tenant: 'acme' })).rows
    expect(letter?.sentence).toContain('no connector takes `notify`')
  })

  it('takes in what waits at a connector and goes on where it stopped', async () => {
    const deliveries = Array.from({ length: 5 }, (_, index) => ({
      ...envelope,
      document: scriptedMilestone({ number: `M${index}`, word: `w${index}` }),
    }))
    const cursorsSeen: (string | null)[] = []
    const connector: Connector = {
      contract: 'v1',
      name: 'carrier',
      capabilities: { reads: ['milestone'], writes: [] },
      read: async ({ cursor, limit }) => {
        cursorsSeen.push(cursor)
        const from = Number(cursor ?? '0')
        const page = deliveries.slice(from, from + limit)
        return {
          deliveries: page,
          cursor: String(from + page.length),
          more: from + page.length < deliveries.length,
        }
      },
      write: async () => ({ kind: 'applied', reference: null, repeated: false }),
    }
    const { runtime, wordsOf } = aRuntime({ connectors: [connector], limits: { readPageMax: 2 } })
    expect(await runtime.tick()).toMatchObject({ deliveriesRead: 5 })
    expect(await runtime.tick()).toMatchObject({ deliveriesRead: 0 })
    expect(cursorsSeen).toEqual([null, '2', '4', '5'])
    expect(await wordsOf('4711')).toHaveLength(5)
  })

  it('waits for a connector that never answers no longer than the lease, and tries again later', async () => {
    const signals: AbortSignal[] = []
    const silent: Connector = {
      ...aConnector().connector,
      capabilities: { reads: ['milestone'], writes: ['notify'] },
      read: ({ signal }) => {
        signals.push(signal)
        return new Promise(() => undefined)
      },
      write: ({ signal }) => {
        signals.push(signal)
        return new Promise(() => undefined)
      },
    }
    const { runtime, clock, say } = aRuntime({ connectors: [silent], limits: { leaseSeconds: 60 } })
    await say('k1', { word: 'start', intents: [notice] })
    const ticking = runtime.tick()
    await expect.poll(() => signals.length).toBe(1)
    clock.advanceTo('2026-11-25T09:01:00Z')
    await expect.poll(() => signals.length).toBe(2)
    clock.advanceTo('2026-11-25T09:01:45Z')
    expect(await ticking).toMatchObject({
      effectsRetried: 1,
      connectorsUnavailable: [
        { connector: 'desk', sentence: 'no answer until 2026-11-25T09:01:00Z' },
      ],
    })
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
    const [effect] = (await runtime.queries.effects({ tenant: 'acme' })).rows
    expect(effect).toMatchObject({
      state: 'waiting',
      sentence: 'desk: no answer until 2026-11-25T09:01:45Z',
    })
    await runtime.close()
  })

  it('reports a connector that cannot be read and does the rest', async () => {
    const broken: Connector = {
      ...aConnector().connector,
      capabilities: { reads: ['milestone'], writes: [] },
      read: async () => {
        throw outage
      },
    }
    const { runtime } = aRuntime({ connectors: [broken] })
    expect(await runtime.tick()).toMatchObject({
      connectorsUnavailable: [{ connector: 'desk', sentence: 'no answer' }],
      finished: true,
    })
  })
})

describe('run', () => {
  it('wakes for what comes in and for timers, and ends when told to', async () => {
    const { runtime, clock, say, wordsOf } = aRuntime()
    const stop = new AbortController()
    const running = runtime.run({ signal: stop.signal })
    const arm = {
      kind: 'arm-timer' as const,
      timerId: 'a',
      dueAt: '2026-11-25T09:00:01Z',
      type: 'test.said',
      data: script({ word: 'rang' }),
    }
    await say('k1', { word: 'start', intents: [arm] })
    await expect
      .poll(async () => {
        clock.advanceTo('2026-11-25T09:00:02Z')
        return wordsOf('4711')
      })
      .toEqual(['start', 'rang'])
    stop.abort()
    await running
  })

  it('starts nothing before it is called, and nothing works after closing', async () => {
    const { runtime } = aRuntime()
    await runtime.close()
    await runtime.close()
    const delivery = { ...envelope, body: 'x' }
    await expect(runtime.receive(delivery)).rejects.toMatchObject({ code: 'RUNTIME_CLOSED' })
    await expect(runtime.tick()).rejects.toMatchObject({ code: 'RUNTIME_CLOSED' })
    await expect(runtime.queries.parked({ tenant: 'acme' })).rejects.toMatchObject({
      code: 'RUNTIME_CLOSED',
    })
  })
})

describe('queries', () => {
  it('tell the story of an order with the audit of every step (R-32, R-60)', async () => {
    const { runtime, say } = aRuntime()
    await say('k1', { word: 'one', derived: 1 })
    await say('k2', { word: 'two' })
    const story = await runtime.queries.timeline({ tenant: 'acme', orderKey: 'acme/0001/4711' })
    expect(story.rows.map(({ type, sequence }) => [type, sequence])).toEqual([
      ['test.said', 1],
      ['word.derived', 2],
      ['test.said', 3],
    ])
    expect(story.rows.map(({ audit }) => audit.length)).toEqual([1, 0, 1])
    const page = await runtime.queries.timeline({
      tenant: 'acme',
      orderKey: 'acme/0001/4711',
      limit: 2,
    })
    const rest = await runtime.queries.timeline({
      tenant: 'acme',
      orderKey: 'acme/0001/4711',
      limit: 2,
      ...(page.cursor === null ? {} : { cursor: page.cursor }),
    })
    expect([...page.rows, ...rest.rows]).toEqual(story.rows)
  })

  it('never show one tenant anything of another', async () => {
    const { runtime, say } = aRuntime()
    await say('k1', { word: 'one', intents: [notice] })
    await runtime.receive({ ...envelope, body: 'junk' })
    await runtime.tick()
    const { queries } = runtime
    const seen = await Promise.all([
      queries.events({ tenant: 'other' }),
      queries.audit({ tenant: 'other' }),
      queries.effects({ tenant: 'other' }),
      queries.quarantined({ tenant: 'other' }),
      queries.deadLetters({ tenant: 'other' }),
      queries.exceptions({ tenant: 'other', open: 'both' }),
    ])
    expect(seen.map(({ rows }) => rows)).toEqual([[], [], [], [], [], []])
    const own = await queries.aggregate({ tenant: 'other', reference: anOrder('4711') })
    expect(own).toBeNull()
  })
})
