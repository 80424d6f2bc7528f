import { orderOfDecimals, withinAmount, withinPercent } from '@counterfoil/core/arithmetic'
import type { DecimalTest, Operator } from './operator.ts'

const decimal = (accepts: DecimalTest): Operator => {
  const [below, equal, above] = [accepts(-1), accepts(0), accepts(1)]
  return {
    test: () => (left, right) => {
      const order = orderOfDecimals(left, right)
      return order === null ? false : order < 0 ? below : order > 0 ? above : equal
    },
    amount: null,
    decimal: accepts,
    on: ['decimal'],
    value: 'one',
  }
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
    test: (amount) => withinPercent(amount ?? '0'),
    amount: { before: 'within-', after: '-percent', is: 'decimal', example: 'within-5-percent' },
    on: ['decimal'],
    value: 'one',
  },
  'within-amount': {
    test: (amount) => withinAmount(amount ?? '0'),
    amount: { before: 'within-', after: '-amount', is: 'decimal', example: 'within-0.05-amount' },
    on: ['decimal'],
    value: 'one',
  },
} as const satisfies Readonly<Record<string, Operator>>
