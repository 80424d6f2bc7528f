import type { PolicyFacts } from '@counterfoil/core'
import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { comparisonsIn } from '../evaluate/comparisons-in.ts'
import { readPlace } from '../evaluate/read-place.ts'
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
  for (const comparison of comparisonsIn(rules)) {
    const { left, right } = comparison
    add(left.text, { comparison, side: 'left', other: valueComparedWith(comparison, facts) })
    if (right.kind === 'fact') {
      add(right.place.text, { comparison, side: 'right', other: readPlace(left, facts) })
    }
  }
  return looks
}
