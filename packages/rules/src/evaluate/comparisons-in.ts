import type { CheckedComparison, CheckedCondition, CheckedRule } from './checked-rule.ts'

/** Every comparison of some rules, each once, however often a named condition is used. */
export const comparisonsIn = (rules: readonly CheckedRule[]): ReadonlySet<CheckedComparison> => {
  const found = new Set<CheckedComparison>()
  const seen = new Set<CheckedCondition>()
  const open = rules.map((rule) => rule.condition)
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (seen.has(one)) continue
    seen.add(one)
    if (one.kind === 'comparison') found.add(one)
    else if (one.kind === 'not') open.push(one.condition)
    else open.push(...one.conditions)
  }
  return found
}
