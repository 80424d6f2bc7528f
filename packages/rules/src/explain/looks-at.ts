import type { PolicyFacts } from '@counterfoil/core'
import type { CheckedComparison, CheckedCondition, CheckedRule } from '../evaluate/checked-rule.ts'
import { readPlace } from '../evaluate/run-program.ts'
import type { Look } from './candidate-values.ts'
import { valueComparedWith } from './explained-condition.ts'

/** The comparisons that look at each place, from either side, with what stands on the other. */
export const looksAt = (
  rules: readonly CheckedRule[],
  facts: PolicyFacts,
): ReadonlyMap<string, readonly Look[]> => {
  const looks = new Map<string, Look[]>()
  const add = (place: string, look: Look): void => {
    const known = looks.get(place)
    if (known === undefined) looks.set(place, [look])
    else known.push(look)
  }
  for (const comparison of comparisonsOf(rules)) {
    const { left, right } = comparison
    add(left.text, { comparison, side: 'left', other: valueComparedWith(comparison, facts) })
    if (right.kind === 'fact') {
      add(right.place.text, { comparison, side: 'right', other: readPlace(left, facts) })
    }
  }
  return looks
}

/** Every comparison once, however often a named condition is used. */
const comparisonsOf = (rules: readonly CheckedRule[]): ReadonlySet<CheckedComparison> => {
  const seen = new Set<CheckedCondition>()
  const found = new Set<CheckedComparison>()
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
