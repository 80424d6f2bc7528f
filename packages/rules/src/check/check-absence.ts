import type { CheckedComparison, CheckedCondition, FactPlace } from '../evaluate/checked-rule.ts'
import { sidesLookedThrough } from '../operators/decorators.ts'
import { writeOperator } from '../operators/operator-text.ts'
import type { RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import { answersWithout } from './answers-without.ts'
import { quoted } from './condition-check.ts'
import { negatedUse, type ConditionsAsWritten } from './negated-use.ts'

/** Places of the facts that are known to be there. */
type Present = ReadonlySet<string>

const nothingKnown: Present = new Set()

/**
 * Finds comparisons that would hold because a value is missing: `notEqual` on a field that may not be
 * there, `not` around a `lessThan`, or `everyFact` on a list with nothing in it. Such a rule passes what
 * nobody looked at, so the rule has to say `is-present` beside it, or make another comparison there that
 * needs the value. What a named condition lacks below a `not` is said where the rule, as `written`, uses it.
 */
export const checkAbsence = (
  condition: CheckedCondition,
  written: ConditionsAsWritten | null,
): readonly RuleSetFinding[] =>
  absenceIn(condition, false, nothingKnown).map(({ pointer, sentence, isNegated }) => ({
    // What mends it stands beside the `not`, which a named condition does not see.
    pointer: isNegated && written !== null ? negatedUse(pointer, written) : pointer,
    sentence,
  }))

type Absence = RuleSetFinding & { readonly isNegated: boolean }

const absenceIn = (
  condition: CheckedCondition,
  isNegated: boolean,
  present: Present,
): readonly Absence[] => {
  switch (condition.kind) {
    case 'comparison':
      return absenceInComparison(condition, isNegated, present)
    case 'not':
      return absenceIn(condition.condition, !isNegated, present)
    case 'all':
    case 'any': {
      // `not any` is an `all` of the opposites, so it is the other way round below a `not`.
      const isTogether = (condition.kind === 'all') !== isNegated
      const known = isTogether
        ? union([present, ...provenBy(condition.conditions, isNegated)])
        : present
      return condition.conditions.flatMap((one) => absenceIn(one, isNegated, known))
    }
  }
}

const absenceInComparison = (
  comparison: CheckedComparison,
  isNegated: boolean,
  present: Present,
): readonly Absence[] => {
  const missing = placesLeftOpen(comparison, isNegated).filter((place) => !present.has(place))
  const [first] = missing
  if (first === undefined) return []
  const operator = quoted(writeOperator(comparison))
  const holds = isNegated ? `\`not\` around ${operator}` : operator
  const beside = isNegated ? 'in an `all` beside the `not`' : 'in the same `all`'
  const list = listOf(first)
  const sentence =
    list === null
      ? `${quoted(first)} may be missing, and ${holds} would hold then: ` +
        `add \`is-present\` for it ${beside}`
      : `${quoted(list)} may be empty, and ${holds} would hold then: ` +
        `add \`is-present\` for its first member ${quoted(`${list}[0]`)} ${beside}`
  return [{ pointer: comparison.pointer, sentence, isNegated }]
}

/** The places whose absence would make the comparison come out as the rule wants it. */
const placesLeftOpen = (comparison: CheckedComparison, isNegated: boolean): readonly string[] => {
  const { sides, both } = answersWithout(comparison)
  const isOpen = (answer: ReadonlySet<boolean>) => answer.has(!isNegated)
  const looked = sidesLookedThrough(comparison.decorators)
  const empty = sides
    .filter((one) => looked.has(one.side) && isOpen(one.empty))
    .map(({ place }) => notEmpty(place.text))
  // To ask whether something is there is to mean it.
  if (comparison.operator === 'is-present') return empty
  const missing = sides.filter((one) => isOpen(one.missing)).flatMap(({ place }) => place.missable)
  if (missing.length > 0) return [...missing, ...empty]
  // Two missing values are equal to each other; one side that is always there rules that out.
  const isTogether = isOpen(both) && sides.every(({ place }) => place.missable.length > 0)
  return isTogether ? [...comparison.left.missable, ...empty] : empty
}

/** What each member that has to hold proves to be there. */
const provenBy = (
  conditions: readonly CheckedCondition[],
  isNegated: boolean,
): readonly Present[] => conditions.map((one) => proven(one, isNegated))

/** The places that are there whenever the condition comes out as wanted. */
export const proven = (condition: CheckedCondition, isNegated: boolean): Present => {
  switch (condition.kind) {
    case 'comparison':
      return provenByComparison(condition, isNegated)
    case 'not':
      return proven(condition.condition, !isNegated)
    case 'all':
    case 'any': {
      const sets = provenBy(condition.conditions, isNegated)
      return (condition.kind === 'all') !== isNegated ? union(sets) : intersection(sets)
    }
  }
}

const provenByComparison = (comparison: CheckedComparison, isNegated: boolean): Present => {
  const { sides, both } = answersWithout(comparison)
  const isRuledOut = (answer: ReadonlySet<boolean>) => !answer.has(!isNegated)
  const there = sides.filter(({ missing }) => isRuledOut(missing) && isRuledOut(both))
  const filled = sides.filter((one) => isRuledOut(one.empty))
  return new Set([
    ...there.flatMap(({ place }) => placesOnTheWay(place)),
    ...filled.map(({ place }) => notEmpty(place.text)),
  ])
}

/** The places on the way to one that is there; what has a member or a field in it is not empty. */
const placesOnTheWay = ({ prefixes }: FactPlace): readonly string[] => [
  ...prefixes,
  ...prefixes.slice(0, -1).map(notEmpty),
]

const notEmptyEnding = ' is not empty'

/** Stands among the places for the fact that a list has a member. */
const notEmpty = (place: string): string => `${place}${notEmptyEnding}`

const listOf = (place: string): string | null =>
  place.endsWith(notEmptyEnding) ? place.slice(0, -notEmptyEnding.length) : null

const union = (sets: readonly Present[]): Present => new Set(sets.flatMap((one) => [...one]))

const intersection = (sets: readonly Present[]): Present =>
  sets.reduce((known, one) => new Set([...known].filter((place) => one.has(place))))
