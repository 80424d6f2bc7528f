import {
  compareExact,
  type Exact,
  isDecimal,
  parseExact,
  unitsOfDecimal,
} from '@counterfoil/core/arithmetic'
import { isDay } from '../operators/business-days-between.ts'
import type { CellComparison } from './terms.ts'

/**
 * The values a place can have, cut into cells so that every comparison rules make there answers the same
 * for all values of a cell: a cell for each constant that is named, for each threshold, for what lies
 * between two thresholds, for nothing, and for everything else.
 */
export type Cells = {
  readonly count: number
  /** What is enough to look at; the other fields are looked at only where it is `any`. */
  readonly look: 'yes-or-no' | 'few-texts' | 'any'
  /** Values that comparisons for equality name, each a cell of its own. */
  readonly mentions: ReadonlyMap<unknown, number>
  /** The same in order, for the few of them that are faster compared than looked up. */
  readonly mentioned: readonly unknown[]
  readonly cellOfTrue: number
  readonly cellOfFalse: number
  readonly numbers: Axis<number>
  readonly days: Axis<string>
  readonly decimals: Axis<Exact> & {
    /** The thresholds as whole numbers at `scale`; null where they are too large for that. */
    readonly scaled: readonly number[] | null
    readonly scale: number
  }
}

/**
 * Thresholds in rising order. Position 2i + 1 is threshold i itself, position 2i what lies below it and
 * above the one before; the cell of a position is `first` and the position added.
 */
export type Axis<Threshold> = { readonly thresholds: readonly Threshold[]; readonly first: number }

/** The cells of a missing value, of `null`, and of what is named nowhere and lies on no axis. */
export const cellOfMissing = 0
export const cellOfNull = 1
export const cellOfOther = 2
const cellsFixed = 3

/** The axes a place may have; what lies on none is compared for equality alone. */
export type AxisKind = 'number' | 'day' | 'decimal'

const equalities: ReadonlySet<string> = new Set(['equal', 'notEqual', 'in', 'notIn'])

/** Cuts a place into cells for the comparisons that look at it. */
export const cutCells = (comparisons: readonly CellComparison[]): Cells => {
  const mentions = new Map<unknown, number>()
  const numbers = new Set<number>()
  const days = new Set<string>()
  const decimals: Exact[] = []
  for (const comparison of comparisons) {
    const { value } = comparison.right
    const axis = axisOf(comparison)
    if (equalities.has(comparison.operator)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (!mentions.has(one)) mentions.set(one, cellsFixed + mentions.size)
      }
    } else if (axis === 'number') numbers.add(Number(value))
    else if (axis === 'day') days.add(String(value))
    else if (axis === 'decimal') decimals.push(parseExact(String(value)))
  }
  const [numberAxis, dayAxis] = [[...numbers].toSorted((a, b) => a - b), [...days].toSorted()]
  const decimalAxis = distinctExacts(decimals)
  const firstNumber = cellsFixed + mentions.size
  const firstDay = firstNumber + positionsOf(numberAxis)
  const firstDecimal = firstDay + positionsOf(dayAxis)
  const count = firstDecimal + positionsOf(decimalAxis)
  const mentioned = [...mentions.keys()]
  return {
    look: count === firstNumber ? lookOf(mentioned) : 'any',
    mentioned,
    cellOfTrue: mentions.get(true) ?? cellOfOther,
    cellOfFalse: mentions.get(false) ?? cellOfOther,
    count,
    mentions,
    numbers: { thresholds: numberAxis, first: firstNumber },
    days: { thresholds: dayAxis, first: firstDay },
    decimals: { thresholds: decimalAxis, first: firstDecimal, ...scaledAxis(decimalAxis) },
  }
}

// More texts than this are looked up faster than compared one by one.
const fewTexts = 6

const lookOf = (mentioned: readonly unknown[]): Cells['look'] => {
  if (mentioned.every((one) => typeof one === 'boolean')) return 'yes-or-no'
  const isFew = mentioned.length <= fewTexts && mentioned.every((one) => typeof one === 'string')
  return isFew ? 'few-texts' : 'any'
}

const positionsOf = ({ length }: readonly unknown[]): number => (length === 0 ? 0 : 2 * length + 1)

const distinctExacts = (values: readonly Exact[]): readonly Exact[] =>
  values
    .toSorted(compareExact)
    .filter((one, index, all) => compareExact(all[index - 1] ?? smaller, one) < 0)

const smaller: Exact = { mantissa: -(10n ** 50n), scale: 0 }

// Past 15 digits scaling would not be exact.
const scaleMin = 5
const scaleMax = 9
const scaledMax = 1e15

const scaledAxis = (
  thresholds: readonly Exact[],
): { readonly scaled: readonly number[] | null; readonly scale: number } => {
  // Values have more places than limits, as a percentage that was divided out: some room for them.
  const scale = thresholds.reduce((most, one) => Math.max(most, one.scale), scaleMin)
  const scaled = thresholds.map(
    ({ mantissa, scale: own }) => Number(mantissa) * 10 ** (scale - own),
  )
  const isExact = scale <= scaleMax && scaled.every((one) => Math.abs(one) < scaledMax)
  return { scaled: isExact ? scaled : null, scale }
}

/** The axis on which a comparison asks for a side of a threshold; null for one that asks for equality. */
export const axisOf = ({ operator, right }: CellComparison): AxisKind | null => {
  if (equalities.has(operator)) return null
  if (operator.startsWith('decimal-')) return isDecimal(right.value) ? 'decimal' : null
  return typeof right.value === 'number' ? 'number' : isDay(right.value) ? 'day' : null
}

/** One axis of a place. */
export const axisOfKind = (cells: Cells, kind: AxisKind): Axis<unknown> =>
  kind === 'number' ? cells.numbers : kind === 'day' ? cells.days : cells.decimals

/** Where on its axis the constant of a comparison is a threshold. */
export const thresholdPosition = (
  cells: Cells,
  kind: AxisKind,
  { right }: CellComparison,
): number => cellOf({ ...cells, mentions: nothing }, right.value) - axisOfKind(cells, kind).first

const nothing: ReadonlyMap<unknown, number> = new Map()

/** The cell a value lies in. Takes any value, whatever the schema says. */
export const cellOf = (cells: Cells, value: unknown): number => {
  if (typeof value === 'boolean') return value ? cells.cellOfTrue : cells.cellOfFalse
  if (value === undefined) return cellOfMissing
  if (value === null) return cellOfNull
  if (cells.look === 'yes-or-no') return cellOfOther
  if (cells.look === 'few-texts') return cellOfFew(cells.mentioned, value)
  if (cells.mentions.size > 0) {
    const mentioned = cells.mentions.get(value)
    if (mentioned !== undefined) return mentioned
  }
  if (typeof value === 'string') return cellOfText(cells, value)
  if (typeof value !== 'number' || cells.numbers.thresholds.length === 0) return cellOfOther
  return Number.isNaN(value) ? cellOfOther : cellOnAxis(cells.numbers, value)
}

const cellOfFew = (mentioned: readonly unknown[], value: unknown): number => {
  // Stryker disable next-line EqualityOperator: past the end is undefined, which was looked for before
  for (let index = 0; index < mentioned.length; index += 1) {
    if (mentioned[index] === value) return cellsFixed + index
  }
  return cellOfOther
}

const cellOfText = (cells: Cells, value: string): number => {
  const { decimals, days } = cells
  if (decimals.thresholds.length > 0) {
    if (decimals.scaled !== null) {
      const scaled = unitsOfDecimal(value, decimals.scale)
      if (!Number.isNaN(scaled)) return decimals.first + positionIn(decimals.scaled, scaled)
    }
    if (isDecimal(value)) return decimals.first + exactPosition(decimals.thresholds, value)
  }
  if (days.thresholds.length > 0 && isDay(value)) return cellOnAxis(days, value)
  return cellOfOther
}

const cellOnAxis = <Threshold extends number | string>(
  axis: Axis<Threshold>,
  value: Threshold,
): number => axis.first + positionIn(axis.thresholds, value)

/** The position of a value among rising thresholds. */
const positionIn = <Threshold extends number | string>(
  thresholds: readonly Threshold[],
  value: Threshold,
): number => {
  let [low, high] = [0, thresholds.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const threshold = thresholds[middle]
    // Stryker disable next-line ConditionalExpression: the middle of what is left is never past the end
    if (threshold === undefined) break
    if (threshold === value) return 2 * middle + 1
    // Stryker disable next-line EqualityOperator: an equal one was returned
    if (threshold < value) low = middle + 1
    else high = middle
  }
  return 2 * low
}

const exactPosition = (thresholds: readonly Exact[], text: string): number => {
  const value = parseExact(text)
  let [low, high] = [0, thresholds.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const threshold = thresholds[middle]
    // Stryker disable next-line ConditionalExpression: the middle of what is left is never past the end
    if (threshold === undefined) break
    const order = compareExact(threshold, value)
    if (order === 0) return 2 * middle + 1
    // Stryker disable next-line EqualityOperator: an equal one was returned
    if (order < 0) low = middle + 1
    else high = middle
  }
  return 2 * low
}
