import { rulesThatMeet } from '../analyse/rules-that-meet.ts'
import type { CheckedRule } from '../evaluate/checked-rule.ts'
import type { HitPolicy } from '../rule-set/rule-event.ts'
import type { RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import type { RuleSetKind } from '../rule-set/rule-set-kind.ts'
import { tiesNamedMax } from './budgets.ts'
import { findTies, type Tie } from './check-ties.ts'
import { quoted } from './condition-check.ts'

/** A set's rules and what it says about those that fire together. */
export type HitPolicyCheck = {
  readonly kind: RuleSetKind
  readonly hitPolicy: HitPolicy | null
  readonly rules: readonly CheckedRule[]
  /** Where a rule stands in the rule set; null for one it takes over. */
  readonly placeOf: (rule: CheckedRule) => RulePlace | null
}

/** Where a rule stands, and where its priority does: for a row that is its table. */
export type RulePlace = { readonly rule: string; readonly priority: string }

/** Checks that of rules that fire together it is always clear which decide. */
export const checkHitPolicy = (check: HitPolicyCheck): readonly RuleSetFinding[] =>
  check.hitPolicy === 'unique'
    ? checkUnique(check)
    : [...(check.hitPolicy === 'collect' ? checkCollect(check) : []), ...checkTies(check)]

const checkCollect = ({ kind, rules }: HitPolicyCheck): readonly RuleSetFinding[] => {
  const other = rules.find(({ event }) => event.type !== 'check')
  if (kind === 'matching' && other === undefined) return []
  const what = other === undefined ? '' : `, and ${quoted(other.name)} says a ${other.event.type}`
  const sentence = `only checks add up${what}: write \`first\` or \`unique\`, or leave it out`
  return [{ pointer: '/hitPolicy', sentence }]
}

const checkTies = ({ hitPolicy, rules, placeOf }: HitPolicyCheck): readonly RuleSetFinding[] => {
  const { ties, isComplete } = findTies(rules, {
    isOneCheck: hitPolicy === 'first',
    most: tiesNamedMax,
  })
  return findingsOf(ties, isComplete, ({ first, second }) => {
    const place = placeOf(second) ?? placeOf(first)
    return {
      pointer: place?.priority ?? '/extends',
      sentence:
        `${quoted(first.name)} and ${quoted(second.name)} may both fire at priority ${first.priority} ` +
        'and say different things: give one a higher priority or conditions that rule the other out',
    }
  })
}

/** No two rules that answer the same question may fire on the same facts, whatever their priority. */
const checkUnique = ({ rules, placeOf }: HitPolicyCheck): readonly RuleSetFinding[] =>
  [...Map.groupBy(rules, ({ event }) => event.type).values()].flatMap((group) => {
    const { meetings, isComplete } = rulesThatMeet(group, {
      isWanted: () => true,
      most: tiesNamedMax,
    })
    return findingsOf(meetings, isComplete, ({ first, second }) => ({
      pointer: (placeOf(second) ?? placeOf(first))?.rule ?? '/extends',
      sentence:
        `${quoted(first.name)} and ${quoted(second.name)} are not shown to exclude each other, as \`unique\` promises: ` +
        'give them different values at one place, or write `first` as hit policy',
    }))
  })

/** A finding for each pair; where so many rules meet that not all pairs were compared, one that says so. */
const findingsOf = (
  pairs: readonly Tie[],
  isComplete: boolean,
  findingOf: (pair: Tie) => RuleSetFinding,
): readonly RuleSetFinding[] => {
  const found = pairs.map(findingOf)
  if (isComplete || found.length >= tiesNamedMax) return found.slice(0, tiesNamedMax)
  const sentence = `too many pairs of rules would have to be told apart: give tables and rules priorities of their own`
  return [...found, { pointer: '', sentence }]
}
