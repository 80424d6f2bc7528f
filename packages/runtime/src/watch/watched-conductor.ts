import type { Policy, PolicyAnswer, PolicyFacts, PolicySource } from '@counterfoil/core'
import { type Conductor, createConductor } from '../decide/conduct.ts'
import type { ConductedAggregate } from '../runtime.ts'
import type { Watch, WorkFacts } from './telemetry.ts'

/** A conductor that tells of every question to the rules and every decision. */
export function watchedConductor(
  parts: Parameters<typeof createConductor>[0],
  watch: Watch,
): Conductor {
  return createConductor({
    ...parts,
    policies: watchedPolicies(parts.policies, watch),
    machines: {
      ...parts.machines,
      conductedOf: (reference, state) =>
        watchedAggregate(parts.machines.conductedOf(reference, state), watch),
    },
  })
}

function watchedAggregate(aggregate: ConductedAggregate, watch: Watch): ConductedAggregate {
  return {
    ...aggregate,
    decide: (state, message, context) =>
      watch.step(
        'machine.transition',
        () => aggregate.decide(state, message, context),
        ({ outcome, events, audit }): WorkFacts => ({
          order: message.aggregate.key,
          messageId: message.id,
          messageType: message.type,
          outcome: outcome.kind,
          ...('reason' in outcome && { reason: outcome.reason }),
          ...(events[0] !== undefined && { decisionId: events[0].id }),
          from: audit[0]?.from ?? null,
          to: audit.at(-1)?.to ?? null,
        }),
      ),
  }
}

function watchedPolicies(policies: PolicySource, watch: Watch): PolicySource {
  const asked =
    <Value>(question: string, ask: (facts: PolicyFacts) => PolicyAnswer<Value>) =>
    (facts: PolicyFacts): PolicyAnswer<Value> =>
      watch.step(
        'rules.evaluate',
        () => ask(facts),
        ({ decision: { reference } }) => ({
          question,
          ruleSet: `${reference.ruleSet}@${reference.version}`,
        }),
      )
  return {
    pick: (scope, businessDate): Policy => {
      const policy = policies.pick(scope, businessDate)
      return {
        ...policy,
        matching: asked('matching', policy.matching),
        tolerance: asked('tolerance', policy.tolerance),
        routing: asked('routing', policy.routing),
        timing: asked('timing', policy.timing),
        conduct: asked('conduct', policy.conduct),
        approval: asked('approval', policy.approval),
      }
    },
  }
}
