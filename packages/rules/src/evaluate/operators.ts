import { dayOperators } from '../operators/day-operators.ts'
import { decimalOperators } from '../operators/decimal-operators.ts'
import { decorated } from '../operators/decorators.ts'
import type { Operator, Test } from '../operators/operator.ts'
import { plainOperators, presenceOperators } from '../operators/plain-operators.ts'
import { textOperators } from '../operators/text-operators.ts'
import type { EvaluableComparison } from './evaluable-rule-set.ts'

export type { DecoratorName } from '../operators/decorators.ts'
export type { Operator, OperatorValue, Test } from '../operators/operator.ts'

/**
 * The name of an operator. One with a number in it, as a rule writes `within-5-percent`, goes by its name
 * without the number: `within-percent`.
 */
export type OperatorName =
  | 'equal'
  | 'notEqual'
  | 'in'
  | 'notIn'
  | 'contains'
  | 'doesNotContain'
  | 'lessThan'
  | 'lessThanInclusive'
  | 'greaterThan'
  | 'greaterThanInclusive'
  | 'decimal-above'
  | 'decimal-at-least'
  | 'decimal-below'
  | 'decimal-at-most'
  | 'decimal-equal'
  | 'within-percent'
  | 'within-amount'
  | 'later-than-business-days'
  | 'earlier-than-business-days'
  | 'starts-with'
  | 'ends-with'
  | 'matches-pattern'
  | 'is-present'

/** Every operator a rule may use: json-rules-engine's own ten, and those a trade needs. */
export const operators: Readonly<Record<OperatorName, Operator>> = {
  ...plainOperators,
  ...decimalOperators,
  ...dayOperators,
  ...textOperators,
  ...presenceOperators,
}

/** True for the name of an operator. */
export const isOperatorName = (name: string): name is OperatorName => Object.hasOwn(operators, name)

/** The operator of that name. */
export const operatorOf = (name: OperatorName): Operator => operators[name]

/** The test a comparison makes, its decorators and the number in its name put in. */
export const testOf = ({
  operator,
  decorators,
  amount,
  calendar,
}: Pick<EvaluableComparison, 'operator' | 'decorators' | 'amount' | 'calendar'>): Test =>
  decorated(operatorOf(operator).test(amount, calendar ?? null), decorators)
