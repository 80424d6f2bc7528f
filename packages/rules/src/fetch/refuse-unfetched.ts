import type { PolicyFacts } from '@counterfoil/core'
import { CounterfoilError } from '@counterfoil/core/arithmetic'
import type { EvaluableRuleSet } from '../evaluate/evaluable-rule-set.ts'

/**
 * Throws `FACT_UNAVAILABLE` where facts that a rule set has fetched are not among the facts: a rule would
 * take what nobody asked for as missing.
 */
export const refuseUnfetched = (
  { fetches, reference }: Pick<EvaluableRuleSet, 'fetches' | 'reference'>,
  facts: PolicyFacts,
): void => {
  if (fetches.length === 0) return
  const missing = fetches.find(({ name }) => !Object.hasOwn(facts, name))
  if (missing === undefined) return
  const { name, fact, params } = missing
  throw new CounterfoilError(
    'FACT_UNAVAILABLE',
    `cannot evaluate \`${reference.ruleSet}@${reference.version}\` without the fact \`${name}\`: fetch the facts first`,
    { details: { fact, params } },
  )
}
