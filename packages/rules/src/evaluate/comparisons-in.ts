import type { CheckedComparison, CheckedRule } from './checked-rule.ts'
import type {
  EvaluableComparison,
  EvaluableCondition,
  EvaluableRule,
} from './evaluable-rule-set.ts'

/** Every comparison of some rules as written, each once, however often a named condition is used. */
export function comparisonsIn(rules: readonly CheckedRule[]): ReadonlySet<CheckedComparison>
/** The same of rules that are only evaluated. */
export function comparisonsIn(rules: readonly EvaluableRule[]): ReadonlySet<EvaluableComparison>
export function comparisonsIn(rules: readonly EvaluableRule[]): ReadonlySet<EvaluableComparison> {
  const found = new Set<EvaluableComparison>()
  const seen = new Set<EvaluableCondition>()
  const visit = (condition: EvaluableCondition): void => {
    if (seen.has(condition)) return
    seen.add(condition)
    if (condition.kind === 'comparison') found.add(condition)
    else if (condition.kind === 'not') visit(condition.condition)
    else condition.conditions.forEach(visit)
  }
  for (const { condition } of rules) visit(condition)
  return found
}
