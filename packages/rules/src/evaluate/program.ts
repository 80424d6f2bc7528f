import { type Exact, isDecimal, parseExact } from '@counterfoil/core'
import type { CheckedComparison, CheckedCondition, CheckedRule, FactPlace } from './checked-rule.ts'
import { type DecimalTest, type Operator, operatorOf, type Test, testOf } from './operators.ts'

/**
 * Rules made ready to run: every place of the facts is a numbered slot, so that a set of facts is read
 * once and each comparison only looks into its slot. Nothing is generated as code, so it runs under a
 * strict content-security policy.
 */
export type Program = {
  readonly slots: readonly FactPlace[]
  /** One for each rule, in the order the rules were given. */
  readonly conditions: readonly ProgramNode[]
}

/** One step of a program. `slot` and `other` are slot numbers. */
export type ProgramNode =
  | { readonly kind: 'all' | 'any'; readonly nodes: readonly ProgramNode[] }
  | { readonly kind: 'not'; readonly node: ProgramNode }
  | {
      readonly kind: 'compare'
      readonly slot: number
      readonly test: Test
      readonly constant: unknown
    }
  | {
      readonly kind: 'compare-slots'
      readonly slot: number
      readonly test: Test
      readonly other: number
    }
  | {
      readonly kind: 'compare-decimal'
      readonly slot: number
      readonly accepts: DecimalTest
      readonly constant: Exact
    }
  | { readonly kind: 'is-one-of'; readonly slot: number; readonly values: ReadonlySet<unknown> }

/** Makes rules ready to run; a named condition used in several rules is made once. */
export const makeProgram = (rules: readonly CheckedRule[]): Program => {
  const link: Link = { slots: new Map(), places: [], nodes: new Map() }
  const conditions = rules.map((rule) => linkCondition(rule.condition, link))
  return { slots: link.places, conditions }
}

type Link = {
  readonly slots: Map<string, number>
  readonly places: FactPlace[]
  readonly nodes: Map<CheckedCondition, ProgramNode>
}

const linkCondition = (condition: CheckedCondition, link: Link): ProgramNode => {
  const known = link.nodes.get(condition)
  if (known !== undefined) return known
  const node = linkNew(condition, link)
  link.nodes.set(condition, node)
  return node
}

const linkNew = (condition: CheckedCondition, link: Link): ProgramNode => {
  switch (condition.kind) {
    case 'comparison':
      return linkComparison(condition, link)
    case 'not':
      return { kind: 'not', node: linkCondition(condition.condition, link) }
    case 'all':
    case 'any':
      return {
        kind: condition.kind,
        nodes: condition.conditions.map((one) => linkCondition(one, link)),
      }
  }
}

const linkComparison = (comparison: CheckedComparison, link: Link): ProgramNode => {
  const operator: Operator = operatorOf(comparison.operator)
  const slot = slotOf(comparison.left, link)
  const { right } = comparison
  if (right.kind === 'fact') {
    return {
      kind: 'compare-slots',
      slot,
      test: testOf(comparison),
      other: slotOf(right.place, link),
    }
  }
  if (operator.decimal !== undefined && isDecimal(right.value)) {
    const constant = parseExact(right.value)
    return { kind: 'compare-decimal', slot, accepts: operator.decimal, constant }
  }
  if (comparison.operator === 'in' && Array.isArray(right.value)) {
    return { kind: 'is-one-of', slot, values: new Set(right.value) }
  }
  return { kind: 'compare', slot, test: testOf(comparison), constant: right.value }
}

const slotOf = (place: FactPlace, link: Link): number => {
  const known = link.slots.get(place.text)
  if (known !== undefined) return known
  link.slots.set(place.text, link.places.length)
  link.places.push(place)
  return link.places.length - 1
}
