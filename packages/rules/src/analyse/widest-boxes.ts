import { cellsOfAxis, restOfAxis } from './atoms.ts'
import { type Box, boxesMeet, settle } from './box.ts'
import { type CellSet, coversRange, intersectCells, noCells, uniteCells } from './cells.ts'
import type { Space } from './space.ts'

/** What boxes are to be widened to: without touching one of `taken`, within `frame`, no more than `most`. */
export type WidestBoxes = {
  readonly taken: readonly Box[]
  readonly frame: Box | null
  readonly space: Space
  readonly most: number
}

/**
 * The same facts, and those around them that are free as well, in as few boxes as can be: one that says why
 * nobody answers says it once. They may reach into each other. `left` counts what would take more than `most`.
 */
export const widestBoxes = (
  boxes: readonly Box[],
  { taken, frame, space, most }: WidestBoxes,
): { readonly boxes: readonly Box[]; readonly left: number } => {
  const widest: Box[] = []
  let left = 0
  for (const raw of boxes) {
    const box = settle(raw, space) ?? raw
    if (widest.some((wide) => isWithin(box, wide, space))) continue
    if (widest.length === most) left += 1
    else widest.push(widen(box, taken, frame, space))
  }
  return { boxes: widest, left }
}

/** Axis by axis, the last first: what lies within a record is given up before the record. */
const widen = (box: Box, taken: readonly Box[], frame: Box | null, space: Space): Box => {
  const wide = box.slice()
  for (const index of [...space.axes.keys()].toReversed()) {
    const axis = space.axes[index]
    if (axis === undefined || (wide[index] ?? null) === null) continue
    const limit = frame?.[index] ?? null
    wide[index] = limit
    const inTheWay = taken.filter((one) => boxesMeet(one, wide))
    if (inTheWay.length === 0) continue
    const used = inTheWay.reduce<CellSet>(
      (all, one) => uniteCells(all, one[index] ?? cellsOfAxis(axis)),
      noCells,
    )
    wide[index] = uniteCells(box[index] ?? noCells, within(restOfAxis(used, axis), limit))
  }
  return wide
}

const within = (cells: CellSet, limit: CellSet | null): CellSet =>
  limit === null ? cells : intersectCells(cells, limit)

const isWithin = (box: Box, wide: Box, { axes }: Space): boolean =>
  wide.every((cells, index) => {
    if (cells === null) return true
    const axis = axes[index]
    const own = box[index] ?? (axis === undefined ? noCells : cellsOfAxis(axis))
    for (let at = 0; at < own.length; at += 2) {
      if (!coversRange(cells, own[at] ?? 0, own[at + 1] ?? 0)) return false
    }
    return true
  })
