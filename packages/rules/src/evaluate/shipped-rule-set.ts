import type { EvaluableComparison, EvaluableFetch, EvaluablePlace } from './evaluable-rule-set.ts'
import type { EvaluableRule, EvaluableRuleSet } from './evaluable-rule-set.ts'

/** The form rule sets are shipped in; another number is another form. */
export const shippedFormat = 1

/** A rule set as it is shipped: plain JSON, in which each place, condition and event stands once. */
export type ShippedRuleSet = {
  readonly format: number
  readonly kind: EvaluableRuleSet['ruleSet']['kind']
  readonly reference: EvaluableRuleSet['reference']
  readonly hitPolicy: EvaluableRuleSet['hitPolicy']
  readonly fetches: readonly EvaluableFetch[]
  readonly places: readonly EvaluablePlace[]
  /** Parts stand before what is made of them. */
  readonly conditions: readonly ShippedCondition[]
  readonly events: readonly EvaluableRule['event'][]
  readonly rules: readonly ShippedRule[]
}

/** A rule; `condition` and `event` are numbers of those listed. */
export type ShippedRule = Pick<EvaluableRule, 'name' | 'priority' | 'table'> & {
  readonly condition: number
  readonly event: number
}

/** A condition; its parts, its place and the place it is compared with are numbers of those listed. */
export type ShippedCondition =
  | { readonly kind: 'all' | 'any'; readonly conditions: readonly number[] }
  | { readonly kind: 'not'; readonly condition: number }
  | (Pick<EvaluableComparison, 'kind' | 'operator' | 'decorators' | 'amount' | 'calendar'> & {
      readonly left: number
      readonly right:
        | Extract<EvaluableComparison['right'], { kind: 'constant' }>
        | { readonly kind: 'fact'; readonly place: number }
    })
