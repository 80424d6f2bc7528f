import type { RuleConstant } from './checked-rule.ts'
import type { EvaluableComparison, EvaluableCondition } from './evaluable-rule-set.ts'
import type { OperatorName } from './operators.ts'

/** A condition, or its opposite. */
export type Signed = { readonly condition: EvaluableCondition; readonly isNegated: boolean }

/** Conditions that must all hold; a rule fires where one of its terms does. */
export type Conjunction = readonly Signed[]

/** A comparison with a constant of which only the value's cell decides. */
export type CellComparison = EvaluableComparison & WithConstant

type WithConstant = {
  readonly right: { readonly kind: 'constant'; readonly value: RuleConstant }
}

/** How many terms a rule may come to; what would make more of them is asked as it was written. */
const termsMax = 16

/** The operators of which a value's cell says whether they hold: see `Cells`. */
const cellOperators: ReadonlySet<OperatorName> = new Set<OperatorName>([
  'equal',
  'notEqual',
  'in',
  'notIn',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
  'decimal-above',
  'decimal-at-least',
  'decimal-below',
  'decimal-at-most',
  'decimal-equal',
  'is-present',
])

/** True for a comparison with a constant that cells can decide. */
export const isCellComparison = <Comparison extends EvaluableComparison>(
  comparison: Comparison,
): comparison is Comparison & WithConstant =>
  comparison.right.kind === 'constant' &&
  comparison.decorators.length === 0 &&
  comparison.amount === null &&
  cellOperators.has(comparison.operator)

/** What is remembered of conditions seen before: a named one may stand in many rules. */
export type TermMemory = {
  readonly places: Map<EvaluableCondition, string | null>
  readonly terms: Map<EvaluableCondition, readonly Conjunction[]>
  readonly opposites: Map<EvaluableCondition, readonly Conjunction[]>
}

/** A memory with nothing in it. */
export const startTermMemory = (): TermMemory => ({
  places: new Map(),
  terms: new Map(),
  opposites: new Map(),
})

/** The place a condition looks at, where it is one only and cells decide it; else null. */
export const onePlaceOf = (condition: EvaluableCondition, memory: TermMemory): string | null => {
  const known = memory.places.get(condition)
  if (known !== undefined) return known
  const place = findOnePlace(condition, memory)
  memory.places.set(condition, place)
  return place
}

const findOnePlace = (condition: EvaluableCondition, memory: TermMemory): string | null => {
  if (condition.kind === 'comparison') {
    return isCellComparison(condition) ? condition.left.text : null
  }
  if (condition.kind === 'not') return onePlaceOf(condition.condition, memory)
  const places = new Set(condition.conditions.map((one) => onePlaceOf(one, memory)))
  const [place = null] = places
  return places.size === 1 ? place : null
}

/** A condition as terms of which one must hold. */
export const termsOf = (signed: Signed, memory: TermMemory): readonly Conjunction[] => {
  const kept = signed.isNegated ? memory.opposites : memory.terms
  const known = kept.get(signed.condition)
  if (known !== undefined) return known
  const terms = expand(signed, memory)
  kept.set(signed.condition, terms)
  return terms
}

const expand = (signed: Signed, memory: TermMemory): readonly Conjunction[] => {
  const { condition, isNegated } = signed
  if (condition.kind === 'comparison' || onePlaceOf(condition, memory) !== null) return [[signed]]
  if (condition.kind === 'not') {
    return termsOf({ condition: condition.condition, isNegated: !isNegated }, memory)
  }
  const parts = condition.conditions.map((one) => ({ condition: one, isNegated }))
  if ((condition.kind === 'any') === isNegated) return productOf(parts, memory)
  const sum = parts.flatMap((part) => termsOf(part, memory))
  return sum.length > termsMax ? [[signed]] : sum
}

const productOf = (parts: readonly Signed[], memory: TermMemory): readonly Conjunction[] => {
  let product: readonly Conjunction[] = [[]]
  for (const part of parts) {
    const terms = termsOf(part, memory)
    const factors = terms.length * product.length > termsMax ? [[part]] : terms
    product = product.flatMap((one) => factors.map((factor) => joined(one, factor)))
  }
  return product
}

/** Both, each condition once, so that a named condition met again and again does not add up. */
const joined = (a: Conjunction, b: Conjunction): Conjunction => [
  ...a,
  ...b.filter(
    (one) =>
      !a.some((other) => other.condition === one.condition && other.isNegated === one.isNegated),
  ),
]
