import type { Box } from './box.ts'
import type { CellSet } from './cells.ts'
import {
  cutsOf,
  type Domain,
  domainOf,
  isFull,
  isInside,
  type Look,
  type Partition,
  type RankedBoxes,
  type RegionEnds,
  segmentAt,
  start,
  stepsMax,
} from './partition.ts'
import type { Space } from './space.ts'

/**
 * What is called for every region of the facts: the rule tried first and the next other rule that also
 * fires there, -1 for none. `path` is the region, and is reused: copy what is kept.
 */
export type VisitRegion = (path: readonly (CellSet | null)[], first: number, second: number) => void

/**
 * Splits the facts axis by axis into regions in which no rule begins or ends, and says of each which rule
 * answers and which would answer in its place. The axis that tells most rules apart goes first, and the
 * last one is swept, so a table of thousands of rows takes little more than one look at each. False where
 * it would take too many steps; then not every region was visited. `within` keeps it inside one box.
 */
export const visitRegions = (
  space: Space,
  ranked: RankedBoxes,
  visit: VisitRegion,
  within: Box | null = null,
): boolean => {
  const path = space.axes.map((_, index) => within?.[index] ?? null)
  return start({ space, ranked, regions: endsOf(visit), pairUp: null, path, steps: stepsMax })
}

const endsOf = (visit: VisitRegion): RegionEnds => ({
  report: (active, partition) => report(active, visit, partition),
  sweep: (look, presence, partition) => sweep(look, presence, visit, partition),
})

const report = (
  active: readonly number[],
  visit: VisitRegion,
  { ranked, path }: Partition,
): void => {
  const first = active.length === 0 ? -1 : (ranked.ruleOf[active[0] ?? 0] ?? -1)
  const next = active.find((box) => ranked.ruleOf[box] !== first)
  visit(path, first, next === undefined ? -1 : (ranked.ruleOf[next] ?? -1))
}

type Painted = { readonly first: Int32Array; readonly second: Int32Array }

/** The last axis: in rank order each rule paints what no two before it have painted. */
const sweep = (
  { active, axis }: Look,
  presence: Int8Array,
  visit: VisitRegion,
  partition: Partition,
): void => {
  const { ranked, path } = partition
  const domain = domainOf(axis, presence, partition)
  const cuts = cutsOf(active, axis, domain, ranked.boxes)
  const { first, second } = paint(active, axis, { domain, cuts }, partition)
  const before = path[axis] ?? null
  for (const [rules, cells] of groupSegments(first, second, cuts, domain)) {
    path[axis] = cells
    visit(path, first[rules] ?? -1, second[rules] ?? -1)
  }
  path[axis] = before
}

const paint = (
  active: readonly number[],
  axis: number,
  { domain, cuts }: { readonly domain: Domain; readonly cuts: readonly number[] },
  { ranked }: Partition,
): Painted => {
  const count = cuts.length - 1
  const first = new Int32Array(count).fill(-1)
  const second = new Int32Array(count).fill(-1)
  // The next segment, from each on, that two rules have not painted yet.
  const next = Int32Array.from({ length: count + 1 }, (_, index) => index)
  const open = (from: number): number => {
    let at = from
    while (next[at] !== at) at = next[at] ?? count
    for (let step = from; step !== at;) {
      const after = next[step] ?? count
      next[step] = at
      step = after
    }
    return at
  }
  const paintRange = (low: number, high: number, rule: number) => {
    for (let at = open(low); at < high; at = open(at + 1)) {
      if (first[at] === -1) first[at] = rule
      else if (first[at] !== rule) {
        second[at] = rule
        next[at] = at + 1
      }
    }
  }
  for (const box of active) {
    const rule = ranked.ruleOf[box] ?? -1
    const set = ranked.boxes[box]?.[axis]
    if (isFull(set, domain)) paintRange(0, count, rule)
    else if (set !== null && set !== undefined) {
      for (let at = 0; at < set.length; at += 2) {
        const low = Math.max(domain.first, set[at] ?? 0)
        const high = Math.min(domain.last, set[at + 1] ?? 0)
        if (low <= high) paintRange(segmentAt(cuts, low), segmentAt(cuts, high) + 1, rule)
      }
    }
  }
  return { first, second }
}

/** Segments with the same two rules, together: the number of one of them, and the cells of all. */
const groupSegments = (
  first: Int32Array,
  second: Int32Array,
  cuts: readonly number[],
  domain: Domain,
): ReadonlyMap<number, number[]> => {
  const groups = new Map<number, number[]>()
  const known = new Map<number, number>()
  for (let at = 0; at < first.length; at += 1) {
    const [low, high] = [cuts[at] ?? 0, (cuts[at + 1] ?? 0) - 1]
    if (!isInside(low, domain)) continue
    const key = (first[at] ?? -1) * 1_048_576 + (second[at] ?? -1)
    const representative = known.get(key) ?? at
    known.set(key, representative)
    const cells = groups.get(representative)
    if (cells === undefined) groups.set(representative, [low, high])
    else if (cells[cells.length - 1] === low - 1) cells[cells.length - 1] = high
    else cells.push(low, high)
  }
  return groups
}
