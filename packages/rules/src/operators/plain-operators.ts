import { isDay } from './business-days-between.ts'
import type { Operator, Test } from './operator.ts'

const plain = (holds: Test, on: Operator['on'], value: Operator['value']): Operator => ({
  test: () => holds,
  amount: null,
  on,
  value,
})

// A day is compared as text, which is right for YYYY-MM-DD and for nothing else; other text never is.
const ordering = (accepts: (order: number) => boolean): Operator =>
  plain(
    (left, right) => {
      if (typeof left === 'number' && typeof right === 'number') {
        if (Number.isNaN(left) || Number.isNaN(right)) return false
        return accepts(left < right ? -1 : left > right ? 1 : 0)
      }
      return isDay(left) && isDay(right) && accepts(left < right ? -1 : left > right ? 1 : 0)
    },
    ['number', 'date'],
    'one',
  )

const single = ['text', 'date', 'number', 'boolean'] as const
const listed = ['text', 'date', 'number'] as const

const isMissing = (value: unknown): boolean => value === undefined || value === null

/** json-rules-engine's own operators. */
export const plainOperators = {
  equal: plain((left, right) => left === right, single, 'one'),
  notEqual: plain((left, right) => left !== right, single, 'one'),
  in: plain((left, right) => Array.isArray(right) && right.indexOf(left) >= 0, listed, 'list'),
  notIn: plain((left, right) => Array.isArray(right) && right.indexOf(left) < 0, listed, 'list'),
  contains: plain(
    (left, right) => Array.isArray(left) && left.indexOf(right) >= 0,
    ['list'],
    'element',
  ),
  doesNotContain: plain(
    (left, right) => Array.isArray(left) && left.indexOf(right) < 0,
    ['list'],
    'element',
  ),
  lessThan: ordering((order) => order < 0),
  lessThanInclusive: ordering((order) => order <= 0),
  greaterThan: ordering((order) => order > 0),
  greaterThanInclusive: ordering((order) => order >= 0),
} as const satisfies Readonly<Record<string, Operator>>

/** Asks whether there is a value at all. */
export const presenceOperators = {
  'is-present': plain(
    (left, right) => !isMissing(left) === right,
    ['text', 'decimal', 'date', 'number', 'boolean', 'list', 'record'],
    'yes-or-no',
  ),
} as const satisfies Readonly<Record<string, Operator>>
