import { describe, expect, it } from 'vitest'
import {
  decide,
  evaluateRuleSet,
  readEvaluableRuleSet,
  writeDecisionRecord,
  writeEvaluableRuleSet,
} from '@counterfoil/rules/evaluate'
import { ruleSetFolders } from '../scripts/rule-set-folders.ts'

describe('the rule sets that come with the package, shipped to be evaluated', () => {
  it.each(ruleSetFolders())(
    'decide alike and make the same records: $name',
    ({ loaded, cases }) => {
      const shipped = readEvaluableRuleSet(writeEvaluableRuleSet(loaded))
      for (const { facts } of cases) {
        expect(evaluateRuleSet(shipped, facts)).toEqual(evaluateRuleSet(loaded, facts))
        const [record, expected] = [decide(shipped, facts), decide(loaded, facts)]
        expect(writeDecisionRecord(record)).toBe(writeDecisionRecord(expected))
      }
    },
  )
})
