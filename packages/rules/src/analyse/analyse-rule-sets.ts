import type { RuleSetCase } from '../cases/rule-set-case.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { analyseRules } from './analyse-rules.ts'
import { type AnalysisFinding, type AnalysisSeverity, versionOf } from './analysis-finding.ts'
import { type ApprovalAnswers, readApprovals } from './approval-answers.ts'
import { opaqueText, whyOpaque } from './atoms.ts'
import { factsSchemaOf } from './fact-schema.ts'
import { findBeyondAuthority } from './find-beyond-authority.ts'
import { findBlankLimits } from './find-blank-limits.ts'
import { findDisagreements } from './find-disagreements.ts'
import { findDuties } from './find-duties.ts'
import { findInApprovals } from './find-in-approvals.ts'
import { type Analysed, findInRegions } from './find-in-regions.ts'
import { findUncoveredRules } from './find-uncovered-rules.ts'
import { type Together, whenTogether } from './when-together.ts'

/** A comparison the analysis does not look into: it takes it to come out either way. */
export type OpaqueComparison = {
  readonly ruleSet: string
  /** As written in the rule: `order.currency equal invoice.currency`. */
  readonly comparison: string
  readonly pointer: string
  /** What makes it one that cannot be looked into, in words. */
  readonly why: string
}

/** What an analysis of rule sets came to: plain data, in a fixed order. */
export type RuleSetAnalysis = {
  readonly findings: readonly AnalysisFinding[]
  readonly opaque: readonly OpaqueComparison[]
  /** True where every comparison was looked into and nothing was cut short. */
  readonly exact: boolean
}

/** What an analysis may be given besides the rule sets. */
export type AnalyseOptions = {
  /** The cases of each set, by its exact version: `receiving-tolerance@1.0.0`. */
  readonly cases?: Readonly<Record<string, readonly RuleSetCase[]>>
}

/**
 * Analyses rule sets that are in force. Of each: rules that contradict each other, never answer or might as
 * well not be there, facts nobody answers for, blank limits, rules no case shows. Of those in force together on some day for
 * some scope: where they say different things and which answers, tolerances wider than what the approval
 * matrix lets pass unasked, and duties that one role must not have together. Exact where
 * a comparison is of one place with a constant; the others are listed in `opaque`.
 */
export const analyseRuleSets = (
  sets: readonly LoadedRuleSet[],
  options: AnalyseOptions = {},
): RuleSetAnalysis => {
  const analysed = sets.map((loaded): Analysed => ({
    loaded,
    analysis: analyseRules({
      kind: loaded.ruleSet.kind,
      facts: factsSchemaOf(loaded),
      rules: loaded.rules,
      hitPolicy: loaded.hitPolicy,
    }),
  }))
  const findings = analysed.flatMap((one) => {
    const cases = options.cases?.[versionOf(one.loaded)]
    const matrix = readApprovals(one.loaded)
    return [
      ...findInRegions(one),
      ...(matrix === null ? [] : findInApprovals(matrix, one)),
      ...findBlankLimits(one, cases ?? []),
      ...(cases === undefined ? [] : findUncoveredRules(one, cases)),
    ]
  })
  const matrices = sets.flatMap((loaded) => readApprovals(loaded) ?? [])
  const together = whenTogether(sets)
  const between = [
    ...findDisagreements(analysed, together),
    ...findTolerancesBeyond(sets, matrices, together),
    ...findDuties(analysed, matrices, together),
  ]
  const opaque = analysed.flatMap(({ loaded, analysis }) =>
    analysis.opaque.map((comparison) => ({
      ruleSet: versionOf(loaded),
      comparison: opaqueText(comparison),
      pointer: comparison.pointer,
      why: whyOpaque(comparison),
    })),
  )
  const isWhole = analysed.every(
    ({ analysis: { notAnalysed, cutShort, hasMoreOverlaps, gaps } }) =>
      notAnalysed.length + cutShort.length === 0 &&
      !hasMoreOverlaps &&
      gaps.every(({ hasMore }) => !hasMore),
  )
  return {
    findings: inOrder([...findings, ...between]),
    opaque,
    exact: isWhole && opaque.length === 0,
  }
}

const findTolerancesBeyond = (
  sets: readonly LoadedRuleSet[],
  matrices: readonly ApprovalAnswers[],
  together: Together,
): readonly AnalysisFinding[] => {
  const planned = sets.flatMap(({ rules }) =>
    rules.flatMap(({ event }) => (event.type === 'check' ? [event.params] : [])),
  )
  const checkOfName = new Map(planned.map(({ name, check }) => [name, check]))
  return sets
    .filter(({ ruleSet }) => ruleSet.kind === 'tolerance')
    .flatMap((set) =>
      matrices.flatMap((matrix) => {
        const occasion = together(set, matrix.loaded)
        if (occasion === null) return []
        return findBeyondAuthority(set, matrix, checkOfName, occasion)
      }),
    )
}

const ranks: Readonly<Record<AnalysisSeverity, number>> = { error: 0, warning: 1, information: 2 }

/** The gravest first, otherwise as found: by set, then by kind. */
const inOrder = (findings: readonly AnalysisFinding[]): readonly AnalysisFinding[] =>
  findings.toSorted((a, b) => ranks[a.severity] - ranks[b.severity])
