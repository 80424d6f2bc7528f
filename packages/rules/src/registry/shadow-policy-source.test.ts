import { CalendarDate, type PolicySource } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { createPolicySource } from '../policy/create-policy-source.ts'
import { aLoadedRuleSet, aRule, aToleranceEvent } from '../rule-set/rule-set.examples.ts'
import { type ShadowDifference, shadowPolicySource } from './shadow-policy-source.ts'

const percent = (pct: string, version = '1.0.0') =>
  createPolicySource([
    aLoadedRuleSet({
      version,
      rules: [aRule({ event: aToleranceEvent({ upper: { abs: null, pct } }) })],
    }),
  ])
const scope = { tenant: 'acme' }
const day = CalendarDate.parse('2026-12-24')
const facts = { discrepancy: { kind: 'over-shipment', percent: '4' } }
const broken: PolicySource = {
  pick: () => {
    throw new Error('no such policy')
  },
}

/** Asks a shadowed source once; gives the answer and the differences recorded. */
const ask = (candidate: PolicySource, record?: (one: ShadowDifference) => void) => {
  const differences: ShadowDifference[] = []
  const settings = { record: record ?? ((one: ShadowDifference) => void differences.push(one)) }
  const policy = shadowPolicySource(percent('5'), candidate, settings).pick(scope, day)
  return { answer: policy.tolerance(facts), differences, policy }
}

describe('a shadow', () => {
  it('leaves the answer in force as it is, and records what the candidate would have said', () => {
    const { answer, differences } = ask(percent('3'))
    expect(answer).toEqual(percent('5').pick(scope, day).tolerance(facts))
    expect(differences).toMatchObject([
      {
        question: 'tolerance',
        scope,
        businessDate: day,
        facts,
        inForce: { value: { upper: { pct: '5' } } },
        candidate: { value: { upper: { pct: '3' } } },
        failure: null,
      },
    ])
  })

  it('records nothing where another version says the same', () => {
    expect(ask(percent('5', '1.1.0')).differences).toEqual([])
  })

  it('records that the candidate failed, and the caller hears nothing of it', () => {
    const { answer, differences } = ask(broken)
    expect(answer.value.upper.pct).toBe('5')
    expect(differences).toMatchObject([{ candidate: null, failure: 'no such policy' }])
  })

  it('keeps an error of whoever records from the caller', () => {
    const { answer } = ask(percent('3'), () => {
      throw new Error('the disk is full')
    })
    expect(answer.value.upper.pct).toBe('5')
  })

  it('is not waited for where its work is put off', () => {
    const waiting: (() => void)[] = []
    const differences: ShadowDifference[] = []
    const shadowed = shadowPolicySource(percent('5'), percent('3'), {
      record: (one) => differences.push(one),
      later: (work) => waiting.push(work),
    })
    shadowed.pick(scope, day).tolerance(facts)
    expect(differences).toEqual([])
    for (const work of waiting) work()
    expect(differences).toHaveLength(1)
  })

  it('compares within one decision the versions that were picked for it, whatever is exchanged meanwhile', () => {
    let [inForce, candidate] = [percent('5'), percent('3')]
    const exchanged = (source: () => PolicySource): PolicySource => ({
      pick: (asked, date) => source().pick(asked, date),
    })
    const differences: ShadowDifference[] = []
    const shadowed = shadowPolicySource(
      exchanged(() => inForce),
      exchanged(() => candidate),
      { record: (one) => differences.push(one) },
    )
    const policy = shadowed.pick(scope, day)
    ;[inForce, candidate] = [percent('7'), percent('9')]
    policy.tolerance(facts)
    shadowed.pick(scope, day).tolerance(facts)
    const compared = differences.map((one) => [one.inForce.value, one.candidate?.value])
    expect(compared).toMatchObject([
      [{ upper: { pct: '5' } }, { upper: { pct: '3' } }],
      [{ upper: { pct: '7' } }, { upper: { pct: '9' } }],
    ])
  })

  it('stands behind every question', () => {
    const { policy } = ask(percent('3'))
    const asked = ['matching', 'routing', 'timing', 'conduct', 'approval'] as const
    const plain = percent('5').pick(scope, day)
    for (const question of asked) expect(policy[question](facts)).toEqual(plain[question](facts))
    expect(policy.references).toEqual(plain.references)
  })
})
