import { describe, expect, it } from 'vitest'
import { verifyAuditChain } from '../audit/audit-chain.ts'
import { instant } from '../calendar/instant.ts'
import { aPolicy, aPolicyReference } from '../policy/policy.examples.ts'
import {
  conductDecision,
  type Conducting,
  derivedEventsMax,
  eventId,
  recordId,
  unchanged,
} from './conduct-decision.ts'
import type { AggregateState } from './decision.ts'
import type { Message } from './message.ts'

type Counter = AggregateState & { readonly heard: readonly string[]; readonly wanted: number }

const begin: Counter = {
  key: 'acme/0001/4711',
  sequence: 0,
  auditHead: null,
  machine: { name: 'counter', version: 1 },
  heard: [],
  wanted: 2,
}
const message: Message = {
  id: 'delivery-1',
  tenant: 'acme' as Message['tenant'],
  aggregate: { kind: 'order', key: begin.key },
  type: 'order.issued',
  schemaVersion: 1,
  occurredAt: instant('2026-12-01T08:00:00Z'),
  receivedAt: instant('2026-12-01T08:05:00Z'),
  actor: { kind: 'connector', id: 'edi', roles: [] },
  causedBy: null,
  data: { reason: 'because it was sent' },
}
const context = { policy: aPolicy(), now: '2026-12-01T09:00:00Z' }
const counting: Conducting<Counter> = {
  kind: 'order',
  record: (state, event) => ({ ...state, heard: [...state.heard, event.id] }),
  derive: (state, _, { recordId: id }) =>
    state.heard.length > state.wanted
      ? null
      : { type: 'step.taken', data: { because: 'another is wanted', id } },
  intentsOf: ({ event }) => [
    { kind: 'notify', role: 'buyer', topic: 'step', subject: event.id, sentence: event.type },
  ],
  statusOf: (state) => (state.heard.length === 0 ? null : `step ${state.heard.length}`),
}

describe('a decision', () => {
  const decision = conductDecision(counting, begin, message, context)

  it('is the message and everything that follows from it, numbered on', () => {
    expect(decision.events.map(({ id, type, sequence }) => [id, type, sequence])).toEqual([
      ['delivery-1#0', 'order.issued', 1],
      ['delivery-1#1', 'step.taken', 2],
      ['delivery-1#2', 'step.taken', 3],
    ])
    expect(decision.state).toMatchObject({
      sequence: 3,
      heard: ['delivery-1#0', 'delivery-1#1', 'delivery-1#2'],
    })
    expect(decision.intents.map((intent) => intent.kind === 'notify' && intent.subject)).toEqual([
      'delivery-1#0',
      'delivery-1#1',
      'delivery-1#2',
    ])
  })

  it('follows by the system at the time of the decision, and says what caused it', () => {
    expect(decision.events[0]).toMatchObject({
      actor: { id: 'edi' },
      receivedAt: message.receivedAt,
    })
    expect(decision.events[1]).toMatchObject({
      actor: { kind: 'system', id: 'counterfoil' },
      occurredAt: '2026-12-01T09:00:00Z',
      causedBy: 'delivery-1#0',
    })
  })

  it('leaves one audit entry for each event, with actor, states, reason and rules (R-32)', () => {
    expect(decision.audit).toMatchObject([
      { actor: { id: 'edi' }, from: null, to: 'step 1', reason: 'because it was sent' },
      { from: 'step 1', to: 'step 2', reason: 'another is wanted', policy: [aPolicyReference] },
      { from: 'step 2', to: 'step 3' },
    ])
    expect(verifyAuditChain(decision.audit)).toBeNull()
    expect(decision.state.auditHead).toBe(decision.audit.at(-1)?.hash)
  })

  it('is the same whenever it is taken again (R-28, R-131)', () => {
    expect(conductDecision(counting, begin, message, context)).toEqual(decision)
  })

  it('goes on where the last one ended', () => {
    const more = { ...decision.state, wanted: 4 }
    const next = conductDecision(counting, more, { ...message, id: 'delivery-2' }, context)
    expect(next.events.map(({ sequence }) => sequence)).toEqual([4, 5])
    expect(verifyAuditChain([...decision.audit, ...next.audit])).toBeNull()
  })

  it('that never comes to rest is an error of the rules, not an endless one', () => {
    const restless = {
      ...counting,
      statusOf: () => null,
      intentsOf: () => [],
      record: (state: Counter) => state,
    }
    expect(() => conductDecision(restless, begin, message, context)).toThrow(
      `more than ${derivedEventsMax} events`,
    )
  })

  it('that changes nothing leaves the state, and says why', () => {
    expect(unchanged(begin, { kind: 'duplicate', sentence: 'it came before' })).toEqual({
      outcome: { kind: 'duplicate', sentence: 'it came before' },
      state: begin,
      events: [],
      intents: [],
      audit: [],
    })
  })

  it('opens records under ids that are never too long', () => {
    expect(recordId(eventId('delivery-1', 3))).toBe('delivery-1#3')
    expect(recordId('x'.repeat(301))).toMatch(/^[0-9a-f]{64}$/)
  })
})
