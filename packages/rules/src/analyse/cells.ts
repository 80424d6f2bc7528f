/**
 * Some cells of an axis: ranges of cell numbers, both ends included, one after the other, ascending, and
 * never touching. `[0, 0, 4, 7]` are the cells 0 and 4 to 7.
 */
export type CellSet = readonly number[]

/** No cell at all. */
export const noCells: CellSet = []

/** The cells from one number to another; none where the last lies before the first. */
export const cellsFrom = (first: number, last: number): CellSet =>
  first > last ? noCells : [first, last]

/** The cells in both. */
export const intersectCells = (a: CellSet, b: CellSet): CellSet => {
  if (a === b) return a
  const both: number[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [lastA, lastB] = [end(a, i), end(b, j)]
    const first = Math.max(start(a, i), start(b, j))
    const last = Math.min(lastA, lastB)
    if (first <= last) both.push(first, last)
    if (lastA < lastB) i += 2
    else j += 2
  }
  return both
}

/** True when two sets share a cell. */
export const cellsMeet = (a: CellSet, b: CellSet): boolean => {
  let [inA, inB] = [0, 0]
  while (inA < a.length && inB < b.length) {
    if (end(a, inA) < start(b, inB)) inA += 2
    else if (end(b, inB) < start(a, inA)) inB += 2
    else return true
  }
  return false
}

/** The cells in either. */
export const uniteCells = (a: CellSet, b: CellSet): CellSet => {
  const united: number[] = []
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const takesA = j >= b.length || (i < a.length && start(a, i) <= start(b, j))
    const [first, last] = takesA ? [start(a, i), end(a, i)] : [start(b, j), end(b, j)]
    if (takesA) i += 2
    else j += 2
    const before = united[united.length - 1]
    if (before !== undefined && first <= before + 1) {
      united[united.length - 1] = Math.max(before, last)
    } else united.push(first, last)
  }
  return united
}

/** The cells of an axis that are not in the set. */
export const otherCells = (set: CellSet, axisSize: number): CellSet => {
  const others: number[] = []
  let next = 0
  for (let i = 0; i < set.length; i += 2) {
    if (next < start(set, i)) others.push(next, start(set, i) - 1)
    next = end(set, i) + 1
  }
  if (next < axisSize) others.push(next, axisSize - 1)
  return others
}

/** Whether every cell from one number to another is in the set. */
export const coversRange = (set: CellSet, first: number, last: number): boolean => {
  for (let i = 0; i < set.length; i += 2) {
    if (start(set, i) <= first && end(set, i) >= last) return true
  }
  return false
}

/** Whether a cell is in the set. */
export const hasCell = (set: CellSet, cell: number): boolean => coversRange(set, cell, cell)

/** Every cell of the set, ascending. */
export const eachCell = (set: CellSet): readonly number[] => {
  const cells: number[] = []
  for (let i = 0; i < set.length; i += 2) {
    for (let cell = start(set, i); cell <= end(set, i); cell += 1) cells.push(cell)
  }
  return cells
}

const start = (set: CellSet, index: number): number => set[index] ?? 0
const end = (set: CellSet, index: number): number => set[index + 1] ?? 0
