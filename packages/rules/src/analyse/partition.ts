import type { Box } from './box.ts'
import { type CellSet, coversRange } from './cells.ts'
import type { Space } from './space.ts'

/** Boxes of rules in the order they are tried; `ruleOf` says whose each box is. */
export type RankedBoxes = {
  readonly boxes: readonly Box[]
  readonly ruleOf: readonly number[]
}

/** The most steps a walk may take: looks at a box on an axis, and at a pair of boxes. */
export const stepsMax = 200_000_000

/** What is done where no axis, or one only, still tells boxes apart. */
export type RegionEnds = {
  readonly report: (active: readonly number[], partition: Partition) => void
  readonly sweep: (look: Look, presence: Int8Array, partition: Partition) => void
}

const unknown = 0
const missing = 1
const present = 2

/** A walk through the facts. */
export type Partition = {
  readonly space: Space
  readonly ranked: RankedBoxes
  /** What is done at the end of each region; null where every pair is wanted, not only the first two of every region. */
  readonly regions: RegionEnds | null
  /** Told the boxes of a node once they are few or differ no more; false stops the walk. */
  readonly pairUp: ((active: readonly number[]) => boolean) | null
  readonly path: (CellSet | null)[]
  /** How many steps are left. */
  steps: number
}

type Node = {
  /** The boxes that reach into it, in rank order. */
  readonly active: readonly number[]
  /** The axes on which one of them may still end inside it. */
  readonly open: readonly number[]
  /** For each axis whether its place is there, as far as that is decided. */
  readonly presence: Int8Array
}

/** The most boxes that are compared each with each. */
const fewBoxes = 12

/** Which pairs of boxes are looked for, and how long. */
export type VisitPairs = {
  /** A number for each box; pairs of boxes of equal number are not looked for. */
  readonly groupOf: readonly number[]
  /** The most steps that are taken. */
  readonly steps: number
  /** Told boxes of two groups, perhaps several times; false stops the walk. */
  readonly pair: (first: number, second: number) => boolean
}

/**
 * Tells of boxes of two groups that lie near each other. False where it was stopped or would take too many
 * steps; then not every pair was found.
 */
export const visitPairs = (
  space: Space,
  boxes: readonly Box[],
  { groupOf, steps, pair }: VisitPairs,
): boolean => {
  const pairUp = (active: readonly number[]): boolean => {
    for (const [index, first] of active.entries()) {
      partition.steps -= active.length - index
      if (partition.steps < 0) return false
      for (let at = index + 1; at < active.length; at += 1) {
        const second = active[at] ?? 0
        if (groupOf[first] !== groupOf[second] && !pair(first, second)) return false
      }
    }
    return true
  }
  const path = space.axes.map(() => null)
  const ranked = { boxes, ruleOf: groupOf }
  const partition: Partition = { space, ranked, regions: null, pairUp, path, steps }
  return start(partition)
}

const isOneGroup = (active: readonly number[], groupOf: readonly number[]): boolean => {
  const group = groupOf[active[0] ?? -1]
  return active.every((box) => groupOf[box] === group)
}

/** Begins a walk; false where it takes too many steps. */
export const start = (partition: Partition): boolean => {
  const { space, ranked, path } = partition
  const presence = new Int8Array(space.axes.length)
  for (const [index, cells] of path.entries()) decideFrom(cells, index, presence, space)
  const open = space.axes.map((_, index) => index)
  return walk({ active: ranked.boxes.map((_, index) => index), open, presence }, partition)
}

/** Where a region leaves no choice about a place, that decides about what it lies in and what lies in it. */
const decideFrom = (
  cells: CellSet | null,
  index: number,
  presence: Int8Array,
  space: Space,
): void => {
  if (cells === null || cells.length === 0) return
  if ((cells[0] ?? 0) > 0) decide(index, present, presence, space)
  else if (cells.length === 2 && cells[1] === 0) decide(index, missing, presence, space)
}

const decide = (index: number, what: number, presence: Int8Array, space: Space): void => {
  const axis = space.axes[index]
  if (axis === undefined || presence[index] === what) return
  presence[index] = what
  if (what === present && axis.parent >= 0) decide(axis.parent, present, presence, space)
  if (what === missing && axis.isMandatory && axis.parent >= 0) {
    decide(axis.parent, missing, presence, space)
  }
  for (const child of space.children[index] ?? []) {
    if (what === missing) decide(child, missing, presence, space)
    else if (space.axes[child]?.isMandatory === true) decide(child, present, presence, space)
  }
}

/** The cells of an axis that are left. */
export type Domain = {
  readonly first: number
  readonly last: number
  readonly cells: CellSet | null
}

/** The cells of an axis that a node can still be in. */
export const domainOf = (index: number, presence: Int8Array, partition: Partition): Domain => {
  const axis = partition.space.axes[index]
  const cells = partition.path[index] ?? null
  const low = presence[index] === present ? 1 : (axis?.first ?? 0)
  const high = presence[index] === missing ? 0 : (axis?.size ?? 1) - 1
  if (cells === null) return { first: low, last: high, cells }
  const last = cells[cells.length - 1] ?? 0
  return { first: Math.max(low, cells[0] ?? 0), last: Math.min(high, last), cells }
}

/** Whether a box reaches across all that is left of an axis. */
export const isFull = (set: CellSet | null | undefined, domain: Domain): boolean =>
  set === null || set === undefined || set === domain.cells || covers(set, domain)

const covers = (set: CellSet, { first, last, cells }: Domain): boolean => {
  if (coversRange(set, first, last)) return true
  if (cells === null || cells.length === 2) return false
  for (let index = 0; index < cells.length; index += 2) {
    const [low, high] = [Math.max(first, cells[index] ?? 0), Math.min(last, cells[index + 1] ?? 0)]
    if (low <= high && !coversRange(set, low, high)) return false
  }
  return true
}

const walk = (node: Node, partition: Partition): boolean => {
  const { pairUp, regions, ranked } = partition
  const { active, open } = node
  partition.steps -= active.length * open.length + 1
  if (partition.steps < 0) return false
  if (pairUp !== null && isOneGroup(active, ranked.ruleOf)) return true
  if (pairUp !== null && active.length <= fewBoxes) return pairUp(active)
  const look = lookAt(node, partition)
  if (look.axis < 0) {
    if (pairUp !== null) return pairUp(look.active)
    regions?.report(look.active, partition)
    return true
  }
  if (regions !== null && look.open.length === 1) {
    regions.sweep(look, node.presence, partition)
    return true
  }
  return split(look, node.presence, partition)
}

/** A node, looked at: which axis tells most boxes of it apart. */
export type Look = {
  readonly active: readonly number[]
  readonly open: readonly number[]
  readonly axis: number
  /** For each active box on how many axes it ends inside. */
  readonly ends: Uint16Array
}

/** Chooses the axis that tells most boxes apart; -1 where none does. Boxes behind two others are dropped. */
const lookAt = ({ active, open, presence }: Node, partition: Partition): Look => {
  const { boxes } = partition.ranked
  const ends = new Uint16Array(active.length)
  const stillOpen: number[] = []
  let [axis, best] = [-1, Infinity]
  for (const index of open) {
    const domain = domainOf(index, presence, partition)
    const width = domain.last - domain.first + 1
    let share = 0
    let isOpen = false
    for (let at = 0; at < active.length; at += 1) {
      const set = boxes[active[at] ?? 0]?.[index]
      if (isFull(set, domain)) {
        share += 1
        continue
      }
      isOpen = true
      ends[at] = (ends[at] ?? 0) + 1
      share += widthWithin(set ?? [], domain) / width
    }
    if (!isOpen) continue
    stillOpen.push(index)
    if (share < best) [axis, best] = [index, share]
  }
  const length = cutBehindTwo(active, ends, partition)
  return {
    active: length === active.length ? active : active.slice(0, length),
    open: stillOpen,
    axis,
    ends,
  }
}

const widthWithin = (set: CellSet, { first, last }: Domain): number => {
  let width = 0
  for (let index = 0; index < set.length; index += 2) {
    const low = Math.max(first, set[index] ?? 0)
    const high = Math.min(last, set[index + 1] ?? 0)
    if (low <= high) width += high - low + 1
  }
  return width
}

/** Behind two rules that fire everywhere in a region, no other can answer or answer in place of the first. */
const cutBehindTwo = (
  active: readonly number[],
  ends: Uint16Array,
  { ranked, regions }: Partition,
): number => {
  if (regions === null) return active.length
  let everywhere = -1
  for (let at = 0; at < active.length; at += 1) {
    if (ends[at] !== 0) continue
    const rule = ranked.ruleOf[active[at] ?? 0] ?? -1
    if (everywhere >= 0 && rule !== everywhere) return at + 1
    everywhere = rule
  }
  return active.length
}

/** Where the boxes of a node begin and end on an axis, ascending; the end of the domain, plus one, is last. */
export const cutsOf = (
  active: readonly number[],
  axis: number,
  domain: Domain,
  boxes: readonly Box[],
): readonly number[] => {
  const { first, last, cells } = domain
  const marks = new Uint8Array(last - first + 2)
  const mark = (set: CellSet) => {
    for (let at = 0; at < set.length; at += 2) {
      const [low, high] = [set[at] ?? 0, (set[at + 1] ?? 0) + 1]
      if (low > first && low <= last) marks[low - first] = 1
      if (high > first && high <= last) marks[high - first] = 1
    }
  }
  marks[0] = 1
  marks[last - first + 1] = 1
  // What is missing stays apart, since it decides about what lies in it.
  if (first === 0 && last > 0) marks[1] = 1
  if (cells !== null) mark(cells)
  for (const box of active) {
    const set = boxes[box]?.[axis]
    if (set !== null && set !== undefined) mark(set)
  }
  const cuts: number[] = []
  for (let at = 0; at < marks.length; at += 1) if (marks[at] === 1) cuts.push(first + at)
  return cuts
}

/** The number of the segment that begins at a cut, or the one a cell lies in. */
export const segmentAt = (cuts: readonly number[], cell: number): number => {
  let [low, high] = [0, cuts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((cuts[middle] ?? 0) <= cell) low = middle
    else high = middle - 1
  }
  return low
}

/** The segments of the domain: all, unless a region that has several parts is kept to. */
export const isInside = (cut: number, { cells }: Domain): boolean =>
  cells === null || coversRange(cells, cut, cut)

type Segment = { readonly active: number[]; readonly cells: number[]; hash: number }

/** Any other axis: every group of segments the same boxes reach into is a node of its own. */
const split = (look: Look, presence: Int8Array, partition: Partition): boolean => {
  const { axis } = look
  const domain = domainOf(axis, presence, partition)
  const before = partition.path[axis] ?? null
  const open = look.open.filter((one) => one !== axis)
  for (const { active, cells } of segmentsOf(look, domain, partition)) {
    partition.path[axis] = cells
    const inside = presence.slice()
    if (inside[axis] === unknown) decideFrom(cells, axis, inside, partition.space)
    if (!walk({ active, open, presence: inside }, partition)) return false
  }
  partition.path[axis] = before
  return true
}

const segmentsOf = (
  { active, axis, ends }: Look,
  domain: Domain,
  { ranked, regions }: Partition,
): Iterable<Segment> => {
  const cuts = cutsOf(active, axis, domain, ranked.boxes)
  const segments: Segment[] = []
  for (let at = 0; at + 1 < cuts.length; at += 1) {
    segments.push({ active: [], cells: [cuts[at] ?? 0, (cuts[at + 1] ?? 0) - 1], hash: 0 })
  }
  // The rule that fires everywhere in a segment; a second one, and nothing behind it matters.
  const everywhere = new Int32Array(segments.length).fill(-1)
  const add = (at: number, box: number, isEverywhere: boolean) => {
    const segment = segments[at]
    const known = everywhere[at] ?? -1
    if (segment === undefined || known === -2) return
    segment.active.push(box)
    segment.hash = (Math.imul(segment.hash, 31) + box + 1) | 0
    if (!isEverywhere || regions === null) return
    const rule = ranked.ruleOf[box] ?? -1
    everywhere[at] = known >= 0 && known !== rule ? -2 : rule
  }
  for (let index = 0; index < active.length; index += 1) {
    const box = active[index] ?? 0
    const set = ranked.boxes[box]?.[axis]
    if (isFull(set, domain)) {
      for (let at = 0; at < segments.length; at += 1) add(at, box, ends[index] === 0)
    } else if (set !== null && set !== undefined) {
      for (let part = 0; part < set.length; part += 2) {
        const low = Math.max(domain.first, set[part] ?? 0)
        const high = Math.min(domain.last, set[part + 1] ?? 0)
        if (low > high) continue
        const last = segmentAt(cuts, high)
        for (let at = segmentAt(cuts, low); at <= last; at += 1) add(at, box, ends[index] === 1)
      }
    }
  }
  return mergeSegments(segments.filter(({ cells }) => isInside(cells[0] ?? 0, domain)))
}

const mergeSegments = (segments: readonly Segment[]): Iterable<Segment> => {
  const merged = new Map<number, Segment[]>()
  for (const segment of segments) {
    const alike = merged.get(segment.hash) ?? []
    merged.set(segment.hash, alike)
    const same = alike.find((one) => one.cells[0] !== 0 && isSame(one.active, segment.active))
    if (same === undefined) alike.push(segment)
    else if (same.cells[same.cells.length - 1] === (segment.cells[0] ?? 0) - 1) {
      same.cells[same.cells.length - 1] = segment.cells[1] ?? 0
    } else same.cells.push(...segment.cells)
  }
  return [...merged.values()].flat()
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index])
