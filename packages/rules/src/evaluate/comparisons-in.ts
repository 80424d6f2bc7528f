import type { CheckedComparison, CheckedCondition, CheckedRule } from './checked-rule.ts'

/** Every comparison of some rules as written, each once, however often a named condition is used. */
export const comparisonsIn = (rules: readonly CheckedRule[]): ReadonlySet<CheckedComparison> => {
  const found = new Set<CheckedComparison>()
  const seen = new Set<CheckedCondition>()
  const visit = (condition: CheckedCondition): void => {
    if (seen.has(condition)) return
    seen.add(condition)
    if (condition.kind === 'comparison') found.add(condition)
    else if (condition.kind === 'not') visit(condition.condition)
    else condition.conditions.forEach(visit)
  }
  for (const { condition } of rules) visit(condition)
  return found
}
