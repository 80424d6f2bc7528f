// approval
export { ApprovalFacts } from './approval/facts.ts'
// cases
export { ExpectedOutcome, RuleSetCase, RuleSetCases } from './cases/rule-set-case.ts'
export {
  runRuleSetCases,
  type RuleSetCaseReport,
  type RuleSetCaseResult,
} from './cases/run-rule-set-cases.ts'
// evaluate
export { decide, evaluateRecord } from './evaluate/decide.ts'
export { makeEvaluator, type Evaluator } from './evaluate/make-evaluator.ts'
export { resultTrees, resultTreesOfRecord, type ResultTree } from './evaluate/result-trees.ts'
export { readDecisionRecord, writeDecisionRecord } from './evaluate/write-decision-record.ts'
export {
  evaluateRuleSet,
  type RuleAnswer,
  type RuleSetEvaluation,
} from './evaluate/evaluate-rule-set.ts'
export type {
  CheckedComparison,
  CheckedCondition,
  CheckedRule,
  FactPlace,
  RuleConstant,
} from './evaluate/checked-rule.ts'
export type { OperatorName } from './evaluate/operators.ts'
export type { DecoratorName } from './operators/decorators.ts'
export type {
  EvaluableComparison,
  EvaluableCondition,
  EvaluableFetch,
  EvaluablePlace,
  EvaluableRule,
  EvaluableRuleSet,
} from './evaluate/evaluable-rule-set.ts'
export type { DecisionRecord, SlotValue } from './evaluate/decision-record.ts'
// facts
export { factsOfKind } from './facts/facts-of-kind.ts'
export type { FactField, FactType } from './facts/fact-type.ts'
export type { FactStep } from './facts/fact-path.ts'
// fetch
export type { FactFetch } from './fetch/fact-fetch.ts'
export {
  fetchFacts,
  type FactSource,
  type FactSourceContext,
  type FactSources,
} from './fetch/fetch-facts.ts'
export type { FetchedFact, FetchedFacts } from './fetch/fetched-facts.ts'
// matching
export { MatchingFacts } from './matching/facts.ts'
// policy
export { createPolicy } from './policy/create-policy.ts'
export { createPolicySource } from './policy/create-policy-source.ts'
export {
  defaultsReference,
  policyDefaults,
  type DefaultAnswer,
  type PolicyDefaults,
} from './policy/policy-defaults.ts'
// registry
export {
  type RegistryState,
  ReleasedVersions,
  VersionsInForce,
  type VersionStanding,
} from './registry/registry-state.ts'
export {
  type PolicyQuestion,
  type ShadowDifference,
  shadowPolicySource,
  type ShadowSettings,
} from './registry/shadow-policy-source.ts'
// routing
export { RoutingFacts } from './routing/facts.ts'
// rule-set
export { checkRuleSet, loadRuleSet, type LoadRuleSetOptions } from './rule-set/load-rule-set.ts'
export { isDenial } from './rule-set/is-denial.ts'
export type {
  LoadedRuleSet,
  LoadedTable,
  OverriddenSetting,
  OverridesReport,
} from './rule-set/loaded-rule-set.ts'
export { pickRuleSetVersion } from './rule-set/pick-rule-set-version.ts'
export type {
  ComparisonCondition,
  ConditionLabel,
  FactParams,
  FactReference,
  RuleCondition,
  RuleConditionRoot,
} from './rule-set/rule-condition.ts'
export {
  ApprovalEvent,
  CheckEvent,
  ConductEvent,
  HitPolicy,
  RouteEvent,
  TimingEvent,
  ToleranceEvent,
  type RuleEvent,
  type RuleEventType,
} from './rule-set/rule-event.ts'
export type { RuleSetFinding } from './rule-set/rule-set-finding.ts'
export { RuleSetKind } from './rule-set/rule-set-kind.ts'
export {
  ApprovalRuleSet,
  MatchingRuleSet,
  RoutingRuleSet,
  RuleSet,
  RuleSetId,
  RuleSetScope,
  RuleSetVersion,
  RuleSetVersionReference,
  ToleranceRuleSet,
  type Rule,
} from './rule-set/rule-set.ts'
// table
export type { RuleTable, TableCell, TableColumn, TableEvent, TableRow } from './table/rule-table.ts'
// tolerance
export { ToleranceFacts } from './tolerance/facts.ts'
