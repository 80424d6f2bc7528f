import type { CheckedComparison, CheckedCondition } from '../evaluate/checked-rule.ts'
import {
  cellsMeet,
  type CellSet,
  coversRange,
  intersectCells,
  noCells,
  uniteCells,
} from './cells.ts'
import type { Space } from './space.ts'

/** Some facts: for each axis the cells they may lie in, null for any. */
export type Box = readonly (CellSet | null)[]

/** The facts for which a condition holds, as boxes; where there would be too many, one box around them. */
export type Boxes = { readonly boxes: readonly Box[]; readonly isExact: boolean }

/** The most boxes one rule may come to. */
export const boxesMax = 512

/** All facts. */
export const everything = (space: Space): Box => space.axes.map(() => null)

/** Brings a condition into boxes. Facts no schema lets through are left out. */
export const boxesOf = (condition: CheckedCondition, space: Space): Boxes => {
  const { boxes, isExact } = boxesIn(condition, false, space)
  const possible: Box[] = []
  for (const box of boxes) {
    const settled = settle(box, space)
    if (settled !== null) possible.push(settled)
  }
  return { boxes: possible, isExact }
}

const boxesIn = (condition: CheckedCondition, isNegated: boolean, space: Space): Boxes => {
  switch (condition.kind) {
    case 'comparison':
      return { boxes: boxOfComparison(condition, isNegated, space), isExact: true }
    case 'not':
      return boxesIn(condition.condition, !isNegated, space)
    case 'all':
    case 'any':
      return (condition.kind === 'all') !== isNegated
        ? allOf(condition.conditions, isNegated, space)
        : anyOf(condition.conditions, isNegated, space)
  }
}

const boxOfComparison = (
  comparison: CheckedComparison,
  isNegated: boolean,
  space: Space,
): readonly Box[] => {
  const { axis, cells } = cellsWhere(comparison, isNegated, space)
  return cells.length === 0 ? [] : [withCells(everything(space), axis, cells)]
}

const cellsWhere = (
  comparison: CheckedComparison,
  isNegated: boolean,
  { atomOf }: Space,
): { readonly axis: number; readonly cells: CellSet } => {
  const { axis, holds, fails } = atomOf(comparison)
  return { axis, cells: isNegated ? fails : holds }
}

const withCells = (box: Box, index: number, cells: CellSet): Box => {
  const copy = box.slice()
  copy[index] = cells
  return copy
}

const allOf = (
  conditions: readonly CheckedCondition[],
  isNegated: boolean,
  space: Space,
): Boxes => {
  const together: (CellSet | null)[] = space.axes.map(() => null)
  let isExact = true
  let boxes: readonly Box[] = [together]
  // Single comparisons first: they only narrow, and most rules are nothing else.
  for (const one of conditions) {
    if (one.kind !== 'comparison') continue
    const { axis: index, cells } = cellsWhere(one, isNegated, space)
    const known = together[index]
    const both = known === null || known === undefined ? cells : intersectCells(known, cells)
    if (both.length === 0) return { boxes: [], isExact: true }
    together[index] = both
  }
  if (conditions.every(({ kind }) => kind === 'comparison')) return { boxes, isExact }
  for (const one of conditions) {
    if (one.kind === 'comparison') continue
    const more = boxesIn(one, isNegated, space)
    isExact = isExact && more.isExact
    const product = boxes.flatMap((box) =>
      more.boxes.map((other) => intersectBoxes(box, other)).filter((both) => both !== null),
    )
    boxes = product.length > boxesMax ? [hullOf(product, space)] : product
    isExact = isExact && product.length <= boxesMax
  }
  return { boxes, isExact }
}

const anyOf = (
  conditions: readonly CheckedCondition[],
  isNegated: boolean,
  space: Space,
): Boxes => {
  const singles = new Map<number, CellSet>()
  const boxes: Box[] = []
  let isExact = true
  for (const one of conditions) {
    if (one.kind === 'comparison') {
      const { axis: index, cells } = cellsWhere(one, isNegated, space)
      singles.set(index, uniteCells(singles.get(index) ?? noCells, cells))
      continue
    }
    const more = boxesIn(one, isNegated, space)
    isExact = isExact && more.isExact
    boxes.push(...more.boxes)
  }
  for (const [index, cells] of singles) {
    if (cells.length > 0) boxes.push(withCells(everything(space), index, cells))
  }
  return boxes.length > boxesMax
    ? { boxes: [hullOf(boxes, space)], isExact: false }
    : { boxes, isExact }
}

/** The least box around several. */
const hullOf = (boxes: readonly Box[], space: Space): Box =>
  space.axes.map((_, index) => {
    const sets = boxes.map((box) => box[index] ?? null)
    if (sets.some((set) => set === null)) return null
    return sets.reduce<CellSet>((all, set) => uniteCells(all, set ?? noCells), noCells)
  })

/** True when some facts lie in both. */
export const boxesMeet = (a: Box, b: Box): boolean => {
  for (let index = 0; index < a.length; index += 1) {
    const [one, other] = [a[index] ?? null, b[index] ?? null]
    if (one !== null && other !== null && !cellsMeet(one, other)) return false
  }
  return true
}

/** The facts in both boxes; null where there are none. */
export const intersectBoxes = (a: Box, b: Box): Box | null => {
  const both: (CellSet | null)[] = []
  for (let index = 0; index < a.length; index += 1) {
    const [one, other] = [a[index] ?? null, b[index] ?? null]
    const cells = one === null ? other : other === null ? one : intersectCells(one, other)
    if (cells !== null && cells.length === 0) return null
    both.push(cells)
  }
  return both
}

/**
 * Puts into a box what follows from it: a field is only there with its record, and a record only with the
 * fields it always has. Null where no facts are left.
 */
export const settle = (box: Box, space: Space): Box | null => {
  const settled = box.slice()
  // Parents come before what lies in them, so one way up and one way down are enough.
  for (let index = space.axes.length - 1; index >= 0; index -= 1) {
    const axis = space.axes[index]
    if (axis === undefined || (settled[index] ?? null) === null) continue
    if (!narrow(settled, index, space.wholes[index] ?? noCells)) return null
    if (axis.parent < 0) continue
    const cells = settled[index] ?? null
    if (isThere(cells) && !bringThere(settled, axis.parent, space)) return null
    if (axis.isMandatory && isMissing(cells) && !narrow(settled, axis.parent, missing)) return null
  }
  for (let index = 0; index < space.axes.length; index += 1) {
    const axis = space.axes[index]
    if (axis === undefined || axis.parent < 0) continue
    const above = settled[axis.parent] ?? null
    if (above === null) continue
    if (isMissing(above) && !narrow(settled, index, missing)) return null
    if (axis.isMandatory && isThere(above) && !bringThere(settled, index, space)) return null
  }
  return settled
}

const missing: CellSet = [0, 0]

const isThere = (cells: CellSet | null): boolean => cells !== null && (cells[0] ?? 0) > 0

const isMissing = (cells: CellSet | null): boolean => cells?.length === 2 && cells[1] === 0

const bringThere = (box: (CellSet | null)[], index: number, space: Space): boolean =>
  narrow(box, index, space.presents[index] ?? noCells)

const narrow = (box: (CellSet | null)[], index: number, cells: CellSet): boolean => {
  const before = box[index] ?? null
  if (before !== null && coversRange(cells, before[0] ?? 0, before[before.length - 1] ?? 0)) {
    return before.length > 0
  }
  const after = before === null ? cells : intersectCells(before, cells)
  box[index] = after
  return after.length > 0
}
