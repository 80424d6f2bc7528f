import { cellsOfAxis } from './atoms.ts'
import { type Axis, valueOfCell } from './axis.ts'
import { type Box, settle } from './box.ts'
import { type CellSet, cellsFrom, eachCell, hasCell, intersectCells, otherCells } from './cells.ts'
import type { OrderedValues } from './ordered-values.ts'
import type { Space } from './space.ts'

/** The most values that are named one by one. */
const namesMax = 6

/**
 * A box in words: what the facts in it have in common, leaving out what follows from the rest and what
 * `known` already says. Empty for all facts.
 */
export const describeBox = (box: Box, space: Space, known: Box | null = null): string => {
  const settled = settle(box, space) ?? box
  const phrases = space.axes.flatMap((axis, index) => {
    const cells = settled[index] ?? null
    if (cells === null || isImplied(index, settled, space)) return []
    const frame = known?.[index] ?? cellsOfAxis(axis)
    const inside = intersectCells(cells, cellsOfAxis(axis))
    return isEqual(inside, intersectCells(frame, cellsOfAxis(axis))) ? [] : [phraseOf(axis, inside)]
  })
  return phrases.join(', ')
}

const isEqual = (a: CellSet, b: CellSet): boolean =>
  a.length === b.length && a.every((cell, index) => cell === b[index])

/** That a record is there goes without saying where something in it is told; so does what a missing one lacks. */
const isImplied = (index: number, box: Box, space: Space): boolean => {
  const axis = space.axes[index]
  const cells = box[index] ?? null
  if (axis === undefined || cells === null) return true
  const isMissing = hasCell(cells, 0) && cells.length === 2 && cells[1] === 0
  const above = axis.parent < 0 ? null : (box[axis.parent] ?? null)
  if (isMissing && above !== null && above[1] === 0) return true
  const isWholePresent = isEqual(cells, [1, axis.size - 1])
  if (axis.isMandatory && isWholePresent && above !== null && !hasCell(above, 0)) return true
  if (!isWholePresent || axis.kind !== 'presence') return false
  return (space.children[index] ?? []).some((child) => {
    const inner = box[child] ?? null
    return inner !== null && !hasCell(inner, 0) && !isEqual(inner, [1, sizeOf(child, space) - 1])
  })
}

const sizeOf = (index: number, space: Space): number => space.axes[index]?.size ?? 0

const phraseOf = (axis: Axis, cells: CellSet): string => {
  const place = `\`${axis.place?.text ?? axis.key}\``
  const isMissable = hasCell(cells, 0)
  const there = intersectCells(cells, [1, axis.size - 1])
  if (there.length === 0) return `${place} is missing`
  const all = isEqual(there, [1, axis.size - 1])
  if (all && axis.kind !== 'opaque' && axis.kind !== 'member') return `${place} is given`
  return isMissable
    ? `${place} is missing or ${valuesIn(axis, there)}`
    : `${place} ${isOrDoes(axis)}${valuesIn(axis, there)}`
}

const isOrDoes = ({ values }: Axis): string => (values.kind === 'yes-or-no' ? '' : 'is ')

const valuesIn = (axis: Axis, cells: CellSet): string => {
  const { values } = axis
  switch (values.kind) {
    case 'presence':
      return 'given'
    case 'yes-or-no': {
      const isSo = hasCell(cells, 2)
      if (axis.kind === 'opaque') return `(\`${axis.key}\` ${isSo ? 'holds' : 'does not hold'})`
      return `${isSo ? 'contains' : 'does not contain'} ${shown(values.member)}`
    }
    case 'named': {
      const named = cellsFrom(1, values.values.length)
      const others = cellsFrom(values.values.length + 1, axis.size - 1)
      const open = intersectCells(cells, others)
      const isOpen = open.length > 0 && isEqual(open, others)
      const listed = intersectCells(isOpen ? otherCells(cells, axis.size) : cells, named)
      const names = eachCell(listed).map((cell) => shown(values.values[cell - 1]))
      if (isOpen) return names.length === 0 ? 'any text' : `other than ${listOf(names)}`
      const texts = eachCell(open).map((cell) => `text such as ${shown(valueOfCell(axis, cell))}`)
      return listOf([...names, ...texts])
    }
    case 'ordered':
      return rangesIn(values, cells)
  }
}

const shown = (value: unknown): string => `\`${String(value)}\``

const listOf = (names: readonly string[]): string => {
  const some = names.slice(0, namesMax)
  const more = names.length - some.length
  if (more > 0) return `${some.join(', ')} or ${more} more`
  return some.length < 2
    ? some.join('')
    : `${some.slice(0, -1).join(', ')} or ${some[some.length - 1] ?? ''}`
}

const rangesIn = (values: OrderedValues, cells: CellSet): string => {
  const ranges: string[] = []
  for (let at = 0; at < cells.length; at += 2) {
    ranges.push(rangeOf(values, cells[at] ?? 1, cells[at + 1] ?? 1))
  }
  return listOf(ranges)
}

const rangeOf = ({ codes, points }: OrderedValues, first: number, last: number): string => {
  const [low, high] = [codes[first - 1] ?? 0, codes[last - 1] ?? 0]
  const [from, to] = [low >> 1, high >> 1]
  if (low === high && low % 2 === 1) return shown(points[from])
  const lower =
    low % 2 === 1
      ? `at least ${shown(points[from])}`
      : from === 0
        ? ''
        : `above ${shown(points[from - 1])}`
  const upper =
    high % 2 === 1
      ? `at most ${shown(points[to])}`
      : to >= points.length
        ? ''
        : `below ${shown(points[to])}`
  return [lower, upper].filter((part) => part !== '').join(' and ')
}
