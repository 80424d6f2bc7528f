import type { RuleSetCase } from '../cases/rule-set-case.ts'
import { runRuleSetCases } from '../cases/run-rule-set-cases.ts'
import { type AnalysisFinding, pointerOfRule, versionOf } from './analysis-finding.ts'
import { type Analysed, answeringFacts } from './find-in-regions.ts'

/** The most rules for which facts are looked for that a case could show. */
const witnessesMax = 100

/** Rules, and rows of tables, that no case of the set shows deciding, with facts for such a case. */
export const findUncoveredRules = (
  analysed: Analysed,
  cases: readonly RuleSetCase[],
): readonly AnalysisFinding[] => {
  const { loaded } = analysed
  const without = new Set(runRuleSetCases(loaded, cases).rulesWithoutCase)
  return loaded.rules
    .filter(({ name }) => without.has(name))
    .map((rule, index) => ({
      kind: 'no-case',
      severity: 'warning',
      ruleSet: versionOf(loaded),
      pointer: pointerOfRule(loaded, rule),
      rules: [rule.name],
      sentence: `no case shows \`${rule.name}\` deciding: add one to the cases, so that a change of it is noticed`,
      ...(index < witnessesMax ? answeringFacts(rule, analysed) : {}),
    }))
}
