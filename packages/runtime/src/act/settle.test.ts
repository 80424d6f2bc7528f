import type { Actor, DocumentReader } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { anOrder, script, scriptedMilestone } from '../decide/scripted-order.examples.ts'
import { aRuntime, clerk, envelope } from '../scripted-runtime.examples.ts'

const notice = {
  kind: 'notify',
  role: 'buyer',
  topic: 'test',
  subject: 'order 4711',
  sentence: 'something happened',
} as const
const by = { tenant: 'acme', actor: clerk, note: 'nobody needs it any more' }

describe('a dead letter', () => {
  it('of an effect is given up with who did it and why, and its case is closed', async () => {
    const { runtime, say } = aRuntime()
    await say('k1', { word: 'start', intents: [notice] })
    await runtime.tick()
    const [letter] = (await runtime.queries.deadLetters({ tenant: 'acme' })).rows
    const deadLetterId = letter?.deadLetterId ?? ''
    const discard = { ...by, type: 'dead-letter.discarded', deadLetterId } as const
    expect(await runtime.act({ ...discard, idempotencyKey: 'd1' })).toMatchObject({
      outcome: 'applied',
    })
    expect(await runtime.act({ ...discard, idempotencyKey: 'd2' })).toMatchObject({
      outcome: 'refused',
      reason: 'ALREADY_SETTLED',
    })
    const [settled] = (await runtime.queries.deadLetters({ tenant: 'acme' })).rows
    expect(settled).toMatchObject({
      state: 'discarded',
      settled: { by: clerk, note: by.note },
      exception: { state: 'closed', resolution: { code: 'discard', by: 'kim' } },
    })
    const [effect] = (await runtime.queries.effects({ tenant: 'acme' })).rows
    expect(effect).toMatchObject({ state: 'discarded', sentence: by.note })
    expect(await runtime.tick()).toMatchObject({ effectsDelivered: 0, deadLetters: 0 })
  })

  it('of a message is given up and never told', async () => {
    const { runtime, say, wordsOf } = aRuntime()
    const data = script({ word: 'x', refuse: true })
    const tell = { kind: 'tell' as const, to: anOrder('4712'), type: 'test.said', data }
    await say('k1', { word: 'start', intents: [tell] })
    await runtime.tick()
    const [letter] = (await runtime.queries.deadLetters({ tenant: 'acme' })).rows
    await runtime.act({
      ...by,
      type: 'dead-letter.discarded',
      deadLetterId: letter?.deadLetterId ?? '',
      idempotencyKey: 'd1',
    })
    expect(await runtime.tick()).toMatchObject({ messages: 0, deadLetters: 0 })
    expect(await wordsOf('4712')).toEqual([])
  })

  it('is settled once when two people settle it at the same time through two processes', async () => {
    const { runtime, say, store } = aRuntime()
    const other = aRuntime({ store })
    await say('k1', { word: 'start', intents: [notice] })
    await runtime.tick()
    const [letter] = (await runtime.queries.deadLetters({ tenant: 'acme' })).rows
    const deadLetterId = letter?.deadLetterId ?? ''
    const answers = await Promise.all([
      runtime.act({ ...by, type: 'dead-letter.redriven', deadLetterId, idempotencyKey: 'd1' }),
      other.runtime.act({
        ...by,
        type: 'dead-letter.discarded',
        deadLetterId,
        idempotencyKey: 'd2',
      }),
    ])
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['applied', 'refused'])
  })

  it('is settled once when two people settle it at the same time', async () => {
    const { runtime, say } = aRuntime()
    await say('k1', { word: 'start', intents: [notice] })
    await runtime.tick()
    const [letter] = (await runtime.queries.deadLetters({ tenant: 'acme' })).rows
    const deadLetterId = letter?.deadLetterId ?? ''
    const answers = await Promise.all([
      runtime.act({ ...by, type: 'dead-letter.redriven', deadLetterId, idempotencyKey: 'd1' }),
      runtime.act({ ...by, type: 'dead-letter.discarded', deadLetterId, idempotencyKey: 'd2' }),
    ])
    expect(answers.map(({ outcome }) => outcome)).toEqual(['applied', 'refused'])
  })

  it('nobody knows is refused', async () => {
    const { runtime } = aRuntime()
    const unknown = { ...by, type: 'dead-letter.redriven', deadLetterId: 'none' } as const
    expect(await runtime.act({ ...unknown, idempotencyKey: 'd1' })).toMatchObject({
      outcome: 'refused',
      reason: 'NOT_FOUND',
    })
  })
})

describe('a quarantined document', () => {
  it('nobody knows is refused', async () => {
    const { runtime } = aRuntime()
    const unknown = { ...by, type: 'quarantine.discarded', quarantineId: 'none' } as const
    expect(await runtime.act({ ...unknown, idempotencyKey: 'd1' })).toMatchObject({
      outcome: 'refused',
      reason: 'NOT_FOUND',
    })
  })

  it('is settled once when two people settle it at the same time', async () => {
    const { runtime } = aRuntime()
    const [answer] = (await runtime.receive({ ...envelope, body: 'junk' })).documents
    const quarantineId = answer?.outcome === 'quarantined' ? answer.quarantineId : ''
    const discard = { ...by, type: 'quarantine.discarded', quarantineId } as const
    const answers = await Promise.all(
      ['d1', 'd2'].map((idempotencyKey) => runtime.act({ ...discard, idempotencyKey })),
    )
    expect(answers.map(({ outcome }) => outcome)).toEqual(['applied', 'refused'])
  })

  describe('is in the work queue', () => {
    const reader: DocumentReader = {
      format: 'api',
      recognises: (text) => text.startsWith('{'),
      read: (raw) => [
        { document: JSON.parse(raw) as never, findings: [], raw, deliveryKey: 'd-1' },
      ],
    }
    const mended = JSON.stringify(scriptedMilestone({ number: 'M1', word: 'left' }))
    const quarantined = async () => {
      const { runtime, wordsOf } = aRuntime({ readers: [reader] })
      const send = () => runtime.receive({ ...envelope, supplier: 'S100', body: 'junk' })
      const [answer] = (await send()).documents
      await send()
      const quarantineId = answer?.outcome === 'quarantined' ? answer.quarantineId : ''
      const { rows } = await runtime.queries.exceptions({ tenant: 'acme' })
      const caseNow = () => runtime.queries.exception({ tenant: 'acme', exceptionId: quarantineId })
      return { runtime, wordsOf, quarantineId, rows, caseNow }
    }

    it('once, with an owner, a due time and what to do', async () => {
      const { runtime, quarantineId, rows } = await quarantined()
      expect(rows).toMatchObject([
        {
          exceptionId: quarantineId,
          code: 'MAPPING_FAILED',
          subject: { aggregate: 'document', key: `acme/0001/${quarantineId}` },
          owner: { role: 'integration-desk' },
          dueAt: '2026-11-25T13:00:00Z',
          sentence: expect.stringMatching(/Send it again repaired, or discard it$/),
        },
      ])
      const { rows: ofSupplier } = await runtime.queries.exceptions({
        tenant: 'acme',
        supplier: 'S100',
        buyerOrganisation: '0001',
      })
      expect(ofSupplier).toHaveLength(1)
    })

    it('until it is sent again repaired', async () => {
      const { runtime, wordsOf, quarantineId, caseNow } = await quarantined()
      const repair = { ...by, type: 'quarantine.repaired', quarantineId } as const
      const still = await runtime.act({ ...repair, body: 'junk again', idempotencyKey: 'r1' })
      expect(still).toMatchObject({ outcome: 'refused', reason: 'STILL_UNUSABLE' })
      expect((await runtime.queries.exceptions({ tenant: 'acme' })).rows).toHaveLength(1)
      await runtime.act({ ...repair, body: mended, idempotencyKey: 'r2' })
      expect(await wordsOf('4711')).toEqual(['left'])
      expect((await runtime.queries.exceptions({ tenant: 'acme' })).rows).toEqual([])
      expect(await caseNow()).toMatchObject({
        state: 'closed',
        resolution: { code: 'repair-replay', by: 'kim', note: by.note },
      })
    })

    it('and is not for the supplier to settle', async () => {
      const { runtime, quarantineId, caseNow } = await quarantined()
      const actor: Actor = { kind: 'supplier-user', id: 'sue', roles: [] }
      const repair = { ...by, actor, type: 'quarantine.repaired', quarantineId } as const
      expect(await runtime.act({ ...repair, body: mended, idempotencyKey: 's1' })).toMatchObject({
        outcome: 'refused',
        reason: 'NOT_A_BUYER',
      })
      expect(await caseNow()).toMatchObject({ state: 'detected' })
    })

    it('until it is discarded', async () => {
      const { runtime, quarantineId, caseNow } = await quarantined()
      const discard = { ...by, type: 'quarantine.discarded', quarantineId } as const
      await runtime.act({ ...discard, idempotencyKey: 'd1' })
      expect(await caseNow()).toMatchObject({ state: 'closed', resolution: { code: 'discard' } })
    })
  })
})

describe('a command', () => {
  it('that comes too early is parked and applied after what it waits for, under the first answer', async () => {
    const { say, wordsOf } = aRuntime()
    const early = await say('k1', { word: 'second', needs: 'first' })
    expect(early).toMatchObject({ outcome: 'parked', reason: 'too-early' })
    await say('k2', { word: 'first' })
    expect(await wordsOf('4711')).toEqual(['first', 'second'])
    expect(await say('k1', { word: 'second', needs: 'first' })).toEqual(early)
  })

  it('that says what was said before is a duplicate', async () => {
    const { say } = aRuntime()
    await say('k1', { word: 'said' })
    expect(await say('k2', { word: 'said' })).toMatchObject({ outcome: 'duplicate' })
  })

  it("about something nobody decides about here is the caller's mistake", async () => {
    const { runtime } = aRuntime({ aggregates: [] })
    const command = {
      tenant: 'acme',
      aggregate: anOrder('4711'),
      type: 'test.said',
      data: script({ word: 'x' }),
      actor: clerk,
      expectedVersion: null,
      idempotencyKey: 'k',
    }
    await expect(runtime.act(command)).rejects.toMatchObject({ code: 'COMMAND_INVALID' })
  })
})
