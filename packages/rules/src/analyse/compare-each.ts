import { type Box, intersectBoxes } from './box.ts'
import { type CellSet, cellsMeet } from './cells.ts'
import type { Overlap } from './find-overlaps.ts'
import type { RankedBoxes } from './partition.ts'

/** Rules in boxes to compare. */
export type CompareEach = RankedBoxes & {
  /** A number for each box; rules of equal number are not compared. */
  readonly groupOf: readonly number[]
  /** The most pairs of boxes that are compared. */
  readonly pairsMax: number
  /** Whether two rules are to be compared, by their numbers in order. */
  readonly isOpen: (first: number, second: number) => boolean
  /** Told what is found, once for two rules; false stops. */
  readonly keep: (overlap: Overlap) => boolean
}

type RuleBoxes = {
  readonly rule: number
  readonly group: number
  readonly boxes: readonly BoundedBox[]
}

/** A box with the axes it ends on: few, however many there are. */
type BoundedBox = { readonly box: Box; readonly bounds: readonly Bound[] }
type Bound = { readonly axis: number; readonly cells: CellSet }

/** Compares each rule with each of another group. False where it was stopped before all were. */
export const compareEach = ({ pairsMax, isOpen, keep, ...ranked }: CompareEach): boolean => {
  const groups = [...Map.groupBy(rulesIn(ranked), ({ group }) => group).values()]
  let left = pairsMax
  for (const [index, group] of groups.entries()) {
    for (const other of groups.slice(index + 1).flat()) {
      for (const one of group) {
        const [first, second] = one.rule < other.rule ? [one, other] : [other, one]
        const isCompared = isOpen(first.rule, second.rule)
        left -= isCompared ? first.boxes.length * second.boxes.length : 1
        if (left < 0) return false
        const box = isCompared ? boxInBoth(first.boxes, second.boxes) : null
        if (box !== null && !keep({ first: first.rule, second: second.rule, box })) return false
      }
    }
  }
  return true
}

const rulesIn = ({
  boxes,
  ruleOf,
  groupOf,
}: Pick<CompareEach, 'boxes' | 'ruleOf' | 'groupOf'>): readonly RuleBoxes[] =>
  [...Map.groupBy(boxes.keys(), (index) => ruleOf[index] ?? -1)].map(([rule, own]) => ({
    rule,
    group: groupOf[own[0] ?? -1] ?? rule,
    boxes: own.map((index) => bounded(boxes[index] ?? [])),
  }))

const bounded = (box: Box): BoundedBox => ({
  box,
  bounds: box.flatMap((cells, axis) => (cells === null ? [] : [{ axis, cells }])),
})

/** The first facts that lie in a box of either; null where there are none. */
const boxInBoth = (ones: readonly BoundedBox[], others: readonly BoundedBox[]): Box | null => {
  for (const { box: one, bounds } of ones) {
    const met = others.find(({ box }) => isWithin(box, bounds))
    if (met !== undefined) return intersectBoxes(one, met.box)
  }
  return null
}

const isWithin = (box: Box, bounds: readonly Bound[]): boolean =>
  bounds.every(({ axis, cells }) => {
    const own = box[axis] ?? null
    return own === null || cellsMeet(own, cells)
  })
