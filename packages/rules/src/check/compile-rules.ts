import type { CheckedCondition, CheckedRule } from '../evaluate/checked-rule.ts'
import { factTypesOfKind } from '../facts/facts-of-kind.ts'
import type { MergedRule } from '../rule-set/merge-rule-sets.ts'
import type { RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import type { RuleSetKind } from '../rule-set/rule-set-kind.ts'
import {
  checkNamedConditions,
  checkRootCondition,
  type ConditionWalk,
  type WrittenCondition,
} from './check-conditions.ts'

/** Named conditions with the place they stand at, those of the set itself before those it takes over. */
export type WrittenConditions = ReadonlyMap<string, WrittenCondition>

/** A check of conditions over the facts of a kind. */
export const startConditionWalk = (
  kind: RuleSetKind,
  written: WrittenConditions,
): ConditionWalk & { readonly findings: RuleSetFinding[] } => ({
  facts: factTypesOfKind[kind],
  findings: [],
  named: { written, checked: new Map() },
})

/**
 * Brings merged rules into the checked form, with what is wrong in them. What is wrong in a rule taken
 * over is said at `/extends`, since it is this set's named conditions that changed its meaning.
 */
export const compileRules = (
  rules: readonly MergedRule[],
  kind: RuleSetKind,
  written: WrittenConditions,
): { readonly rules: readonly CheckedRule[]; readonly findings: readonly RuleSetFinding[] } => {
  const walk = startConditionWalk(kind, written)
  checkNamedConditions(walk)
  const compiled = rules.map((merged) => {
    const json = merged.rule.conditions
    const pointer = merged.ownIndex === null ? '/extends' : `/rules/${merged.ownIndex}/conditions`
    return checkedRule(merged, checkRootCondition({ json, pointer }, walk))
  })
  return { rules: compiled.filter((rule) => rule !== null), findings: walk.findings }
}

const checkedRule = (
  { rule, from }: MergedRule,
  condition: CheckedCondition | null,
): CheckedRule | null => {
  if (condition === null) return null
  const { name, event } = rule
  return {
    name,
    priority: rule.priority ?? 1,
    event,
    condition,
    json: rule,
    from,
    table: null,
    row: null,
  }
}
