import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { type Box, boxesOf, everything, intersectBoxes } from './box.ts'
import { type RankedBoxes, visitPairs } from './partition.ts'
import type { Space } from './space.ts'

/** Rules in boxes. */
export type RulesInBoxes = RankedBoxes & {
  /** Whether the boxes of each rule are exactly the facts it fires for, and not more. */
  readonly isExact: readonly boolean[]
  /** The numbers of the boxes of each rule. */
  readonly boxesOfRule: readonly (readonly number[])[]
}

/** Brings rules into boxes, in the order given. */
export const rankBoxes = (
  rules: readonly Pick<CheckedRule, 'condition'>[],
  space: Space,
): RulesInBoxes => {
  const boxes: Box[] = []
  const ruleOf: number[] = []
  const isExact: boolean[] = []
  const boxesOfRule = rules.map(({ condition }, rule) => {
    const own = boxesOf(condition, space)
    isExact.push(own.isExact)
    return own.boxes.map((box) => {
      ruleOf.push(rule)
      return boxes.push(box) - 1
    })
  })
  return { boxes, ruleOf, isExact, boxesOfRule }
}

/** Two rules, by number, that fire for the same facts, and those facts. */
export type Overlap = { readonly first: number; readonly second: number; readonly box: Box }

/** Overlaps in the order of the rules, and whether they are all there are. */
export type Overlaps = { readonly overlaps: readonly Overlap[]; readonly isComplete: boolean }

/**
 * Every pair of rules that may fire for the same facts and is wanted, once, up to `most` of them. Only
 * boxes that come near each other are compared, so a table whose rows exclude each other is looked at once.
 */
export const findOverlaps = (
  space: Space,
  ranked: RankedBoxes,
  isWanted: (first: number, second: number) => boolean,
  most: number,
): Overlaps => {
  const known = new Map<number, Overlap | null>()
  let found = 0
  const isComplete = visitPairs(space, ranked, (one, other) => {
    const [a, b] = [ranked.ruleOf[one] ?? 0, ranked.ruleOf[other] ?? 0]
    const [first, second] = a < b ? [a, b] : [b, a]
    const key = first * 1_048_576 + second
    if (known.has(key)) return true
    const box = intersectBoxes(
      ranked.boxes[one] ?? everything(space),
      ranked.boxes[other] ?? everything(space),
    )
    if (box === null) return true
    const isOne = isWanted(first, second)
    if (isOne && found === most) return false
    known.set(key, isOne ? { first, second, box } : null)
    if (isOne) found += 1
    return true
  })
  const overlaps = [...known.values()]
    .filter((one) => one !== null)
    .toSorted((a, b) => a.first - b.first || a.second - b.second)
  return { overlaps, isComplete }
}
