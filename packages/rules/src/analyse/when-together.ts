import type { CalendarDate, PolicyScope } from '@counterfoil/core'
import { setsInForce, turningDays } from '../policy/create-policy-source.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { newestFirst } from '../rule-set/pick-rule-set-version.ts'
import { narrownessOf, plainScope } from '../rule-set/scope.ts'

/** A scope and a day for which two sets decide together, and everything that decides then, the first to be asked first. */
export type Occasion = {
  readonly scope: PolicyScope
  readonly businessDate: CalendarDate
  readonly sets: readonly LoadedRuleSet[]
}

/** When two sets are in force together; null where they never are. */
export type Together = (one: LoadedRuleSet, other: LoadedRuleSet) => Occasion | null

/** Tells of sets when two of them are in force together: never where a newer version or an extending set stands in the place of one. */
export const whenTogether = (sets: readonly LoadedRuleSet[]): Together => {
  const versions = [...Map.groupBy(sets, ({ ruleSet }) => ruleSet.id).values()].map(newestFirst)
  const days = turningDays(sets)
  return (one, other) => {
    const scope = scopeOfBoth(one, other)
    if (scope === null) return null
    for (const businessDate of days) {
      const inForce = setsInForce(versions, scope, businessDate)
      if (!inForce.includes(one) || !inForce.includes(other)) continue
      return { scope, businessDate, sets: inForce.toSorted(compareRanks) }
    }
    return null
  }
}

/** The widest scope that lies in those of both; null where there is none. */
const scopeOfBoth = (one: LoadedRuleSet, other: LoadedRuleSet): PolicyScope | null => {
  const [a, b] = [plainScope(one.ruleSet.scope), plainScope(other.ruleSet.scope)]
  const both = { tenant: '', ...a, ...b }
  return Object.entries(a).every(([key, value]) => Reflect.get(both, key) === value) ? both : null
}

/** Below zero where the first goes before the other: by the narrower scope, then by the priority of the sets. */
export const compareRanks = (a: LoadedRuleSet, b: LoadedRuleSet): number =>
  narrownessOf(b.ruleSet.scope) - narrownessOf(a.ruleSet.scope) ||
  (b.ruleSet.priority ?? 1) - (a.ruleSet.priority ?? 1)
