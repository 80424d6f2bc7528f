export {
  analyseRules,
  type Gaps,
  type RuleOverlap,
  type RulesAnalysis,
  type RulesToAnalyse,
  type RuleWithCause,
} from './analyse/analyse-rules.ts'
export {
  analyseRuleSets,
  type AnalyseOptions,
  type OpaqueComparison,
  type RuleSetAnalysis,
} from './analyse/analyse-rule-sets.ts'
export type {
  AnalysisFinding,
  AnalysisFindingKind,
  AnalysisSeverity,
} from './analyse/analysis-finding.ts'
export { describeBox } from './analyse/describe-box.ts'
export { conflictingDuties, type Duty, dutyNames } from './analyse/duty-table.ts'
export { factsIn } from './analyse/witness.ts'
