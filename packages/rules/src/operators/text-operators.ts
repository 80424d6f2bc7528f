import { matchesPattern, patternLengthMax } from './matches-pattern.ts'
import type { Operator } from './operator.ts'

const text = (
  accepts: (left: string, right: string) => boolean,
  value: 'words' | 'pattern',
): Operator => ({
  test: () => (left, right) =>
    typeof left === 'string' && typeof right === 'string' && accepts(left, right),
  amount: null,
  on: ['text'],
  value,
})

/**
 * Operators on codes whose parts mean something, such as a category `27-14-02`. Capital and small letters
 * differ. A pattern has `*` for any characters and `?` for one.
 */
export const textOperators = {
  'starts-with': text((left, right) => left.startsWith(right), 'words'),
  'ends-with': text((left, right) => left.endsWith(right), 'words'),
  'matches-pattern': text(
    (left, right) => right.length <= patternLengthMax && matchesPattern(left, right),
    'pattern',
  ),
} as const satisfies Readonly<Record<string, Operator>>
