import { canonicalJson } from '@counterfoil/core'
import type * as z from 'zod'
import type { CheckedComparison, CheckedRule } from '../evaluate/checked-rule.ts'
import { deniesFirst, hitPolicyOf, inOrderOfPriority } from '../evaluate/hit-policy.ts'
import type { HitPolicy, RuleEventType } from '../rule-set/rule-event.ts'
import { eventTypesOfKind } from '../rule-set/event-types-of-kind.ts'
import type { RuleSetKind } from '../rule-set/rule-set-kind.ts'
import { findAnswers, frameOf, onlyRules, rulesWithin } from './answers.ts'
import type { Box } from './box.ts'
import { limitsIn } from './fact-schema.ts'
import { findOverlaps } from './find-overlaps.ts'
import { rankBoxes, type RulesInBoxes } from './ranked-boxes.ts'
import { makeSpace, type Space } from './space.ts'

/** Rules to be analysed: those of one set, as they hold. */
export type RulesToAnalyse = {
  readonly kind: RuleSetKind
  /** The schema of the facts they look at. */
  readonly facts: z.ZodObject
  readonly rules: readonly CheckedRule[]
  /** What the set says about rules that fire together; null for what is usual. */
  readonly hitPolicy?: HitPolicy | null
}

/** A rule, the rules that make it so, and facts it is so for. */
export type RuleWithCause = {
  readonly rule: CheckedRule
  readonly by: readonly CheckedRule[]
  readonly box: Box | null
}

/** Facts for which no rule of one type answers. `frame` is what every such rule needs to be there. */
export type Gaps = {
  readonly type: RuleEventType
  readonly frame: Box | null
  readonly boxes: readonly Box[]
  readonly hasMore: boolean
}

/** Two rules that answer one question and fire for the same facts; `first` goes first. */
export type RuleOverlap = {
  readonly first: CheckedRule
  readonly second: CheckedRule
  readonly saysTheSame: boolean
  readonly isConflict: boolean
  readonly box: Box
}

/** Everything found by splitting the facts into regions. */
export type RulesAnalysis = {
  readonly space: Space
  /** The schema of the facts the rules look at. */
  readonly facts: z.ZodObject
  /** Rules whose conditions no facts meet. */
  readonly never: readonly CheckedRule[]
  readonly unreachable: readonly RuleWithCause[]
  readonly redundant: readonly RuleWithCause[]
  readonly overlaps: readonly RuleOverlap[]
  /** Whether there are more overlaps than `overlapsMax`. */
  readonly hasMoreOverlaps: boolean
  readonly gaps: readonly Gaps[]
  /** The rules and the facts of each, in the order they are tried. */
  readonly rules: readonly CheckedRule[]
  readonly boxes: RulesInBoxes
  /** Facts for which a rule answers, as a few boxes; none where it never does. */
  readonly regionsOf: (rule: CheckedRule) => readonly Box[]
  /** Comparisons that are not looked into. */
  readonly opaque: readonly CheckedComparison[]
  /** Rules too involved for a bounded number of boxes; nothing is said about them. */
  readonly notAnalysed: readonly CheckedRule[]
  /** Questions whose rules are so entangled that the analysis was cut short. */
  readonly cutShort: readonly RuleEventType[]
}

/** The most overlaps that are told of one by one. */
export const overlapsMax = 1_000

/** The most rules for which it is worked out which others stand in their way. */
const causesMax = 100

type Work = {
  readonly rules: readonly CheckedRule[]
  readonly space: Space
  readonly boxes: RulesInBoxes
  readonly saysTheSame: (first: number, second: number) => boolean
  readonly questionOf: (rule: CheckedRule) => string
  /** No two rules of one type may fire together. */
  readonly isUnique: boolean
}

/**
 * Analyses the rules of one set: which can never fire, never answer or might as well not be there, which
 * fire together, and which facts none answers for. Pure, and the same for the same rules. Exact where a
 * comparison is of one place with a constant; of what it does not look into it takes any outcome for
 * possible, so that what it calls unreachable or redundant is so in any case.
 */
export const analyseRules = ({
  kind,
  facts,
  rules: declared,
  hitPolicy = null,
}: RulesToAnalyse): RulesAnalysis => {
  const rules = inOrderOfPriority(declared)
  const space = makeSpace(rules, limitsIn(facts))
  const boxes = rankBoxes(rules, space)
  const questionOf = questionsUnder(hitPolicy)
  const isUnique = hitPolicy === 'unique'
  const work: Work = { rules, space, boxes, saysTheSame: comparerOf(rules), questionOf, isUnique }
  const questions = [...Map.groupBy(rules.keys(), (rule) => questionAt(rule, work)).values()]
  const answers = questions.map((question) => answersTo(question, work))
  const gaps = eventTypesOfKind[kind].flatMap((type) => gapsOf(type, answers, work))
  return {
    space,
    facts,
    never: rules.filter((_, rule) => boxes.isExact[rule] && boxes.boxesOfRule[rule]?.length === 0),
    unreachable: answers.flatMap(({ unreachable }) => unreachable),
    redundant: answers.flatMap(({ redundant }) => redundant),
    ...overlapsOf(work),
    gaps,
    rules,
    boxes,
    regionsOf: ({ name }) =>
      regionsWhere(
        rules.findIndex((one) => one.name === name),
        work,
      ),
    opaque: space.opaque,
    notAnalysed: rules.filter((_, rule) => boxes.isExact[rule] === false),
    cutShort: [...new Set(answers.flatMap(({ cutShort }) => cutShort))],
  }
}

/** Every check is a question of its own, unless only one is made; of anything else there is one answer. */
const questionsUnder =
  (hitPolicy: HitPolicy | null): Work['questionOf'] =>
  ({ event }) =>
    event.type === 'check' && hitPolicyOf(hitPolicy, event.type) === 'collect'
      ? `check ${event.params.name}`
      : event.type

const questionAt = (rule: number, { rules, questionOf }: Work): string => {
  const one = rules[rule]
  return one === undefined ? '' : questionOf(one)
}

const comparerOf = (rules: readonly CheckedRule[]): Work['saysTheSame'] => {
  const said = new Map<number, string>()
  const says = (rule: number): string => {
    const known = said.get(rule)
    if (known !== undefined) return known
    const text = canonicalJson({ ...rules[rule]?.event.params, because: '' })
    said.set(rule, text)
    return text
  }
  return (first, second) => says(first) === says(second)
}

type QuestionAnswers = Pick<RulesAnalysis, 'unreachable' | 'redundant' | 'cutShort'> & {
  readonly gaps: Gaps | null
}

const answersTo = (question: readonly number[], work: Work): QuestionAnswers => {
  const { rules, space, boxes, saysTheSame } = work
  const known = question.filter(
    (rule) => boxes.isExact[rule] === true && (boxes.boxesOfRule[rule]?.length ?? 0) > 0,
  )
  const isKnown = new Set(known)
  const ranked = onlyRules(boxes, (rule) => isKnown.has(rule))
  const type = rules[question[0] ?? 0]?.event.type
  // Every rule lies within what all of them need, so nothing is lost by keeping to it.
  const frame = frameOf(space, ranked)
  const all = findAnswers(space, ranked, saysTheSame, frame)
  if (!all.isComplete || type === undefined) {
    const cutShort = type === undefined ? [] : [type]
    return { unreachable: [], redundant: [], gaps: null, cutShort }
  }
  const silent = known.filter((rule) => !all.answering.has(rule))
  const isSilent = new Set(silent)
  // A rule that never answers anyway does not make another one redundant.
  const rest = onlyRules(boxes, (rule) => isKnown.has(rule) && !isSilent.has(rule))
  const needed =
    silent.length === 0 ? all.needed : findAnswers(space, rest, saysTheSame, null).needed
  // Where a rule is not analysed it may be the one that would answer instead.
  const spare =
    known.length < question.filter((rule) => boxes.boxesOfRule[rule]?.length !== 0).length
      ? []
      : known.filter((rule) => !isSilent.has(rule) && !needed.has(rule))
  return {
    unreachable: silent.flatMap((rule, index) =>
      causeOf(rule, work, index < causesMax ? beforeIt(rule, ranked, work) : []),
    ),
    redundant: spare.flatMap((rule, index) =>
      causeOf(rule, work, index < causesMax ? behindIt(rule, rest, work) : []),
    ),
    gaps: { type, frame, boxes: all.gaps, hasMore: all.hasMoreGaps },
    cutShort: [],
  }
}

const boxesOfRule = (rule: number, { boxes }: Work): readonly Box[] =>
  (boxes.boxesOfRule[rule] ?? []).flatMap((box) => [boxes.boxes[box] ?? []])

const causeOf = (rule: number, work: Work, by: readonly number[]): readonly RuleWithCause[] => {
  const one = work.rules[rule]
  if (one === undefined) return []
  const [box] = boxesOfRule(rule, work)
  const causes = by.flatMap((other) => work.rules[other] ?? [])
  return [{ rule: one, by: causes, box: box ?? null }]
}

type Boxed = Parameters<typeof onlyRules>[0]

/** The rules that answer wherever a rule fires that never does. */
const beforeIt = (rule: number, ranked: Boxed, work: Work): readonly number[] => {
  const before = onlyRules(ranked, (other) => other < rule)
  return rulesWithin(work.space, before, boxesOfRule(rule, work), (first) => first)
}

/** The most regions in which a rule answers that are looked for. */
const regionsMax = 8

const regionsWhere = (rule: number, work: Work): readonly Box[] => {
  const question = questionAt(rule, work)
  const before = onlyRules(
    work.boxes,
    (other) => other <= rule && questionAt(other, work) === question,
  )
  const regions: Box[] = []
  rulesWithin(work.space, before, boxesOfRule(rule, work), (first, _, path) => {
    if (first === rule && regions.length < regionsMax) regions.push(path.slice())
    return -1
  })
  return regions
}

/** The rules that would say the same wherever a rule answers. */
const behindIt = (rule: number, ranked: Boxed, work: Work): readonly number[] =>
  rulesWithin(work.space, ranked, boxesOfRule(rule, work), (first, second) =>
    first === rule ? second : -1,
  )

/** The gaps of one type of answer: of its one question, or of all checks together. */
const gapsOf = (
  type: RuleEventType,
  answers: readonly QuestionAnswers[],
  { rules, space, boxes }: Work,
): readonly Gaps[] => {
  const own = rules.map(({ event }) => event.type === type)
  const isKnown = rules.every((_, rule) => own[rule] !== true || boxes.isExact[rule] === true)
  if (!isKnown || !own.includes(true)) return []
  const known = answers.map(({ gaps }) => gaps).filter((gaps) => gaps?.type === type)
  if (known.length === 1) return known.filter((gaps) => gaps !== null)
  const ranked = onlyRules(boxes, (rule) => own[rule] === true)
  const frame = frameOf(space, ranked)
  const found = findAnswers(space, ranked, () => true, frame)
  return [{ type, frame, boxes: found.gaps, hasMore: found.hasMoreGaps || !found.isComplete }]
}

const overlapsOf = (work: Work): Pick<RulesAnalysis, 'overlaps' | 'hasMoreOverlaps'> => {
  const { rules, space, boxes, saysTheSame, isUnique } = work
  const questions = rules.map(work.questionOf)
  const { isExact } = boxes
  const ranked = onlyRules(boxes, (rule) => isExact[rule] === true)
  const isWanted = (first: number, second: number) => questions[first] === questions[second]
  const found = findOverlaps(space, ranked, { isWanted, most: overlapsMax })
  const overlaps = found.overlaps.flatMap(({ first, second, box }): readonly RuleOverlap[] => {
    const [one, other] = [rules[first], rules[second]]
    if (one === undefined || other === undefined) return []
    const isSame = saysTheSame(first, second)
    const isConflict = isUnique || (!isSame && !isOrdered(one, other))
    return [{ first: one, second: other, saysTheSame: isSame, isConflict, box }]
  })
  return { overlaps, hasMoreOverlaps: !found.isComplete }
}

/** Whether one goes first: by priority, as a denial, or as the earlier row of one table. */
const isOrdered = (one: CheckedRule, other: CheckedRule): boolean =>
  one.priority !== other.priority ||
  deniesFirst(one) !== deniesFirst(other) ||
  (one.table !== null && one.table === other.table && one.from === other.from)
