import { type Box, everything, intersectBoxes } from './box.ts'
import { compareEach } from './compare-each.ts'
import { type RankedBoxes, stepsMax, visitPairs } from './partition.ts'
import type { Space } from './space.ts'

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

/** The most pairs of boxes that are compared each with each. */
const pairsMax = 50_000_000

/**
 * Every pair of rules that may fire for the same facts and is wanted, once. The facts are split, so that only
 * boxes that come near each other are compared and a table whose rows exclude each other is looked at once.
 * Where that takes longer than comparing each with each would, as with rules over places of their own, which
 * no split tells apart, each is compared with each.
 */
export const findOverlaps = (
  space: Space,
  { boxes, ruleOf }: RankedBoxes,
  { isWanted, most, groups }: WantedPairs,
): Overlaps => {
  const groupOf = groups === undefined ? ruleOf : ruleOf.map((rule) => groups[rule] ?? rule)
  const known = new Map<number, Overlap>()
  const isOpen = (first: number, second: number) =>
    !known.has(keyOf(first, second)) && isWanted(first, second)
  const keep = (overlap: Overlap): boolean => {
    if (known.size === most) return false
    known.set(keyOf(overlap.first, overlap.second), overlap)
    return true
  }
  const pair = (one: number, other: number): boolean => {
    const [a, b] = [ruleOf[one] ?? 0, ruleOf[other] ?? 0]
    const [first, second] = a < b ? [a, b] : [b, a]
    if (!isOpen(first, second)) return true
    const box = intersectBoxes(boxes[one] ?? everything(space), boxes[other] ?? everything(space))
    return box === null || keep({ first, second, box })
  }
  const pairs = countPairs(groupOf)
  const steps = pairs > pairsMax ? stepsMax : pairs
  const isComplete =
    visitPairs(space, boxes, { groupOf, steps, pair }) ||
    (known.size < most && compareEach({ boxes, ruleOf, groupOf, pairsMax, isOpen, keep }))
  const overlaps = [...known.values()].toSorted((a, b) => a.first - b.first || a.second - b.second)
  return { overlaps, isComplete }
}

const keyOf = (first: number, second: number): number => first * 1_048_576 + second

/** How many pairs of boxes are of two groups. */
const countPairs = (groupOf: readonly number[]): number => {
  const sizes = [...Map.groupBy(groupOf, (group) => group).values()].map(({ length }) => length)
  const within = sizes.reduce((sum, size) => sum + size ** 2, 0)
  return (groupOf.length ** 2 - within) / 2
}
