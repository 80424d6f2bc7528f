import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkComparison } from '../check/check-comparison.ts'
import type { CheckedComparison } from '../evaluate/checked-rule.ts'
import { testOf } from '../evaluate/operators.ts'
import { factsOfKind, factTypesOfKind } from '../facts/facts-of-kind.ts'
import { atomKindOf, cellsOfAtom, keyOfAtom } from './atoms.ts'
import { hasCell } from './cells.ts'
import { limitsIn } from './fact-schema.ts'
import { makeSpace } from './space.ts'
import { valueOfCell } from './witness.ts'

const compared = (
  fact: string,
  path: string,
  operator: string,
  value: unknown,
): CheckedComparison => {
  const check = { facts: factTypesOfKind.matching, fetched: new Map(), findings: [] }
  const checked = checkComparison({ fact, path, operator, value }, '', check)
  if (checked === null) throw new TypeError(JSON.stringify(check.findings))
  return checked
}

const orders = ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive']
const decimals = ['above', 'at-least', 'below', 'at-most', 'equal'].map((one) => `decimal-${one}`)

const on = (
  [fact, path]: readonly [string, string],
  operators: readonly string[],
  values: readonly unknown[],
) =>
  fc
    .tuple(fc.constantFrom(...operators), fc.constantFrom(...values))
    .map(([operator, value]) => compared(fact, path, operator, value))

const comparison = fc.oneof(
  on(
    ['invoice', '$.invoiceDate'],
    [...orders, 'equal', 'notEqual'],
    ['2026-02-27', '2026-02-28', '2026-02-30', '2026-03-02', '2026-12-31', '9999-12-31'],
  ),
  on(['invoice', '$.lineCount'], [...orders, 'equal', 'notEqual'], [-1, 0, 1, 2, 2.5, 7]),
  on(['line', '$.amount'], decimals, [
    '-1',
    '0',
    '0.00',
    '1.10',
    '1.1',
    '1.11',
    '99999999999999999999.01',
  ]),
  on(['invoice', '$.type'], ['equal', 'notEqual'], ['standard', 'credit', 'debit']),
  on(['order', '$.currency'], ['in', 'notIn'], [['EUR'], ['USD', 'EUR'], ['CHF', 'USD', 'EUR']]),
  on(['item', '$.stocked'], ['equal', 'notEqual'], [true, false]),
)

describe('the cells in which a comparison holds', () => {
  it('are those whose values make the evaluator say so', () => {
    fc.assert(
      fc.property(fc.array(comparison, { minLength: 1, maxLength: 8 }), (comparisons) => {
        const space = makeSpace(
          comparisons.map((condition) => ({ condition })),
          limitsIn(factsOfKind.matching),
        )
        for (const one of comparisons) {
          const axis = space.axes[space.axisOf.get(keyOfAtom(one)) ?? -1]
          if (axis === undefined || one.right.kind === 'fact') throw new TypeError('has an axis')
          const cells = cellsOfAtom(one, axis)
          for (let cell = axis.first; cell < axis.size; cell += 1) {
            const value = cell === 0 ? undefined : valueOfCell(axis, cell)
            expect(value === null).toBe(false)
            expect(hasCell(cells, cell)).toBe(testOf(one)(value, one.right.value))
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it.each<[string, CheckedComparison, number]>([
    ['a day no calendar has', compared('invoice', '$.invoiceDate', 'equal', '2026-02-30'), 3],
    ['a number no document carries', compared('invoice', '$.lineCount', 'equal', 2.5), 3],
    ['two whole numbers side by side', compared('invoice', '$.lineCount', 'greaterThan', 3), 4],
    ['one of a few words', compared('item', '$.inspection', 'equal', 'none'), 3],
    ['yes or no', compared('item', '$.stocked', 'equal', true), 3],
  ])('leave out what no facts can be: %s', (_, one, size) => {
    const space = makeSpace([{ condition: one }], limitsIn(factsOfKind.matching))
    expect(space.axes[space.axisOf.get(keyOfAtom(one)) ?? -1]?.size).toBe(size)
  })

  it('have no value between two whole numbers or two days that follow each other', () => {
    const conditions = [
      compared('invoice', '$.lineCount', 'equal', 3),
      compared('invoice', '$.lineCount', 'equal', 4),
      compared('invoice', '$.invoiceDate', 'equal', '2026-02-28'),
      compared('invoice', '$.invoiceDate', 'equal', '2026-03-01'),
    ].map((condition) => ({ condition }))
    const { axes, axisOf } = makeSpace(conditions, limitsIn(factsOfKind.matching))
    const sizeOf = (key: string) => axes[axisOf.get(key) ?? -1]?.size
    expect([sizeOf('invoice.lineCount'), sizeOf('invoice.invoiceDate')]).toEqual([5, 5])
  })

  it.each([
    [
      'two facts',
      compared('line', '$.amount', 'decimal-above', { fact: 'line', path: '$.valueLimit' }),
    ],
    ['a position of a list', compared('invoice', '$.chargeCodes[0]', 'equal', 'FR')],
    [
      'an operator under a decorator',
      { ...compared('item', '$.stocked', 'equal', true), decorators: ['not'] as const },
    ],
    [
      'an operator with an amount',
      { ...compared('line', '$.amount', 'decimal-above', '1'), amount: '5' },
    ],
  ])('are not looked for in %s', (_, one) => {
    expect(atomKindOf(one)).toBe('opaque')
  })
})
