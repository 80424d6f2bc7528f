import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../hash/canonical-json.ts'
import type { PolicyDecision } from '../policy/policy.ts'
import {
  eventInFull,
  KeptMatchResult,
  keepMatchResult,
  matchResultOf,
} from './kept-match-result.ts'
import { aMatchResult } from '../invoice-lifecycle/invoice-lifecycle.examples.ts'
import type { MatchResult } from './match-result.ts'
import { instant } from '../calendar/instant.ts'
import { TenantId } from '../identity/identity.ts'
import { systemActor } from '../message/actor.ts'
import { messageData } from '../message/message.ts'

const plan: PolicyDecision = {
  reference: { ruleSet: 'matching', version: '1.0.0', hash: 'a'.repeat(64) },
  firedRules: ['price', 'quantity'],
  because: ['the price was agreed', 'no more is paid than was received'],
  facts: { 'line.matchTo': 'receipt' },
}
const limitOf = (name: string): PolicyDecision => ({
  ...plan,
  firedRules: [name],
  because: [`what is accepted of ${name}`],
  facts: { 'check.name': name },
})

/** Checks of two lines, planned by one decision each time, every decision an object of its own or shared. */
function aMatch(copy: <Value>(value: Value) => Value): MatchResult {
  const invoiceKey = 'acme/0001/S1/I1/standard'
  const result = aMatchResult({ invoiceKey, attempt: 1 }, { held: [{ code: 'PRICE' }] })
  const [check] = result.checks
  if (check === undefined) throw new Error('the example has no check')
  return {
    ...result,
    checks: ['1', '2'].flatMap((invoiceLineNumber) =>
      ['price', 'quantity'].map((name) => ({
        ...check,
        name,
        invoiceLineNumber,
        policy: [copy(plan), copy(limitOf(name))],
      })),
    ),
  }
}

describe('a match that is kept', () => {
  it('says a decision of the rules once, however many checks rest on it', () => {
    const kept = keepMatchResult(aMatch((value) => value))
    expect(kept.policyDecisions).toEqual([plan, limitOf('price'), limitOf('quantity')])
    expect(kept.checks.map(({ policy }) => policy)).toEqual([
      [0, 1],
      [0, 2],
      [0, 1],
      [0, 2],
    ])
    expect(KeptMatchResult.parse(kept)).toEqual(kept)
  })

  it('is given in full as it was made', () => {
    const match = aMatch((value) => value)
    expect(matchResultOf(keepMatchResult(match))).toEqual(match)
    expect(matchResultOf(JSON.parse(JSON.stringify(keepMatchResult(match))))).toEqual(match)
  })

  it('has the same bytes whether equal decisions are one object or several, of whatever order of names (INV-18)', () => {
    const turned = <Value>(value: Value): Value =>
      JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(Object(value)).toReversed())))
    const shared = keepMatchResult(aMatch((value) => value))
    expect(canonicalJson(keepMatchResult(aMatch((value) => structuredClone(value))))).toBe(
      canonicalJson(shared),
    )
    expect(canonicalJson(keepMatchResult(aMatch(turned)))).toBe(canonicalJson(shared))
  })

  it('as an earlier release kept it, with every decision in full, is read as it is', () => {
    const match = aMatch((value) => value)
    expect(KeptMatchResult.parse(match)).toEqual(match)
    expect(matchResultOf(match)).toEqual(match)
  })

  it('is said in full in an event that is looked through for words, and in no other event', () => {
    const match = aMatch((value) => value)
    const at = instant('2026-11-25T12:00:00Z')
    const event = {
      id: 'e1',
      tenant: TenantId.parse('acme'),
      aggregate: { kind: 'invoice', key: match.invoiceKey },
      type: 'invoice.matched',
      schemaVersion: 1,
      occurredAt: at,
      receivedAt: at,
      actor: systemActor,
      causedBy: null,
      sequence: 3,
      data: messageData({ attempt: 1, result: keepMatchResult(match), partialRelease: false }),
    } as const
    expect(eventInFull(event).data['result']).toEqual(match)
    const earlier = { ...event, data: messageData({ ...event.data, result: match }) }
    expect(eventInFull(earlier)).toBe(earlier)
    const other = { ...event, type: 'invoice.released' }
    expect(eventInFull(other)).toBe(other)
  })
})
