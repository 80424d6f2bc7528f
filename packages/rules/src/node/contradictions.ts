import { CounterfoilError } from '@counterfoil/core'
import { createPolicySource } from '../policy/create-policy-source.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'

/** Why sets cannot be in force together; nothing where they can. */
export const contradictionsOf = (ruleSets: readonly LoadedRuleSet[]): readonly string[] => {
  try {
    refuseContradictions(ruleSets)
    return []
  } catch (error) {
    if (CounterfoilError.is(error)) return [error.message]
    throw error
  }
}

/**
 * Throws `RULE_SET_INVALID` where sets that can be in force together contradict each other. Which facts have been fetched
 * does not matter to that, so that sets which look at some are compared before anything is fetched.
 */
export const refuseContradictions = (ruleSets: readonly LoadedRuleSet[]): void => {
  const names = ruleSets.flatMap(({ fetches }) => fetches.map(({ name }) => name))
  // Nothing is decided with these: a contradiction shows when a policy is made.
  createPolicySource(ruleSets, { fetched: Object.fromEntries(names.map((name) => [name, null])) })
}
