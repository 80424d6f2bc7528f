import type {
  CheckedComparison,
  CheckedCondition,
  CheckedRule,
  FactPlace,
  RuleConstant,
} from './checked-rule.ts'
import type { OperatorName } from './operators.ts'
import type { CellComparison } from './terms.ts'

/** A place of the facts by its text: `discrepancy.kind`. */
export const placeOf = (text: string): FactPlace => {
  const [fact = '', ...steps] = text.split('.')
  return {
    fact,
    steps,
    text,
    params: null,
    type: { kind: 'text', values: null },
    missable: [],
    prefixes: [],
  }
}

/** A comparison of a place with a constant, which cells may decide. */
export const comparing = (
  text: string,
  operator: OperatorName,
  value: RuleConstant,
): CheckedComparison & CellComparison => ({
  kind: 'comparison',
  left: placeOf(text),
  operator,
  decorators: [],
  amount: null,
  right: { kind: 'constant', value },
  pointer: '',
})

/** A comparison of a place with another, which no cell decides. */
export const comparingPlaces = (
  text: string,
  operator: OperatorName,
  other: string,
): CheckedComparison => ({
  ...comparing(text, operator, ''),
  right: { kind: 'fact', place: placeOf(other) },
})

/** Conditions that must all hold. */
export const allOf = (...conditions: readonly CheckedCondition[]): CheckedCondition => ({
  kind: 'all',
  conditions,
})

/** Conditions of which one must hold. */
export const anyOf = (...conditions: readonly CheckedCondition[]): CheckedCondition => ({
  kind: 'any',
  conditions,
})

/** A condition that must not hold. */
export const notOf = (condition: CheckedCondition): CheckedCondition => ({ kind: 'not', condition })

/** A rule of a condition; give only what matters. */
export const aCheckedRule = (
  condition: CheckedCondition,
  rule: Partial<CheckedRule> = {},
): CheckedRule => ({
  name: 'a-rule',
  priority: 1,
  condition,
  table: null,
  row: null,
  from: 'test@1.0.0',
  event: {
    type: 'timing',
    params: {
      remindAfterBusinessHours: [],
      escalateAfterBusinessHours: null,
      overdueAfterBusinessHours: 1,
      because: 'x',
    },
  },
  json: { name: 'a-rule', conditions: { condition: 'x' }, event: { type: 'x' } } as never,
  ...rule,
})
