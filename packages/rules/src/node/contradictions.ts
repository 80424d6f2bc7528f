import { CounterfoilError } from '@counterfoil/core'
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
 * What is in force together: the sets of a folder that are in force, and of those beside it the ones whose place none of them
 * takes. A set of the same name takes one's place, and so does one for everybody that says something else about the
 * same without extending it. Drafts and versions taken back take nobody's place.
 */
export const inForceTogether = (
  own: readonly LoadedRuleSet[],
  alongside: readonly LoadedRuleSet[],
): readonly LoadedRuleSet[] => [
  ...alongside.filter((one) => !own.some((other) => takesThePlace(other, one))),
  ...own,
]

const takesThePlace = (own: LoadedRuleSet, other: LoadedRuleSet): boolean =>
  own.ruleSet.id === other.ruleSet.id ||
  (own.ruleSet.kind === other.ruleSet.kind &&
    Object.keys(own.reference.scope ?? {}).length === 0 &&
    !own.lineage.includes(other.ruleSet.id) &&
    contradictionsOf([other, own]).length > 0)
