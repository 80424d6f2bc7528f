import { type AxisKind, axisOf, axisOfKind, type Cells, thresholdPosition } from './cells.ts'
import type { RuleConstant } from './checked-rule.ts'
import type { EvaluableCondition } from './evaluable-rule-set.ts'
import { operatorOf, testOf } from './operators.ts'
import { type CellComparison, isCellComparison, type Signed } from './terms.ts'

/** One cell, by what all its values have in common. */
export type Cell =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: AxisKind; readonly position: number }

// Stands for whatever no rule names: equal to no constant, no number, no day, no decimal.
const anythingElse: unique symbol = Symbol('anything else')

/**
 * The cells in which conditions on one place all hold. Rules of a table ask for a value or for a stretch of
 * an axis; those are answered without trying every cell.
 */
export const cellsWhere = (
  cells: Cells,
  all: readonly Cell[],
  signed: readonly Signed[],
): readonly number[] => {
  const named = namedCells(cells, signed)
  const candidates = named ?? stretchOf(cells, signed) ?? all.keys()
  return [...candidates].filter((number) => {
    const cell = all[number]
    // Stryker disable next-line ConditionalExpression: every candidate is the number of a cell
    return cell !== undefined && allHoldIn(cells, cell, signed)
  })
}

/** The only cells that can do where one condition asks for equality; null where none does. */
const namedCells = (cells: Cells, signed: readonly Signed[]): readonly number[] | null => {
  for (const { condition, isNegated } of signed) {
    if (isNegated || condition.kind !== 'comparison' || !isCellComparison(condition)) continue
    const { operator, right } = condition
    if (operator === 'equal' || operator === 'in') return cellsNamed(cells, right.value)
  }
  return null
}

const cellsNamed = (cells: Cells, value: RuleConstant): readonly number[] => {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  const numbers = values.map((one) => cells.mentions.get(one))
  return [...new Set(numbers.filter((one) => one !== undefined))]
}

type Stretch = { readonly kind: AxisKind; readonly low: number; readonly high: number }

/** The only cells that can do where a condition asks for one side of a threshold; null where none does. */
const stretchOf = (cells: Cells, signed: readonly Signed[]): readonly number[] | null => {
  const stretches = signed.flatMap((one) => stretchOfOne(cells, one) ?? [])
  const [any] = stretches
  if (any === undefined) return null
  const { first, thresholds } = axisOfKind(cells, any.kind)
  const alike = stretches.filter(({ kind }) => kind === any.kind)
  const low = Math.max(...alike.map((one) => one.low))
  const high = Math.min(2 * thresholds.length, ...alike.map((one) => one.high))
  const numbers = [...cells.mentions.values()]
  for (let position = low; position <= high; position += 1) numbers.push(first + position)
  return numbers
}

const stretchOfOne = (cells: Cells, { condition, isNegated }: Signed): Stretch | null => {
  if (isNegated || condition.kind !== 'comparison' || !isCellComparison(condition)) return null
  const kind = axisOf(condition)
  if (kind === null) return null
  const at = thresholdPosition(cells, kind, condition)
  const [below, equal, above] = ([-1, 0, 1] as const).map((order) => orderHolds(condition, order))
  return {
    kind,
    low: below === true ? 0 : equal === true ? at : at + 1,
    high: above === true ? Number.POSITIVE_INFINITY : equal === true ? at : at - 1,
  }
}

/** Every cell, in order of its number. */
export const cellsIn = (cells: Cells): readonly Cell[] => {
  const value = (one: unknown): Cell => ({ kind: 'value', value: one })
  const axis = (kind: AxisKind, { length }: readonly unknown[]): readonly Cell[] =>
    length === 0
      ? []
      : Array.from({ length: 2 * length + 1 }, (_, position) => ({ kind, position }))
  return [
    value(undefined),
    value(null),
    value(anythingElse),
    ...[...cells.mentions.keys()].map(value),
    ...axis('number', cells.numbers.thresholds),
    ...axis('day', cells.days.thresholds),
    ...axis('decimal', cells.decimals.thresholds),
  ]
}

/** Whether conditions on one place all hold for the values of a cell. */
export const allHoldIn = (cells: Cells, cell: Cell, signed: readonly Signed[]): boolean =>
  signed.every(({ condition, isNegated }) => holdsIn(cells, cell, condition) !== isNegated)

const holdsIn = (cells: Cells, cell: Cell, condition: EvaluableCondition): boolean => {
  switch (condition.kind) {
    case 'comparison':
      return isCellComparison(condition) && compares(cells, cell, condition)
    case 'not':
      return !holdsIn(cells, cell, condition.condition)
    case 'all':
      return condition.conditions.every((one) => holdsIn(cells, cell, one))
    case 'any':
      return condition.conditions.some((one) => holdsIn(cells, cell, one))
  }
}

const compares = (cells: Cells, cell: Cell, comparison: CellComparison): boolean => {
  const test = testOf(comparison)
  const { value } = comparison.right
  if (cell.kind === 'value') return test(cell.value, value)
  // To a constant that is no threshold of its axis a value is like anything else.
  if (axisOf(comparison) !== cell.kind) return test(anythingElse, value)
  const at = thresholdPosition(cells, cell.kind, comparison)
  return orderHolds(comparison, cell.position < at ? -1 : cell.position > at ? 1 : 0)
}

// Numbers stand for days too: their operators ask only for the order.
const orderHolds = (comparison: CellComparison, order: -1 | 0 | 1): boolean => {
  const { decimal } = operatorOf(comparison.operator)
  return decimal === undefined ? testOf(comparison)(order, 0) : decimal(order)
}
