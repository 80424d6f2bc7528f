import type { PolicyFacts } from '@counterfoil/core'
import type {
  CheckedComparison,
  CheckedCondition,
  FactPlace,
  RuleConstant,
} from '../evaluate/checked-rule.ts'
import { type FactSeen, factSeen } from '../evaluate/facts-seen.ts'
import { testOf } from '../evaluate/operators.ts'
import { readPlace } from '../evaluate/read-place.ts'
import type { RuleConditionRoot } from '../rule-set/rule-condition.ts'

/** One comparison of a decision: what was seen, what it was compared with, and whether it holds. */
export type ExplainedComparison = {
  readonly kind: 'comparison'
  /** The name of the named condition it is, or the short name it was given; null for neither. */
  readonly name: string | null
  readonly place: string
  readonly operator: string
  readonly decorators: readonly string[]
  /** The number in the operator's name. */
  readonly amount: string | null
  /** Left out where nothing stood there. */
  readonly seen?: FactSeen
  readonly comparedWith:
    | { readonly kind: 'constant'; readonly value: RuleConstant }
    | { readonly kind: 'fact'; readonly place: string; readonly seen?: FactSeen }
  readonly holds: boolean
  /** Where it stands in the rule set. */
  readonly pointer: string
  /** One sentence, with its verdict. Under a `not` it says what is excluded. */
  readonly sentence: string
}

/** A condition of a decision, down to its comparisons. */
export type ExplainedCondition =
  | ExplainedComparison
  | {
      readonly kind: 'all' | 'any'
      readonly name: string | null
      readonly holds: boolean
      readonly conditions: readonly ExplainedCondition[]
    }
  | {
      readonly kind: 'not'
      readonly name: string | null
      readonly holds: boolean
      readonly condition: ExplainedCondition
    }

/** A condition with its verdict and its names, before it is put into words. */
export type JudgedCondition = { readonly name: string | null; readonly holds: boolean } & (
  | { readonly kind: 'comparison'; readonly comparison: JudgedComparison }
  | { readonly kind: 'all' | 'any'; readonly conditions: readonly JudgedCondition[] }
  | { readonly kind: 'not'; readonly condition: JudgedCondition }
)

/** A comparison with the values on both sides. */
export type JudgedComparison = {
  readonly checked: CheckedComparison
  readonly seen: unknown
  readonly value: unknown
  readonly holds: boolean
}

/** What a condition is judged on: the facts, and the named conditions of the rule set. */
export type Judging = {
  readonly facts: PolicyFacts
  readonly conditions: Readonly<Record<string, RuleConditionRoot>>
}

/** Judges a condition in full, beside the JSON it was made from, which knows the names. */
export const judgeCondition = (
  condition: CheckedCondition,
  json: unknown,
  judging: Judging,
): JudgedCondition => {
  const written = readWritten(json, judging)
  const { name } = written
  switch (condition.kind) {
    case 'comparison': {
      const comparison = judgeComparison(condition, judging.facts)
      return { kind: 'comparison', name, holds: comparison.holds, comparison }
    }
    case 'not': {
      const inner = judgeCondition(condition.condition, written.member('not'), judging)
      return { kind: 'not', name, holds: !inner.holds, condition: inner }
    }
    case 'all':
    case 'any': {
      const { kind } = condition
      const conditions = condition.conditions.map((one, index) =>
        judgeCondition(one, written.member(kind, index), judging),
      )
      const isHolding =
        kind === 'all'
          ? conditions.every(({ holds }) => holds)
          : conditions.some((one) => one.holds)
      return { kind, name, holds: isHolding, conditions }
    }
  }
}

/** The value a comparison compares with: its constant, or what stands at the other place. */
export const valueComparedWith = ({ right }: CheckedComparison, facts: PolicyFacts): unknown =>
  right.kind === 'constant' ? right.value : readPlace(right.place, facts)

const judgeComparison = (checked: CheckedComparison, facts: PolicyFacts): JudgedComparison => {
  const seen = readPlace(checked.left, facts)
  const value = valueComparedWith(checked, facts)
  return { checked, seen, value, holds: testOf(checked)(seen, value) }
}

/** The comparison as plain data; the sentence is added by who knows the language. */
export const plainComparison = (
  { checked, seen, value, holds }: JudgedComparison,
  name: string | null,
): Omit<ExplainedComparison, 'sentence'> => ({
  kind: 'comparison',
  name,
  place: checked.left.text,
  operator: checked.operator,
  decorators: checked.decorators,
  amount: checked.amount,
  ...seenAt(seen),
  comparedWith:
    checked.right.kind === 'constant'
      ? { kind: 'constant', value: checked.right.value }
      : { kind: 'fact', place: placeText(checked.right.place), ...seenAt(value) },
  holds,
  pointer: checked.pointer,
})

const placeText = (place: FactPlace): string => place.text

const seenAt = (value: unknown): { readonly seen?: FactSeen } => {
  const seen = factSeen(value)
  return seen === undefined ? {} : { seen }
}

type Written = {
  readonly name: string | null
  readonly member: (group: string, index?: number) => unknown
}

// The checked form has the named conditions put in; the JSON still says which stands where. Names that
// refer to names are followed no further than a rule set may nest them.
const readWritten = (json: unknown, { conditions }: Judging): Written => {
  let [at, name]: [unknown, string | null] = [json, null]
  for (let depth = 0; depth < namesFollowedMax; depth += 1) {
    const reference = fieldOf(at, 'condition')
    if (typeof reference !== 'string' || !Object.hasOwn(conditions, reference)) break
    name ??= reference
    at = conditions[reference]
  }
  const label = fieldOf(at, 'name')
  const member = (group: string, index?: number): unknown => {
    const inside = fieldOf(at, group)
    return index === undefined ? inside : fieldOf(inside, index)
  }
  return { name: name ?? (typeof label === 'string' ? label : null), member }
}

const namesFollowedMax = 24

const fieldOf = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined
