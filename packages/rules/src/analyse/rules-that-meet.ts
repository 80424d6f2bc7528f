import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { findOverlaps, type WantedPairs } from './find-overlaps.ts'
import { rankBoxes } from './ranked-boxes.ts'
import { makeSpace } from './space.ts'

/** Two rules that may fire for the same facts. */
export type Meeting<Rule> = { readonly first: Rule; readonly second: Rule }

/** Pairs of rules in the order of the rules, and whether they are all there are. */
export type Meetings<Rule> = {
  readonly meetings: readonly Meeting<Rule>[]
  readonly isComplete: boolean
}

/**
 * Pairs of rules that may fire for the same facts and are wanted. Exact where conditions compare a place with
 * constants; a comparison that cannot be looked into may come out either way, though for equal facts in every
 * rule the same way.
 */
export const rulesThatMeet = <Rule extends Pick<CheckedRule, 'condition'>>(
  rules: readonly Rule[],
  wanted: WantedPairs,
): Meetings<Rule> => {
  const space = makeSpace(rules)
  const { overlaps, isComplete } = findOverlaps(space, rankBoxes(rules, space), wanted)
  const meetings = overlaps.flatMap((overlap) => {
    const [first, second] = [rules[overlap.first], rules[overlap.second]]
    return first === undefined || second === undefined ? [] : [{ first, second }]
  })
  return { meetings, isComplete }
}
