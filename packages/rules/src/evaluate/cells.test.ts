import { parseExact } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import {
  axisOf,
  axisOfKind,
  cellOf,
  cellOfMissing,
  cellOfNull,
  cellOfOther,
  type Cells,
  cutCells,
  thresholdPosition,
} from './cells.ts'
import type { RuleConstant } from './checked-rule.ts'
import { comparing } from './checked-rule.examples.ts'
import { type OperatorName, testOf } from './operators.ts'

const at = (operator: OperatorName, value: RuleConstant) => comparing('a.place', operator, value)

/** Cells of a place by what rules compare it with. */
const cut = (...written: readonly (readonly [OperatorName, RuleConstant])[]): Cells =>
  cutCells(written.map(([operator, value]) => at(operator, value)))

const cellsOf = (cells: Cells, values: readonly unknown[]): readonly number[] =>
  values.map((value) => cellOf(cells, value))

/** Constants of which none may be looked up. */
const notLookedUp = (mentions: ReadonlyMap<unknown, number>): ReadonlyMap<unknown, number> =>
  Object.assign(new Map(mentions), {
    get: (value: unknown) => {
      throw new Error(`looked up ${String(value)}`)
    },
  })

describe('the cells of a place', () => {
  it('are three where nothing is compared: missing, null and anything else', () => {
    const cells = cut()
    expect(cells.count).toBe(3)
    expect([cellOfMissing, cellOfNull, cellOfOther]).toEqual([0, 1, 2])
    expect(cellsOf(cells, [undefined, null])).toEqual([cellOfMissing, cellOfNull])
    const others = [true, false, 0, 'text', '5', '2026-01-01', Number.NaN, 5n, [], {}]
    for (const other of others) expect(cellOf(cells, other)).toBe(cellOfOther)
  })

  it('are one for each constant of an equality, named once or often', () => {
    const cells = cut(['equal', 'a'], ['in', ['b', 'a']], ['notEqual', 'c'], ['notIn', ['d', 'b']])
    expect([...cells.mentions]).toEqual([
      ['a', 3],
      ['b', 4],
      ['c', 5],
      ['d', 6],
    ])
    expect(cells.mentioned).toEqual(['a', 'b', 'c', 'd'])
    expect(cells.count).toBe(7)
    expect(cellsOf(cells, ['a', 'b', 'c', 'd', 'e', 1, undefined, null])).toEqual([
      3, 4, 5, 6, 2, 2, 0, 1,
    ])
  })

  it('are for a yes or no where rules ask for it, and for any other value one', () => {
    const both = cut(['equal', false], ['equal', true])
    expect(both.look).toBe('yes-or-no')
    expect(cellsOf(both, [false, true, 'true', 1, null, undefined])).toEqual([3, 4, 2, 2, 1, 0])
    expect(cellsOf(cut(['equal', true]), [true, false])).toEqual([3, 2])
    expect(cellsOf(cut(['equal', false]), [true, false])).toEqual([2, 3])
  })

  it('are found by comparing up to six texts, by looking up more or other constants', () => {
    const texts = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const six = cut(['in', texts.slice(0, 6)])
    const seven = cut(['in', texts])
    expect([six.look, seven.look]).toEqual(['few-texts', 'any'])
    expect(cellsOf(six, [...texts, 1, 'h'])).toEqual([3, 4, 5, 6, 7, 8, 2, 2, 2])
    expect(cellsOf(seven, [...texts, 1, 'h'])).toEqual([3, 4, 5, 6, 7, 8, 9, 2, 2])
    const mixed = cut(['in', ['a', 7, true]])
    expect(mixed.look).toBe('any')
    expect(cellsOf(mixed, ['a', 7, true, false, '7', 8])).toEqual([3, 4, 5, 2, 2, 2])
    expect(cut(['equal', 'a'], ['lessThan', 5]).look).toBe('any')
    expect(cut(['equal', true], ['lessThan', 5]).look).toBe('any')
  })

  it('of a yes or no, or of a few texts, are found without looking anything up', () => {
    const unlooked = (cells: Cells): Cells => ({
      ...cells,
      mentions: notLookedUp(cells.mentions),
    })
    expect(cellsOf(unlooked(cut(['equal', true])), [true, false, 'a', 1])).toEqual([3, 2, 2, 2])
    expect(cellsOf(unlooked(cut(['in', ['a', 'b']])), ['a', 'b', 'c', 1])).toEqual([3, 4, 2, 2])
    // Where no constant is named there is nothing to look up either.
    const thresholds = unlooked(cut(['lessThan', 5], ['decimal-above', '5']))
    expect(cellsOf(thresholds, [4, 5, '4', '5'])).toEqual([3, 4, 6, 7])
  })

  it('are one for each threshold among numbers and for each stretch beside one', () => {
    const cells = cut(['greaterThan', 10], ['lessThan', 9], ['lessThanInclusive', 10])
    expect(cells.numbers).toEqual({ thresholds: [9, 10], first: 3 })
    expect(cells.count).toBe(8)
    expect(cellsOf(cells, [-1e300, 8.99, 9, 9.5, 10, 10.01, Infinity, -Infinity])).toEqual([
      3, 3, 4, 5, 6, 7, 7, 3,
    ])
    for (const other of [Number.NaN, '9', 9n, [9], true, '2026-01-01']) {
      expect(cellOf(cells, other)).toBe(cellOfOther)
    }
  })

  it('take zero for zero, whatever its sign', () => {
    const cells = cut(['lessThan', 0])
    expect(cellsOf(cells, [-1, 0, -0, 1])).toEqual([3, 4, 4, 5])
  })

  it('are found at every border of many thresholds', () => {
    for (const count of [1, 2, 3, 4, 7, 8, 31, 32, 33]) {
      const thresholds = Array.from({ length: count }, (_, index) => 10 * (index + 1))
      const cells = cut(...thresholds.map((one) => ['lessThan', one] as const))
      const positions = thresholds.flatMap((one) => [one - 1, one])
      expect(cellsOf(cells, [...positions, 10 * count + 1])).toEqual(
        Array.from({ length: 2 * count + 1 }, (_, position) => 3 + position),
      )
    }
  })

  it('are the same among days, which lie behind the numbers of the place', () => {
    const cells = cut(
      ['greaterThan', '2026-02-01'],
      ['lessThan', '2026-01-01'],
      ['lessThan', '2026-02-01'],
      ['lessThan', 5],
    )
    expect(cells.days).toEqual({ thresholds: ['2026-01-01', '2026-02-01'], first: 6 })
    expect(cells.count).toBe(11)
    expect(
      cellsOf(cells, ['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01', '2026-02-02']),
    ).toEqual([6, 7, 8, 9, 10])
    expect(cellsOf(cells, [4, 5, 6])).toEqual([3, 4, 5])
    for (const other of ['2026-01', '2026-01-011', 'tomorrow', '', '5']) {
      expect(cellOf(cells, other)).toBe(cellOfOther)
    }
    expect(cellOf(cut(['lessThan', '2026-01-01']), 5)).toBe(cellOfOther)
    expect(cellOf(cut(['decimal-above', '5']), '2026-01-01')).toBe(cellOfOther)
  })

  it('are the same among decimals, however they are spelled', () => {
    const cells = cut(
      ['decimal-above', '10.00'],
      ['decimal-below', '9.5'],
      ['decimal-at-most', '10'],
      ['decimal-at-least', '-3'],
    )
    expect(cells.decimals.thresholds.map(({ mantissa }) => mantissa)).toEqual([-3, 95, 1000])
    expect(cells.decimals).toMatchObject({ first: 3, scaled: [-300_000, 950_000, 1_000_000] })
    expect(cells.count).toBe(10)
    expect(
      cellsOf(cells, ['-4', '-3.00', '-2.9', '9.50', '9.51', '10.000', '10.01', '9.500000001']),
    ).toEqual([3, 4, 5, 6, 7, 8, 9, 7])
    for (const other of [10, 'ten', '1e1', '10.', '', '9'.repeat(41)]) {
      expect(cellOf(cells, other)).toBe(cellOfOther)
    }
  })

  it('of the lowest and of the highest decimal there is are found like any', () => {
    const [lowest, highest] = [`-${'9'.repeat(40)}`, '9'.repeat(40)]
    const cells = cut(['decimal-above', lowest], ['decimal-below', highest], ['equal', 'x'])
    expect(cells.decimals.thresholds).toEqual([parseExact(lowest), parseExact(highest)])
    expect(cells.decimals.scaled).toBeNull()
    expect(cellsOf(cells, [lowest, `-${'9'.repeat(39)}8`, '0', highest, 'x'])).toEqual([
      5, 6, 6, 7, 3,
    ])
  })

  it.each<[string, readonly string[], number | null]>([
    ['five places at least', ['5', '0.1'], 5],
    ['as many places as a threshold has', ['5', '0.123456'], 6],
    ['nine places at most', ['0.123456789'], 9],
    ['not ten', ['5', '0.1234567891'], null],
    ['fifteen digits at most', ['-9999999999.99999', '9999999999.99999'], 5],
    ['not sixteen', ['1', '10000000000'], null],
    ['not sixteen below zero', ['-10000000000', '1'], null],
  ])('keep decimals as whole numbers at %s', (_, thresholds, scale) => {
    const { decimals } = cut(...thresholds.map((one) => ['decimal-above', one] as const))
    const whole = thresholds.map((one) => Math.round(Number(one) * 10 ** (scale ?? 0)))
    expect(decimals.scaled).toEqual(scale === null ? null : whole.toSorted((a, b) => a - b))
    if (scale !== null) expect(decimals.scale).toBe(scale)
  })

  it('of plain decimals are found among whole numbers, without reading one exactly', () => {
    const cells = cut(['decimal-above', '5'], ['decimal-below', '7'])
    const unread = cells.decimals.thresholds.with(0, { mantissa: 9, scale: 0 })
    const decimals = { ...cells.decimals, thresholds: unread.with(1, { mantissa: 9, scale: 0 }) }
    expect(cellsOf({ ...cells, decimals }, ['4', '5', '6.00001', '7.0', '8'])).toEqual([
      3, 4, 5, 6, 7,
    ])
  })

  it('of decimals that are read exactly are found at every border', () => {
    const tiny = (units: number): string => `0.${String(units).padStart(20, '0')}`
    for (const count of [1, 2, 3, 4, 7, 8]) {
      const thresholds = Array.from({ length: count }, (_, index) => 10 * (index + 1))
      const cells = cut(...thresholds.map((one) => ['decimal-above', tiny(one)] as const))
      expect(cells.decimals.scaled).toBeNull()
      const values = thresholds.flatMap((one) => [tiny(one - 1), tiny(one)])
      expect(cellsOf(cells, [...values, tiny(10 * count + 1)])).toEqual(
        Array.from({ length: 2 * count + 1 }, (_, position) => 3 + position),
      )
    }
  })

  it('lie behind each other: constants, numbers, days, decimals', () => {
    const cells = cut(
      ['equal', '10'],
      ['lessThan', 5],
      ['lessThan', '2026-01-01'],
      ['decimal-above', '10'],
    )
    const { numbers, days, decimals } = cells
    expect([numbers.first, days.first, decimals.first, cells.count]).toEqual([4, 7, 10, 13])
    expect(axisOfKind(cells, 'number')).toBe(numbers)
    expect(axisOfKind(cells, 'day')).toBe(days)
    expect(axisOfKind(cells, 'decimal')).toBe(decimals)
    // Text that a rule names is its own cell, also where it reads as a decimal at a threshold.
    expect(cellsOf(cells, ['10', '10.0', '9', '11', 5, '2026-01-01'])).toEqual([
      3, 11, 10, 12, 5, 8,
    ])
  })

  it('are told apart by number and by decimal where both have as many thresholds', () => {
    const cells = cut(['equal', true], ['lessThan', 5], ['decimal-above', '5'])
    expect(cells.look).toBe('any')
    expect(cellsOf(cells, [true, 4, 5, '4', '5'])).toEqual([3, 4, 5, 7, 8])
  })

  it('hold values that every comparison answers alike', () => {
    const comparisons = [
      at('equal', '5'),
      at('in', ['a', 7, '2026-01-02']),
      at('notIn', [true, 'b']),
      at('lessThan', 7),
      at('greaterThanInclusive', 2.5),
      at('lessThanInclusive', '2026-01-02'),
      at('greaterThan', '2026-01-05'),
      at('decimal-above', '5'),
      at('decimal-at-most', '12.5'),
      at('decimal-equal', '-0'),
      at('is-present', true),
    ]
    const cells = cutCells(comparisons)
    const values: readonly unknown[] = [
      [undefined, null, true, false, Number.NaN, 5n, {}, 'a', 'b', 'c', ''],
      [-Infinity, 0, 2.4, 2.5, 2.6, 5, 7, 7.1, Infinity],
      ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-05', '2026-01-06', '2026-1-1'],
      ['-1', '-0', '0', '0.00', '4.9', '5', '5.0', '5.1', '12.5', '12.50', '12.51', '1e9'],
    ].flat()
    const answersByCell = new Map<number, string>()
    for (const value of values) {
      const cell = cellOf(cells, value)
      expect(cell).toBeLessThan(cells.count)
      const answers = comparisons.map((one) => testOf(one)(value, one.right.value)).join()
      expect([value, answersByCell.get(cell) ?? answers]).toEqual([value, answers])
      answersByCell.set(cell, answers)
    }
    expect(answersByCell.size).toBe(24)
  })
})

describe('the axis of a comparison', () => {
  it.each<[OperatorName, RuleConstant, string | null]>([
    ['lessThan', 5, 'number'],
    ['greaterThanInclusive', 5, 'number'],
    ['lessThan', '2026-01-01', 'day'],
    ['decimal-above', '5', 'decimal'],
    ['decimal-equal', '5.00', 'decimal'],
    ['equal', 5, null],
    ['notEqual', 5, null],
    ['in', ['5'], null],
    ['notIn', ['2026-01-01'], null],
    ['is-present', true, null],
    ['lessThan', 'tomorrow', null],
    ['lessThan', true, null],
    ['decimal-above', 'five', null],
    ['decimal-above', '2026-01-01', null],
    ['decimal-above', 5, null],
  ])('%s %j', (operator, value, axis) => {
    expect(axisOf(at(operator, value))).toBe(axis)
  })

  it('has the constant as a threshold: at an odd position of it', () => {
    const cells = cut(
      ['lessThan', 5],
      ['lessThan', 7],
      ['lessThan', '2026-01-01'],
      ['decimal-above', '10'],
      // Named too, yet a threshold all the same.
      ['in', [7, '10', '2026-01-01']],
    )
    const position = (
      kind: 'number' | 'day' | 'decimal',
      operator: OperatorName,
      value: RuleConstant,
    ) => thresholdPosition(cells, kind, at(operator, value))
    expect(position('number', 'lessThan', 5)).toBe(1)
    expect(position('number', 'lessThan', 7)).toBe(3)
    expect(position('day', 'lessThan', '2026-01-01')).toBe(1)
    expect(position('decimal', 'decimal-above', '10.0')).toBe(1)
  })

  it('is none for what its operator cannot compare, and such a comparison cuts nothing', () => {
    expect(
      cut(['lessThan', 'tomorrow'], ['decimal-above', 'five'], ['is-present', true]).count,
    ).toBe(3)
  })
})
