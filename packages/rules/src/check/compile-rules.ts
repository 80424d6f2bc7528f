import type { CheckedCondition, CheckedRule } from '../evaluate/checked-rule.ts'
import { factTypesOfKind } from '../facts/facts-of-kind.ts'
import { type FactFetch, fetchesIn } from '../fetch/fact-fetch.ts'
import { type FetchedFacts, fetchedFactTypes } from '../fetch/fetched-facts.ts'
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
  fetched: FetchedFacts,
): ConditionWalk & { readonly findings: RuleSetFinding[] } => {
  const facts = factTypesOfKind[kind]
  const { types, findings } = fetchedFactTypes(fetched, facts)
  return {
    facts,
    fetched: types,
    findings: [...findings],
    named: { written, checked: new Map() },
  }
}

/**
 * Brings merged rules into the checked form, with what is wrong in them. What is wrong in a rule taken
 * over is said at `/extends`, since it is this set's named conditions that changed its meaning.
 */
export const compileRules = (
  rules: readonly MergedRule[],
  kind: RuleSetKind,
  written: WrittenConditions,
  fetched: FetchedFacts,
): {
  readonly rules: readonly CheckedRule[]
  readonly fetches: readonly FactFetch[]
  readonly findings: readonly RuleSetFinding[]
} => {
  const walk = startConditionWalk(kind, written, fetched)
  checkNamedConditions(walk)
  const compiled = rules.map((merged) => {
    const json = merged.rule.conditions
    const pointer = merged.ownIndex === null ? '/extends' : `/rules/${merged.ownIndex}/conditions`
    return checkedRule(merged, checkRootCondition({ json, pointer }, walk))
  })
  const checked = compiled.filter((rule) => rule !== null)
  return { rules: checked, fetches: fetchesIn(checked, walk.fetched), findings: walk.findings }
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
