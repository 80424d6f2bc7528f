import type { EvaluableRule, EvaluableRuleSet } from './evaluable-rule-set.ts'
import { inOrderOfPriority } from './hit-policy.ts'
import { makeProgram, type Program } from './program.ts'
import { roomFor, type Slots } from './run-program.ts'

/** The rules of a set in the order they are tried, and the program made of them. */
export type PreparedRules = {
  readonly rules: readonly EvaluableRule[]
  readonly program: Program
  /** Room to run it in. Running calls nothing that could run it again, so one serves every call. */
  readonly slots: Slots
}

// A loaded rule set never changes, so what is made of it can be kept beside it.
const preparedSets = new WeakMap<EvaluableRuleSet, PreparedRules>()

/** What is needed to run a rule set, made once. */
export const preparedRules = (loaded: EvaluableRuleSet): PreparedRules => {
  const known = preparedSets.get(loaded)
  if (known !== undefined) return known
  const rules = inOrderOfPriority(loaded.rules)
  const program = makeProgram(rules)
  const made = { rules, program, slots: roomFor(program) }
  preparedSets.set(loaded, made)
  return made
}
