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
