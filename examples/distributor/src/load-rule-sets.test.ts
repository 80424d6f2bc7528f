import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RuleSetCases, runRuleSetCases } from '@counterfoil/rules'
import { describe, expect, it } from 'vitest'
import { ruleSetsFolder } from './folders.ts'
import { loadRuleSets } from './load-rule-sets.ts'

const own = loadRuleSets().filter(({ ruleSet }) => ruleSet.id.startsWith('harbor-pine-'))

describe('the rule sets of the distributor', () => {
  it('are three, one of each kind', () => {
    expect(own.map(({ ruleSet }) => ruleSet.kind).toSorted()).toEqual([
      'matching',
      'routing',
      'tolerance',
    ])
  })

  it.each(own.map((set) => [set.ruleSet.id, set] as const))('%s answers its cases', (id, set) => {
    const file = join(ruleSetsFolder, id, set.ruleSet.version, 'cases.json')
    const cases = RuleSetCases.parse(JSON.parse(readFileSync(file, 'utf8')))
    const { results, rulesWithoutCase, hasNothingFires } = runRuleSetCases(set, cases)
    expect(results.flatMap(({ differences }) => differences)).toEqual([])
    expect({ rulesWithoutCase, hasNothingFires }).toEqual({
      rulesWithoutCase: [],
      hasNothingFires: true,
    })
  })
})
