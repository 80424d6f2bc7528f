import { describe, expect, it } from 'vitest'
import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { analyseRules } from './analyse-rules.ts'
import { describeBox } from './describe-box.ts'
import { aTableOfRules, type TableRow } from './table-rules.examples.ts'

const names = (rules: readonly CheckedRule[]): readonly string[] => rules.map(({ name }) => name)

const analysed = (change: (rows: readonly TableRow[]) => readonly TableRow[]) => {
  const rules = aTableOfRules({ rows: 30_000, change })
  return analyseRules({ kind: 'tolerance', rules })
}

describe('a table of thirty thousand rows', () => {
  it('has nothing to find where its rows divide all facts among them', () => {
    const { never, unreachable, redundant, overlaps, gaps, opaque } = analysed((rows) => rows)
    expect([never, unreachable, redundant, overlaps, opaque].map(({ length }) => length)).toEqual([
      0, 0, 0, 0, 0,
    ])
    expect(gaps.flatMap(({ boxes }) => boxes)).toEqual([])
  })

  it('shows the row that is missing', () => {
    const { space, gaps } = analysed((rows) => rows.filter(({ name }) => name !== 'limits/12325'))
    const found = gaps.flatMap(({ boxes, frame }) =>
      boxes.map((box) => describeBox(box, space, frame)),
    )
    expect(found).toEqual([
      '`supplier.class` is `class-8`, `item.category` is `category-6`, `order.attributes.unit` is `unit-2`, ' +
        '`line.amount` is at least `250` and below `300`',
    ])
  })

  it('shows the row that reaches into the next', () => {
    const { overlaps } = analysed((rows) =>
      rows.map((row) => (row.name === 'limits/12325' ? { ...row, below: '300.01' } : row)),
    )
    expect(
      overlaps.map(({ first, second, isConflict }) => [first.name, second.name, isConflict]),
    ).toEqual([['limits/12325', 'limits/12326', true]])
  })

  it('shows the row that others always go before', () => {
    const { unreachable } = analysed((rows) =>
      rows.map((row) =>
        row.name === 'limits/12326' ? { ...row, from: '260.5', below: '280' } : row,
      ),
    )
    expect(unreachable.map(({ rule, by }) => [rule.name, names(by)])).toEqual([
      ['limits/12326', ['limits/12325']],
    ])
  })
})
