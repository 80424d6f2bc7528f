export {
  counterfactual,
  type Counterfactual,
  type CounterfactualOptions,
  type CounterfactualSearch,
  type FactChange,
  factsAfter,
  type WantedDecision,
} from './explain/counterfactual.ts'
export type { Border } from './explain/candidate-values.ts'
export type { Decided } from './explain/decision-facts.ts'
export type { DecisionRecord, SlotValue } from './evaluate/decision-record.ts'
export type { FactSeen } from './evaluate/facts-seen.ts'
export {
  type DecisionExplanation,
  explainDecision,
  type ExplainedRule,
  type ExplainOptions,
} from './explain/explain-decision.ts'
export type { ExplainedComparison, ExplainedCondition } from './explain/explained-condition.ts'
export type {
  ChangeWords,
  ComparisonWords,
  Language,
  PlaceWords,
  SentenceWords,
  ValueFormat,
} from './explain/language.ts'
export { english } from './explain/languages/english.ts'
export { german } from './explain/languages/german.ts'
export { type NearLimit, type NearLimitsOptions, nearLimits } from './explain/near-limits.ts'
export {
  toleranceCounterfactual,
  type ToleranceCounterfactual,
  type ToleranceQuestion,
} from './explain/tolerance-counterfactual.ts'
