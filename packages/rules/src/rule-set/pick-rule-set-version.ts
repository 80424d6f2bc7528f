import { type CalendarDate, CounterfoilError, type PolicyScope } from '@counterfoil/core'
import type { LoadedRuleSet } from './loaded-rule-set.ts'
import { narrownessOf, scopeCovers } from './scope.ts'

/** True where the set is in force on that business date. Both days named in it count. */
export const isInForce = ({ ruleSet }: LoadedRuleSet, businessDate: CalendarDate): boolean =>
  ruleSet.effectiveFrom <= businessDate &&
  (ruleSet.effectiveTo === undefined || businessDate <= ruleSet.effectiveTo)

/**
 * The one version of a rule set that is in force for a scope on a business date: the narrowest scope,
 * of those the one that took effect last, of those the highest version. Null where there is none. The
 * versions must all have the same name.
 */
export const pickRuleSetVersion = (
  versions: readonly LoadedRuleSet[],
  scope: PolicyScope,
  businessDate: CalendarDate,
): LoadedRuleSet | null => {
  const [first] = versions
  if (versions.some(({ ruleSet }) => ruleSet.id !== first?.ruleSet.id)) throw differentNames()
  return firstInForce(newestFirst(versions), scope, businessDate)
}

/** Versions in the order `pickRuleSetVersion` prefers them. */
export const newestFirst = (versions: readonly LoadedRuleSet[]): readonly LoadedRuleSet[] =>
  versions.toSorted(
    (a, b) =>
      narrownessOf(b.ruleSet.scope) - narrownessOf(a.ruleSet.scope) ||
      compareText(b.ruleSet.effectiveFrom, a.ruleSet.effectiveFrom) ||
      compareVersions(b.ruleSet.version, a.ruleSet.version),
  )

/** The first of versions already in order that is for the scope and in force. */
export const firstInForce = (
  ordered: readonly LoadedRuleSet[],
  scope: PolicyScope,
  businessDate: CalendarDate,
): LoadedRuleSet | null =>
  ordered.find((one) => isInForce(one, businessDate) && scopeCovers(one.ruleSet.scope, scope)) ??
  null

/** Compares two versions number by number: 1.10.0 comes after 1.9.0. */
export const compareVersions = (a: string, b: string): number => {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)]
  const index = left.findIndex((number, place) => number !== right[place])
  return index < 0 ? 0 : (left[index] ?? 0) - (right[index] ?? 0)
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const differentNames = (): CounterfoilError =>
  new CounterfoilError(
    'RULE_SET_INVALID',
    'cannot pick a version among rule sets of different names: give the versions of one set',
  )
