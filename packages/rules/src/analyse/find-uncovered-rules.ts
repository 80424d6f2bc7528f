import type { RuleSetCase } from '../cases/rule-set-case.ts'
import { runRuleSetCases } from '../cases/run-rule-set-cases.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { type AnalysisFinding, pointerOfRule, versionOf } from './analysis-finding.ts'

/** Rules, and rows of tables, that no case of the set shows deciding. */
export const findUncoveredRules = (
  loaded: LoadedRuleSet,
  cases: readonly RuleSetCase[],
): readonly AnalysisFinding[] => {
  const without = new Set(runRuleSetCases(loaded, cases).rulesWithoutCase)
  return loaded.rules
    .filter(({ name }) => without.has(name))
    .map((rule) => ({
      kind: 'no-case',
      severity: 'warning',
      ruleSet: versionOf(loaded),
      pointer: pointerOfRule(loaded, rule),
      rules: [rule.name],
      sentence: `no case shows \`${rule.name}\` deciding: add one to the cases, so that a change of it is noticed`,
    }))
}
