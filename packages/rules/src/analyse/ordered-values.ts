import {
  addDays,
  addExact,
  CalendarDate,
  compareExact,
  type Exact,
  formatExact,
  multiplyExact,
  parseExact,
  subtractExact,
  trimDecimal,
} from '@counterfoil/core'
import { type CellSet, cellsFrom, noCells } from './cells.ts'

/** What a schema lets through besides what its type says. */
export type ValueLimits = {
  readonly whole: boolean
  readonly least: 'any' | 'zero' | 'above-zero'
}

/** Where nothing is known of what the schema lets through. */
export const noValueLimits: ValueLimits = { whole: false, least: 'any' }

/** The values rules name, and the open intervals between them, as far as a value lies in them. */
export type OrderedValues = ValueLimits & {
  readonly kind: 'ordered'
  readonly type: 'decimal' | 'number' | 'date'
  /** Ascending; of several spellings of a decimal one. */
  readonly points: readonly (string | number)[]
  readonly pointOf: ReadonlyMap<unknown, number>
  /** Of each cell from 1 on: an even number 2n is what lies below point n, an odd 2n+1 the point itself. */
  readonly codes: Int32Array
  /** How many cells lie below each point. */
  readonly below: Int32Array
  /** Whether each point is a cell: not a day no calendar has, nor a number no document carries. */
  readonly isCell: Uint8Array
}

type Point = { readonly value: string | number; readonly exact: Exact | null }

/** Lays out the values rules compare a place with. */
export const orderedValues = (
  type: OrderedValues['type'],
  constants: ReadonlySet<unknown>,
  limits: ValueLimits,
): OrderedValues => {
  const sorted = [...constants]
    .filter((one) => typeof one === 'string' || typeof one === 'number')
    .map((value) => pointAt(type, value))
    .toSorted(comparePoints)
  const points: Point[] = []
  const pointOf = new Map<unknown, number>()
  for (const point of sorted) {
    const before = points.at(-1)
    if (before === undefined || comparePoints(before, point) !== 0) points.push(point)
    pointOf.set(point.value, points.length - 1)
  }
  const shape = {
    kind: 'ordered',
    type,
    ...limits,
    points: points.map(({ value }) => value),
  } as const
  return { ...shape, pointOf, ...layOut(shape) }
}

const pointAt = (type: OrderedValues['type'], value: string | number): Point => ({
  value,
  exact: type === 'decimal' ? parseExact(`${value}`) : null,
})

const comparePoints = (a: Point, b: Point): number => {
  if (a.exact !== null && b.exact !== null) return compareExact(a.exact, b.exact)
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0
}

type Shape = Pick<OrderedValues, 'type' | 'points' | 'whole' | 'least'>

const layOut = (shape: Shape): Pick<OrderedValues, 'codes' | 'below' | 'isCell'> => {
  const { length } = shape.points
  const codes: number[] = []
  const below = new Int32Array(length)
  const isCell = new Uint8Array(length)
  for (let index = 0; index <= length; index += 1) {
    if (hasValueBelow(shape, index)) codes.push(2 * index)
    if (index === length) break
    below[index] = codes.length
    if (!isAllowed(shape.points[index], shape)) continue
    isCell[index] = 1
    codes.push(2 * index + 1)
  }
  return { codes: Int32Array.from(codes), below, isCell }
}

const isAllowed = (value: unknown, { type, whole, least }: Shape): boolean => {
  if (type === 'date') return CalendarDate.safeParse(value).success
  const number = Number(value)
  if (whole && !Number.isInteger(number)) return false
  return least === 'any' || (least === 'zero' ? number >= 0 : number > 0)
}

/** Whether some value lies between a point and the one before it. */
const hasValueBelow = (shape: Shape, index: number): boolean => {
  if (shape.type === 'date' || shape.whole) return valueBelow(shape, index) !== null
  const high = shape.points[index]
  return shape.least === 'any' || high === undefined || Number(high) > 0
}

/** A value between a point and the one before it, or beyond the last; null where there is none. */
export const valueBelow = (shape: Shape, index: number): string | number | null => {
  const [low, high] = [shape.points[index - 1], shape.points[index]]
  switch (shape.type) {
    case 'date':
      return dayBetween(asText(low), asText(high))
    case 'decimal':
      return decimalBetween(lowest(shape, low), asText(high))
    case 'number':
      return numberBetween(shape, low, high)
  }
}

const asText = (value: string | number | undefined): string | undefined =>
  value === undefined ? undefined : String(value)

// Where the schema lets no value below zero through, what lies below a point begins there.
const lowest = ({ least }: Shape, low: string | number | undefined): string | undefined =>
  least !== 'any' && (low === undefined || Number(low) < 0) ? '0' : asText(low)

const decimalBetween = (low: string | undefined, high: string | undefined): string => {
  if (low === undefined && high === undefined) return '0'
  if (low === undefined) return below(parseExact(high ?? '0'))
  if (high === undefined) return formatExact(addExact(parseExact(low), one))
  const sum = addExact(parseExact(low), parseExact(high))
  return trimDecimal(formatExact(multiplyExact(sum, half)))
}

const one = parseExact('1')
const half = parseExact('0.5')
const below = (value: Exact): string => formatExact(subtractExact(value, one))

const numberBetween = (
  { whole, least }: Shape,
  low: string | number | undefined,
  high: string | number | undefined,
): number | null => {
  const floor = least === 'any' ? -Infinity : least === 'zero' ? (whole ? 0 : -0) : whole ? 1 : 0
  const above = low === undefined ? -Infinity : Number(low)
  const beneath = high === undefined ? Infinity : Number(high)
  const candidates = whole
    ? [Math.floor(above) + 1, Math.ceil(beneath) - 1, floor, 0]
    : [(above + beneath) / 2, above + 1, beneath - 1, (floor + beneath) / 2, 0]
  const isInside = (value: number) => value > above && value < beneath && value >= floor
  return candidates.find((value) => Number.isFinite(value) && isInside(value)) ?? null
}

const dayBetween = (low: string | undefined, high: string | undefined): string | null => {
  const isInside = (day: string) =>
    (low === undefined || day > low) && (high === undefined || day < high)
  const candidates = [
    movedDay(low, 1),
    movedDay(high, -1),
    monthAfter(low),
    monthOf(high),
    '1900-01-01',
  ]
  return candidates.find((day) => day !== null && isInside(day)) ?? null
}

const movedDay = (day: string | undefined, days: number): string | null => {
  const read = CalendarDate.safeParse(day)
  const isLast = days > 0 ? '9999-12-31' : '0001-01-01'
  return read.success && read.data !== isLast ? addDays(read.data, days) : null
}

const monthOf = (day: string | undefined): string | null => {
  const first = `${day?.slice(0, 8) ?? ''}01`
  return CalendarDate.safeParse(first).success ? first : null
}

/** The first of the month after a day that may be one no calendar has. */
const monthAfter = (day: string | undefined): string | null => {
  const [year, month] = (day ?? '').split('-').map(Number)
  if (year === undefined || month === undefined) return null
  const next = month >= 12 ? [year + 1, 1] : [year, month + 1]
  const text = `${String(next[0]).padStart(4, '0')}-${String(next[1]).padStart(2, '0')}-01`
  return CalendarDate.safeParse(text).success ? text : null
}

/** The cells of one value. */
export const cellsAt = (values: OrderedValues, value: unknown): CellSet => {
  const point = values.pointOf.get(value)
  if (point === undefined || values.isCell[point] !== 1) return noCells
  const cell = (values.below[point] ?? 0) + 1
  return [cell, cell]
}

/** The cell any value lies in, named by a rule or not. */
export const cellsHolding = (values: OrderedValues, value: string | number): CellSet => {
  const point = pointAt(values.type, value)
  const above = values.points.findIndex(
    (one) => comparePoints(pointAt(values.type, one), point) >= 0,
  )
  const next = values.points[above]
  if (next !== undefined && comparePoints(pointAt(values.type, next), point) === 0) {
    return cellsAt(values, next)
  }
  const cell = values.codes.indexOf(2 * (above < 0 ? values.points.length : above)) + 1
  return cell === 0 ? noCells : [cell, cell]
}

/** The cells below a value, or up to it. */
export const cellsBelow = (values: OrderedValues, value: unknown, inclusive: boolean): CellSet => {
  const point = values.pointOf.get(value)
  if (point === undefined) return noCells
  const cells = values.below[point] ?? 0
  return cellsFrom(1, inclusive ? cells + (values.isCell[point] ?? 0) : cells)
}

/** The cells above a value, or from it on. */
export const cellsAbove = (values: OrderedValues, value: unknown, inclusive: boolean): CellSet => {
  const point = values.pointOf.get(value)
  if (point === undefined) return noCells
  const cells = values.below[point] ?? 0
  const first = inclusive ? cells + 1 : cells + (values.isCell[point] ?? 0) + 1
  return cellsFrom(first, values.codes.length)
}
