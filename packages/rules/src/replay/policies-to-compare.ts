import { CalendarDate, type PolicySource } from '@counterfoil/core'
import { createPolicySource } from '../policy/create-policy-source.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { newestFirst } from '../rule-set/pick-rule-set-version.ts'
import { plainScope } from '../rule-set/scope.ts'
import type { SimulatedPolicies } from './simulate-matches.ts'

/**
 * The policies with a candidate and without: it stands in place of the version of its name and scope, all else
 * is as in `inForce`. Both are taken as if they were in force on every day, so that a version for next month
 * can be tried on the documents of the last.
 */
export const policiesToCompare = ({
  inForce,
  against,
  candidate,
}: {
  readonly inForce: readonly LoadedRuleSet[]
  /** Stands in the place of the predecessor before; the one in force where null. */
  readonly against: LoadedRuleSet | null
  readonly candidate: LoadedRuleSet
}): SimulatedPolicies => {
  const newest = newestOfEach(inForce)
  const others = newest.filter((one) => placeOf(one) !== placeOf(candidate))
  const before =
    against === null
      ? newest
      : [...newest.filter((one) => placeOf(one) !== placeOf(against)), against]
  return { before: onEveryDay(before), after: onEveryDay([...others, candidate]) }
}

/** The version a candidate would stand in the place of; null where there is none. */
export const predecessorOf = (
  inForce: readonly LoadedRuleSet[],
  candidate: LoadedRuleSet,
): LoadedRuleSet | null =>
  newestOfEach(inForce).find((one) => placeOf(one) === placeOf(candidate)) ?? null

const newestOfEach = (ruleSets: readonly LoadedRuleSet[]): readonly LoadedRuleSet[] =>
  [...Map.groupBy(ruleSets, placeOf).values()].flatMap((versions) =>
    newestFirst(versions).slice(0, 1),
  )

const placeOf = ({ ruleSet }: LoadedRuleSet): string =>
  JSON.stringify([ruleSet.id, plainScope(ruleSet.scope)])

const firstDay = CalendarDate.parse('0001-01-01')

const onEveryDay = (ruleSets: readonly LoadedRuleSet[]): PolicySource =>
  createPolicySource(
    ruleSets.map((one) => {
      const { effectiveTo: _, ...ruleSet } = one.ruleSet
      return { ...one, ruleSet: { ...ruleSet, effectiveFrom: firstDay } }
    }),
  )
