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

/** Which pairs are looked for. */
export type WantedPairs = {
  /** Asked by the numbers of two rules. */
  readonly isWanted: (first: number, second: number) => boolean
  /** The most that are found. */
  readonly most: number
  /** A number for each rule; pairs of rules of equal number are not looked for. Its own where left out. */
  readonly groups?: readonly number[]
}

/**
 * Every pair of rules that may fire for the same facts and is wanted, once. Only boxes that come near each
 * other are compared, so a table whose rows exclude each other is looked at once.
 */
export const findOverlaps = (
  space: Space,
  { boxes, ruleOf }: RankedBoxes,
  { isWanted, most, groups }: WantedPairs,
): Overlaps => {
  const known = new Map<number, Overlap>()
  const groupOf = groups === undefined ? ruleOf : ruleOf.map((rule) => groups[rule] ?? rule)
  const isComplete = visitPairs(space, boxes, groupOf, (one, other) => {
    const [a, b] = [ruleOf[one] ?? 0, ruleOf[other] ?? 0]
    const [first, second] = a < b ? [a, b] : [b, a]
    const key = first * 1_048_576 + second
    if (known.has(key)) return true
    const box = intersectBoxes(boxes[one] ?? everything(space), boxes[other] ?? everything(space))
    if (box === null || !isWanted(first, second)) return true
    if (known.size === most) return false
    known.set(key, { first, second, box })
    return true
  })
  const overlaps = [...known.values()].toSorted((a, b) => a.first - b.first || a.second - b.second)
  return { overlaps, isComplete }
}
