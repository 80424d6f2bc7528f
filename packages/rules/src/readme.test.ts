import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// #region readme
import { checkRuleSet, createPolicy, loadRuleSet } from '@counterfoil/rules'

const ruleSet = {
  id: 'receiving-tolerance',
  kind: 'tolerance',
  version: '1.0.0',
  effectiveFrom: '2026-12-01',
  scope: {},
  owner: 'inbound-operations',
  title: 'Accept small over-shipments',
  rules: [
    {
      name: 'over-within-5-percent',
      conditions: {
        all: [
          { fact: 'discrepancy', path: '$.kind', operator: 'equal', value: 'over-shipment' },
          { fact: 'discrepancy', path: '$.percent', operator: 'decimal-at-most', value: '5' },
        ],
      },
      event: {
        type: 'tolerance',
        params: {
          upper: { abs: null, pct: '5' },
          lower: { abs: null, pct: null },
          combine: 'either',
          percentBase: 'line',
          lowerEffect: 'ignore',
          amountCurrency: 'transaction',
          because: 'within 5 % of the ordered quantity',
        },
      },
    },
  ],
}

const policy = createPolicy({ ruleSets: [loadRuleSet(ruleSet)] })
const answer = policy.tolerance({ discrepancy: { kind: 'over-shipment', percent: '4.5' } })
// answer.value.upper.pct is "5"; answer.decision says which rule set, version and hash, which rules and why

// A rule set is checked before it runs: each finding has a JSON pointer and says how to mend it.
const [mistake] = checkRuleSet({ ...ruleSet, rules: [{ ...ruleSet.rules[0], pirority: 3 }] })
// { pointer: '/rules/0/pirority', sentence: '`pirority` is not a field here: correct its spelling or remove it' }
// #endregion

describe('the README of the rules', () => {
  it('shows an example that runs', () => {
    const [, region = ''] =
      /\/\/ #region readme\n([\s\S]*?)\/\/ #endregion/.exec(
        readFileSync(new URL(import.meta.url), 'utf8'),
      ) ?? []
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    expect(readme).toContain(`\`\`\`ts\n${region}\`\`\``)
  })

  it('answers as the example says', () => {
    expect(answer.value.upper.pct).toBe('5')
    expect(answer.decision).toMatchObject({
      reference: { ruleSet: 'receiving-tolerance', version: '1.0.0' },
      firedRules: ['over-within-5-percent'],
      because: ['within 5 % of the ordered quantity'],
    })
    expect(mistake).toEqual({
      pointer: '/rules/0/pirority',
      sentence: '`pirority` is not a field here: correct its spelling or remove it',
    })
  })
})
