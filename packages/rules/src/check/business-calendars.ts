import { type BusinessCalendar, hashOf } from '@counterfoil/core'
import type { CheckedCondition, CheckedRule } from '../evaluate/checked-rule.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import { isObject, quoted, shown } from './condition-check.ts'

/** The calendar a rule set counts business days on: the one it names, else that of the set it extends. */
export const calendarOf = (
  json: unknown,
  base: LoadedRuleSet | null,
  calendars: readonly BusinessCalendar[],
): { readonly calendar: BusinessCalendar | null } | { readonly finding: RuleSetFinding } => {
  const id = isObject(json) ? json['calendar'] : undefined
  if (id === undefined) return { calendar: base?.calendar ?? null }
  const [calendar, other] = calendars.filter((one) => one.id === id)
  if (calendar !== undefined && other === undefined) return { calendar }
  const known = [...new Set(calendars.map((one) => quoted(one.id)))].join(', ')
  const why =
    other === undefined
      ? `no calendar ${shown(id)}: ${known === '' ? 'give it beside the rule set' : `use one of ${known}`}`
      : `there is more than one calendar ${shown(id)}: give each its own id`
  return { finding: { pointer: '/calendar', sentence: why } }
}

/** The hash of which days a calendar works, in whatever order it lists them; its hours are no part of it. */
export const hashOfBusinessDays = ({ workingDays, holidays }: BusinessCalendar): string =>
  hashOf({
    workingDays: [...new Set(workingDays)].toSorted((a, b) => a - b),
    holidays: [...new Set(holidays)].toSorted(),
  })

/** Rules whose business days are those of a calendar. A condition that is used twice stays one. */
export const onCalendar = (
  rules: readonly CheckedRule[],
  calendar: BusinessCalendar | null,
): readonly CheckedRule[] => {
  if (calendar === null) return rules
  const done = new Map<CheckedCondition, CheckedCondition>()
  const move = (condition: CheckedCondition): CheckedCondition => {
    const known = done.get(condition)
    if (known !== undefined) return known
    const moved = moveOne(condition, calendar, move)
    done.set(condition, moved)
    return moved
  }
  return rules.map((rule) => ({ ...rule, condition: move(rule.condition) }))
}

const moveOne = (
  condition: CheckedCondition,
  calendar: BusinessCalendar,
  move: (condition: CheckedCondition) => CheckedCondition,
): CheckedCondition => {
  switch (condition.kind) {
    case 'comparison':
      return condition.operator.endsWith('-business-days') ? { ...condition, calendar } : condition
    case 'not':
      return { ...condition, condition: move(condition.condition) }
    case 'all':
    case 'any':
      return { ...condition, conditions: condition.conditions.map(move) }
  }
}
