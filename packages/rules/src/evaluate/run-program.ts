import {
  compareExact,
  type Exact,
  isDecimal,
  parseExact,
  type PolicyFacts,
} from '@counterfoil/core'
import type { FactPlace } from './checked-rule.ts'
import type { Program, ProgramNode } from './program.ts'

/** The values of a program's slots, with each decimal read at most once. */
export type Slots = {
  readonly values: unknown[]
  /** `undefined` until asked for; `null` where the value is not a decimal. */
  readonly exacts: (Exact | null | undefined)[]
}

/** Room for the slots of a program; it may be filled again for other facts. */
export const roomFor = (program: Program): Slots => ({
  values: program.slots.map(() => undefined),
  exacts: program.slots.map(() => undefined),
})

/** Reads the facts a program looks at into its slots. */
export const fillSlots = (program: Program, facts: PolicyFacts, slots: Slots): void => {
  for (const [index, place] of program.slots.entries()) {
    slots.values[index] = readPlace(place, facts)
    slots.exacts[index] = undefined
  }
}

/**
 * The value at a place of the facts; `undefined` where something on the way is missing. As in
 * json-rules-engine a path into a fact that is a single value gives that value.
 */
export const readPlace = (place: FactPlace, facts: PolicyFacts): unknown => {
  let value = ownValue(facts, place.fact)
  if (typeof value !== 'object' || value === null) return value
  for (const step of place.steps) {
    if (typeof value !== 'object' || value === null) return undefined
    value = ownValue(value, step)
  }
  return value
}

const ownValue = (object: object, key: string | number): unknown =>
  Object.hasOwn(object, key) ? Reflect.get(object, key) : undefined

/** Whether the condition of one rule holds for the values in the slots. */
export const holds = (node: ProgramNode, slots: Slots): boolean => {
  switch (node.kind) {
    case 'compare':
      return node.test(slots.values[node.slot], node.constant)
    case 'is-one-of':
      return node.values.has(slots.values[node.slot])
    case 'compare-decimal': {
      const exact = exactIn(slots, node.slot)
      return exact !== null && node.accepts(compareExact(exact, node.constant))
    }
    case 'compare-slots':
      return node.test(slots.values[node.slot], slots.values[node.other])
    case 'all':
      for (const one of node.nodes) if (!holds(one, slots)) return false
      return true
    case 'any':
      for (const one of node.nodes) if (holds(one, slots)) return true
      return false
    case 'not':
      return !holds(node.node, slots)
  }
}

const exactIn = (slots: Slots, index: number): Exact | null => {
  const known = slots.exacts[index]
  if (known !== undefined) return known
  const value = slots.values[index]
  const exact = isDecimal(value) ? parseExact(value) : null
  slots.exacts[index] = exact
  return exact
}
