import { runRuleSetCases } from '@counterfoil/rules'
import { describe, expect, it } from 'vitest'
import { openRuleSets } from './open-rule-sets.ts'

const { versions, problems } = openRuleSets().current()

describe('the rule sets of the distributor', () => {
  it('are five, of every kind, released and in force', () => {
    expect(problems).toEqual([])
    expect(versions.map(({ id, standing }) => [id, standing])).toEqual([
      ['harbor-pine-approval', 'in-force'],
      ['harbor-pine-matching', 'in-force'],
      ['harbor-pine-routing', 'in-force'],
      ['harbor-pine-signed-prices', 'in-force'],
      ['harbor-pine-tolerance', 'in-force'],
    ])
    const kinds = new Set(versions.map(({ loaded }) => loaded?.ruleSet.kind))
    expect(kinds).toEqual(new Set(['approval', 'matching', 'routing', 'tolerance']))
  })

  it.each(versions.map((one) => [one.id, one] as const))('%s answers its cases', (_, one) => {
    if (one.loaded === null) throw new Error('cannot be loaded')
    const { results, rulesWithoutCase, hasNothingFires } = runRuleSetCases(one.loaded, one.cases)
    expect(results.flatMap(({ differences }) => differences)).toEqual([])
    expect({ rulesWithoutCase, hasNothingFires }).toEqual({
      rulesWithoutCase: [],
      hasNothingFires: true,
    })
  })
})
