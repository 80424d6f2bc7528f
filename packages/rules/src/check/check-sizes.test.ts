import { describe, expect, it } from 'vitest'
import type { CheckedCondition, CheckedRule } from '../evaluate/checked-rule.ts'
import { aLoadedRuleSet, aTable } from '../rule-set/rule-set.examples.ts'
import { comparisonsMax, conditionDepthMax, tableRowsMax } from './budgets.ts'
import { checkSizes } from './check-sizes.ts'

/** A rule of one comparison and a row of a table. */
const aRuleAndARow = (): readonly [CheckedRule, CheckedRule] => {
  const { rules } = aLoadedRuleSet({ tables: [aTable({ rows: [['split', '2', '2', 'x']] })] })
  const [rule, row] = rules
  if (rule === undefined || row === undefined) throw new Error('no rule or no row')
  return [rule, row]
}

const comparisonOf = ({ condition }: CheckedRule): CheckedCondition => {
  if (condition.kind !== 'all' || condition.conditions[0] === undefined) throw new Error('no list')
  return condition.conditions[0]
}

const times = <Value>(count: number, value: Value): readonly Value[] =>
  Array.from({ length: count }, () => value)

describe('what the rules of a set come to', () => {
  it('may be as many comparisons as anyone can follow, and not one more', () => {
    const [rule] = aRuleAndARow()
    expect(checkSizes(times(comparisonsMax, rule))).toEqual([])
    expect(checkSizes(times(comparisonsMax + 1, rule))).toEqual([
      {
        pointer: '/rules',
        sentence: 'the rules come to more than 20000 comparisons: name fewer conditions in others',
      },
    ])
  })

  it('counts a condition wherever it is used, alternatives and denials included', () => {
    const [rule] = aRuleAndARow()
    const comparison = comparisonOf(rule)
    const fourTimes: CheckedCondition = {
      kind: 'any',
      conditions: [
        comparison,
        { kind: 'not', condition: comparison },
        { kind: 'all', conditions: [comparison, comparison] },
      ],
    }
    const four = { ...rule, condition: fourTimes }
    expect(checkSizes(times(comparisonsMax / 4, four))).toEqual([])
    expect(checkSizes([...times(comparisonsMax / 4, four), rule])).toHaveLength(1)
  })

  it('may be nested as deep as anyone can read, and no level deeper', () => {
    const [rule] = aRuleAndARow()
    const comparison = comparisonOf(rule)
    const nested = (depth: number): CheckedRule => {
      let condition = comparison
      for (let level = 1; level < depth; level += 1) {
        condition =
          level % 2 === 0
            ? { kind: 'not', condition }
            : { kind: 'all', conditions: [condition, comparison] }
      }
      return { ...rule, condition }
    }
    expect(checkSizes([rule, nested(conditionDepthMax), rule])).toEqual([])
    expect(checkSizes([rule, nested(conditionDepthMax + 1), rule])).toEqual([
      {
        pointer: '/rules',
        sentence: 'conditions are nested 25 deep, the most is 24: simplify them',
      },
    ])
  })

  it('may be as many rows as the largest table of a distributor, and not one more', () => {
    const [rule, row] = aRuleAndARow()
    expect(checkSizes([rule, ...times(tableRowsMax, row)])).toEqual([])
    expect(checkSizes([rule, ...times(tableRowsMax + 1, row)])).toEqual([
      {
        pointer: '/tables',
        sentence: 'the tables have 50001 rows together, the most is 50000: split the set by scope',
      },
    ])
  })
})
