import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { type Box, intersectBoxes } from './box.ts'
import { pairsMax } from './partition.ts'
import { findOverlaps, rankBoxes, type RulesInBoxes, type WantedPairs } from './ranked-boxes.ts'
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
  const boxes = rankBoxes(rules, space)
  const near = findOverlaps(space, boxes, wanted)
  const isFound = near.isComplete || near.overlaps.length === wanted.most
  const { pairs, isComplete } = isFound
    ? { pairs: near.overlaps, isComplete: near.isComplete }
    : compareAll(boxes, wanted)
  const meetings = pairs.flatMap((pair) => {
    const [first, second] = [rules[pair.first], rules[pair.second]]
    return first === undefined || second === undefined ? [] : [{ first, second }]
  })
  return { meetings, isComplete }
}

type Pair = { readonly first: number; readonly second: number }

/** Each rule with each, for rules so entangled that splitting the facts takes longer than that. */
const compareAll = (
  { boxes, boxesOfRule }: RulesInBoxes,
  { isWanted, most, groups }: WantedPairs,
): { readonly pairs: readonly Pair[]; readonly isComplete: boolean } => {
  const pairs: Pair[] = []
  const own = boxesOfRule.map((numbers) => numbers.flatMap((one) => [boxes[one] ?? []]))
  let compared = 0
  for (const [first, boxesOfFirst] of own.entries()) {
    for (let second = first + 1; second < own.length; second += 1) {
      if (groups !== undefined && groups[first] === groups[second]) continue
      compared += 1
      if (compared > pairsMax) return { pairs, isComplete: false }
      if (!doMeet(boxesOfFirst, own[second] ?? []) || !isWanted(first, second)) continue
      if (pairs.push({ first, second }) === most) return { pairs, isComplete: false }
    }
  }
  return { pairs, isComplete: true }
}

const doMeet = (one: readonly Box[], other: readonly Box[]): boolean =>
  one.some((a) => other.some((b) => intersectBoxes(a, b) !== null))
