import type { Policy, PolicyFacts } from '@counterfoil/core'

/** A policy that answers every question with fetched facts beside those the question brings. */
export const withFetchedFacts = (policy: Policy, fetched: PolicyFacts): Policy => {
  const asked =
    <Answer>(question: (facts: PolicyFacts) => Answer) =>
    (facts: PolicyFacts): Answer =>
      question({ ...fetched, ...facts })
  return {
    references: policy.references,
    tolerance: asked(policy.tolerance),
    matching: asked(policy.matching),
    routing: asked(policy.routing),
    timing: asked(policy.timing),
    conduct: asked(policy.conduct),
    approval: asked(policy.approval),
  }
}
