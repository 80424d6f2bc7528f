import type { RuleSetCase } from '../cases/rule-set-case.ts'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import { type AnalysisFinding, isInherited, pointerOfRule, versionOf } from './analysis-finding.ts'
import { type Analysed, answeringFacts } from './find-in-regions.ts'

type Side = 'upper' | 'lower'

const sideNames: Readonly<Record<Side, string>> = { upper: 'above', lower: 'below' }

/**
 * Tolerances with a side on which nothing is limited: a limit left blank is not zero but no limit. That it is
 * meant cannot be told from the rule, only from a case that expects the blank.
 */
export const findBlankLimits = (
  analysed: Analysed,
  cases: readonly RuleSetCase[],
): readonly AnalysisFinding[] => {
  const { loaded } = analysed
  return loaded.rules.flatMap((rule): readonly AnalysisFinding[] => {
    if (rule.event.type !== 'tolerance') return []
    const { upper, lower, lowerEffect } = rule.event.params
    // Where what lies below is ignored, the rule says itself that it is not looked at.
    const isLimitedBelow = (lower.abs ?? lower.pct) !== null
    const open: readonly Side[] = [
      ...((upper.abs ?? upper.pct) === null ? (['upper'] as const) : []),
      ...(isLimitedBelow || lowerEffect === 'ignore' ? [] : (['lower'] as const)),
    ]
    const [side] = open
    if (side === undefined) return []
    const isShown = open.every((one) => isShownBlank(rule.name, one, analysed, cases))
    const isMild = side === 'lower' || isLimitedBelow || isShown || isInherited(loaded, rule)
    const wayOut = isShown
      ? 'a case shows that it is meant'
      : 'write "0" for none allowed, or show in a case that it is meant, which expects `null` there'
    return [
      {
        kind: 'blank-limit',
        severity: isMild ? 'information' : 'warning',
        ruleSet: versionOf(loaded),
        pointer: pointerTo(analysed, rule, side),
        rules: [rule.name],
        sentence: `\`${rule.name}\` passes any difference ${open.map((one) => sideNames[one]).join(' and ')}, since blank limits are no limits: ${wayOut}`,
        ...answeringFacts(rule, analysed),
      },
    ]
  })
}

/** Whether some case in which the rule decides expects that a side has no limit. */
const isShownBlank = (
  rule: string,
  side: Side,
  { loaded }: Analysed,
  cases: readonly RuleSetCase[],
): boolean =>
  [...(loaded.ruleSet.cases ?? []), ...cases].some(({ facts, expect }) => {
    if (expect.outcome === 'nothing fires') return false
    const limits = expect.outcome.tolerance?.[side]
    if (typeof limits !== 'object' || limits === null) return false
    const written = Object.values(limits)
    return (
      written.length > 0 &&
      written.every((limit) => limit === null) &&
      evaluateRuleSet(loaded, facts).answers.some((answer) => answer.rule === rule)
    )
  })

const pointerTo = (
  { loaded }: Analysed,
  rule: Analysed['loaded']['rules'][number],
  side: Side,
): string => {
  const pointer = pointerOfRule(loaded, rule)
  return pointer.startsWith('/rules') ? `${pointer}/event/params/${side}` : pointer
}
