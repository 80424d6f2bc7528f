import type { BusinessCalendar } from '@counterfoil/core'
import type { FactStep } from '../facts/fact-path.ts'
import type { FactType } from '../facts/fact-type.ts'
import type { Rule } from '../rule-set/rule-set.ts'
import type { RuleEvent } from '../rule-set/rule-event.ts'
import type { DecoratorName, OperatorName } from './operators.ts'

/** A place in the facts that a condition looks at. */
export type FactPlace = {
  /** Its name among the facts; of a fetched fact with its params: `creditRating({"agency":"A"})`. */
  readonly fact: string
  /** The params a fetched fact is asked by, as canonical JSON; null for a fact that is given. */
  readonly params: string | null
  readonly steps: readonly FactStep[]
  /** As a decision shows it: `discrepancy.kind`. */
  readonly text: string
  readonly type: FactType
  /** The places on the way to it, itself included, that may be missing or null. */
  readonly missable: readonly string[]
  /** Every place on the way to it, itself included. */
  readonly prefixes: readonly string[]
}

/** One comparison of the checked form. */
export type CheckedComparison = {
  readonly kind: 'comparison'
  readonly left: FactPlace
  readonly operator: OperatorName
  /** json-rules-engine's decorators written before the operator, outermost first: `everyFact:in`. */
  readonly decorators: readonly DecoratorName[]
  /** The number inside an operator's name, as in `within-5-percent`; null for operators without one. */
  readonly amount: string | null
  /** Which days are business days, for an operator that counts them; Monday to Friday where left out. */
  readonly calendar?: BusinessCalendar
  readonly right:
    | { readonly kind: 'constant'; readonly value: RuleConstant }
    | { readonly kind: 'fact'; readonly place: FactPlace }
  /** Where it stands in the rule set, for what is said about it. */
  readonly pointer: string
}

/** A constant a rule compares with. */
export type RuleConstant = string | number | boolean | readonly (string | number | boolean)[]

/**
 * A condition after the check: operators known, places typed, named conditions put in. A named condition
 * used twice is the same object twice.
 */
export type CheckedCondition =
  | CheckedComparison
  | { readonly kind: 'all' | 'any'; readonly conditions: readonly CheckedCondition[] }
  | { readonly kind: 'not'; readonly condition: CheckedCondition }

/** A rule after the check. */
export type CheckedRule<Event extends RuleEvent = RuleEvent> = {
  readonly name: string
  readonly priority: number
  readonly event: Event
  readonly condition: CheckedCondition
  /** The rule as written, for json-rules-engine. */
  readonly json: Rule
  /** The version of the set that wrote it: its own, or one it extends. */
  readonly from: string
  /** The decision table it is a row of; null for a rule written as a rule. Its name is `<table>/<row>`. */
  readonly table: string | null
  /** Its place in the table, the first row being 0; null for a rule written as a rule. */
  readonly row: number | null
}
