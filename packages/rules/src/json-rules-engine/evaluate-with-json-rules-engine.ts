import type { PolicyFacts } from '@counterfoil/core'
import { answersOf, type RuleSetEvaluation } from '../evaluate/evaluate-rule-set.ts'
import { refuseUnfetched } from '../fetch/refuse-unfetched.ts'
import { inOrderOfPriority } from '../evaluate/hit-policy.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { engineFor } from './engine-for.ts'

/**
 * Evaluates a rule set with json-rules-engine: the reference that `evaluateRuleSet` is held against. The
 * engine decides which rules fire; it reports them in an order of its own, so they are put back into
 * theirs.
 */
export const evaluateWithJsonRulesEngine = async (
  loaded: LoadedRuleSet,
  facts: PolicyFacts,
): Promise<RuleSetEvaluation> => {
  refuseUnfetched(loaded, facts)
  const { results } = await engineFor(loaded).run({ ...facts })
  const names = new Set(results.map((result) => result.name))
  const fired = inOrderOfPriority(loaded.rules).filter((rule) => names.has(rule.name))
  return { fired: fired.map((rule) => rule.name), answers: answersOf(loaded, fired) }
}
