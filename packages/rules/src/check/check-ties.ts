import { canonicalJson } from '@counterfoil/core'
import { type Meeting, type Meetings, rulesThatMeet } from '../analyse/rules-that-meet.ts'
import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { deniesFirst } from '../evaluate/hit-policy.ts'
import type { RuleEvent } from '../rule-set/rule-event.ts'

/** Two rules that could answer the same question differently, neither going first. */
export type Tie = Meeting<CheckedRule>

/** Ties that were looked for, and whether they are all there are. */
export type Ties = { readonly ties: readonly Tie[]; readonly isComplete: boolean }

/** The most ties that are told of at once. */
export const tiesMax = 1_000

/**
 * Pairs of rules of equal priority that may both fire and say different things. Where conditions compare
 * a place with constants the answer is exact, ranges included: two rules are a tie only if some facts make
 * both fire. A comparison that cannot be looked into (two facts, what a list holds, a pattern on free text)
 * may come out either way, though in both rules the same way. Checks of different names do not compete, unless
 * only one check is made (`isOneCheck`); a denial goes before an allowance; and of the rows of one table the
 * order decides.
 */
export const findTies = (
  rules: readonly CheckedRule[],
  {
    isOneCheck = false,
    most = tiesMax,
  }: { readonly isOneCheck?: boolean; readonly most?: number } = {},
): Ties => {
  const found = groupByQuestion(rules, isOneCheck).map((group) => tiesIn(group, most))
  return {
    ties: found.flatMap(({ meetings }) => meetings),
    isComplete: found.every(({ isComplete }) => isComplete),
  }
}

const tiesIn = (group: readonly CheckedRule[], most: number): Meetings<CheckedRule> => {
  const said = new Map<RuleEvent | undefined, string>()
  const says = (index: number): string => {
    const event = group[index]?.event
    const known = said.get(event) ?? canonicalJson({ ...event?.params, because: null })
    said.set(event, known)
    return known
  }
  // Nothing is a tie among the rows of one table, nor among rules that say the same.
  const numbers = new Map<string, number>()
  const groups = group.map(({ table, from }, index) => {
    const key = table === null ? says(index) : `${from} ${table}`
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return number
  })
  if (numbers.size === 1) return { meetings: [], isComplete: true }
  const isWanted = (first: number, second: number) => says(first) !== says(second)
  return rulesThatMeet(group, { isWanted, most, groups })
}

/** Rules that answer one question and go first of none, in the order they were declared. */
const groupByQuestion = (
  rules: readonly CheckedRule[],
  isOneCheck: boolean,
): readonly (readonly CheckedRule[])[] => {
  const groups = Map.groupBy(rules, (rule) => {
    const { event, priority } = rule
    const name = event.type === 'check' && !isOneCheck ? event.params.name : null
    return `${event.type} ${priority} ${deniesFirst(rule)} ${name}`
  })
  return [...groups.values()]
}
