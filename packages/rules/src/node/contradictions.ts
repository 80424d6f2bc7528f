import { CounterfoilError, type PolicyReference } from '@counterfoil/core'
import * as z from 'zod'
import { createPolicySource } from '../policy/create-policy-source.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { RuleSetFinding } from '../rule-set/rule-set-finding.ts'

/** Two sets, or two rules of them, that cannot be in force together. */
export type RuleSetContradiction = RuleSetFinding & {
  /** The exact version the pointer leads into: `receiving-tolerance@1.0.0`. */
  readonly ruleSet: string
}

/** Why sets cannot be in force together, for the first occasion on which two contradict each other; nothing where they can. */
export const contradictionsOf = (
  ruleSets: readonly LoadedRuleSet[],
): readonly RuleSetContradiction[] => {
  try {
    refuseContradictions(ruleSets)
    return []
  } catch (error) {
    if (!CounterfoilError.is(error) || error.code !== 'RULE_SET_INVALID') throw error
    const { ruleSet, findings } = Refusal.parse(error.details)
    return findings.map((finding) => ({ ruleSet, ...finding }))
  }
}

/** What an error says of a set that cannot be used. */
const Refusal = z.object({
  ruleSet: z.string(),
  findings: z.array(z.object({ pointer: z.string(), sentence: z.string() })),
})

/**
 * Throws `RULE_SET_INVALID` where sets that can be in force together contradict each other. Which facts have been fetched
 * does not matter to that, so that sets which look at some are compared before anything is fetched.
 */
export const refuseContradictions = (ruleSets: readonly LoadedRuleSet[]): void => {
  const names = ruleSets.flatMap(({ fetches }) => fetches.map(({ name }) => name))
  // Nothing is decided with these: a contradiction shows when a policy is made.
  createPolicySource(ruleSets, { fetched: Object.fromEntries(names.map((name) => [name, null])) })
}

/**
 * What is in force together: the sets of a folder that are in force, and those beside it. A set of the folder takes the
 * place of one beside it as a later version of the same name, or by extending it, and in no other way: what says something
 * else about the same contradicts it. A version that is the same here and there counts once.
 */
export const inForceTogether = (
  own: readonly LoadedRuleSet[],
  alongside: readonly LoadedRuleSet[],
): readonly LoadedRuleSet[] => [
  ...alongside.filter((one) => !own.some((other) => isSame(other.reference, one.reference))),
  ...own,
]

// The same version with other content is left in, so that it is refused as given twice.
const isSame = (a: PolicyReference, b: PolicyReference): boolean =>
  a.ruleSet === b.ruleSet && a.version === b.version && a.hash === b.hash
