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
export {
  type CaseCoverage,
  type ComparisonNotShown,
  measureCoverage,
  type Share,
} from './cases/case-coverage.ts'
export { diffRuleSets, type RuleSetChange } from './registry/diff-rule-sets.ts'
