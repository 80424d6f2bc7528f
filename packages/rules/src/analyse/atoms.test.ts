import { CalendarDate, Decimal } from '@counterfoil/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkComparison } from '../check/check-comparison.ts'
import type { CheckedComparison } from '../evaluate/checked-rule.ts'
import { testOf } from '../evaluate/operators.ts'
import { factsOfKind, factTypesOfKind } from '../facts/facts-of-kind.ts'
import { atomKindOf, cellsOfAtom, keyOfAtom, opaqueText } from './atoms.ts'
import { type Axis, valueOfCell } from './axis.ts'
import { hasCell } from './cells.ts'
import { limitsIn } from './fact-schema.ts'
import { cellsHolding } from './ordered-values.ts'
import { makeSpace } from './space.ts'

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
  on(['item', '$.stocked'], ['equal', 'notEqual', 'not:equal'], [true, false]),
  on(
    ['line', '$.amount'],
    ['within-5-percent', 'within-0.05-amount', 'not:within-10-percent', 'within-0-percent'],
    ['0', '1.1', '-2', '100', '99999999999999999999.01'],
  ),
  on(
    ['line', '$.amount'],
    ['someValue:decimal-equal', 'everyValue:within-50-percent', 'not:someValue:decimal-above'],
    [['1', '2'], ['0', '3.10'], ['100']],
  ),
  on(
    ['invoice', '$.invoiceDate'],
    [
      'later-than-0-business-days',
      'later-than-7-business-days',
      'earlier-than-3-business-days',
      'not:earlier-than-0-business-days',
      'later-than-9999-business-days',
    ],
    ['2026-02-27', '2026-02-28', '2026-02-30', '2026-12-31', '9999-12-25', '0001-01-02'],
  ),
  on(
    ['item', '$.category'],
    ['equal', 'starts-with', 'not:starts-with', 'matches-pattern', 'notEqual'],
    ['27', '27-', '27-14', '27-14-02', '~', '27-*', '*'],
  ),
  on(
    ['item', '$.category'],
    ['someValue:starts-with', 'everyValue:starts-with', 'not:someValue:equal', 'in'],
    [['27-', '28-'], ['27-', '27-14'], ['another']],
  ),
  on(
    ['item', '$.inspection'],
    ['starts-with', 'ends-with', 'matches-pattern', 'equal', 'not:matches-pattern'],
    ['none', 'full', 'sample'],
  ),
)

/** Whether facts may have that value where a comparison looks. */
const isOf = ({ left }: CheckedComparison, value: string): boolean =>
  (left.type.kind === 'text' && left.type.values === null) ||
  (left.type.kind === 'decimal' && Decimal.safeParse(value).success) ||
  (left.type.kind === 'date' && CalendarDate.safeParse(value).success)

/** The cell a value lies in: its own, else the one between its neighbours or of the longest beginning it has. */
const cellOf = ({ values }: Axis, value: string): number => {
  if (values.kind === 'ordered') return cellsHolding(values, value)[0] ?? -1
  if (values.kind !== 'named') return -1
  const own = values.cellOf.get(value)
  if (own !== undefined) return own
  const begins = values.others.map((one) =>
    values.others.length === 1 ? '' : `${one}`.slice(0, -1),
  )
  const longest = begins
    .filter((one) => value.startsWith(one))
    .toSorted((a, b) => b.length - a.length)[0]
  return values.values.length + 1 + begins.indexOf(longest ?? '')
}

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

  it('hold for every other value of the cell as well', () => {
    const decimals = fc
      .tuple(fc.integer({ min: -250, max: 250 }), fc.constantFrom('', '5', '51', '01'))
      .map(([whole, part]) => Decimal.parse(part === '' ? `${whole}` : `${whole}.${part}`))
    const days = fc.tuple(
      fc.constantFrom('2026-02', '2026-03', '2026-12', '2027-01'),
      fc.integer({ min: 1, max: 28 }),
    )
    const texts = fc
      .array(fc.constantFrom('27', '-', '14', '28', '~', 'a'), { maxLength: 5 })
      .map((parts) => parts.join(''))
    const value = fc.oneof(
      decimals,
      days.map(([month, day]) => `${month}-${String(day).padStart(2, '0')}`),
      texts,
    )
    fc.assert(
      fc.property(
        fc.array(comparison, { minLength: 1, maxLength: 8 }),
        fc.array(value, { minLength: 20, maxLength: 20 }),
        (comparisons, values) => {
          const space = makeSpace(
            comparisons.map((condition) => ({ condition })),
            limitsIn(factsOfKind.matching),
          )
          for (const one of comparisons) {
            const axis = space.axes[space.axisOf.get(keyOfAtom(one)) ?? -1]
            if (axis === undefined || one.right.kind === 'fact') throw new TypeError('has an axis')
            for (const any of values.filter((each) => isOf(one, each))) {
              const cell = cellOf(axis, any)
              expect(hasCell(cellsOfAtom(one, axis), cell), `${opaqueText(one)} ${any}`).toBe(
                testOf(one)(any, one.right.value),
              )
            }
          }
        },
      ),
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
    ['a decorator that swaps', compared('line', '$.amount', 'swap:within-5-percent', '5')],
    ['the end of a free text', compared('item', '$.category', 'ends-with', '-00')],
    ['a pattern on free text', compared('item', '$.category', 'matches-pattern', '27-*-0?')],
  ])('are not looked for in %s', (_, one) => {
    expect(atomKindOf(one)).toBe('opaque')
  })
})
