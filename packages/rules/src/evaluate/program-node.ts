import type {
  EvaluableComparison,
  EvaluableCondition,
  EvaluablePlace,
} from './evaluable-rule-set.ts'
import { type Test, testOf } from './operators.ts'

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

/** The slots given to places so far, and the conditions already linked to them. */
export type Link = {
  readonly slots: Map<string, number>
  readonly places: EvaluablePlace[]
  readonly nodes: Map<EvaluableCondition, ProgramNode>
}

/** A link with no slots yet. */
export const startLink = (): Link => ({ slots: new Map(), places: [], nodes: new Map() })

/** A condition with its places numbered; a named condition used in several rules is linked once. */
export const linkCondition = (condition: EvaluableCondition, link: Link): ProgramNode => {
  const known = link.nodes.get(condition)
  if (known !== undefined) return known
  const node = linkNew(condition, link)
  link.nodes.set(condition, node)
  return node
}

const linkNew = (condition: EvaluableCondition, link: Link): ProgramNode => {
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

const linkComparison = (comparison: EvaluableComparison, link: Link): ProgramNode => {
  const slot = slotOf(comparison.left, link)
  const test = testOf(comparison)
  const { right } = comparison
  return right.kind === 'fact'
    ? { kind: 'compare-slots', slot, test, other: slotOf(right.place, link) }
    : { kind: 'compare', slot, test, constant: right.value }
}

const slotOf = (place: EvaluablePlace, link: Link): number => {
  const known = link.slots.get(place.text)
  if (known !== undefined) return known
  link.slots.set(place.text, link.places.length)
  link.places.push(place)
  return link.places.length - 1
}
