import { type DomainEvent, instant, messageData, systemActor, TenantId } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { explainEvent } from './explain-event.ts'

const hash = 'a'.repeat(64)

function anEvent(data: object): DomainEvent {
  const at = instant('2026-11-25T12:00:00Z')
  return {
    id: 'e1',
    tenant: TenantId.parse('acme'),
    aggregate: { kind: 'invoice', key: 'acme/0001/S100/INV-1/standard' },
    type: 'invoice.matched',
    schemaVersion: 1,
    occurredAt: at,
    receivedAt: at,
    actor: systemActor,
    causedBy: null,
    sequence: 1,
    data: messageData(data),
  }
}

function aCheck(name: string, within: boolean, sentence: string) {
  const plan = {
    reference: { ruleSet: 'matching', version: '1.0.0', hash },
    firedRules: ['price', 'duplicate'],
    because: ['the price was agreed with the order', 'the number was sent before'],
    facts: { 'line.matchTo': 'receipt' },
  }
  const tolerance = {
    reference: { ruleSet: 'tolerance', version: '2.1.0', hash },
    firedRules: [name],
    because: [`what is accepted of ${name}`],
    facts: { 'check.name': name },
  }
  return { name, within, sentence, policy: [plan, tolerance] }
}

describe('an explanation', () => {
  it('says of a check that passed what was compared and accepted, not what would have been wrong', () => {
    const checks = [
      aCheck('price', true, 'no difference in price'),
      aCheck('duplicate', true, 'no other'),
    ]
    expect(explainEvent(anEvent({ checks }))).toEqual({
      explanation: [
        'no difference in price',
        'what is accepted of price',
        'no other',
        'what is accepted of duplicate',
      ],
      ruleSets: ['matching@1.0.0', 'tolerance@2.1.0'],
    })
  })

  it('says of a check that failed why it was made, and of no other check', () => {
    const checks = [
      aCheck('price', true, 'no difference'),
      aCheck('duplicate', false, 'INV-1 again'),
    ]
    expect(explainEvent(anEvent({ checks })).explanation).toEqual([
      'INV-1 again',
      'no difference',
      'what is accepted of price',
      'the number was sent before',
      'what is accepted of duplicate',
    ])
  })

  it('is the same where a decision of the rules is kept once for the checks that rest on it', () => {
    const [price, duplicate] = [aCheck('price', true, 'no'), aCheck('duplicate', false, 'again')]
    const [plan] = price.policy
    const policyDecisions = [plan, price.policy[1], duplicate.policy[1]]
    const checks = [
      { ...price, policy: [0, 1] },
      { ...duplicate, policy: [0, 2] },
    ]
    expect(explainEvent(anEvent({ result: { checks, policyDecisions } }))).toEqual(
      explainEvent(anEvent({ result: { checks: [price, duplicate] } })),
    )
  })

  it('keeps what people wrote and leaves out codes', () => {
    const data = { reason: 'agreed by telephone', code: 'PRICE:10', note: 'PRICE:10' }
    expect(explainEvent(anEvent(data)).explanation).toEqual(['agreed by telephone'])
  })
})
