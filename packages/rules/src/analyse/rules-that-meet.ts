import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { intersectBoxes } from './box.ts'
import { findOverlaps, type Overlap, rankBoxes, type RulesInBoxes } from './ranked-boxes.ts'
import { makeSpace } from './space.ts'

/** Two rules that may fire for the same facts. */
export type Meeting<Rule> = { readonly first: Rule; readonly second: Rule }

/**
 * Pairs of rules that may fire for the same facts and are wanted (asked by their numbers), in the order of
 * the rules, up to `most`. Exact where conditions compare a place with constants; a comparison that cannot be
 * looked into may come out either way, though for equal facts in every rule the same way.
 */
export const rulesThatMeet = <Rule extends Pick<CheckedRule, 'condition'>>(
  rules: readonly Rule[],
  isWanted: (first: number, second: number) => boolean,
  most: number,
): readonly Meeting<Rule>[] => {
  const space = makeSpace(rules)
  const boxes = rankBoxes(rules, space)
  const near = findOverlaps(space, boxes, isWanted, most)
  const isCutShort = !near.isComplete && near.overlaps.length < most
  const pairs = isCutShort ? compareAll(rules.length, boxes, isWanted, most) : near.overlaps
  return pairs.flatMap((pair) => {
    const [first, second] = [rules[pair.first], rules[pair.second]]
    return first === undefined || second === undefined ? [] : [{ first, second }]
  })
}

type Pair = Pick<Overlap, 'first' | 'second'>

/** Each rule with each, for rules so entangled that splitting the facts takes longer than that. */
const compareAll = (
  count: number,
  { boxes, boxesOfRule }: RulesInBoxes,
  isWanted: (first: number, second: number) => boolean,
  most: number,
): readonly Pair[] => {
  const pairs: Pair[] = []
  const own = boxesOfRule.map((numbers) => numbers.flatMap((one) => [boxes[one] ?? []]))
  for (let first = 0; first < count; first += 1) {
    for (let second = first + 1; second < count; second += 1) {
      const meets = own[first]?.some((a) => own[second]?.some((b) => intersectBoxes(a, b) !== null))
      if (meets !== true || !isWanted(first, second)) continue
      if (pairs.push({ first, second }) === most) return pairs
    }
  }
  return pairs
}
