import type { CheckedComparison, CheckedCondition } from '../evaluate/checked-rule.ts'
import { operatorOf } from '../evaluate/operators.ts'
import type { RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import { quoted } from './condition-check.ts'

/** Places of the facts that are known to be there. */
type Present = ReadonlySet<string>

const nothingKnown: Present = new Set()

/**
 * Finds comparisons that would hold because a value is missing: `notEqual` on a field that may not be
 * there, or `not` around a `lessThan`. Such a rule passes what nobody looked at, so the rule has to say
 * `is-present` beside it, or make another comparison there that needs the value.
 */
export const checkAbsence = (condition: CheckedCondition): readonly RuleSetFinding[] =>
  absenceIn(condition, false, nothingKnown)

const absenceIn = (
  condition: CheckedCondition,
  isNegated: boolean,
  present: Present,
): readonly RuleSetFinding[] => {
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
): readonly RuleSetFinding[] => {
  const missing = placesLeftOpen(comparison, isNegated).filter((place) => !present.has(place))
  const [first] = missing
  if (first === undefined) return []
  const holds = isNegated
    ? `\`not\` around \`${comparison.operator}\``
    : `\`${comparison.operator}\``
  return [
    {
      pointer: comparison.pointer,
      sentence:
        `${quoted(first)} may be missing, and ${holds} would hold then: ` +
        `add \`is-present\` for it in the same \`all\``,
    },
  ]
}

/** The places whose absence would make the comparison come out as the rule wants it. */
const placesLeftOpen = (comparison: CheckedComparison, isNegated: boolean): readonly string[] => {
  if (comparison.operator === 'is-present') return []
  const holdsWhenMissing = operatorOf(comparison.operator).whenMissing !== isNegated
  const { left, right } = comparison
  if (right.kind === 'constant') return holdsWhenMissing ? left.missable : []
  if (holdsWhenMissing) return [...left.missable, ...right.place.missable]
  // Two missing values are equal to each other; one side that is there rules that out.
  const isEquality = comparison.operator === 'equal' || comparison.operator === 'notEqual'
  return isEquality && right.place.missable.length > 0 ? left.missable : []
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
  const { left, operator, right } = comparison
  if (operator === 'is-present') {
    const saysPresent = right.kind === 'constant' && right.value === true
    return saysPresent !== isNegated ? new Set(left.prefixes) : nothingKnown
  }
  // Two facts may both be missing and equal, so a comparison of two proves nothing.
  if (right.kind === 'fact') return nothingKnown
  return operatorOf(operator).whenMissing === isNegated ? new Set(left.prefixes) : nothingKnown
}

const union = (sets: readonly Present[]): Present => new Set(sets.flatMap((one) => [...one]))

const intersection = (sets: readonly Present[]): Present => {
  const [first, ...others] = sets
  return new Set([...(first ?? [])].filter((place) => others.every((one) => one.has(place))))
}
