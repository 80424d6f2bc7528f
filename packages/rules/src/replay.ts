export type { DecisionRecord, SlotValue } from './evaluate/decision-record.ts'
export type {
  EvaluableComparison,
  EvaluableCondition,
  EvaluableFetch,
  EvaluablePlace,
  EvaluableRule,
  EvaluableRuleSet,
} from './evaluate/evaluable-rule-set.ts'
export type { RuleAnswer } from './evaluate/evaluate-rule-set.ts'
export type { FactSeen } from './evaluate/facts-seen.ts'
export type {
  ChangedDecision,
  DecisionSimulation,
  LineNotTried,
  SupplierDecisions,
} from './replay/decision-simulation.ts'
export { type DecisionColumn, type DecisionLog, logDecisions } from './replay/log-decisions.ts'
export {
  type DecisionDifference,
  type DecisionReplay,
  replayDecisions,
  type ReplayedVersions,
} from './replay/replay-decisions.ts'
export {
  type MatchRecord,
  matchRecordOf,
  readMatchRecord,
  writeMatchRecord,
} from './replay/match-record.ts'
export {
  type PoliciesAsked,
  policiesToCompare,
  predecessorOf,
  type SimulatedDays,
} from './replay/policies-to-compare.ts'
export { readDecisionLine } from './replay/read-decision-line.ts'
export { recordContradiction } from './replay/record-contradiction.ts'
export { recordDecisions } from './replay/record-decisions.ts'
export {
  type DecisionSimulator,
  simulateDecisions,
  type SimulatedVersion,
} from './replay/simulate-decisions.ts'
export {
  type SimulatedPolicies,
  simulateMatches,
  type Simulator,
} from './replay/simulate-matches.ts'
export type {
  ChangedInvoice,
  Counts,
  DecidedInvoice,
  Simulation,
  SupplierSimulation,
} from './replay/simulation.ts'
