import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { type AnalysisFinding, isInherited, pointerOfRule, versionOf } from './analysis-finding.ts'

/**
 * Tolerances with a side on which nothing is limited: a limit left blank is not zero but no limit. That it is
 * meant cannot be told from the rule, so it is always reported.
 */
export const findBlankLimits = (loaded: LoadedRuleSet): readonly AnalysisFinding[] =>
  loaded.rules.flatMap((rule): readonly AnalysisFinding[] => {
    if (rule.event.type !== 'tolerance') return []
    const { upper, lower, lowerEffect } = rule.event.params
    const isOpenAbove = upper.abs === null && upper.pct === null
    // Where what lies below is ignored, the rule says itself that it is not looked at.
    const isOpenBelow = lower.abs === null && lower.pct === null && lowerEffect !== 'ignore'
    if (!isOpenAbove && !isOpenBelow) return []
    const sides = [isOpenAbove ? 'above' : null, isOpenBelow ? 'below' : null]
    const side = sides.filter((one) => one !== null).join(' and ')
    const isLimited = !isOpenAbove || (lower.abs ?? lower.pct) !== null
    return [
      {
        kind: 'blank-limit',
        severity: isLimited || isInherited(loaded, rule) ? 'information' : 'warning',
        ruleSet: versionOf(loaded),
        pointer: pointerTo(loaded, rule, isOpenAbove ? 'upper' : 'lower'),
        rules: [rule.name],
        sentence: `\`${rule.name}\` passes any difference ${side}, since blank limits are no limits: write "0" for none allowed, or keep it if that is meant`,
      },
    ]
  })

const pointerTo = (
  loaded: LoadedRuleSet,
  rule: LoadedRuleSet['rules'][number],
  side: 'upper' | 'lower',
): string => {
  const pointer = pointerOfRule(loaded, rule)
  return pointer.startsWith('/rules') ? `${pointer}/event/params/${side}` : pointer
}
