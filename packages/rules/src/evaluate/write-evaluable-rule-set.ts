import type {
  EvaluableCondition,
  EvaluablePlace,
  EvaluableRule,
  EvaluableRuleSet,
} from './evaluable-rule-set.ts'
import { type ShippedCondition, shippedFormat, type ShippedRuleSet } from './shipped-rule-set.ts'

/**
 * A rule set that passed every check, as text to be shipped to where it is only evaluated, such as a page:
 * `readEvaluableRuleSet` reads it there without checking the rules again. It decides alike and makes the same
 * records. What people are shown about rules, such as titles and where they stand, is left out.
 */
export const writeEvaluableRuleSet = (ruleSet: EvaluableRuleSet): string => {
  const places = startList<EvaluablePlace, EvaluablePlace>(({ text }) => text, plainPlace)
  const events = startList<EvaluableRule['event'], EvaluableRule['event']>(
    (event) => JSON.stringify(event),
    (event) => event,
  )
  const conditions = startConditions(places)
  const rules = ruleSet.rules.map(({ name, priority, table, condition, event }) => ({
    name,
    priority,
    table,
    condition: conditions.numberOf(condition),
    event: events.numberOf(event),
  }))
  const shipped: ShippedRuleSet = {
    format: shippedFormat,
    kind: ruleSet.ruleSet.kind,
    reference: ruleSet.reference,
    hitPolicy: ruleSet.hitPolicy,
    fetches: ruleSet.fetches.map(({ name, fact, params }) => ({ name, fact, params })),
    places: places.members,
    conditions: conditions.members,
    events: events.members,
    rules,
  }
  return JSON.stringify(shipped)
}

/** Members numbered as they come, those that are alike once. */
type NumberedList<Member, Listed> = {
  readonly members: readonly Listed[]
  readonly numberOf: (member: Member) => number
}

const startList = <Member, Listed>(
  keyOf: (member: Member) => string,
  listed: (member: Member) => Listed,
): NumberedList<Member, Listed> => {
  const members: Listed[] = []
  const numbers = new Map<string, number>()
  const numberOf = (member: Member): number => {
    const key = keyOf(member)
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, members.length)
    members.push(listed(member))
    return members.length - 1
  }
  return { members, numberOf }
}

const plainPlace = ({ fact, steps, text, type: { kind } }: EvaluablePlace): EvaluablePlace => ({
  fact,
  steps,
  text,
  type: { kind },
})

/** Conditions by what they ask; one object met again is not walked again. */
const startConditions = (
  places: NumberedList<EvaluablePlace, EvaluablePlace>,
): NumberedList<EvaluableCondition, ShippedCondition> => {
  const list = startList<ShippedCondition, ShippedCondition>(
    (condition) => JSON.stringify(condition),
    (condition) => condition,
  )
  const seen = new Map<EvaluableCondition, number>()
  const numberOf = (condition: EvaluableCondition): number => {
    const known = seen.get(condition)
    if (known !== undefined) return known
    const number = list.numberOf(shippedCondition(condition))
    seen.set(condition, number)
    return number
  }
  const shippedCondition = (condition: EvaluableCondition): ShippedCondition => {
    if (condition.kind === 'not') {
      return { kind: 'not', condition: numberOf(condition.condition) }
    }
    if (condition.kind !== 'comparison') {
      return { kind: condition.kind, conditions: condition.conditions.map(numberOf) }
    }
    const { kind, operator, decorators, amount, calendar, left, right } = condition
    return {
      kind,
      operator,
      decorators,
      amount,
      ...(calendar !== undefined && { calendar }),
      left: places.numberOf(left),
      right:
        right.kind === 'constant'
          ? { kind: right.kind, value: right.value }
          : { kind: right.kind, place: places.numberOf(right.place) },
    }
  }
  return { members: list.members, numberOf }
}
