import type { CheckedComparison, CheckedCondition } from '../evaluate/checked-rule.ts'
import { testOf } from '../evaluate/operators.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { RuleSetCase } from './rule-set-case.ts'
import { runRuleSetCases } from './run-rule-set-cases.ts'
import { readPlace } from '../evaluate/read-place.ts'

/** How much of a rule set its cases show. A row of a table is a rule, and each of its cells a comparison. */
export type CaseCoverage = {
  /** Rules of its own that some case shows deciding. */
  readonly rules: Share
  /** Comparisons of its own that some case shows to hold and some case shows not to. */
  readonly comparisons: Share
  readonly rulesNotShown: readonly string[]
  readonly comparisonsNotShown: readonly ComparisonNotShown[]
}

/** So many of so many. `percent` is rounded down; 100 where there is nothing to show. */
export type Share = { readonly shown: number; readonly of: number; readonly percent: number }

/** A comparison whose every case comes out alike. */
export type ComparisonNotShown = {
  readonly rule: string
  /** Where it stands in the rule set. */
  readonly pointer: string
  /** What no case shows: that it holds, or that it does not. */
  readonly missing: 'holds' | 'fails'
}

/** Says which rules and which comparisons the cases of a rule set show at work. */
export const measureCoverage = (
  loaded: LoadedRuleSet,
  cases: readonly RuleSetCase[],
): CaseCoverage => {
  const version = `${loaded.ruleSet.id}@${loaded.ruleSet.version}`
  const own = loaded.rules.filter(({ from }) => from === version)
  const all = [...(loaded.ruleSet.cases ?? []), ...cases]
  const { rulesWithoutCase } = runRuleSetCases(loaded, cases)
  const comparisons = own.flatMap(({ name, condition }) =>
    comparisonsOf(condition).map((comparison) => ({ rule: name, comparison })),
  )
  const notShown = comparisons.flatMap(({ rule, comparison }): ComparisonNotShown[] => {
    const outcomes = new Set(all.map(({ facts }) => holds(comparison, facts)))
    const { pointer } = comparison
    if (!outcomes.has(true)) return [{ rule, pointer, missing: 'holds' }]
    return outcomes.has(false) ? [] : [{ rule, pointer, missing: 'fails' }]
  })
  return {
    rules: shareOf(own.length - rulesWithoutCase.length, own.length),
    comparisons: shareOf(comparisons.length - notShown.length, comparisons.length),
    rulesNotShown: rulesWithoutCase,
    comparisonsNotShown: notShown,
  }
}

const shareOf = (shown: number, of: number): Share => ({
  shown,
  of,
  percent: of === 0 ? 100 : Math.floor((shown * 100) / of),
})

const comparisonsOf = (condition: CheckedCondition): readonly CheckedComparison[] => {
  switch (condition.kind) {
    case 'comparison':
      return [condition]
    case 'not':
      return comparisonsOf(condition.condition)
    case 'all':
    case 'any':
      return condition.conditions.flatMap(comparisonsOf)
  }
}

const holds = (comparison: CheckedComparison, facts: RuleSetCase['facts']): boolean => {
  const { left, right } = comparison
  const other = right.kind === 'fact' ? readPlace(right.place, facts) : right.value
  return testOf(comparison)(readPlace(left, facts), other)
}
