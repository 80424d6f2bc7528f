import { describe, expect, it } from 'vitest'
import { allHoldIn, type Cell, cellsIn, cellsWhere } from './cell-truth.ts'
import { cellOf, type Cells, cutCells } from './cells.ts'
import type { CheckedCondition, RuleConstant } from './checked-rule.ts'
import { allOf, anyOf, comparing, comparingPlaces, notOf } from './checked-rule.examples.ts'
import { type OperatorName, testOf } from './operators.ts'
import { isCellComparison, type Signed } from './terms.ts'

const at = (operator: OperatorName, value: RuleConstant) => comparing('a.place', operator, value)
const must = (condition: CheckedCondition): Signed => ({ condition, isNegated: false })
const mustNot = (condition: CheckedCondition): Signed => ({ condition, isNegated: true })

// Cells 0 to 2 are missing, null and anything else.
const [a, b, five, stocked] = [3, 4, 5, 6]
const [below10, at10, between, at20, above20] = [7, 8, 9, 10, 11]
const [beforeMay, may, afterMay] = [12, 13, 14]
const [below4, at4, above4] = [15, 16, 17]
const place = cutCells([
  at('in', ['a', 'b', '5', true]),
  at('lessThan', 10),
  at('greaterThan', 20),
  at('lessThan', '2026-05-01'),
  at('decimal-above', '4'),
])
const everyCell = Array.from({ length: place.count }, (_, cell) => cell)

/** The cells that hold, and those that were looked at to find them. */
const found = (signed: readonly Signed[], cells: Cells = place) => {
  const looked: number[] = []
  const all = new Proxy(cellsIn(cells), {
    get: (target, key) => {
      if (typeof key === 'string' && key !== 'keys' && key !== 'length') looked.push(Number(key))
      return Reflect.get(target, key)
    },
  })
  return { cells: cellsWhere(cells, all, signed), looked }
}

describe('the cells of a place in order', () => {
  it('are as many as were cut, each the cell of its values', () => {
    const all = cellsIn(place)
    expect(all).toHaveLength(place.count)
    expect(all.slice(0, 2)).toEqual([
      { kind: 'value', value: undefined },
      { kind: 'value', value: null },
    ])
    expect(all.slice(a, below10)).toEqual(
      ['a', 'b', '5', true].map((value) => ({ kind: 'value', value })),
    )
    expect(all.slice(below10)).toEqual([
      ...[0, 1, 2, 3, 4].map((position) => ({ kind: 'number', position })),
      ...[0, 1, 2].map((position) => ({ kind: 'day', position })),
      ...[0, 1, 2].map((position) => ({ kind: 'decimal', position })),
    ])
  })

  it('are three of a place nothing is compared with', () => {
    expect(cellsIn(cutCells([]))).toHaveLength(3)
  })

  it.each<[OperatorName, RuleConstant]>([
    ['equal', 'a'],
    ['equal', true],
    ['notEqual', 'b'],
    ['in', ['a', '5']],
    ['notIn', ['a', 'b']],
    ['is-present', true],
    ['is-present', false],
    ['lessThan', 10],
    ['lessThanInclusive', 20],
    ['greaterThan', 10],
    ['greaterThanInclusive', 20],
    ['lessThan', '2026-05-01'],
    ['greaterThanInclusive', '2026-05-01'],
    ['decimal-above', '4'],
    ['decimal-at-least', '4.0'],
    ['decimal-below', '4'],
    ['decimal-at-most', '4.00'],
    ['decimal-equal', '4'],
    // What an operator cannot compare holds nowhere.
    ['lessThan', 'tomorrow'],
    ['decimal-above', 'four'],
  ])('answer as their values do: %s %j', (operator, constant) => {
    const comparison = at(operator, constant)
    const values: readonly unknown[] = [
      [undefined, null, 5n, Number.NaN, false, 'tomorrow', 'four', {}, 'a', 'b', '5', true],
      [9, 10, 15, 20, 21, '2026-04-30', '2026-05-01', '2026-05-02', '3.9', '4', '4.00', '4.1'],
    ].flat()
    const all = cellsIn(place)
    for (const value of values) {
      const cell = all[cellOf(place, value)] ?? { kind: 'value', value: 'no cell' }
      const holds = testOf(comparison)(value, constant)
      expect([value, allHoldIn(place, cell, [must(comparison)])]).toEqual([value, holds])
      expect([value, allHoldIn(place, cell, [mustNot(comparison)])]).toEqual([value, !holds])
    }
  })

  it('answer conditions of comparisons, and none that cells cannot decide', () => {
    const cell: Cell = { kind: 'value', value: 'a' }
    const [isA, isB] = [at('equal', 'a'), at('equal', 'b')]
    const holds = (...signed: readonly Signed[]): boolean => allHoldIn(place, cell, signed)
    expect(holds()).toBe(true)
    expect(holds(must(isA), mustNot(isB))).toBe(true)
    expect(holds(must(isA), must(isB))).toBe(false)
    expect(holds(must(notOf(isB)))).toBe(true)
    expect(holds(must(notOf(isA)))).toBe(false)
    expect(holds(must(allOf(isA, isB)))).toBe(false)
    expect(holds(must(allOf(isA, notOf(isB))))).toBe(true)
    expect(holds(must(anyOf(isB, isA)))).toBe(true)
    expect(holds(must(anyOf(isB, isB)))).toBe(false)
    expect(holds(must(comparingPlaces('a.place', 'equal', 'another')))).toBe(false)
  })
})

describe('the cells in which conditions hold', () => {
  const other = 2

  it.each<[string, readonly Signed[], readonly number[]]>([
    ['of an equality the one it names', [must(at('equal', 'b'))], [b]],
    ['of several texts those', [must(at('in', ['b', 'a']))], [b, a]],
    ['of a text said twice one', [must(at('in', ['a', 'a']))], [a]],
    [
      'of a text and a limit the one it names',
      [must(at('decimal-above', '4')), must(at('equal', '5'))],
      [five],
    ],
    [
      'of two equalities none, of which the first is tried',
      [must(at('equal', 'a')), must(at('equal', 'b'))],
      [],
    ],
    ['of a yes', [must(at('equal', true))], [stocked]],
    ['below a threshold', [must(at('lessThan', 10))], [below10]],
    ['up to a threshold', [must(at('lessThanInclusive', 10))], [below10, at10]],
    ['above a threshold', [must(at('greaterThan', 10))], [between, at20, above20]],
    ['from a threshold on', [must(at('greaterThanInclusive', 20))], [at20, above20]],
    [
      'between two thresholds',
      [must(at('greaterThan', 10)), must(at('lessThanInclusive', 20))],
      [between, at20],
    ],
    [
      'between two, the other way round',
      [must(at('lessThan', 20)), must(at('greaterThanInclusive', 10))],
      [at10, between],
    ],
    ['of two that leave nothing none', [must(at('greaterThan', 20)), must(at('lessThan', 10))], []],
    [
      'of a number and of a day none',
      [must(at('lessThan', 10)), must(at('lessThan', '2026-05-01'))],
      [],
    ],
    ['before a day', [must(at('lessThan', '2026-05-01'))], [beforeMay]],
    ['from a day on', [must(at('greaterThanInclusive', '2026-05-01'))], [may, afterMay]],
    ['above a decimal, and the text that is one', [must(at('decimal-above', '4'))], [five, above4]],
    ['at most a decimal', [must(at('decimal-at-most', '4'))], [below4, at4]],
    ['equal to a decimal', [must(at('decimal-equal', '4.0'))], [at4]],
    [
      'of a limit and an exception',
      [must(at('decimal-above', '4')), mustNot(at('equal', '5'))],
      [above4],
    ],
  ])('%s', (_, signed, expected) => {
    expect(found(signed).cells).toEqual(expected)
  })

  it.each<[string, readonly Signed[], (cell: number) => boolean]>([
    ['not equal', [mustNot(at('equal', 'a'))], (cell) => cell !== a],
    ['not in', [must(at('notIn', ['a', 'b']))], (cell) => cell !== a && cell !== b],
    ['not below', [mustNot(at('lessThan', 20))], (cell) => cell < below10 || cell > between],
    ['there', [must(at('is-present', true))], (cell) => cell > 1],
    ['not there', [must(at('is-present', false))], (cell) => cell < 2],
    [
      'either',
      [must(anyOf(at('equal', 'a'), at('lessThan', 10)))],
      (cell) => cell === a || cell === below10,
    ],
    [
      'nothing that is compared',
      [
        mustNot(at('is-present', false)),
        mustNot(
          anyOf(
            at('in', ['a', 'b', '5', true]),
            at('lessThanInclusive', 20),
            at('greaterThan', 20),
            at('decimal-at-most', '4'),
            at('decimal-above', '4'),
            at('lessThanInclusive', '2026-05-01'),
            at('greaterThan', '2026-05-01'),
          ),
        ),
      ],
      (cell) => cell === other,
    ],
  ])('are looked for among all of them where no stretch is asked for: %s', (_, signed, holds) => {
    const { cells, looked } = found(signed)
    expect(cells).toEqual(everyCell.filter(holds))
    expect(new Set(looked)).toEqual(new Set(everyCell))
  })

  it('of an equality are looked for among those it names', () => {
    expect(found([must(at('equal', 'b'))]).looked).toEqual([b])
    expect(found([must(at('in', ['b', 'a', 'b']))]).looked).toEqual([b, a])
    expect(found([must(at('lessThan', 10)), must(at('equal', 'a'))]).looked).toEqual([a])
    // What no cell is cut for lies in none.
    expect(found([must(at('equal', 'z'))]).looked).toEqual([])
  })

  const named = [a, b, five, stocked]
  it.each<[OperatorName, RuleConstant, readonly number[]]>([
    ['lessThan', 20, [below10, at10, between]],
    ['lessThanInclusive', 20, [below10, at10, between, at20]],
    ['greaterThan', 10, [between, at20, above20]],
    ['greaterThanInclusive', 10, [at10, between, at20, above20]],
    ['lessThan', '2026-05-01', [beforeMay]],
    ['greaterThan', '2026-05-01', [afterMay]],
    ['decimal-below', '4', [below4]],
    ['decimal-at-most', '4', [below4, at4]],
    ['decimal-equal', '4', [at4]],
    ['decimal-at-least', '4', [at4, above4]],
    ['decimal-above', '4', [above4]],
  ])(
    'of a stretch are looked for there and among those that are named: %s %j',
    (operator, value, stretch) => {
      expect(found([must(at(operator, value))]).looked).toEqual([...named, ...stretch])
    },
  )

  it('of several stretches are looked for where they meet', () => {
    const [above10, upTo20] = [must(at('greaterThan', 10)), must(at('lessThanInclusive', 20))]
    expect(found([above10, upTo20]).looked).toEqual([...named, between, at20])
    expect(found([upTo20, above10]).looked).toEqual([...named, between, at20])
    // A stretch of another axis says nothing about this one.
    const [from10, afterMayDay] = [
      must(at('greaterThanInclusive', 10)),
      must(at('greaterThan', '2026-05-01')),
    ]
    expect(found([from10, afterMayDay]).looked).toEqual([...named, at10, between, at20, above20])
    expect(found([must(at('is-present', true)), from10]).looked).toEqual([
      ...named,
      at10,
      between,
      at20,
      above20,
    ])
    expect(found([must(at('lessThan', 10)), must(at('greaterThan', 20))]).looked).toEqual(named)
  })

  it('are those of every condition alike, whichever way they are looked for', () => {
    const comparisons = [
      at('equal', 'a'),
      at('in', ['b', '5']),
      at('notEqual', '5'),
      at('lessThan', 20),
      at('greaterThanInclusive', 10),
      at('lessThanInclusive', '2026-05-01'),
      at('decimal-at-least', '4'),
      at('decimal-below', '4'),
      at('is-present', true),
    ].filter(isCellComparison)
    const all = cellsIn(place)
    for (const one of comparisons) {
      for (const two of comparisons) {
        for (const signed of [
          [must(one), must(two)],
          [must(one), mustNot(two)],
          [must(anyOf(one, two))],
          [mustNot(allOf(one, two))],
        ]) {
          const expected = everyCell.filter((cell) => {
            const itself = all[cell]
            return itself !== undefined && allHoldIn(place, itself, signed)
          })
          expect(cellsWhere(place, all, signed).toSorted((x, y) => x - y)).toEqual(expected)
        }
      }
    }
  })
})
