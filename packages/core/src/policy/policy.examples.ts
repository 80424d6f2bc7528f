import type * as z from 'zod'
import type { ApprovalRequirement } from '../approval/approval-requirement.ts'
import type { MatchPlan, Policy, PolicyAnswer, PolicyFacts } from './policy.ts'
import { Conduct, PolicyReference, Route, Timing } from './policy.ts'
import { Tolerance } from './tolerance.ts'

/** A rule-set reference, as it stands in decisions taken under `aPolicy`. */
export const aPolicyReference = PolicyReference.parse({
  ruleSet: 'example',
  version: '1.0.0',
  hash: 'e'.repeat(64),
})

/** A route to a buyer, due in a working day; give only what matters. */
export function aRoute(route: Partial<z.input<typeof Route>> = {}): Route {
  return Route.parse({
    ownerRole: 'buyer',
    alsoRoles: [],
    dueBusinessHours: 9,
    escalation: [{ afterBusinessHours: 9, toRole: 'head-of-purchasing' }],
    priority: 'normal',
    blocksMatching: false,
    pausesForSupplier: false,
    ...route,
  })
}

/** A tolerance of nothing over and nothing checked under; give only what matters. */
export function aTolerance(tolerance: Partial<z.input<typeof Tolerance>> = {}): Tolerance {
  return Tolerance.parse({
    upper: { abs: '0', pct: '0' },
    lower: { abs: null, pct: null },
    combine: 'either',
    percentBase: 'line',
    lowerEffect: 'warn',
    amountCurrency: 'transaction',
    ...tolerance,
  })
}

/** What the example policy answers, by question. A function looks at the facts; a value answers them all. */
export type PolicyAnswers = {
  readonly matching?: (facts: PolicyFacts) => MatchPlan
  readonly tolerance?: (facts: PolicyFacts) => Tolerance
  readonly routing?: (facts: PolicyFacts) => Route
  readonly timing?: (facts: PolicyFacts) => Timing
  readonly approval?: (facts: PolicyFacts) => ApprovalRequirement
  readonly conduct?: Partial<z.input<typeof Conduct>>
}

/** A policy that checks nothing, routes everything to the buyer and lets nothing wait over two days; give what matters. */
export function aPolicy(answers: PolicyAnswers = {}): Policy {
  const conduct = Conduct.parse({
    retainConfirmationOnUnchangedLines: true,
    completeWithinUnderDelivery: false,
    partialRelease: false,
    rematchOnPolicyChange: false,
    roundingMode: 'half-up',
    ...answers.conduct,
  })
  const timing = Timing.parse({
    remindAfterBusinessHours: [9],
    escalateAfterBusinessHours: 18,
    overdueAfterBusinessHours: 18,
  })
  return {
    references: [aPolicyReference],
    matching: (facts) => answered(answers.matching?.(facts) ?? { checks: [] }),
    tolerance: (facts) => answered(answers.tolerance?.(facts) ?? aTolerance()),
    routing: (facts) => answered(answers.routing?.(facts) ?? aRoute()),
    timing: (facts) => answered(answers.timing?.(facts) ?? timing),
    conduct: () => answered(conduct),
    approval: (facts) => answered(answers.approval?.(facts) ?? { outcome: 'not-needed' }),
  }
}

function answered<Value>(value: Value): PolicyAnswer<Value> {
  return {
    value,
    decision: { reference: aPolicyReference, firedRules: [], because: [], facts: {} },
  }
}
