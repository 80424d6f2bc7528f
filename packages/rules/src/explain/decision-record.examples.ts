import type { PolicyFacts } from '@counterfoil/core'
import type { DecisionRecord, SlotValue } from '../evaluate/decision-record.ts'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import { inOrderOfPriority } from '../evaluate/hit-policy.ts'
import { readPlace } from '../evaluate/run-program.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { placesOf } from './decision-facts.ts'

const bits = (set: readonly boolean[]): string => {
  const digits = Array.from({ length: Math.ceil(set.length / 4) }, (_, digit) =>
    [0, 1, 2, 3].reduce((sum, bit) => sum + (set[digit * 4 + bit] === true ? 1 << bit : 0), 0),
  )
  return digits.map((digit) => digit.toString(16)).join('')
}

/** The record of a decision on some facts, as a decision keeps it. Of a whole record only that it was there. */
export const aDecisionRecord = (loaded: LoadedRuleSet, facts: PolicyFacts): DecisionRecord => {
  const { ruleSet, version, hash } = loaded.reference
  const fired = new Set(evaluateRuleSet(loaded, facts).fired)
  const values = placesOf(loaded).map((place) => {
    const value = readPlace(place, facts)
    return place.type.kind === 'record' && value !== undefined && value !== null ? 'given' : value
  })
  return {
    ruleSet,
    version,
    hash,
    fired: bits(inOrderOfPriority(loaded.rules).map(({ name }) => fired.has(name))),
    given: bits(values.map((value) => value !== undefined)),
    slots: values.filter((value) => value !== undefined).map((value) => value as SlotValue),
  }
}
