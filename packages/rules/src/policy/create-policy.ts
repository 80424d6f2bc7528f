import {
  type ApprovalRequirement,
  canonicalJson,
  type Conduct,
  type MatchPlan,
  type PlannedCheck,
  type Policy,
  type PolicyFacts,
  type Route,
  type Timing,
  type Tolerance,
} from '@counterfoil/core'
import { findTies } from '../check/check-ties.ts'
import { quoted } from '../check/condition-check.ts'
import { freeze } from '../check/freeze.ts'
import { decidingOf, hitPolicyOf, inOrderOfPriority } from '../evaluate/hit-policy.ts'
import { refuseUnfetched } from '../fetch/refuse-unfetched.ts'
import { withFetchedFacts } from '../fetch/with-fetched-facts.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { RuleEvent } from '../rule-set/rule-event.ts'
import { newestFirst } from '../rule-set/pick-rule-set-version.ts'
import { ruleSetInvalid } from '../rule-set/rule-set-finding.ts'
import { narrownessOf } from '../rule-set/scope.ts'
import { type DefaultAnswer, defaultsReference, policyDefaults } from './policy-defaults.ts'
import { makeQuestion, type Question, type RankedRule, type Ruling } from './question.ts'

/** Rule sets of one breadth of scope and one priority, all of which apply. */
type Tier = readonly LoadedRuleSet[]

/**
 * A policy of rule sets that apply together. Of tolerances, routes, clocks and conduct the first rule
 * that fires answers: narrower scopes first, then sets of higher priority, then rules of higher priority, and
 * at equal priority a denial before an allowance (`isDenial`). Checks come from the narrowest set that
 * plans any, all that fire unless its hit policy says otherwise. Where no rule fires a documented default answers (`policyDefaults`). Equal
 * questions get equal answers, to the byte. Of several versions of one set with the same scope the last one counts: which is in
 * force on a day is for `createPolicySource`. Throws `RULE_SET_INVALID` where two sets of the same scope
 * contradict each other, and `FACT_UNAVAILABLE` where a set looks at a fact that was not fetched.
 */
export const createPolicy = ({
  ruleSets,
  fetched = {},
}: {
  readonly ruleSets: readonly LoadedRuleSet[]
  /** Facts fetched for these sets (`fetchFacts`), beside those each question brings. */
  readonly fetched?: PolicyFacts
}): Policy => {
  for (const set of ruleSets) refuseUnfetched(set, fetched)
  const policy = policyOf(ruleSets)
  return Object.keys(fetched).length === 0 ? policy : withFetchedFacts(policy, fetched)
}

const policyOf = (ruleSets: readonly LoadedRuleSet[]): Policy => {
  const tiers = tiersOf(lastVersions(ruleSets))
  for (const tier of tiers) refuseContradictions(tier)
  return {
    references: freeze(tiers.flat().map(({ reference }) => reference)),
    tolerance: firstAnswer(tiers, toleranceOf, policyDefaults.tolerance),
    matching: plannedChecks(tiers),
    routing: firstAnswer(tiers, routeOf, policyDefaults.routing),
    timing: firstAnswer(tiers, timingOf, policyDefaults.timing),
    conduct: firstAnswer(tiers, conductOf, policyDefaults.conduct),
    approval: firstAnswer(tiers, approvalOf, policyDefaults.approval),
  }
}

/** Without the versions that a later one of the same set and scope stands in for; one given twice is left to be refused. */
const lastVersions = (ruleSets: readonly LoadedRuleSet[]): readonly LoadedRuleSet[] => {
  const versions = Map.groupBy(ruleSets, ({ ruleSet: { id, scope } }) => canonicalJson([id, scope]))
  const kept = [...versions.values()].flatMap((some) => {
    const last = newestFirst(some)[0]?.ruleSet.version
    return some.filter(({ ruleSet }) => ruleSet.version === last)
  })
  return ruleSets.filter((one) => kept.includes(one))
}

/**
 * Narrowest first, then by priority of the sets; sets of equal scope and priority by name, so that their order when
 * loaded does not matter.
 */
const tiersOf = (ruleSets: readonly LoadedRuleSet[]): readonly Tier[] => {
  const tiers = Map.groupBy(ruleSets, (set) => rankOf(set).join(' '))
  return [...tiers.values()]
    .map((tier) => tier.toSorted((a, b) => (a.ruleSet.id < b.ruleSet.id ? -1 : 1)))
    .toSorted((a, b) => compareRanks(a, b))
}

const rankOf = ({ ruleSet }: LoadedRuleSet): readonly [narrowness: number, priority: number] => [
  narrownessOf(ruleSet.scope),
  ruleSet.priority ?? 1,
]

const compareRanks = ([first]: Tier, [second]: Tier): number => {
  if (first === undefined || second === undefined) return 0
  const [a, b] = [rankOf(first), rankOf(second)]
  return b[0] - a[0] || b[1] - a[1]
}

const nameOf = ({ reference }: LoadedRuleSet): string => `${reference.ruleSet}@${reference.version}`

const refuseContradictions = (tier: Tier): void => {
  const planners = tier.filter(plansChecks)
  const [first, second] = planners
  if (first !== undefined && second !== undefined) {
    const sentence =
      `${quoted(nameOf(first))} and ${quoted(nameOf(second))} both plan checks for the same scope: ` +
      'let one extend the other, or give one set a higher priority'
    throw ruleSetInvalid(nameOf(second), [{ pointer: '/scope', sentence }])
  }
  const setOf = new Map(tier.flatMap((set) => set.rules.map((rule) => [rule, set] as const)))
  const ties = findTies([...setOf.keys()]).ties.filter(
    (tie) => setOf.get(tie.first) !== setOf.get(tie.second),
  )
  const findings = ties.map((tie) => ({
    pointer:
      tie.second.table === null
        ? `/rules/${setOf.get(tie.second)?.rules.indexOf(tie.second) ?? 0}/priority`
        : '/tables',
    sentence:
      `${quoted(tie.second.name)} and ${quoted(tie.first.name)} of ${quoted(tie.first.from)} may both fire ` +
      `at priority ${tie.first.priority} and say different things: give one, or its set, a higher priority, ` +
      'or let its set have a narrower scope, extend the other or be a later version of it',
  }))
  const [tie] = ties
  if (tie !== undefined) throw ruleSetInvalid(tie.second.from, findings)
}

/** What an event says if it is of the type asked for, without the reason; else null. */
type Said<Value> = (event: RuleEvent) => Value | null

const toleranceOf: Said<Tolerance> = (event) => {
  if (event.type !== 'tolerance') return null
  const { because: _because, ...value } = event.params
  return value
}

const checkOf: Said<PlannedCheck> = (event) => {
  if (event.type !== 'check') return null
  const { because: _because, ...value } = event.params
  return value
}

const routeOf: Said<Route> = (event) => {
  if (event.type !== 'route') return null
  const { because: _because, ...value } = event.params
  return value
}

const timingOf: Said<Timing> = (event) => {
  if (event.type !== 'timing') return null
  const { because: _because, ...value } = event.params
  return value
}

const conductOf: Said<Conduct> = (event) => {
  if (event.type !== 'conduct') return null
  const { because: _because, ...value } = event.params
  return value
}

const approvalOf: Said<ApprovalRequirement> = (event) => {
  if (event.type !== 'approval') return null
  const { because: _because, ...value } = event.params
  return value
}

const rankedRules = <Value>(tier: Tier, said: Said<Value>): readonly RankedRule<Value>[] => {
  const ranked = tier.flatMap(({ rules, reference }) =>
    rules.flatMap((rule) => {
      const value = said(rule.event)
      return value === null ? [] : [{ ...rule, value: freeze(value), reference }]
    }),
  )
  return inOrderOfPriority(ranked)
}

/** A question the first rule that fires answers. */
const firstAnswer = <Value>(
  tiers: readonly Tier[],
  said: Said<Value>,
  fallback: DefaultAnswer<Value>,
): Question<Value> => {
  const ranked = tiers.flatMap((tier) => rankedRules(tier, said))
  return makeQuestion(ranked, 'first', ([winner]): Ruling<Value> => {
    if (winner === undefined) return rulingByDefault(fallback)
    const { name, event, value, reference } = winner
    return { value, reference, firedRules: [name], because: [event.params.because] }
  })
}

const rulingByDefault = <Value>({ value, because }: DefaultAnswer<Value>): Ruling<Value> => ({
  value,
  reference: defaultsReference,
  firedRules: [],
  because: [because],
})

const plansChecks = ({ rules }: LoadedRuleSet): boolean =>
  rules.some(({ event }) => event.type === 'check')

/** The checks of the narrowest set that plans any. Where none of them fires, that set plans nothing. */
const plannedChecks = (tiers: readonly Tier[]): Question<MatchPlan> => {
  const planner = tiers.flat().find(plansChecks)
  if (planner === undefined) return planByDefault()
  return makeQuestion(rankedRules([planner], checkOf), 'collect', (fired): Ruling<MatchPlan> => {
    const planned = decidingOf(fired, hitPolicyOf(planner.hitPolicy, 'check'))
    return {
      value: { checks: planned.map(({ value }) => value) },
      reference: planner.reference,
      firedRules: planned.map(({ name }) => name),
      because: planned.map(({ event }) => event.params.because),
    }
  })
}

const planByDefault = (): Question<MatchPlan> => {
  const ask = (fallback: DefaultAnswer<MatchPlan>) =>
    makeQuestion<PlannedCheck, MatchPlan>([], 'collect', () => rulingByDefault(fallback))
  const [header, line] = [ask(policyDefaults.matchingHeader), ask(policyDefaults.matching)]
  return (facts) => ((facts['line'] ?? null) === null ? header(facts) : line(facts))
}
