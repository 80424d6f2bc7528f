export { CounterfoilError } from '@counterfoil/core/arithmetic'
export { decide, evaluateRecord } from './evaluate/decide.ts'
export type { DecisionRecord, SlotValue } from './evaluate/decision-record.ts'
export type {
  EvaluableComparison,
  EvaluableCondition,
  EvaluableFetch,
  EvaluablePlace,
  EvaluableRule,
  EvaluableRuleSet,
} from './evaluate/evaluable-rule-set.ts'
export {
  evaluateRuleSet,
  type RuleAnswer,
  type RuleSetEvaluation,
} from './evaluate/evaluate-rule-set.ts'
export { type Evaluator, makeEvaluator } from './evaluate/make-evaluator.ts'
export { readEvaluableRuleSet } from './evaluate/read-evaluable-rule-set.ts'
export { readDecisionRecord, writeDecisionRecord } from './evaluate/write-decision-record.ts'
export { writeEvaluableRuleSet } from './evaluate/write-evaluable-rule-set.ts'
