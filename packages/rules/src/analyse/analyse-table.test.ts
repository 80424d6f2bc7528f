import { describe, expect, it } from 'vitest'
import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { factsOfKind } from '../facts/facts-of-kind.ts'
import { analyseRules } from './analyse-rules.ts'
import { describeBox } from './describe-box.ts'
import { aTableOfRules, type TableRow } from './table-rules.examples.ts'

const names = (rules: readonly CheckedRule[]): readonly string[] => rules.map(({ name }) => name)

const analysed = (
  rows: number,
  change: (rows: readonly TableRow[]) => readonly TableRow[] = (all) => all,
) =>
  analyseRules({
    kind: 'tolerance',
    facts: factsOfKind.tolerance,
    rules: aTableOfRules({ rows, change }),
  })

describe('a table whose rows divide all facts among them', () => {
  it('has nothing to find', () => {
    const { never, unreachable, redundant, overlaps, gaps, opaque } = analysed(3_000)
    expect([never, unreachable, redundant, overlaps, opaque].map(({ length }) => length)).toEqual([
      0, 0, 0, 0, 0,
    ])
    expect(gaps.flatMap(({ boxes }) => boxes)).toEqual([])
  })

  it('shows among thirty thousand rows the one missing, the one that reaches too far and the one never used', () => {
    const { space, gaps, overlaps, unreachable } = analysed(30_000, (rows) =>
      rows
        .filter(({ name }) => name !== 'limits/12325')
        .map((row) => (row.name === 'limits/22325' ? { ...row, below: '300.01' } : row))
        .map((row) => (row.name === 'limits/3322' ? { ...row, from: '60.5', below: '80' } : row)),
    )
    const found = gaps.flatMap(({ boxes, frame }) =>
      boxes.map((box) => describeBox(box, space, frame)),
    )
    expect(found.toSorted()).toEqual([
      '`supplier.class` is `class-2`, `item.category` is `category-6`, `order.attributes.unit` is `unit-2`, ' +
        '`line.amount` is at least `100` and below `150`',
      '`supplier.class` is `class-8`, `item.category` is `category-6`, `order.attributes.unit` is `unit-2`, ' +
        '`line.amount` is at least `250` and below `300`',
    ])
    expect(
      overlaps.map(({ first, second, isConflict }) => [first.name, second.name, isConflict]),
    ).toEqual([
      ['limits/3321', 'limits/3322', true],
      ['limits/22325', 'limits/22326', true],
    ])
    expect(unreachable.map(({ rule, by }) => [rule.name, names(by)])).toEqual([
      ['limits/3322', ['limits/3321']],
    ])
  })
})
