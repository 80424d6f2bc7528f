import {
  answerFromDirectory,
  AuthorityDirectory,
  type AuthorityQuestion,
} from '@counterfoil/core/authority'
import { aPolicy, aPurchaseOrder } from '@counterfoil/core/examples'
import { type Actor, hashOf, money, orderAggregate, orderKey } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { createRuntime } from '../create-runtime.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import type { RuntimeSettings } from '../runtime.ts'
import { envelope } from '../scripted-runtime.examples.ts'

const person = (id: string): Actor => ({ kind: 'user', id, roles: [] })
const directory = AuthorityDirectory.parse({
  holders: [
    { person: 'anna', role: 'buyer' },
    { person: 'carl', role: 'head-of-purchasing' },
    { person: 'lena', role: 'team-lead' },
  ],
  roles: [
    { role: 'buyer', actions: ['order.drafted', 'order.submitted'], limit: null },
    { role: 'team-lead', decisionTypes: ['order'], limit: money('100', 'EUR') },
    { role: 'head-of-purchasing', decisionTypes: ['order'], limit: money('200', 'EUR') },
  ],
  delegations: [
    {
      delegationId: 'd1',
      from: 'carl',
      to: 'dora',
      decisionTypes: ['order'],
      validFrom: '2026-11-20',
      validTo: '2026-11-30',
      reason: 'on holiday',
    },
  ],
})

/** A runtime whose host answers from the directory; ten pieces at 12.40 make an order of 124.00 EUR. */
function anAskingRuntime(also: Partial<RuntimeSettings> = {}) {
  const questions: AuthorityQuestion[] = []
  const store = createMemoryStore()
  const runtime = createRuntime({
    store,
    policies: { pick: () => aPolicy() },
    connectors: [],
    clock: createVirtualClock('2026-11-25T09:00:00Z'),
    authority: async (question) => {
      questions.push(question)
      return answerFromDirectory(directory, question)
    },
    ...also,
  })
  const document = aPurchaseOrder()
  const key = orderKey(document)
  const say = (
    type: string,
    by: Actor,
    data: object = {},
    idempotencyKey = `${type} ${hashOf(by.id)}`,
  ) =>
    runtime.act({
      tenant: 'acme',
      aggregate: { kind: 'order', key },
      type,
      data: data as never,
      actor: by,
      expectedVersion: null,
      idempotencyKey,
    })
  const events = async () => {
    const aggregates = [{ kind: 'order' as const, key }]
    return (await store.events({ tenant: 'acme', aggregates, limit: 50 })).rows
  }
  return { runtime, store, questions, say, key, document, events }
}

describe('a runtime whose host says who may do what', () => {
  const written = async (also: Partial<RuntimeSettings> = {}) => {
    const asking = anAskingRuntime(also)
    expect(
      await asking.say('order.drafted', person('anna'), { document: asking.document }),
    ).toMatchObject({ outcome: 'applied' })
    expect(await asking.say('order.submitted', person('anna'))).toMatchObject({
      outcome: 'applied',
    })
    return asking
  }

  it('asks before the decision, and tells why not (R-30)', async () => {
    const { say, questions } = await written()
    expect(await say('order.approved', person('lena'))).toEqual({
      outcome: 'refused',
      reason: 'limit-exceeded',
      sentence: 'role `team-lead` may decide up to 100 EUR, and 124.00 EUR is at stake',
    })
    expect(questions.at(-1)).toMatchObject({
      action: 'order.approved',
      decisionType: 'order',
      exposure: money('124.00', 'EUR'),
      at: '2026-11-25T09:00:00Z',
      businessDate: '2026-11-25',
      duty: 'approve-order',
      duties: [{ duty: 'create-order', by: 'anna' }],
    })
    expect(await say('order.approved', person('anna'))).toMatchObject({ reason: 'duty-conflict' })
    expect(await say('order.approved', person('otto'))).toMatchObject({ reason: 'no-authority' })
    expect(await say('order.held', person('anna'), { reason: 'x' })).toMatchObject({
      reason: 'role-may-not',
    })
  })

  it('records the answer with what was done, so that a replay needs nobody (R-32)', async () => {
    const { say, runtime, key, events } = await written()
    expect(await say('order.approved', person('dora'))).toMatchObject({ outcome: 'applied' })
    const told = await events()
    expect(told.find(({ type }) => type === 'order.approved')?.authority).toEqual({
      asRole: 'head-of-purchasing',
      onBehalfOf: 'carl',
      delegatedBy: ['carl'],
      delegations: [
        {
          delegationId: 'd1',
          from: 'carl',
          to: 'dora',
          validFrom: '2026-11-20',
          validTo: '2026-11-30',
        },
      ],
      limit: { amount: '200', currency: 'EUR' },
      because: 'head-of-purchasing decides up to 200 EUR; delegated until 2026-11-30: on holiday',
    })
    const stored = await runtime.queries.aggregate({
      tenant: 'acme',
      reference: { kind: 'order', key },
    })
    expect(orderAggregate.replay(key, told)).toEqual({ ...stored?.state, auditHead: null })
  })

  it('asks again under the same key once somebody was given the authority', async () => {
    let held = AuthorityDirectory.parse({
      ...directory,
      holders: [directory.holders[0]],
      delegations: [],
    })
    const { say } = await written({ authority: (question) => answerFromDirectory(held, question) })
    expect(await say('order.approved', person('carl'))).toMatchObject({
      outcome: 'refused',
      reason: 'no-authority',
    })
    held = directory
    const given = await say('order.approved', person('carl'))
    expect(given).toMatchObject({ outcome: 'applied' })
    held = AuthorityDirectory.parse({ ...directory, holders: [] })
    expect(await say('order.approved', person('carl'))).toEqual(given)
  })

  it('asks nobody about what comes from a system, and nobody at all where the host brings no answer', async () => {
    const { questions, runtime } = anAskingRuntime()
    await runtime.receive({ ...envelope, body: 'junk' })
    expect(questions).toEqual([])
    const { say } = await written({ authority: undefined as never })
    expect(await say('order.approved', person('otto'))).toMatchObject({ outcome: 'applied' })
  })

  it('asks by the names of people, and keeps what stands for them', async () => {
    let salts = 0
    const { say, questions, runtime, key, store, events } = await written({
      personal: { salt: () => `salt-${(salts += 1)}` },
    })
    expect(await say('order.approved', person('dora'))).toMatchObject({ outcome: 'applied' })
    expect(questions.at(-1)).toMatchObject({ actor: { id: 'dora' }, duties: [{ by: 'anna' }] })
    const stored = await store.load([
      { tenant: 'acme', reference: { kind: 'order', key }, messageIds: [] },
    ])
    expect(JSON.stringify(stored)).not.toMatch(/dora|carl|anna/)
    expect(JSON.stringify(await events())).not.toMatch(/dora|carl|anna/)
    const reference = { kind: 'order' as const, key }
    const { rows } = await runtime.queries.history({ aggregate: reference, tenant: 'acme' })
    expect(JSON.stringify(rows)).toContain('dora')
  })

  it('asks about the work of the runtime itself as well', async () => {
    const { runtime } = anAskingRuntime()
    const [answer] = (await runtime.receive({ ...envelope, body: 'junk' })).documents
    const quarantineId = answer?.outcome === 'quarantined' ? answer.quarantineId : ''
    const discard = {
      tenant: 'acme',
      type: 'quarantine.discarded',
      quarantineId,
      note: 'spam',
    } as const
    expect(
      await runtime.act({ ...discard, actor: person('carl'), idempotencyKey: 'k1' }),
    ).toMatchObject({ outcome: 'refused', reason: 'role-may-not' })
  })
})
