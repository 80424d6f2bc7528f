import { hashOfBusinessDays } from '../check/business-calendars.ts'
import type { CheckedComparison, FactPlace } from '../evaluate/checked-rule.ts'
import { type DecoratorName, testOf } from '../evaluate/operators.ts'
import { type Axis, valueOfCell } from './axis.ts'
import {
  type CellSet,
  cellsFrom,
  intersectCells,
  noCells,
  otherCells,
  uniteCells,
} from './cells.ts'
import { comparedPrefixes } from './compared-values.ts'
import { cellsAbove, cellsAt, cellsBelow, type OrderedValues } from './ordered-values.ts'

/** How a comparison is understood: by the values it names, or only as one that holds or does not. */
export type AtomKind = 'values' | 'presence' | 'member' | 'opaque'

type CellsOf = (axis: Axis, value: unknown) => CellSet

const ordered =
  (cells: (values: OrderedValues, value: unknown) => CellSet): CellsOf =>
  ({ values }, value) =>
    values.kind === 'ordered' ? cells(values, value) : noCells

const oneOf: CellsOf = (axis, value) => {
  if (!Array.isArray(value)) return cellsOfValue(axis, value)
  const members: readonly unknown[] = value
  const cells = members.flatMap((member) => cellsOfValue(axis, member)[0] ?? [])
  const united: number[] = []
  for (const cell of cells.toSorted((a, b) => a - b)) {
    if (united[united.length - 1] === cell - 1) united[united.length - 1] = cell
    else if (united[united.length - 1] !== cell) united.push(cell, cell)
  }
  return united
}
const noneOf: CellsOf = (axis, value) => otherCells(oneOf(axis, value), axis.size)
const below = ordered((values, value) => cellsBelow(values, value, false))
const atMost = ordered((values, value) => cellsBelow(values, value, true))
const above = ordered((values, value) => cellsAbove(values, value, false))
const atLeast = ordered((values, value) => cellsAbove(values, value, true))

/** The operators understood in full. A new one is opaque until it stands here. */
const cellsOfOperator: ReadonlyMap<string, CellsOf> = new Map<string, CellsOf>([
  ['equal', oneOf],
  ['in', oneOf],
  ['notEqual', noneOf],
  ['notIn', noneOf],
  ['lessThan', below],
  ['lessThanInclusive', atMost],
  ['greaterThan', above],
  ['greaterThanInclusive', atLeast],
  ['decimal-equal', oneOf],
  ['decimal-below', below],
  ['decimal-at-most', atMost],
  ['decimal-above', above],
  ['decimal-at-least', atLeast],
])

const valueTypes: ReadonlySet<string> = new Set(['text', 'boolean', 'decimal', 'number', 'date'])

/**
 * Comparisons of one place with constants are understood in full. What is left, two facts compared, a
 * position in a list, a decorator that goes through one, a pattern on free text, only holds or not.
 */
export const atomKindOf = (comparison: CheckedComparison): AtomKind => {
  const { left, operator, decorators, right } = comparison
  if (right.kind === 'fact' || left.steps.some((step) => typeof step === 'number')) return 'opaque'
  if (decorators.length === 0) {
    if (operator === 'is-present') return 'presence'
    if (operator === 'contains' || operator === 'doesNotContain') return 'member'
  }
  if (!valueTypes.has(left.type.kind) || !decorators.every(isOfValues)) return 'opaque'
  if (cellsOfOperator.has(operator) || testedOperators.has(operator)) return 'values'
  return isLaidOut(comparison) ? 'values' : 'opaque'
}

/** Operators whose cells are found by trying them on a value of each cell. */
const testedOperators: ReadonlySet<string> = new Set([
  'within-percent',
  'within-amount',
  'later-than-business-days',
  'earlier-than-business-days',
])

/** Decorators that leave the place as it is and only change what comes of its value. */
const isOfValues = (decorator: DecoratorName): boolean =>
  decorator === 'not' || decorator === 'someValue' || decorator === 'everyValue'

/** Texts are laid out by what they begin with; where all there can be are known, by anything. */
const isLaidOut = (comparison: CheckedComparison): boolean => {
  const { left, operator } = comparison
  if (left.type.kind !== 'text' || operator === 'is-present') return false
  return left.type.values !== null || comparedPrefixes(comparison) !== null
}

/** The key of the axis of a place. */
export const keyOfPlace = (place: Pick<FactPlace, 'text'>): string => place.text

/** The key of the axis a comparison is about. */
export const keyOfAtom = (comparison: CheckedComparison): string => {
  switch (atomKindOf(comparison)) {
    case 'values':
    case 'presence':
      return keyOfPlace(comparison.left)
    case 'member':
      return `${comparison.left.text} contains ${constantText(comparison)}`
    case 'opaque':
      return opaqueText(comparison)
  }
}

const constantText = ({ right }: CheckedComparison): string =>
  right.kind === 'constant' ? JSON.stringify(right.value) : right.place.text

/** A comparison in words, as it is written in the rule. */
export const opaqueText = (comparison: CheckedComparison): string => {
  const { left, operator, decorators, amount, calendar } = comparison
  const how = [...decorators, operator].join(':')
  const by = amount === null ? '' : ` (${amount})`
  // What is a business day on one calendar need not be one on another.
  const on =
    calendar === undefined ? '' : ` on ${calendar.id} ${hashOfBusinessDays(calendar).slice(0, 12)}`
  return `${left.text} ${how}${by} ${constantText(comparison)}${on}`
}

/** Why a comparison is not looked into, in words. */
export const whyOpaque = ({ left, operator, decorators, right }: CheckedComparison): string => {
  if (right.kind === 'fact') return 'two places of the facts are compared'
  if (left.steps.some((step) => typeof step === 'number')) return 'it is about a position in a list'
  if (decorators.length > 0) return `\`${decorators.join(':')}\` changes what is compared`
  return `\`${operator}\` is not laid out on free text`
}

/** The cells of its axis where a comparison holds. */
export const cellsOfAtom = (comparison: CheckedComparison, axis: Axis): CellSet => {
  const { operator, right } = comparison
  const value = right.kind === 'constant' ? right.value : null
  switch (atomKindOf(comparison)) {
    case 'opaque':
      return cellsOfOpaque(comparison, axis)
    case 'presence':
      return value === true ? cellsFrom(1, axis.size - 1) : [0, 0]
    case 'member':
      return operator === 'contains' ? [2, 2] : [1, 1]
    case 'values':
      return comparison.decorators.length === 0
        ? (cellsOfOperator.get(operator)?.(axis, value) ?? cellsByTest(comparison, axis))
        : cellsByTest(comparison, axis)
  }
}

/** No comparison turns inside a cell, so one value of each tells. */
const cellsByTest = (comparison: CheckedComparison, axis: Axis): CellSet => {
  const holds = testOf(comparison)
  const { right } = comparison
  const constant = right.kind === 'constant' ? right.value : undefined
  const cells: number[] = []
  for (let cell = axis.first; cell < axis.size; cell += 1) {
    if (!holds(cell === 0 ? undefined : valueOfCell(axis, cell), constant)) continue
    if (cells[cells.length - 1] === cell - 1) cells[cells.length - 1] = cell
    else cells.push(cell, cell)
  }
  return cells
}

const cellsOfValue = ({ values }: Axis, value: unknown): CellSet => {
  if (values.kind === 'ordered') return cellsAt(values, value)
  const cell = values.kind === 'named' ? values.cellOf.get(value) : undefined
  return cell === undefined ? noCells : [cell, cell]
}

const cellsOfOpaque = (comparison: CheckedComparison, axis: Axis): CellSet => {
  const { right } = comparison
  if (right.kind === 'fact') return [2, 2]
  const holdsWhenMissing = testOf(comparison)(undefined, right.value)
  return holdsWhenMissing && axis.first === 0 ? uniteCells([0, 0], [2, 2]) : [2, 2]
}

/** The cells an axis has at all. */
export const cellsOfAxis = (axis: Axis): CellSet => cellsFrom(axis.first, axis.size - 1)

/** The cells of an axis that are not in the set. */
export const restOfAxis = (set: CellSet, axis: Axis): CellSet =>
  intersectCells(otherCells(set, axis.size), cellsOfAxis(axis))
