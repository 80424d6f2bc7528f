import { describe, expect, it } from 'vitest'
import { readDecisionRecord } from '../evaluate/write-decision-record.ts'
import { createPolicy } from '../policy/create-policy.ts'
import {
  aLoadedRuleSet,
  aRouteEvent,
  aRule,
  aToleranceEvent,
} from '../rule-set/rule-set.examples.ts'
import { recordDecisions } from './record-decisions.ts'

const tolerance = aLoadedRuleSet()
const forSupplier = aLoadedRuleSet({
  id: 'supplier-tolerance',
  scope: { supplier: 'V-1' },
  rules: [aRule({ event: aToleranceEvent({ upper: { abs: null, pct: '1' } }) })],
})
const routing = aLoadedRuleSet({
  id: 'house-routing',
  kind: 'routing',
  rules: [aRule({ event: aRouteEvent() })],
})
const sets = [tolerance, forSupplier, routing]
const over = { discrepancy: { kind: 'over-shipment', percent: '4' } }
const short = { discrepancy: { kind: 'short-shipment', percent: '4' } }

/** A policy of all sets, and the rule sets whose decisions it told of. */
const recording = (used = sets) => {
  const lines: string[] = []
  const plain = createPolicy({ ruleSets: used })
  const policy = recordDecisions(plain, sets, (line) => lines.push(line))
  return { plain, policy, asked: () => lines.map((line) => readDecisionRecord(line).ruleSet) }
}

describe('a policy whose decisions are recorded', () => {
  it('answers as before', () => {
    const { plain, policy } = recording()
    expect(policy.tolerance(over)).toEqual(plain.tolerance(over))
    expect(policy.references).toEqual(plain.references)
  })

  it('tells of the sets that were asked, down to the one that answered', () => {
    const { policy, asked } = recording()
    policy.tolerance(over)
    expect(asked()).toEqual(['supplier-tolerance'])
    policy.tolerance(short)
    expect(asked().slice(1).toSorted()).toEqual(['receiving-tolerance', 'supplier-tolerance'])
  })

  it('tells of every question by the sets of its kind', () => {
    const { policy, asked } = recording()
    policy.routing(over)
    policy.timing(over)
    policy.matching(over)
    policy.conduct(over)
    policy.approval(over)
    expect(asked()).toEqual(['house-routing', 'house-routing'])
  })

  it('passes over sets the policy is not made of', () => {
    const { policy, asked } = recording([tolerance])
    policy.tolerance(short)
    expect(asked()).toEqual(['receiving-tolerance'])
  })
})
