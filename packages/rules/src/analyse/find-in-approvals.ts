import type { PolicyFacts } from '@counterfoil/core'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import type { ApprovalEvent } from '../rule-set/rule-event.ts'
import { type AnalysisFinding, pointerOfRule, versionOf } from './analysis-finding.ts'
import type { ApprovalAnswers, ApprovalRegion, ApprovalRule } from './approval-answers.ts'
import type { AxisValues } from './axis.ts'
import { type Box, intersectBoxes, settle } from './box.ts'
import { cellsFrom, intersectCells } from './cells.ts'
import { describeBox } from './describe-box.ts'
import { factsSchemaOf } from './fact-schema.ts'
import { type Analysed, answeringFacts } from './find-in-regions.ts'
import { factsIn } from './witness.ts'

/**
 * What is odd in an approval matrix by itself: a larger amount that needs less approval than a smaller one,
 * and steps that call whoever did not answer once more. Gaps and overlaps of bands are found as in every set.
 */
export const findInApprovals = (
  answers: ApprovalAnswers,
  analysed: Analysed,
): readonly AnalysisFinding[] => [
  ...findLessForMore(answers),
  ...findCallsItself(answers, analysed),
]

/** How much a matrix asks for: how many must agree; nobody can where it is refused. */
const demandOf = ({ params }: ApprovalEvent): number => {
  switch (params.outcome) {
    case 'not-needed':
      return 0
    case 'refused':
      return Infinity
    case 'needed': {
      const agreeing = params.steps.map(({ roles, mode, quorum }) =>
        mode === 'any' ? 1 : mode === 'all' ? roles.length : (quorum ?? 1),
      )
      const sum = agreeing.reduce((all, one) => all + one, 0)
      return params.fourEyes ? Math.max(sum, 2) : sum
    }
  }
}

type Answered = { readonly box: Box; readonly rule: ApprovalRule }

const findLessForMore = (answers: ApprovalAnswers): readonly AnalysisFinding[] => {
  const answered = answers.regions.filter((region): region is Answered => region.rule !== null)
  const found = new Map<string, AnalysisFinding>()
  for (const lower of answered) {
    for (const higher of answered) {
      if (demandOf(higher.rule.event) >= demandOf(lower.rule.event)) continue
      const key = JSON.stringify([lower.rule.name, higher.rule.name])
      if (found.has(key)) continue
      const finding = lessForMore(lower, higher, answers)
      if (finding !== null) found.set(key, finding)
    }
  }
  return [...found.values()]
}

const lessForMore = (
  lower: Answered,
  higher: Answered,
  answers: ApprovalAnswers,
): AnalysisFinding | null => {
  const { loaded, space, exposures } = answers
  for (const axis of exposures) {
    const pair = onAxis(lower, higher, axis, answers)
    if (pair === null) continue
    const witness = factsIn(pair.higher, space, factsSchemaOf(loaded))
    const [more, less] = [higher.rule, lower.rule]
    const shows = shownBy(witness, more.name, answers)
    return {
      kind: 'less-for-more',
      severity: 'warning',
      ruleSet: versionOf(loaded),
      pointer: pointerOfRule(loaded, more),
      rules: [more.name, less.name],
      sentence:
        `\`${more.name}\` asks for less approval than \`${less.name}\`, and for more money, where ` +
        `${describeBox(pair.higher, space)}: let the larger amount need at least as much`,
      ...(shows && witness !== null ? { witness } : {}),
    }
  }
  return null
}

const shownBy = (witness: PolicyFacts | null, rule: string, { loaded }: ApprovalAnswers): boolean =>
  witness !== null && evaluateRuleSet(loaded, witness).answers.some((one) => one.rule === rule)

/** The parts of two regions that differ in the amount only, the second one having the larger; null for none. */
const onAxis = (
  lower: ApprovalRegion,
  higher: ApprovalRegion,
  axis: number,
  { space }: ApprovalAnswers,
): { readonly higher: Box } | null => {
  const free = (box: Box): Box => box.map((cells, at) => (at === axis ? null : cells))
  const size = space.axes[axis]?.size ?? 0
  // An amount at stake is never below zero, whatever a rule would say of one.
  const least = cellsFrom(firstFromZero(space.axes[axis]?.values), size - 1)
  const amounts = (box: Box) => intersectCells(box[axis] ?? least, least)
  const [low] = amounts(lower.box)
  if (low === undefined) return null
  const above = intersectCells(amounts(higher.box), cellsFrom(low + 1, size - 1))
  const rest = intersectBoxes(free(lower.box), free(higher.box))
  if (above.length === 0 || rest === null) return null
  const box = settle(
    rest.map((cells, at) => (at === axis ? above : cells)),
    space,
  )
  return box === null ? null : { higher: box }
}

const firstFromZero = (values: AxisValues | undefined): number => {
  if (values?.kind !== 'ordered') return 1
  const at = values.codes.findIndex((code) => {
    const end = values.points[code >> 1]
    return end === undefined || Number(end) > 0 || (code % 2 === 1 && Number(end) === 0)
  })
  return at + 1
}

const findCallsItself = (
  { loaded, rules }: ApprovalAnswers,
  analysed: Analysed,
): readonly AnalysisFinding[] =>
  rules.flatMap((rule) => {
    const { params } = rule.event
    if (params.outcome !== 'needed') return []
    return params.steps.flatMap(({ roles, escalateToRole }, step): readonly AnalysisFinding[] => {
      if (escalateToRole === null || !roles.includes(escalateToRole)) return []
      const pointer = pointerOfRule(loaded, rule)
      return [
        {
          kind: 'calls-itself',
          severity: 'warning',
          ruleSet: versionOf(loaded),
          pointer:
            pointer === '/extends'
              ? pointer
              : `${pointer}/event/params/steps/${step}/escalateToRole`,
          rules: [rule.name],
          sentence: `step ${step + 1} of \`${rule.name}\` asks \`${escalateToRole}\` and, when nobody answers, \`${escalateToRole}\` again: call somebody else, or nobody`,
          ...answeringFacts(rule, analysed),
        },
      ]
    })
  })
