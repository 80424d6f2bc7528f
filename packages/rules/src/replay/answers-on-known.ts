import type { PolicyFacts } from '@counterfoil/core'
import type { CheckedCondition, CheckedRule, FactPlace } from '../evaluate/checked-rule.ts'
import { comparisonsIn } from '../evaluate/comparisons-in.ts'
import { answersOf, type RuleAnswer } from '../evaluate/evaluate-rule-set.ts'
import { inOrderOfPriority } from '../evaluate/hit-policy.ts'
import { testOf } from '../evaluate/operators.ts'
import { readPlace } from '../evaluate/read-place.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { IsKnown } from './known-places.ts'

/** What a version answers on facts of which some are not known, or what would have to be known for that. */
export type KnownAnswers =
  | { readonly answers: readonly RuleAnswer[] }
  | { readonly rule: string; readonly missing: readonly string[] }

/**
 * Answers on what is known. A comparison with an unknown place may come out either way; where no rule that decides
 * hangs on one, the answer is what it would be on the whole facts.
 */
export const answersOnKnown = (
  loaded: LoadedRuleSet,
  facts: PolicyFacts,
  isKnown: IsKnown,
): KnownAnswers => {
  const judged = inOrderOfPriority(loaded.rules).map((rule) => ({
    rule,
    holds: holdsOnKnown(rule.condition, facts, isKnown),
  }))
  const possible = judged.filter(({ holds }) => holds !== false)
  // Where each rule that decides among all that may fire fires for certain, no other can take its place.
  const answers = answersOf(
    loaded,
    possible.map(({ rule }) => rule),
  )
  const doubtful = possible.find(
    ({ rule, holds }) => holds === null && answers.some((answer) => answer.rule === rule.name),
  )
  if (doubtful === undefined) return { answers }
  return { rule: doubtful.rule.name, missing: unknownIn(doubtful.rule, isKnown) }
}

const holdsOnKnown = (
  condition: CheckedCondition,
  facts: PolicyFacts,
  isKnown: IsKnown,
): boolean | null => {
  switch (condition.kind) {
    case 'comparison': {
      const { left, right } = condition
      const isUnknown = !isKnown(left) || (right.kind === 'fact' && !isKnown(right.place))
      if (isUnknown) return null
      const other = right.kind === 'fact' ? readPlace(right.place, facts) : right.value
      return testOf(condition)(readPlace(left, facts), other)
    }
    case 'not': {
      const holds = holdsOnKnown(condition.condition, facts, isKnown)
      return holds === null ? null : !holds
    }
    case 'all':
    case 'any': {
      const decisive = condition.kind === 'any'
      let isDoubtful = false
      for (const one of condition.conditions) {
        const holds = holdsOnKnown(one, facts, isKnown)
        if (holds === decisive) return decisive
        isDoubtful ||= holds === null
      }
      return isDoubtful ? null : !decisive
    }
  }
}

const unknownIn = (rule: CheckedRule, isKnown: IsKnown): readonly string[] => {
  const places = [...comparisonsIn([rule])].flatMap(({ left, right }): readonly FactPlace[] =>
    right.kind === 'fact' ? [left, right.place] : [left],
  )
  const unknown = places.filter((place) => !isKnown(place)).map(({ text }) => text)
  return [...new Set(unknown)].toSorted()
}
