import type { PolicyFacts } from '@counterfoil/core'
import type { EvaluableRule, EvaluableRuleSet } from './evaluable-rule-set.ts'
import { inOrderOfPriority } from './hit-policy.ts'
import { makeProgram } from './program.ts'
import { fireOn, firstFiredOn, roomFor } from './run-program.ts'

/** Rules of one or several sets made ready to be run over many facts. */
export type Evaluator = {
  /** In the order of the bits: set after set, each by priority. */
  readonly rules: readonly EvaluableRule[]
  /**
   * The rules that fire, as bits: rule 0 is the lowest bit of the first number. Nothing is made for a call:
   * the same array is given every time, so read it before the next.
   */
  readonly fire: (facts: PolicyFacts) => Int32Array
  /** The number of the first rule that fires; null where none does. */
  readonly first: (facts: PolicyFacts) => number | null
}

/** Makes rule sets ready to be run together, reading each place of the facts at most as often as needed. */
export const makeEvaluator = (ruleSets: readonly EvaluableRuleSet[]): Evaluator => {
  const rules = ruleSets.flatMap((loaded) => inOrderOfPriority(loaded.rules))
  const program = makeProgram(rules)
  const slots = roomFor(program)
  return {
    rules,
    fire: (facts) => {
      fireOn(program, facts, slots)
      return slots.fired
    },
    first: (facts) => firstFiredOn(program, facts, slots),
  }
}
