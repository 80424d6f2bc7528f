import {
  type CalendarDate,
  canonicalJson,
  type Policy,
  type PolicyAnswer,
  type PolicyFacts,
  type PolicyScope,
  type PolicySource,
} from '@counterfoil/core'

/** The questions a policy is asked. */
export type PolicyQuestion = Exclude<keyof Policy, 'references'>

/** A question that the candidate answers in another way, or cannot answer. */
export type ShadowDifference = {
  readonly question: PolicyQuestion
  readonly scope: PolicyScope
  readonly businessDate: CalendarDate
  readonly facts: PolicyFacts
  readonly inForce: PolicyAnswer<unknown>
  /** Null where the candidate failed. */
  readonly candidate: PolicyAnswer<unknown> | null
  /** Why it failed; null where it did not. */
  readonly failure: string | null
}

/** What a shadow does with its differences, and when it looks for them. */
export type ShadowSettings = {
  /** Told of each difference. What it throws is dropped: a shadow never disturbs what it stands behind. */
  readonly record: (difference: ShadowDifference) => void
  /** Puts the shadow's work off, so that the answer does not wait for it; done at once where not given. */
  readonly later?: (work: () => void) => void
}

/**
 * A source that answers as `inForce` does while a candidate answers beside it: the same question on the same
 * facts, each difference recorded. Nothing the candidate does reaches the caller.
 */
export const shadowPolicySource = (
  inForce: PolicySource,
  candidate: PolicySource,
  { record, later = (work) => work() }: ShadowSettings,
): PolicySource => ({
  pick: (scope, businessDate) => {
    const policy = inForce.pick(scope, businessDate)
    const picked = attempt(() => candidate.pick(scope, businessDate))
    const beside =
      <Value>(
        question: PolicyQuestion,
        ask: (policy: Policy, facts: PolicyFacts) => PolicyAnswer<Value>,
      ) =>
      (facts: PolicyFacts): PolicyAnswer<Value> => {
        const answer = ask(policy, facts)
        const compare = (): void => {
          const other = 'failure' in picked ? picked : attempt(() => ask(picked.value, facts))
          if ('value' in other && isSameAnswer(other.value, answer)) return
          const asked = { question, scope, businessDate, facts, inForce: answer }
          const said =
            'failure' in other
              ? { candidate: null, failure: other.failure }
              : { candidate: other.value, failure: null }
          record({ ...asked, ...said })
        }
        attempt(() => later(() => attempt(compare)))
        return answer
      }
    return {
      references: policy.references,
      matching: beside('matching', (of, facts) => of.matching(facts)),
      tolerance: beside('tolerance', (of, facts) => of.tolerance(facts)),
      routing: beside('routing', (of, facts) => of.routing(facts)),
      timing: beside('timing', (of, facts) => of.timing(facts)),
      conduct: beside('conduct', (of, facts) => of.conduct(facts)),
      approval: beside('approval', (of, facts) => of.approval(facts)),
    }
  },
})

type Attempt<Value> = { readonly value: Value } | { readonly failure: string }

const attempt = <Value>(work: () => Value): Attempt<Value> => {
  try {
    return { value: work() }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}

/** Two answers are one where they say the same; another version that says the same is no difference. */
const isSameAnswer = (one: PolicyAnswer<unknown>, other: PolicyAnswer<unknown>): boolean =>
  canonicalJson(one.value) === canonicalJson(other.value)
