import type { PolicyReference } from '@counterfoil/core'
import type { FactFetch } from '../fetch/fact-fetch.ts'
import type { HitPolicy } from '../rule-set/rule-event.ts'
import type { RuleSetKind } from '../rule-set/rule-set-kind.ts'
import type { CheckedComparison, CheckedRule, FactPlace, RuleConstant } from './checked-rule.ts'

/** What evaluating needs of a rule set that passed every check. A `LoadedRuleSet` is one. */
export type EvaluableRuleSet = {
  readonly ruleSet: { readonly kind: RuleSetKind }
  readonly reference: PolicyReference
  readonly rules: readonly EvaluableRule[]
  /** The facts that have to be among those it is evaluated on, though rules ask for them by params. */
  readonly fetches: readonly EvaluableFetch[]
  readonly hitPolicy: HitPolicy | null
}

/** A fact that has to be fetched: its name among the facts, as rules name it, and its params. */
export type EvaluableFetch = Pick<FactFetch, 'name' | 'fact' | 'params'>

/** What evaluating needs of a rule. */
export type EvaluableRule = Pick<CheckedRule, 'name' | 'priority' | 'event' | 'table'> & {
  readonly condition: EvaluableCondition
}

/** What evaluating needs of a condition. One used twice may be the same object twice. */
export type EvaluableCondition =
  | EvaluableComparison
  | { readonly kind: 'all' | 'any'; readonly conditions: readonly EvaluableCondition[] }
  | { readonly kind: 'not'; readonly condition: EvaluableCondition }

/** What evaluating needs of a comparison. */
export type EvaluableComparison = Pick<
  CheckedComparison,
  'kind' | 'operator' | 'decorators' | 'amount' | 'calendar'
> & {
  readonly left: EvaluablePlace
  readonly right:
    | { readonly kind: 'constant'; readonly value: RuleConstant }
    | { readonly kind: 'fact'; readonly place: EvaluablePlace }
}

/** What evaluating needs of a place of the facts. */
export type EvaluablePlace = Pick<FactPlace, 'fact' | 'steps' | 'text'> & {
  readonly type: Pick<FactPlace['type'], 'kind'>
}
