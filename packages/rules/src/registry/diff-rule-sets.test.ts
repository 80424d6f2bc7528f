import { describe, expect, it } from 'vitest'
import { loadRuleSet } from '../rule-set/load-rule-set.ts'
import {
  aLoadedRuleSet,
  aRule,
  aToleranceEvent,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'
import { diffRuleSets } from './diff-rule-sets.ts'

const at = (percent: string) => ({
  all: [
    { fact: 'discrepancy', path: '$.kind', operator: 'equal', value: 'over-shipment' },
    { fact: 'discrepancy', path: '$.percent', operator: 'decimal-at-most', value: percent },
  ],
})
const before = aLoadedRuleSet({ rules: [aRule({ conditions: at('5') })] })
const sentences = (changed: ExampleJson) =>
  diffRuleSets(before, aLoadedRuleSet({ rules: [aRule({ conditions: at('5') })], ...changed })).map(
    ({ sentence }) => sentence,
  )

describe('what changes between two versions', () => {
  it.each<[string, ExampleJson, readonly string[]]>([
    ['nothing, where only the version differs', { version: '1.1.0' }, []],
    [
      'a limit',
      {
        rules: [
          aRule({
            conditions: at('5'),
            event: aToleranceEvent({ upper: { abs: '10', pct: '3' } }),
          }),
        ],
      },
      [
        'rule `over-within-5-percent`: upper amount not checked → 10',
        'rule `over-within-5-percent`: upper percent 5 → 3',
      ],
    ],
    [
      'the value of a comparison',
      { rules: [aRule({ conditions: at('4') })] },
      ['rule `over-within-5-percent`: discrepancy.percent decimal-at-most 5 → 4'],
    ],
    [
      'a condition of another shape, shown whole',
      { rules: [aRule({ conditions: { all: at('5').all.slice(0, 1) } })] },
      [
        'rule `over-within-5-percent`: it fires when discrepancy.kind equal over-shipment and discrepancy.percent decimal-at-most 5 → discrepancy.kind equal over-shipment',
      ],
    ],
    [
      'a priority',
      { rules: [aRule({ conditions: at('5'), priority: 7 })] },
      ['rule `over-within-5-percent`: priority 1 → 7'],
    ],
    [
      'a rule of another name',
      { rules: [aRule({ name: 'slack', conditions: at('5') })] },
      [
        'rule `over-within-5-percent` is gone; it said: within 5 % of the ordered quantity',
        'rule `slack` is new, at priority 1: within 5 % of the ordered quantity',
      ],
    ],
    [
      'days and scope',
      { effectiveFrom: '2027-01-01', effectiveTo: '2027-12-31', scope: { supplier: 'S100' } },
      [
        'the first day: 2026-12-01 → 2027-01-01',
        'the last day: nothing → 2027-12-31',
        'whom it is for: everybody → supplier S100',
      ],
    ],
  ])('is told in words: %s', (_, changed, expected) => {
    expect(sentences(changed)).toEqual(expected)
  })

  it('tells a rule that is switched off from one that is gone', () => {
    const house = loadRuleSet(
      {
        ...before.ruleSet,
        id: 'house',
        extends: 'receiving-tolerance@1.0.0',
        rules: [],
        switchedOff: ['over-within-5-percent'],
      },
      { bases: [before] },
    )
    expect(diffRuleSets(before, house)).toContainEqual(
      expect.objectContaining({ kind: 'rule-switched-off', rule: 'over-within-5-percent' }),
    )
  })
})
