import type { PolicyFacts } from '@counterfoil/core'
import { evaluateRuleSet, type RuleSetEvaluation } from '../evaluate/evaluate-rule-set.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { RuleEventType } from '../rule-set/rule-event.ts'
import type { Gaps, RuleOverlap, RulesAnalysis, RuleWithCause } from './analyse-rules.ts'
import {
  type AnalysisFinding,
  isInherited,
  namesOf,
  pointerOfRule,
  versionOf,
} from './analysis-finding.ts'
import { isAsked } from './asked-facts.ts'
import type { Box } from './box.ts'
import { describeBox } from './describe-box.ts'
import { widestBoxes } from './widest-boxes.ts'
import { factsIn } from './witness.ts'

/** The most findings of one kind that are told one by one. */
export const namedMax = 20

/** A set with what splitting its facts into regions showed. */
export type Analysed = { readonly loaded: LoadedRuleSet; readonly analysis: RulesAnalysis }

/** Says what splitting the facts into regions showed, each with facts that were evaluated to make sure. */
export const findInRegions = (analysed: Analysed): readonly AnalysisFinding[] => {
  const { loaded, analysis } = analysed
  const conflicts = analysis.overlaps.filter(({ isConflict }) => isConflict)
  const overlaps = analysis.overlaps.filter(
    ({ isConflict, box }) => !isConflict && isAsked(box, analysis.space, loaded.ruleSet.kind),
  )
  return [
    ...analysis.never.map((rule) => ({
      ...placed('never', analysed, rule),
      severity: isInherited(loaded, rule) ? ('warning' as const) : ('error' as const),
      sentence: `\`${rule.name}\` can never fire, its conditions contradict each other: correct them or remove the rule`,
    })),
    ...conflicts.map((overlap) => conflictFinding(overlap, analysed)),
    ...analysis.unreachable.map((one) => unreachableFinding(one, analysed)),
    ...analysis.redundant.map((one) => redundantFinding(one, analysed)),
    ...gapFindings(analysed),
    ...overlaps.slice(0, namedMax).map((overlap) => overlapFinding(overlap, analysed)),
    ...moreOverlaps(overlaps.length, analysed),
    ...notAnalysed(analysed),
  ]
}

type Placed = Pick<AnalysisFinding, 'ruleSet' | 'pointer' | 'rules'>

const placed = <Kind extends AnalysisFinding['kind']>(
  kind: Kind,
  { loaded }: Analysed,
  ...rules: readonly RuleWithCause['rule'][]
): Placed & { readonly kind: Kind } => ({
  kind,
  ruleSet: versionOf(loaded),
  pointer: rules[0] === undefined ? '/rules' : pointerOfRule(loaded, rules[0]),
  rules: rules.map(({ name }) => name),
})

/** Facts of a box for which the set does what is said, made sure of by evaluating it; none where they are not found. */
export const witnessOf = (
  box: Box | null,
  { loaded, analysis }: Analysed,
  shows: (evaluation: RuleSetEvaluation) => boolean,
): { readonly witness?: PolicyFacts } => {
  const facts = box === null ? null : factsIn(box, analysis.space, analysis.facts)
  return facts !== null && shows(evaluateRuleSet(loaded, facts)) ? { witness: facts } : {}
}

/** Facts for which a rule answers, made sure of by evaluating the set; none where they are not found. */
export const answeringFacts = (
  rule: RuleWithCause['rule'],
  analysed: Analysed,
): { readonly witness?: PolicyFacts } => {
  for (const box of analysed.analysis.regionsOf(rule)) {
    const found = witnessOf(box, analysed, ({ answers }) =>
      answers.some((answer) => answer.rule === rule.name),
    )
    if (found.witness !== undefined) return found
  }
  return {}
}

const unreachableFinding = (
  { rule, by, box }: RuleWithCause,
  analysed: Analysed,
): AnalysisFinding => ({
  ...placed('unreachable', analysed, rule, ...by),
  severity: isInherited(analysed.loaded, rule) ? 'information' : 'warning',
  sentence: isInherited(analysed.loaded, rule)
    ? `\`${rule.name}\` is taken over and never answers, ${causes(by, 'goes', 'go')} before it: switch it off, or replace it by its name`
    : `\`${rule.name}\` never answers, ${causes(by, 'goes', 'go')} before it wherever it fires: give it a higher priority, narrow the others, or remove it`,
  ...witnessOf(
    box,
    analysed,
    ({ fired, answers }) =>
      fired.includes(rule.name) && !answers.some((answer) => answer.rule === rule.name),
  ),
})

const causes = (by: readonly RuleWithCause['rule'][], one: string, many: string): string =>
  by.length === 0 ? `others ${many}` : `${namesOf(by)} always ${by.length === 1 ? one : many}`

const redundantFinding = (
  { rule, by, box }: RuleWithCause,
  analysed: Analysed,
): AnalysisFinding => {
  const reason = ({ event }: RuleWithCause['rule']) => event.params.because
  const saysNothingNew = by.every((other) => reason(other) === reason(rule))
  return {
    ...placed('redundant', analysed, rule, ...by),
    severity: saysNothingNew && !isInherited(analysed.loaded, rule) ? 'warning' : 'information',
    sentence:
      `without \`${rule.name}\` the same would be decided, by ${by.length === 0 ? 'others' : namesOf(by)}` +
      (saysNothingNew
        ? ': remove it'
        : ', only for another reason: remove it unless the reason is wanted'),
    ...witnessOf(box, analysed, ({ fired }) => fired.includes(rule.name)),
  }
}

const conflictFinding = (
  { first, second, box }: RuleOverlap,
  analysed: Analysed,
): AnalysisFinding => ({
  ...placed('conflict', analysed, second, first),
  severity: 'error',
  sentence:
    `\`${first.name}\` and \`${second.name}\` both fire${where(box, null, analysed)} at priority ${first.priority} and say ` +
    'different things: give one a higher priority or conditions that rule the other out',
  ...bothFire({ first, second }, box, analysed),
})

const overlapFinding = (
  { first, second, box, saysTheSame }: RuleOverlap,
  analysed: Analysed,
): AnalysisFinding => ({
  ...placed('overlap', analysed, second, first),
  severity: 'information',
  sentence:
    `\`${first.name}\` and \`${second.name}\` both fire${where(box, null, analysed)}: ` +
    (saysTheSame ? 'they say the same' : `\`${first.name}\` answers, by its priority`),
  ...bothFire({ first, second }, box, analysed),
})

const bothFire = (
  { first, second }: Pick<RuleOverlap, 'first' | 'second'>,
  box: Box,
  analysed: Analysed,
) =>
  witnessOf(box, analysed, ({ fired }) => fired.includes(first.name) && fired.includes(second.name))

const where = (box: Box, known: Box | null, { analysis }: Analysed): string => {
  const words = describeBox(box, analysis.space, known)
  return words === '' ? '' : ` where ${words}`
}

const moreOverlaps = (count: number, analysed: Analysed): readonly AnalysisFinding[] => {
  const { hasMoreOverlaps } = analysed.analysis
  if (count <= namedMax && !hasMoreOverlaps) return []
  const more = hasMoreOverlaps ? 'more' : String(count - namedMax)
  const sentence = `${more} pairs of rules besides those told fire for the same facts; the one of higher priority answers`
  return [{ ...placed('overlap', analysed), severity: 'information', sentence }]
}

/** What a rule of each type does; no rule does it where there is a gap. */
const doings: Readonly<Record<RuleEventType, string>> = {
  tolerance: 'says how far values may differ',
  check: 'plans a check',
  conduct: 'says how the invoice is conducted',
  route: 'names who answers',
  timing: 'sets a clock',
  approval: 'says whether approval is needed',
}

/** Facts no rule answers for, in words, and the types of answer that are missing. */
type Gap = {
  readonly types: readonly RuleEventType[]
  readonly box: Box
  readonly where: string
  readonly among: string
}

/** Every gap once, also where several types of answer are missing there. */
const gapFindings = (analysed: Analysed): readonly AnalysisFinding[] => {
  const told = analysed.analysis.gaps.map((gaps) => tellGaps(gaps, analysed))
  const alike = Map.groupBy(
    told.flatMap(({ gaps }) => gaps),
    ({ where: inWords, among }) => `${inWords}${among}`,
  )
  const named = [...alike.values()].flatMap((same) => {
    const [first] = same
    const types = same.flatMap((one) => one.types)
    return first === undefined ? [] : [gapFinding({ ...first, types }, analysed)]
  })
  return [...named, ...told.flatMap(({ more }) => more)]
}

const tellGaps = (
  { type, frame, boxes, hasMore }: Gaps,
  analysed: Analysed,
): { readonly gaps: readonly Gap[]; readonly more: readonly AnalysisFinding[] } => {
  const { space, rules, boxes: inBoxes } = analysed.analysis
  const given = frame === null ? '' : describeBox(frame, space)
  const among = given === '' ? '' : `, of facts where ${given}`
  const taken = inBoxes.boxes.filter(
    (_, box) => rules[inBoxes.ruleOf[box] ?? -1]?.event.type === type,
  )
  const asked = boxes.filter((box) => isAsked(box, space, analysed.loaded.ruleSet.kind))
  const widest = widestBoxes(asked, { taken, frame, space, most: namedMax })
  const gaps = widest.boxes.map((box) => ({
    types: [type],
    box,
    where: where(box, frame, analysed),
    among,
  }))
  if (widest.left === 0 && !hasMore) return { gaps, more: [] }
  const count = hasMore ? `more than ${asked.length}` : String(asked.length)
  const sentence = `no rule ${doings[type]} in ${count} regions of the facts, of which ${gaps.length} are told${among}`
  return { gaps, more: [{ ...placed('gap', analysed), severity: 'information', sentence }] }
}

const gapFinding = (
  { types, box, where: inWords, among }: Gap,
  analysed: Analysed,
): AnalysisFinding => {
  const witness = witnessOf(
    box,
    analysed,
    ({ answers }) => !answers.some(({ event }) => types.includes(event.type)),
  )
  const perhaps = witness.witness === undefined ? 'perhaps ' : ''
  const sentence =
    `${perhaps}no rule ${types.map((type) => doings[type]).join(' or ')}${inWords}${among}: ` +
    'the default answers; add a rule if that is not meant'
  return { ...placed('gap', analysed), severity: 'information', sentence, ...witness }
}

const notAnalysed = (analysed: Analysed): readonly AnalysisFinding[] => {
  const { notAnalysed: rules, cutShort } = analysed.analysis
  return [
    ...rules.map((rule): AnalysisFinding => ({
      ...placed('not-analysed', analysed, rule),
      severity: 'information',
      sentence: `\`${rule.name}\` has too many alternatives to be analysed, so nothing is said about it: write it as several rules`,
    })),
    ...cutShort.map((type): AnalysisFinding => ({
      ...placed('not-analysed', analysed),
      severity: 'information',
      sentence: `the rules of type ${type} are too entangled to be analysed, so gaps and rules that never answer are not told: let fewer of them fire together`,
    })),
  ]
}
