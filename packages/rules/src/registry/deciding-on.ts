import type { CalendarDate } from '@counterfoil/core'
import { setsInForce, turningDays } from '../policy/create-policy-source.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { newestFirst } from '../rule-set/pick-rule-set-version.ts'
import type { RuleSetScope } from '../rule-set/rule-set.ts'
import { plainScope } from '../rule-set/scope.ts'
import { versionName } from './registry-state.ts'

/** What decides the documents dated from a day on, until another does. */
export type Deciding = {
  /** The exact version, or that of a set which extends this one and stands in its place; null where neither is in force. */
  readonly version: string | null
  readonly from: CalendarDate
}

/** What decides for one scope a rule set is written for. */
export type DecidingRuleSet = {
  readonly ruleSet: string
  /** Empty for everybody. */
  readonly scope: RuleSetScope
  /** What decides documents of the day asked for; null where the set has not begun. */
  readonly now: Deciding | null
  /** What will decide documents of later days, by day. */
  readonly later: readonly Deciding[]
}

/**
 * What of some sets in force decides documents of a day and of those after it, by rule set and scope: a version decides from
 * its effective date on, whenever it was released.
 */
export const decidingOn = (
  sets: readonly LoadedRuleSet[],
  day: CalendarDate,
): readonly DecidingRuleSet[] => {
  const versions = [...Map.groupBy(sets, ({ ruleSet }) => ruleSet.id).values()].map(newestFirst)
  const days = turningDays(sets).toSorted()
  return [...Map.groupBy(sets, subjectOf).values()].flatMap(([one]) => {
    if (one === undefined) return []
    const { id } = one.ruleSet
    const scope = plainScope(one.ruleSet.scope)
    const all = days.map((from): Deciding => {
      const inForce = setsInForce(versions, { tenant: '', ...scope }, from)
      return { version: deciderOf(id, inForce), from }
    })
    const changes = all.filter(
      ({ version }, index) => version !== (all[index - 1]?.version ?? null),
    )
    const now = changes.findLast(({ from }) => from <= day) ?? null
    return [{ ruleSet: id, scope, now, later: changes.filter(({ from }) => from > day) }]
  })
}

const subjectOf = ({ ruleSet }: LoadedRuleSet): string =>
  JSON.stringify([ruleSet.id, plainScope(ruleSet.scope)])

const deciderOf = (id: string, inForce: readonly LoadedRuleSet[]): string | null => {
  const decider =
    inForce.find(({ ruleSet }) => ruleSet.id === id) ??
    inForce.find(({ lineage }) => lineage.includes(id))
  return decider === undefined ? null : versionName(decider.ruleSet.id, decider.ruleSet.version)
}
