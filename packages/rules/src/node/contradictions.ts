import { CounterfoilError } from '@counterfoil/core'
import { createPolicySource } from '../policy/create-policy-source.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'

/** Why sets cannot be in force together; nothing where they can. */
export const contradictionsOf = (ruleSets: readonly LoadedRuleSet[]): readonly string[] => {
  try {
    createPolicySource(ruleSets)
    return []
  } catch (error) {
    if (CounterfoilError.is(error)) return [error.message]
    throw error
  }
}
