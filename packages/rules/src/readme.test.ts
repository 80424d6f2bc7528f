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

// #region explain
import { counterfactual, explainDecision, nearLimits } from '@counterfoil/rules/explain'

const loaded = loadRuleSet(ruleSet)
const decided = { discrepancy: { kind: 'over-shipment', percent: '5.2' } } // or the record of a decision
const [rule] = explainDecision(loaded, decided).rules
// rule.sentence is "`over-within-5-percent` did not apply, because the difference in percent is 5.2 %, more than 5 %"

const [limit] = nearLimits(loaded, decided, { withinPercent: '5' })
// limit.sentence is "the difference in percent is 5.2 %, 0.2 % from the limit of 5 %"

const wanted = { rule: 'over-within-5-percent', fires: true }
const [smallest] = counterfactual(loaded, decided, wanted).counterfactuals
// smallest.sentence is "`over-within-5-percent` would have applied with the difference in percent at 5 % or below"
// #endregion

// #region evaluate
import {
  decide,
  evaluateRecord,
  readDecisionRecord,
  readEvaluableRuleSet,
  writeDecisionRecord,
  writeEvaluableRuleSet,
} from '@counterfoil/rules/evaluate'

// Where rule sets are loaded, so checked: a text to put beside the scripts of a page.
const shipped = writeEvaluableRuleSet(loaded)

// In the page: no schema, no checker, nothing generated; the same decision, and a record of it in one line.
const record = decide(readEvaluableRuleSet(shipped), {
  discrepancy: { kind: 'over-shipment', percent: '4.5' },
})
const line = writeDecisionRecord(record)

// Back where the sets are: what was answered, and by which rules, from the line alone.
const { fired } = evaluateRecord(loaded, readDecisionRecord(line))
// fired is ["over-within-5-percent"]
// #endregion

describe('the README of the rules', () => {
  it.each(['readme', 'explain', 'evaluate'])('shows an example that runs: %s', (name) => {
    const source = readFileSync(new URL(import.meta.url), 'utf8')
    const [, region = ''] =
      new RegExp(`// #region ${name}\\n([\\s\\S]*?)// #endregion`).exec(source) ?? []
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    expect(region).not.toBe('')
    expect(readme).toContain(`\`\`\`ts\n${region}\`\`\``)
  })

  it('explains as the example says', () => {
    const said = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    for (const one of [rule, limit, smallest])
      expect(said).toContain(`.sentence is "${one?.sentence}"`)
  })

  it('decides in a page as the example says', () => {
    const said = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    expect(said).toContain(`// fired is ${JSON.stringify(fired)}`)
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
