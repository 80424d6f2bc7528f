import { CounterfoilError } from '@counterfoil/core/arithmetic'
import { freeze } from '../check/freeze.ts'
import { isDecoratorName } from '../operators/decorators.ts'
import { eventTypesOfKind } from '../rule-set/event-types-of-kind.ts'
import type { EvaluableCondition, EvaluableRule, EvaluableRuleSet } from './evaluable-rule-set.ts'
import { isOperatorName } from './operators.ts'
import { type ShippedCondition, shippedFormat, type ShippedRuleSet } from './shipped-rule-set.ts'

/**
 * Reads a rule set as `writeEvaluableRuleSet` wrote it. Throws `RULE_SET_INVALID` for another text, and for one
 * whose operators this version does not have. The rules in it were checked where it was written and are not
 * checked again, so take it from there alone, as you take your scripts.
 */
export const readEvaluableRuleSet = (text: string): EvaluableRuleSet => {
  try {
    return freeze(linked(JSON.parse(text)))
  } catch (cause) {
    throw new CounterfoilError(
      'RULE_SET_INVALID',
      `cannot read a rule set to evaluate: give a text as \`writeEvaluableRuleSet\` of this version writes it`,
      { cause },
    )
  }
}

const linked = (shipped: ShippedRuleSet): EvaluableRuleSet => {
  const { kind, reference, hitPolicy, fetches, places, events } = shipped
  insist(shipped.format === shippedFormat && Object.hasOwn(eventTypesOfKind, kind))
  insist([null, 'first', 'collect', 'unique'].includes(hitPolicy))
  for (const part of [reference.ruleSet, reference.version, reference.hash]) insist(isText(part))
  for (const { name, fact } of fetches) insist(isText(name) && isText(fact))
  for (const { fact, text, steps } of places) {
    insist(isText(fact) && isText(text) && steps.every((step) => isText(step) || isNumber(step)))
  }
  const types: readonly string[] = eventTypesOfKind[kind]
  for (const { type } of events) insist(types.includes(type))
  const conditions: EvaluableCondition[] = []
  for (const condition of shipped.conditions) {
    // Only what came before can be part of one, so that none is part of itself.
    conditions.push(linkedCondition(condition, shipped, conditions))
  }
  const rules = shipped.rules.map(({ name, priority, table, condition, event }): EvaluableRule => {
    insist(isText(name) && isNumber(priority) && (table === null || isText(table)))
    return { name, priority, table, condition: at(conditions, condition), event: at(events, event) }
  })
  return { ruleSet: { kind }, reference, hitPolicy, fetches, rules }
}

const linkedCondition = (
  shipped: ShippedCondition,
  { places }: ShippedRuleSet,
  before: readonly EvaluableCondition[],
): EvaluableCondition => {
  switch (shipped.kind) {
    case 'all':
    case 'any':
      return { kind: shipped.kind, conditions: shipped.conditions.map((one) => at(before, one)) }
    case 'not':
      return { kind: 'not', condition: at(before, shipped.condition) }
    case 'comparison': {
      const { kind, operator, decorators, amount, calendar, left, right } = shipped
      insist(isOperatorName(operator) && decorators.every(isDecoratorName))
      insist(amount === null || isText(amount))
      insist(
        calendar === undefined || (calendar.workingDays.length > 0 && isList(calendar.holidays)),
      )
      return {
        kind,
        operator,
        decorators,
        amount,
        ...(calendar !== undefined && { calendar }),
        left: at(places, left),
        right: right.kind === 'fact' ? { kind: 'fact', place: at(places, right.place) } : right,
      }
    }
  }
}

const at = <Member>(members: readonly Member[], number: number): Member => {
  const member = members[number]
  insist(member !== undefined)
  return member
}

const isText = (value: unknown): boolean => typeof value === 'string'

const isList = (value: unknown): boolean => Array.isArray(value)

const isNumber = (value: unknown): boolean => Number.isFinite(value)

function insist(holds: boolean): asserts holds {
  if (!holds) throw new TypeError('not as it was written')
}
