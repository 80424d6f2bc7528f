import {
  addDays,
  type CalendarDate,
  type Policy,
  type PolicyFacts,
  type PolicyScope,
  type PolicySource,
} from '@counterfoil/core'
import { quoted } from '../check/condition-check.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { firstInForce, newestFirst } from '../rule-set/pick-rule-set-version.ts'
import { ruleSetInvalid } from '../rule-set/rule-set-finding.ts'
import { narrownessOf, plainScope } from '../rule-set/scope.ts'
import { createPolicy } from './create-policy.ts'

/**
 * A source of policies over rule sets in all their versions. `pick` takes of each set the version in
 * force for the scope on that business date; a set that extends another stands in its place. Policies
 * are made once for each combination. Throws `RULE_SET_INVALID` where two sets contradict each other that are in force
 * together for a scope some set is written for, and `FACT_UNAVAILABLE` where one looks at a fact that was not fetched, so that
 * `pick` does not for any of these scopes. For several of them together it may still throw `RULE_SET_INVALID`: where a set
 * that stands in the place of one of two which contradict each other has another version for the narrower of the scopes,
 * which does not.
 */
export const createPolicySource = (
  ruleSets: readonly LoadedRuleSet[],
  {
    fetched = {},
  }: {
    /** Facts fetched for these sets (`fetchFacts`), beside those each question brings. */
    readonly fetched?: PolicyFacts
  } = {},
): PolicySource => {
  const source = lazyPolicySource(ruleSets, fetched)
  for (const scope of scopesOf(ruleSets)) {
    for (const day of turningDays(ruleSets)) source.pick(scope, day)
  }
  return source
}

/** The same without trying what `pick` comes to: it may throw. */
export const lazyPolicySource = (
  ruleSets: readonly LoadedRuleSet[],
  fetched: PolicyFacts,
): PolicySource => {
  refuseSameVersionTwice(ruleSets)
  const versions = [...Map.groupBy(ruleSets, ({ ruleSet }) => ruleSet.id).values()].map(newestFirst)
  const policies = new Map<string, Policy>()
  const pick = (scope: PolicyScope, businessDate: CalendarDate): Policy => {
    const picked = setsInForce(versions, scope, businessDate)
    const key = picked.map(({ reference }) => `${reference.ruleSet}@${reference.version}`).join(' ')
    const known = policies.get(key)
    if (known !== undefined) return known
    const policy = createPolicy({ ruleSets: picked, fetched })
    policies.set(key, policy)
    return policy
  }
  return { pick }
}

const refuseSameVersionTwice = (ruleSets: readonly LoadedRuleSet[]): void => {
  const seen = new Map<string, string>()
  for (const { reference } of ruleSets) {
    const name = `${reference.ruleSet}@${reference.version}`
    const hash = seen.get(name)
    seen.set(name, reference.hash)
    if (hash === undefined) continue
    const how = hash === reference.hash ? 'is given twice' : 'is given twice with different content'
    const sentence = `${quoted(name)} ${how}: give each version once`
    throw ruleSetInvalid(name, [{ pointer: '/version', sentence }])
  }
}

/** The sets that decide for a scope on a day, `versions` being those of each name in the order they are preferred. */
export const setsInForce = (
  versions: readonly (readonly LoadedRuleSet[])[],
  scope: PolicyScope,
  businessDate: CalendarDate,
): readonly LoadedRuleSet[] => {
  const inForce = versions
    .map((ordered) => firstInForce(ordered, scope, businessDate))
    .filter((one) => one !== null)
  return inForce.filter((one) => !inForce.some((other) => replaces(other, one)))
}

/** A set that extends another replaces it wherever its scope is at least as narrow. */
const replaces = (extending: LoadedRuleSet, extended: LoadedRuleSet): boolean =>
  extending.lineage.includes(extended.ruleSet.id) &&
  extending.ruleSet.id !== extended.ruleSet.id &&
  narrownessOf(extending.ruleSet.scope) >= narrownessOf(extended.ruleSet.scope)

/** Every scope a set is written for, as somebody would ask for it. */
const scopesOf = (ruleSets: readonly LoadedRuleSet[]): readonly PolicyScope[] =>
  ruleSets.map(({ ruleSet }) => ({ tenant: '', ...plainScope(ruleSet.scope) }))

/** The days on which what is in force can change. */
export const turningDays = (ruleSets: readonly LoadedRuleSet[]): readonly CalendarDate[] => [
  ...new Set(
    ruleSets.flatMap(({ ruleSet: { effectiveFrom, effectiveTo } }) =>
      effectiveTo === undefined ? [effectiveFrom] : [effectiveFrom, addDays(effectiveTo, 1)],
    ),
  ),
]
