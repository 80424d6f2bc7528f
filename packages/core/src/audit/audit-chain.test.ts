import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { systemActor } from '../message/actor.ts'
import { chainAudit, verifyAuditChain } from './audit-chain.ts'
import type { AuditEntry, AuditRecord } from './audit-entry.ts'

const aRecord = (event: string): AuditRecord => ({
  at: '2026-12-01T08:00:00Z' as AuditRecord['at'],
  actor: systemActor,
  object: 'invoice:acme/0001/S100/INV-1/standard',
  event,
  eventId: `delivery-1#${event}`,
  from: 'matching',
  to: 'released',
  reason: null,
  policy: [],
  inputHash: 'a'.repeat(64),
})

const aChain = (events: readonly string[], aggregate = 'invoice:1'): AuditEntry[] =>
  chainAudit(events.map(aRecord), { aggregate, sequence: 0, previousHash: null })

describe('audit chain', () => {
  it('numbers entries from one and names the hash before each', () => {
    const [first, second] = aChain(['invoice.received', 'invoice.matched'])
    expect(first).toMatchObject({ sequence: 1, previousHash: null })
    expect(second).toMatchObject({ sequence: 2, previousHash: first?.hash })
  })

  it('gives the same chain whether entries are added one by one or together', () => {
    const together = aChain(['a.b', 'c.d', 'e.f'])
    const first = aChain(['a.b'])
    const rest = chainAudit([aRecord('c.d'), aRecord('e.f')], {
      aggregate: 'invoice:1',
      sequence: 1,
      previousHash: first[0]?.hash ?? null,
    })
    expect([...first, ...rest]).toEqual(together)
  })

  it('finds nothing in an untouched chain, nor in several aggregates mixed', () => {
    const one = aChain(['a.b', 'c.d'], 'order:1')
    const two = aChain(['a.b', 'c.d'], 'order:2')
    const mixed = [one[0], two[0], two[1], one[1]].filter((entry) => entry !== undefined)
    expect(verifyAuditChain(mixed)).toBeNull()
    expect(verifyAuditChain([])).toBeNull()
  })

  it('names the first entry whose content was changed', () => {
    const entries = aChain(['a.b', 'c.d', 'e.f'])
    const altered = entries.map((entry, index) =>
      index === 1 ? { ...entry, reason: 'it was fine' } : entry,
    )
    expect(verifyAuditChain(altered)).toMatchObject({
      index: 1,
      sequence: 2,
      reason: 'hash-differs',
    })
  })

  it('names the entry after one that was taken out', () => {
    const entries = aChain(['a.b', 'c.d', 'e.f'])
    expect(verifyAuditChain(entries.toSpliced(1, 1))).toMatchObject({
      index: 1,
      sequence: 3,
      reason: 'sequence-gap',
    })
  })

  it('names the entry after one that was replaced by a well-made forgery', () => {
    const entries = aChain(['a.b', 'c.d', 'e.f'])
    const forged = chainAudit([aRecord('x.y')], {
      aggregate: 'invoice:1',
      sequence: 1,
      previousHash: entries[0]?.hash ?? null,
    })
    expect(verifyAuditChain(entries.toSpliced(1, 1, ...forged))).toMatchObject({
      index: 2,
      reason: 'previous-hash-differs',
    })
  })

  it('finds a chain that was cut off, when the head is known elsewhere', () => {
    const entries = aChain(['a.b', 'c.d'])
    const heads = { 'invoice:1': entries[1]?.hash ?? '' }
    expect(verifyAuditChain(entries, heads)).toBeNull()
    expect(verifyAuditChain(entries.slice(0, 1), heads)).toMatchObject({ reason: 'head-differs' })
    expect(verifyAuditChain([], heads)).toMatchObject({ reason: 'head-differs', sequence: 0 })
  })

  it('notices any change of any entry', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,8}\.[a-z]{1,8}$/), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        fc.constantFrom('at', 'object', 'event', 'eventId', 'from', 'to', 'reason', 'inputHash'),
        (events, place, field) => {
          const entries = aChain(events)
          const index = place % entries.length
          const altered = entries.map((entry, at) =>
            at === index ? { ...entry, [field]: 'something else' } : entry,
          )
          expect(verifyAuditChain(altered)).toMatchObject({ index, reason: 'hash-differs' })
        },
      ),
      { numRuns: 50 },
    )
  })
})
