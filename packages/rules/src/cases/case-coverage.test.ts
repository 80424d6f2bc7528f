import { describe, expect, it } from 'vitest'
import { loadRuleSet } from '../rule-set/load-rule-set.ts'
import { aLoadedRuleSet, aRule } from '../rule-set/rule-set.examples.ts'
import { measureCoverage } from './case-coverage.ts'
import { RuleSetCase } from './rule-set-case.ts'

const conditions = {
  all: [
    { fact: 'discrepancy', path: '$.kind', operator: 'equal', value: 'over-shipment' },
    { fact: 'discrepancy', path: '$.percent', operator: 'decimal-at-most', value: '5' },
  ],
}
const set = aLoadedRuleSet({ rules: [aRule({ conditions })] })
const aCase = (name: string, facts: RuleSetCase['facts']): RuleSetCase =>
  RuleSetCase.parse({ name, facts, expect: { outcome: 'nothing fires', firedRules: [] } })
const over = (percent: string) => ({ discrepancy: { kind: 'over-shipment', percent } })

describe('the coverage of cases', () => {
  it('is complete where the rule decides and each comparison is seen both ways', () => {
    const cases = [aCase('in', over('5')), aCase('out', over('6')), aCase('other', {})]
    expect(measureCoverage(set, cases)).toEqual({
      rules: { shown: 1, of: 1, percent: 100 },
      comparisons: { shown: 2, of: 2, percent: 100 },
      rulesNotShown: [],
      comparisonsNotShown: [],
    })
  })

  it('names the rule that never decides and the border no case crosses', () => {
    expect(measureCoverage(set, [aCase('out', over('6'))])).toMatchObject({
      rules: { shown: 0, percent: 0 },
      rulesNotShown: ['over-within-5-percent'],
      comparisonsNotShown: [
        { pointer: '/rules/0/conditions/all/0', missing: 'fails' },
        { pointer: '/rules/0/conditions/all/1', missing: 'holds' },
      ],
    })
  })

  it('asks nothing of rules taken over from an extended set', () => {
    const house = loadRuleSet(
      { ...set.ruleSet, id: 'house', extends: 'receiving-tolerance@1.0.0', rules: [] },
      { bases: [set] },
    )
    expect(measureCoverage(house, [])).toMatchObject({ rules: { of: 0, percent: 100 } })
  })
})
