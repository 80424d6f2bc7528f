import { CalendarDate, type PolicySource } from '@counterfoil/core'
import { createPolicySource } from '../policy/create-policy-source.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { newestFirst } from '../rule-set/pick-rule-set-version.ts'
import { plainScope } from '../rule-set/scope.ts'
import type { SimulatedPolicies } from './simulate-matches.ts'

/**
 * Which days versions count on. `every-day`: each is taken as if it had been in force on every day, so that a version for
 * next month is tried on the documents of the last; of the versions of a set only the newest counts.
 * `business-date`: on the days they are in force, by the date of the document, so that what changes is what will
 * change, on the day it will.
 */
export type SimulatedDays = 'every-day' | 'business-date'

/** What a simulation compares. */
export type PoliciesAsked = {
  readonly inForce: readonly LoadedRuleSet[]
  /** Stands in the place of what is in force of the candidate's set before; what is in force where null. */
  readonly against: LoadedRuleSet | null
  readonly candidate: LoadedRuleSet
  /** As if in force on every day where not said. */
  readonly days?: SimulatedDays
}

/**
 * The policies without a candidate and with it. On every day it stands in the place of the version of its name and scope;
 * by business date beside its versions, where it decides from its first day on. All else is as in `inForce`, of which the
 * candidate itself is no part: a version already released is held against the one before it.
 */
export const policiesToCompare = ({
  inForce,
  against,
  candidate,
  days = 'every-day',
}: PoliciesAsked): SimulatedPolicies => {
  const others = withoutVersion(inForce, candidate)
  if (days === 'business-date') {
    const before = against === null ? others : [...withoutPlace(others, against), against]
    return {
      before: createPolicySource(before),
      after: createPolicySource([...withoutVersion(before, candidate), candidate]),
    }
  }
  const newest = newestOfEach(others)
  const before = against === null ? newest : [...withoutPlace(newest, against), against]
  return {
    before: onEveryDay(before),
    after: onEveryDay([...withoutPlace(newest, candidate), candidate]),
  }
}

/** The version a candidate would stand in the place of; null where there is none. */
export const predecessorOf = (
  inForce: readonly LoadedRuleSet[],
  candidate: LoadedRuleSet,
): LoadedRuleSet | null =>
  newestOfEach(withoutVersion(inForce, candidate)).find(
    (one) => placeOf(one) === placeOf(candidate),
  ) ?? null

const withoutVersion = (
  ruleSets: readonly LoadedRuleSet[],
  { ruleSet }: LoadedRuleSet,
): readonly LoadedRuleSet[] =>
  ruleSets.filter((one) => one.ruleSet.id !== ruleSet.id || one.ruleSet.version !== ruleSet.version)

const withoutPlace = (
  ruleSets: readonly LoadedRuleSet[],
  taken: LoadedRuleSet,
): readonly LoadedRuleSet[] => ruleSets.filter((one) => placeOf(one) !== placeOf(taken))

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
