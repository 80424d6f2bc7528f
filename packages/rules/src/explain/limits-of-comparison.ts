import {
  absoluteExact,
  addExact,
  type Exact,
  multiplyExact,
  parseExact,
  subtractExact,
} from '@counterfoil/core'
import type { CheckedComparison } from '../evaluate/checked-rule.ts'
import { testOf } from '../evaluate/operators.ts'
import type { NumberLine } from './number-line.ts'

/** One side of a comparison, while the other stays as it is. */
export type VariedSide = {
  readonly side: 'left' | 'right'
  /** What stands on the other side. */
  readonly other: unknown
  readonly line: NumberLine
}

/** Business days are searched for so many calendar days to either side, at most. */
const daysSearchedMax = 800

/**
 * The numbers at which a comparison may change its answer while one side moves: what it compares with, and
 * for `within-5-percent` and its like the ends of what is within. None where they cannot be told exactly.
 */
export const limitsOfComparison = (
  comparison: CheckedComparison,
  varied: VariedSide,
): readonly Exact[] => {
  const { amount } = comparison
  const operator: string = comparison.operator
  const others: readonly unknown[] = Array.isArray(varied.other) ? varied.other : [varied.other]
  const bases = others.map((one) => varied.line.read(one)).filter((one) => one !== null)
  if (amount === null) return bases
  if (operator === 'within-amount') return around(bases, () => parseExact(amount))
  if (operator === 'within-percent') {
    // Of a moving base the ends are quotients, which no decimal need be.
    const isBaseMoving = (varied.side === 'right') !== comparison.decorators.includes('swap')
    return isBaseMoving ? [] : around(bases, (base) => percentOfBase(amount, base))
  }
  return varied.line.kind === 'date' ? daysOfChange(comparison, varied, bases) : bases
}

const around = (bases: readonly Exact[], reach: (base: Exact) => Exact): readonly Exact[] =>
  bases.flatMap((base) => [subtractExact(base, reach(base)), addExact(base, reach(base))])

const oneHundredth = parseExact('0.01')

const percentOfBase = (amount: string, base: Exact): Exact =>
  multiplyExact(multiplyExact(parseExact(amount), oneHundredth), absoluteExact(base))

const daysOfChange = (
  comparison: CheckedComparison,
  { side, other, line }: VariedSide,
  bases: readonly Exact[],
): readonly Exact[] => {
  const test = testOf(comparison)
  const holdsOn = (day: Exact): boolean => {
    const written = line.write(day)
    return side === 'left' ? test(written, other) : test(other, written)
  }
  const reach = Math.min(daysSearchedMax, 2 * Number(comparison.amount ?? '0') + 10)
  const offsets = Array.from({ length: 2 * reach + 1 }, (_, index) => index - reach)
  return bases.flatMap((base) =>
    offsets
      .map((offset) => addExact(base, { mantissa: offset, scale: 0 }))
      .filter((day) => holdsOn(day) !== holdsOn(subtractExact(day, { mantissa: 1, scale: 0 }))),
  )
}
