import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { type Box, boxesOf } from './box.ts'
import type { RankedBoxes } from './partition.ts'
import type { Space } from './space.ts'

/** Rules in boxes. */
export type RulesInBoxes = RankedBoxes & {
  /** Whether the boxes of each rule are exactly the facts it fires for, and not more. */
  readonly isExact: readonly boolean[]
  /** The numbers of the boxes of each rule. */
  readonly boxesOfRule: readonly (readonly number[])[]
}

/** Brings rules into boxes, in the order given. */
export const rankBoxes = (
  rules: readonly Pick<CheckedRule, 'condition'>[],
  space: Space,
): RulesInBoxes => {
  const boxes: Box[] = []
  const ruleOf: number[] = []
  const isExact: boolean[] = []
  const boxesOfRule = rules.map(({ condition }, rule) => {
    const own = boxesOf(condition, space)
    isExact.push(own.isExact)
    return own.boxes.map((box) => {
      ruleOf.push(rule)
      return boxes.push(box) - 1
    })
  })
  return { boxes, ruleOf, isExact, boxesOfRule }
}
