import { canonicalJson, type PolicyFacts } from '@counterfoil/core'
import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { narrownessOf } from '../rule-set/scope.ts'
import { type AnalysisFinding, pointerOfRule, versionOf } from './analysis-finding.ts'
import { onlyRules } from './answers.ts'
import { isAsked } from './asked-facts.ts'
import type { Box } from './box.ts'
import { describeBox } from './describe-box.ts'
import { factsSchemaOf, limitsIn } from './fact-schema.ts'
import { type Analysed, answeringFacts, namedMax } from './find-in-regions.ts'
import { findOverlaps } from './find-overlaps.ts'
import { visitRegions } from './regions.ts'
import { rankBoxes, type RulesInBoxes } from './ranked-boxes.ts'
import { makeSpace, type Space } from './space.ts'
import { compareRanks, type Occasion, type Together } from './when-together.ts'
import { factsIn } from './witness.ts'

/** The most pairs of rules of two sets that are looked at. */
const pairsMax = 1_000

/**
 * Sets of one kind that are in force together and say different things about the same facts: which of them
 * answers, and why. A tie is refused when they are put in force, so there always is one that does.
 */
export const findDisagreements = (
  analysed: readonly Analysed[],
  together: Together,
): readonly AnalysisFinding[] =>
  analysed.flatMap((one, index) =>
    analysed.slice(index + 1).flatMap((other) => {
      if (one.loaded.ruleSet.kind !== other.loaded.ruleSet.kind) return []
      const occasion = together(one.loaded, other.loaded)
      if (occasion === null) return []
      return [...findReplacedChecks(one, other, occasion), ...findBetween(one, other, occasion)]
    }),
  )

/** Checks are those of one set only, so the other plans in vain wherever both are in force. */
const findReplacedChecks = (
  one: Analysed,
  other: Analysed,
  occasion: Occasion,
): readonly AnalysisFinding[] => {
  const planning = [one, other]
    .filter(({ loaded }) => loaded.rules.some(isCheck))
    .toSorted((a, b) => compareRanks(a.loaded, b.loaded))
  const [planner, silent] = planning
  const rule = silent?.loaded.rules.find(isCheck)
  if (planner === undefined || silent === undefined || rule === undefined) return []
  return [
    {
      kind: 'disagreement',
      severity: 'information',
      ruleSet: versionOf(silent.loaded),
      pointer: '/rules',
      rules: [],
      sentence: `the checks of \`${versionOf(planner.loaded)}\` are made instead of its own ${when(occasion)}, ${whyFirst(planner.loaded, silent.loaded)}: let one extend the other if both are meant`,
      ...answeringFacts(rule, silent),
    },
  ]
}

const isCheck = ({ event }: CheckedRule): boolean => event.type === 'check'

type Both = {
  readonly sets: readonly [Analysed, Analysed]
  readonly rules: readonly CheckedRule[]
  readonly space: Space
  readonly boxes: RulesInBoxes
  /** Of each rule which of the two sets it is of. */
  readonly groups: readonly number[]
}

const findBetween = (
  one: Analysed,
  other: Analysed,
  occasion: Occasion,
): readonly AnalysisFinding[] => {
  const own = [one, other].map(({ analysis }) => analysis.rules.filter((rule) => !isCheck(rule)))
  const rules = own.flat()
  const groups = own.flatMap((some, index) => some.map(() => index))
  const facts = factsSchemaOf(one.loaded).extend(factsSchemaOf(other.loaded).shape)
  const space = makeSpace(rules, limitsIn(facts))
  const both: Both = { sets: [one, other], rules, space, boxes: rankBoxes(rules, space), groups }
  const says = rules.map(({ event }) => canonicalJson({ ...event.params, because: '' }))
  const { overlaps, isComplete } = findOverlaps(space, both.boxes, {
    isWanted: (a, b) => rules[a]?.event.type === rules[b]?.event.type && says[a] !== says[b],
    most: pairsMax,
    groups,
  })
  const found = overlaps.flatMap(({ first, second, box }) => {
    const shown = showDisagreement(first, second, box, both)
    return shown === null ? [] : [disagreement(first, second, shown, both, occasion)]
  })
  const left = found.length - namedMax
  if (left <= 0 && isComplete) return found
  const more = left > 0 && isComplete ? `${left} more` : 'perhaps more'
  return [
    ...found.slice(0, namedMax),
    {
      kind: 'disagreement',
      severity: 'information',
      ruleSet: versionOf(other.loaded),
      pointer: '/rules',
      rules: [],
      sentence: `${more} pairs of its rules and those of \`${versionOf(one.loaded)}\` say different things about the same facts`,
    },
  ]
}

type Shown = { readonly box: Box; readonly witness: PolicyFacts }

/** The most regions that are tried for two rules. */
const triesMax = 8

/** Facts for which either rule answers in its own set; null where other rules always go before one of them. */
const showDisagreement = (first: number, second: number, box: Box, both: Both): Shown | null => {
  for (const region of [box, ...regionsOfBoth(first, second, box, both)]) {
    const [one, other] = both.sets
    const schema = factsSchemaOf(one.loaded).extend(factsSchemaOf(other.loaded).shape)
    const witness = factsIn(region, both.space, schema)
    if (witness === null || !isAsked(region, both.space, one.loaded.ruleSet.kind)) continue
    const answers = ({ loaded }: Analysed, rule: number) =>
      evaluateRuleSet(loaded, witness).answers.some((a) => a.rule === both.rules[rule]?.name)
    if (answers(one, first) && answers(other, second)) return { box: region, witness }
  }
  return null
}

const regionsOfBoth = (first: number, second: number, box: Box, both: Both): readonly Box[] =>
  regionsOf(first, box, both).flatMap((region) => regionsOf(second, region, both))

/** Some parts of a box in which a rule goes before the others of its set. */
const regionsOf = (rule: number, box: Box, { space, boxes, groups, rules }: Both) => {
  const type = rules[rule]?.event.type
  const ranked = onlyRules(
    boxes,
    (other) => groups[other] === groups[rule] && rules[other]?.event.type === type,
  )
  const regions: Box[] = []
  visitRegions(
    space,
    ranked,
    (path, answering) => {
      if (answering === rule && regions.length < triesMax) regions.push(path.slice())
    },
    box,
  )
  return regions
}

const disagreement = (
  first: number,
  second: number,
  { box, witness }: Shown,
  { sets, rules, space }: Both,
  occasion: Occasion,
): AnalysisFinding => {
  const asked = [
    { rule: rules[first], set: sets[0].loaded },
    { rule: rules[second], set: sets[1].loaded },
  ].toSorted((a, b) => compareAsked(a, b))
  const [wins, loses] = asked
  const names = asked.map(({ rule, set }) => `${versionOf(set)}/${rule?.name ?? ''}`)
  const inWords = describeBox(box, space)
  const isByScope =
    wins !== undefined && loses !== undefined && compareRanks(wins.set, loses.set) !== 0
  const why = isByScope ? whyFirst(wins.set, loses.set) : 'by the priority of the rule'
  return {
    kind: 'disagreement',
    severity: 'information',
    ruleSet: versionOf(loses?.set ?? sets[1].loaded),
    pointer: loses?.rule === undefined ? '/rules' : pointerOfRule(loses.set, loses.rule),
    rules: names.toReversed(),
    sentence:
      `\`${names[0] ?? ''}\` and \`${names[1] ?? ''}\` say different things${inWords === '' ? '' : ` where ${inWords}`}, ` +
      `${when(occasion)}: the first answers, ${why}`,
    witness,
  }
}

type Asked = { readonly rule: CheckedRule | undefined; readonly set: LoadedRuleSet }

const compareAsked = (a: Asked, b: Asked): number =>
  compareRanks(a.set, b.set) || (b.rule?.priority ?? 1) - (a.rule?.priority ?? 1)

const whyFirst = (first: LoadedRuleSet, second: LoadedRuleSet): string =>
  narrownessOf(first.ruleSet.scope) === narrownessOf(second.ruleSet.scope)
    ? 'by the priority of the set'
    : 'its scope being the narrower one'

const when = ({ scope, businessDate }: Occasion): string => {
  const { tenant: _tenant, ...keys } = scope
  const named = Object.entries(keys).map(([key, value]) => `${key} \`${String(value)}\``)
  return `from ${businessDate} on${named.length === 0 ? '' : ` for ${named.join(', ')}`}`
}
