import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { aRule, aRuleSet } from '../rule-set/rule-set.examples.ts'

const ruleSet = { ...aRuleSet(), rules: [aRule()] }

// #region fetch
import { evaluateRuleSet, fetchFacts, loadRuleSet, type FetchedFacts } from '@counterfoil/rules'
import { runWithJsonRulesEngine } from '@counterfoil/rules/compat'
import * as z from 'zod'

const fetched: FetchedFacts = {
  creditRating: {
    value: z.object({ grade: z.enum(['A', 'B', 'C']) }),
    params: z.strictObject({ agency: z.string() }),
  },
}
const onlyGradeA = {
  fact: 'creditRating',
  params: { agency: 'D&B' },
  path: '$.grade',
  operator: 'equal',
  value: 'A',
}
const loaded = loadRuleSet(
  { ...ruleSet, rules: [{ ...ruleSet.rules[0], conditions: { all: [onlyGradeA] } }] },
  { fetched },
)

const sources = { creditRating: async () => ({ grade: 'A' }) }
const facts = await fetchFacts(loaded, { supplier: { id: 'S1' } }, sources)
const { fired } = evaluateRuleSet(loaded, facts)

// The way out: json-rules-engine itself, where a rule may add facts for rules of lower priority.
const chained = await runWithJsonRulesEngine(loaded, facts, {
  prepare: (engine) => {
    engine.on('tolerance', (_params, almanac) => {
      almanac.addFact('mood', 'goodwill')
    })
  },
})
// #endregion

describe('the README on fetched facts', () => {
  it('shows an example that runs', () => {
    const [, region = ''] =
      /\/\/ #region fetch\n([\s\S]*?)\/\/ #endregion/.exec(
        readFileSync(new URL(import.meta.url), 'utf8'),
      ) ?? []
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    expect(readme).toContain(`\`\`\`ts\n${region}\`\`\``)
  })

  it('answers as the example says', () => {
    expect(fired).toEqual(['over-within-5-percent'])
    expect(chained.map(({ rule }) => rule)).toEqual(fired)
  })
})
