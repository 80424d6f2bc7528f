import type { CheckedRule } from '../evaluate/checked-rule.ts'
import type { RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import { comparisonsMax, conditionDepthMax, tableRowsMax } from './budgets.ts'
import { sizeOfCondition } from './check-conditions.ts'

/** Checks what all rules and rows of a set come to together, those it takes over included. */
export const checkSizes = (all: readonly CheckedRule[]): readonly RuleSetFinding[] => {
  const rules = all.filter(({ table }) => table === null)
  const known = new Map()
  const sizes = rules.map((rule) => sizeOfCondition(rule.condition, known))
  const comparisons = sizes.reduce((sum, size) => sum + size.comparisons, 0)
  const depth = Math.max(0, ...sizes.map((size) => size.depth))
  const tooMany =
    comparisons > comparisonsMax
      ? `the rules come to more than ${comparisonsMax} comparisons: name fewer conditions in others`
      : null
  const tooDeep =
    depth > conditionDepthMax
      ? `conditions are nested ${depth} deep, the most is ${conditionDepthMax}: simplify them`
      : null
  const rows = all.length - rules.length
  const tooLong =
    rows > tableRowsMax
      ? `the tables have ${rows} rows together, the most is ${tableRowsMax}: split the set by scope`
      : null
  return [
    ...findingAt('/rules', tooMany),
    ...findingAt('/rules', tooDeep),
    ...findingAt('/tables', tooLong),
  ]
}

const findingAt = (pointer: string, sentence: string | null): readonly RuleSetFinding[] =>
  sentence === null ? [] : [{ pointer, sentence }]
