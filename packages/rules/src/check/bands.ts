import { compareExact, type Exact, isDecimal, parseExact } from '@counterfoil/core'
import type { CheckedComparison, CheckedCondition } from '../evaluate/checked-rule.ts'

/** A band of amounts, numbers or days: above or from one end, below or up to the other; null is open. */
export type Band = { readonly from: BandEnd | null; readonly to: BandEnd | null }

type BandEnd = { readonly at: Exact | number | string; readonly isIncluded: boolean }

/** The bands a rule needs values to lie in, as far as its `all` says so by itself. */
export type Bands = ReadonlyMap<string, Band>

/** Reads the bands of a condition; alternatives and negations say nothing here. */
export const bandsOf = (condition: CheckedCondition): Bands => {
  const bands = new Map<string, Band>()
  for (const comparison of comparisonsOfAll(condition)) {
    const band = bandOf(comparison)
    if (band === null) continue
    const known = bands.get(comparison.left.text)
    bands.set(comparison.left.text, known === undefined ? band : narrowed(known, band))
  }
  return bands
}

/** True where some value would have to lie in two bands that do not meet. */
export const areApart = (first: Bands, second: Bands): boolean =>
  [...first].some(([place, band]) => {
    const other = second.get(place)
    return other !== undefined && isEmpty(narrowed(band, other))
  })

const comparisonsOfAll = (condition: CheckedCondition): readonly CheckedComparison[] => {
  if (condition.kind === 'comparison') return [condition]
  return condition.kind === 'all' ? condition.conditions.flatMap(comparisonsOfAll) : []
}

/** Which way each operator leaves a place open, and whether the end itself counts. */
const shapes: Readonly<Record<string, (end: BandEnd['at']) => Band>> = {
  equal: (at) => ({ from: included(at), to: included(at) }),
  'decimal-equal': (at) => ({ from: included(at), to: included(at) }),
  greaterThan: (at) => ({ from: excluded(at), to: null }),
  'decimal-above': (at) => ({ from: excluded(at), to: null }),
  greaterThanInclusive: (at) => ({ from: included(at), to: null }),
  'decimal-at-least': (at) => ({ from: included(at), to: null }),
  lessThan: (at) => ({ from: null, to: excluded(at) }),
  'decimal-below': (at) => ({ from: null, to: excluded(at) }),
  lessThanInclusive: (at) => ({ from: null, to: included(at) }),
  'decimal-at-most': (at) => ({ from: null, to: included(at) }),
}

const included = (at: BandEnd['at']): BandEnd => ({ at, isIncluded: true })

const excluded = (at: BandEnd['at']): BandEnd => ({ at, isIncluded: false })

const bandOf = ({ left, operator, decorators, right }: CheckedComparison): Band | null => {
  if (right.kind === 'fact' || decorators.length > 0) return null
  const at = readEnd(right.value, left.type.kind)
  const shape = shapes[operator]
  return at === null || shape === undefined ? null : shape(at)
}

const readEnd = (value: unknown, kind: string): BandEnd['at'] | null => {
  if (kind === 'decimal') return isDecimal(value) ? parseExact(value) : null
  if (kind === 'number') return typeof value === 'number' ? value : null
  return kind === 'date' && typeof value === 'string' ? value : null
}

const narrowed = (a: Band, b: Band): Band => ({
  from: tighter(a.from, b.from, 1),
  to: tighter(a.to, b.to, -1),
})

const tighter = (a: BandEnd | null, b: BandEnd | null, side: 1 | -1): BandEnd | null => {
  if (a === null || b === null) return a ?? b
  const order = compareEnds(a.at, b.at) * side
  if (order === 0) return a.isIncluded ? b : a
  return order > 0 ? a : b
}

const isEmpty = ({ from, to }: Band): boolean => {
  if (from === null || to === null) return false
  const order = compareEnds(from.at, to.at)
  return order > 0 || (order === 0 && !(from.isIncluded && to.isIncluded))
}

/** Both ends of a place are of its kind. */
const compareEnds = (a: BandEnd['at'], b: BandEnd['at']): number => {
  if (typeof a === 'object' && typeof b === 'object') return compareExact(a, b)
  return a < b ? -1 : a > b ? 1 : 0
}
