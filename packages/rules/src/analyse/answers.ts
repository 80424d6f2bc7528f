import { type Box, intersectBoxes, settle } from './box.ts'
import { type CellSet, cellsFrom, coversRange, hasCell, uniteCells } from './cells.ts'
import type { RankedBoxes } from './partition.ts'
import { visitRegions } from './regions.ts'
import type { Space } from './space.ts'

/** What comes of trying the rules of one question in order; rules by their number in that order. */
export type Answers = {
  /** Rules that answer somewhere. */
  readonly answering: ReadonlySet<number>
  /** Rules that answer somewhere where, without them, something else would be said. */
  readonly needed: ReadonlySet<number>
  /** Facts for which none fires, as few boxes as can be, up to `gapsMax`. */
  readonly gaps: readonly Box[]
  /** Whether there are more gaps than that. */
  readonly hasMoreGaps: boolean
  /** False where the rules are so entangled that not all facts were looked at. */
  readonly isComplete: boolean
}

/** The most gaps that are kept. */
export const gapsMax = 2_000

/**
 * Finds for every fact which of the rules answers. `saysTheSame` is asked only of a rule that answers and
 * the next that also fires there.
 */
export const findAnswers = (
  space: Space,
  ranked: RankedBoxes,
  saysTheSame: (first: number, second: number) => boolean,
  within: Box | null,
): Answers => {
  const answering = new Set<number>()
  const needed = new Set<number>()
  const gaps: Box[] = []
  let hasMoreGaps = false
  const isComplete = visitRegions(
    space,
    ranked,
    (path, first, second) => {
      if (first < 0) {
        if (gaps.length < gapsMax) gaps.push(path.slice())
        else hasMoreGaps = true
        return
      }
      answering.add(first)
      if (!needed.has(first) && (second < 0 || !saysTheSame(first, second))) needed.add(first)
    },
    within,
  )
  return { answering, needed, gaps: mergeBoxes(gaps, space), hasMoreGaps, isComplete }
}

/** Rounds of merging; what one round joins, the next may join again. */
const roundsMax = 4

/** Boxes that differ on one axis only become one. */
const mergeBoxes = (boxes: readonly Box[], space: Space): readonly Box[] => {
  let merged = boxes
  for (let round = 0; round < roundsMax; round += 1) {
    const before = merged.length
    for (const axis of space.axes.keys()) merged = mergeOn(axis, merged, space)
    if (merged.length === before) break
  }
  return merged
}

const mergeOn = (axis: number, boxes: readonly Box[], space: Space): readonly Box[] => {
  const groups = new Map<string, Box>()
  for (const box of boxes) {
    const key = JSON.stringify(box.map((cells, index) => (index === axis ? null : cells)))
    const known = groups.get(key)
    groups.set(key, known === undefined ? box : joinOn(axis, [known, box], space))
  }
  return [...groups.values()]
}

const joinOn = (axis: number, [a, b]: readonly [Box, Box], space: Space): Box => {
  const [one, other] = [a[axis] ?? null, b[axis] ?? null]
  const joined = a.slice()
  const both = one === null || other === null ? null : uniteCells(one, other)
  const { first = 0, size = 0 } = space.axes[axis] ?? {}
  joined[axis] = both !== null && coversRange(both, first, size - 1) ? null : both
  return joined
}

/** What every rule of a question needs to be there: facts without it are none the question is about. */
export const frameOf = (space: Space, { boxes }: RankedBoxes): Box | null => {
  const frame = space.axes.map(({ size }, index): CellSet | null => {
    const needsIt = boxes.every((box) => {
      const cells = box[index] ?? null
      return cells !== null && !hasCell(cells, 0)
    })
    return needsIt && boxes.length > 0 ? cellsFrom(1, size - 1) : null
  })
  return settle(frame, space)
}

/** The rules that answer for facts of these boxes, and those that come next where `rule` answers. */
export const rulesWithin = (
  space: Space,
  ranked: RankedBoxes,
  within: readonly Box[],
  take: (first: number, second: number, path: Box) => number,
): readonly number[] => {
  const found = new Set<number>()
  for (const box of within) {
    const near = narrow(ranked, box)
    visitRegions(
      space,
      near,
      (path, first, second) => {
        const rule = take(first, second, path)
        if (rule >= 0) found.add(rule)
      },
      box,
    )
  }
  return [...found].toSorted((a, b) => a - b)
}

const narrow = ({ boxes, ruleOf }: RankedBoxes, within: Box): RankedBoxes => {
  const near = boxes.flatMap((box, index) => {
    const both = intersectBoxes(box, within)
    return both === null ? [] : [{ box: both, rule: ruleOf[index] ?? -1 }]
  })
  return { boxes: near.map(({ box }) => box), ruleOf: near.map(({ rule }) => rule) }
}

/** Boxes of some of the rules only. */
export const onlyRules = (
  { boxes, ruleOf }: RankedBoxes,
  isKept: (rule: number) => boolean,
): RankedBoxes => {
  const kept = boxes.map((_, index) => index).filter((index) => isKept(ruleOf[index] ?? -1))
  return {
    boxes: kept.map((index) => boxes[index] ?? []),
    ruleOf: kept.map((index) => ruleOf[index] ?? -1),
  }
}
