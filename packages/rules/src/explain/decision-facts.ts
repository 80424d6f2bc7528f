import type { PolicyFacts } from '@counterfoil/core'
import type { FactPlace } from '../evaluate/checked-rule.ts'
import { comparisonsIn } from '../evaluate/comparisons-in.ts'
import { slotValues } from '../evaluate/decide.ts'
import type { DecisionRecord } from '../evaluate/decision-record.ts'
import { preparedRules } from '../evaluate/prepared-rules.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { factsWith } from './facts-with.ts'

/** What can be explained: the record of a decision, or the facts a decision would be made on. */
export type Decided = DecisionRecord | PolicyFacts

/** True for the record of a decision; facts by name have none of its fields. */
export const isDecisionRecord = (decided: Decided): decided is DecisionRecord =>
  typeof decided['ruleSet'] === 'string' &&
  typeof decided['hash'] === 'string' &&
  typeof decided['given'] === 'string' &&
  Array.isArray(decided['slots'])

/**
 * The facts of a decision. Of a record only what the rules looked at is known, which is all that an
 * explanation needs. Throws `RULE_SET_NOT_FOUND` for the record of another version.
 */
export const decisionFacts = (loaded: LoadedRuleSet, decided: Decided): PolicyFacts =>
  isDecisionRecord(decided) ? factsOfRecord(loaded, decided) : decided

// A loaded rule set never changes, so what is found out about it can be kept beside it.
const knownPlaces = new WeakMap<LoadedRuleSet, readonly FactPlace[]>()

/** The places a rule set looks at, in the order of the slots of its records. */
export const placesOf = (loaded: LoadedRuleSet): readonly FactPlace[] => {
  const known = knownPlaces.get(loaded)
  if (known !== undefined) return known
  const found = findPlaces(loaded)
  knownPlaces.set(loaded, found)
  return found
}

const findPlaces = (loaded: LoadedRuleSet): readonly FactPlace[] => {
  const places = new Map<string, FactPlace>()
  for (const { left, right } of comparisonsIn(loaded.rules)) {
    for (const place of right.kind === 'fact' ? [left, right.place] : [left]) {
      places.set(place.text, place)
    }
  }
  return preparedRules(loaded).program.slots.flatMap(({ text }) => places.get(text) ?? [])
}

const factsOfRecord = (loaded: LoadedRuleSet, record: DecisionRecord): PolicyFacts => {
  const values = slotValues(loaded, record)
  // Records before what is inside them, so that a part is never overwritten by the whole.
  const known = placesOf(loaded)
    .map((place, slot) => ({ place, value: values[slot] }))
    .filter(({ value }) => value !== undefined)
    .toSorted((a, b) => a.place.steps.length - b.place.steps.length)
  return known.reduce<PolicyFacts>(
    (facts, { place, value }) =>
      isInsideNothing(facts, place, value) ? facts : factsWith(facts, place, wholeOf(place, value)),
    {},
  )
}

// A fact that is null reads as null at every place inside it.
const isInsideNothing = (facts: PolicyFacts, place: FactPlace, value: unknown): boolean =>
  value === null && place.steps.length > 0 && facts[place.fact] === null

// Of a whole record a decision may keep only that it was there.
const wholeOf = (place: FactPlace, value: unknown): unknown =>
  place.type.kind === 'record' && typeof value !== 'object' ? {} : value
