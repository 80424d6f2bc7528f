import {
  absoluteExact,
  compareExact,
  type Exact,
  isDecimal,
  multiplyExact,
  parseExact,
  subtractExact,
} from '@counterfoil/core/arithmetic'
import type { DecimalTest, Operator, Test } from './operator.ts'

const readExact = (value: unknown): Exact | null => (isDecimal(value) ? parseExact(value) : null)

/** A test of two decimals kept as text; anything else does not hold. */
const onExact =
  (accepts: (left: Exact, right: Exact) => boolean): Test =>
  (left, right) => {
    const [a, b] = [readExact(left), readExact(right)]
    return a !== null && b !== null && accepts(a, b)
  }

const decimal = (accepts: DecimalTest): Operator => {
  const holds = onExact((a, b) => accepts(compareExact(a, b)))
  return { test: () => holds, amount: null, decimal: accepts, on: ['decimal'], value: 'one' }
}

const hundred = parseExact('100')

const distance = (a: Exact, b: Exact): Exact => absoluteExact(subtractExact(a, b))

// |a - b| * 100 <= p * |b| : multiplied out, since a division would have to round.
const withinPercent = (amount: string | null): Test => {
  const percent = parseExact(amount ?? '0')
  return onExact((a, b) => {
    const accepted = multiplyExact(percent, absoluteExact(b))
    return compareExact(multiplyExact(distance(a, b), hundred), accepted) <= 0
  })
}

const withinAmount = (amount: string | null): Test => {
  const accepted = parseExact(amount ?? '0')
  return onExact((a, b) => compareExact(distance(a, b), accepted) <= 0)
}

/**
 * Operators on decimals kept as text, exact to the last digit: `"9.50"` is less than `"10.00"`, which
 * json-rules-engine's own `lessThan` denies. `within-5-percent` is at most so many percent of the value
 * away from it, above or below; of zero any percent is zero. `within-0.05-amount` is at most so much away.
 */
export const decimalOperators = {
  'decimal-above': decimal((order) => order > 0),
  'decimal-at-least': decimal((order) => order >= 0),
  'decimal-below': decimal((order) => order < 0),
  'decimal-at-most': decimal((order) => order <= 0),
  'decimal-equal': decimal((order) => order === 0),
  'within-percent': {
    test: withinPercent,
    amount: { before: 'within-', after: '-percent', is: 'decimal', example: 'within-5-percent' },
    on: ['decimal'],
    value: 'one',
  },
  'within-amount': {
    test: withinAmount,
    amount: { before: 'within-', after: '-amount', is: 'decimal', example: 'within-0.05-amount' },
    on: ['decimal'],
    value: 'one',
  },
} as const satisfies Readonly<Record<string, Operator>>
