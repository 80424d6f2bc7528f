import type { PolicyFacts } from '@counterfoil/core'
import { refuseUnfetched } from '../fetch/refuse-unfetched.ts'
import type { RuleEvent } from '../rule-set/rule-event.ts'
import { eventTypesOfKind } from '../rule-set/event-types-of-kind.ts'
import type { EvaluableRule, EvaluableRuleSet } from './evaluable-rule-set.ts'
import { decidingOf, hitPolicyOf } from './hit-policy.ts'
import { preparedRules } from './prepared-rules.ts'
import { firedNumbers, fireOn } from './run-program.ts'

/** What one rule set says to some facts, by itself. */
export type RuleSetEvaluation = {
  /** Every rule whose conditions hold, higher priority first, then as declared. */
  readonly fired: readonly string[]
  /** The rules that decide: of each type of answer the first, of checks all, unless the set's hit policy says otherwise. */
  readonly answers: readonly RuleAnswer[]
}

/** A rule that decides, and what it says. */
export type RuleAnswer = { readonly rule: string; readonly event: RuleEvent }

/** Evaluates one rule set, as its cases do. A `Policy` is the way to ask several sets that apply together. */
export const evaluateRuleSet = (
  loaded: EvaluableRuleSet,
  facts: PolicyFacts,
): RuleSetEvaluation => {
  refuseUnfetched(loaded, facts)
  const { rules, program, slots } = preparedRules(loaded)
  fireOn(program, facts, slots)
  // Stryker disable next-line ArrayDeclaration: every number is that of a rule
  const fired = firedNumbers(slots).flatMap((number) => rules[number] ?? [])
  return { fired: fired.map((rule) => rule.name), answers: answersOf(loaded, fired) }
}

/** Of the rules that fired, in order, those that decide. */
export const answersOf = (
  loaded: EvaluableRuleSet,
  fired: readonly EvaluableRule[],
): readonly RuleAnswer[] =>
  eventTypesOfKind[loaded.ruleSet.kind].flatMap((type) => {
    const candidates = fired.filter((rule) => rule.event.type === type)
    const deciding = decidingOf(candidates, hitPolicyOf(loaded.hitPolicy, type))
    return deciding.map((rule) => ({ rule: rule.name, event: rule.event }))
  })
