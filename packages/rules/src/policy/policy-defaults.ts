import {
  type ApprovalRequirement,
  type Conduct,
  hashOf,
  type MatchPlan,
  NonNegativeDecimal,
  type PlannedCheck,
  type PolicyReference,
  type Route,
  type Timing,
  type Tolerance,
} from '@counterfoil/core'
import { freeze } from '../check/freeze.ts'

/** An answer for a question no rule answers, with the reason shown to people. */
export type DefaultAnswer<Value> = { readonly value: Value; readonly because: string }

/** The answers that hold where no rule says anything. */
export type PolicyDefaults = {
  readonly tolerance: DefaultAnswer<Tolerance>
  /** For a line of an invoice. */
  readonly matching: DefaultAnswer<MatchPlan>
  /** For an invoice as a whole. */
  readonly matchingHeader: DefaultAnswer<MatchPlan>
  readonly routing: DefaultAnswer<Route>
  readonly timing: DefaultAnswer<Timing>
  readonly conduct: DefaultAnswer<Conduct>
  readonly approval: DefaultAnswer<ApprovalRequirement>
}

/**
 * What holds where no rule says anything. The defaults are on the careful side: no difference is
 * accepted, invoices are checked, an exception has an owner and a due time, and a wait ends.
 */
export const policyDefaults: PolicyDefaults = freeze({
  tolerance: {
    value: toleranceOfNothing(),
    because: 'no rule accepts a difference here, so none is accepted',
  },
  matching: {
    value: {
      checks: [
        defaultCheck('price-amount', 'PRICE', 'hold'),
        defaultCheck('quantity-open-received', 'QUANTITY', 'hold'),
      ],
    },
    because: 'no rule set plans checks here, so price and quantity must agree',
  },
  matchingHeader: {
    value: {
      checks: [
        defaultCheck('duplicate-exact', 'DUPLICATE', 'duplicate'),
        defaultCheck('currency', 'CURRENCY', 'hold'),
      ],
    },
    because: 'no rule set plans checks here, so it must be new and in the currency ordered in',
  },
  routing: {
    value: {
      ownerRole: 'operations',
      alsoRoles: [],
      dueBusinessHours: 8,
      escalation: [{ afterBusinessHours: 8, toRole: 'operations-manager' }],
      priority: 'normal',
      blocksMatching: false,
      pausesForSupplier: false,
    },
    because: 'no rule names a desk for this, so it goes to operations',
  },
  timing: {
    value: {
      remindAfterBusinessHours: [8],
      escalateAfterBusinessHours: 24,
      overdueAfterBusinessHours: 16,
    },
    because: 'no rule sets a clock here, so a reminder goes out after one working day',
  },
  conduct: {
    value: {
      retainConfirmationOnUnchangedLines: true,
      completeWithinUnderDelivery: false,
      partialRelease: false,
      rematchOnPolicyChange: false,
      roundingMode: 'half-up',
    },
    because: 'no rule says otherwise',
  },
  approval: {
    value: {
      outcome: 'needed',
      steps: [
        {
          roles: ['controller'],
          mode: 'any',
          dueBusinessHours: 8,
          escalateToRole: 'finance-director',
        },
      ],
      fourEyes: true,
    },
    because: 'no rule says who may approve this, so the controller decides',
  },
})

function defaultCheck(
  check: string,
  holdCode: string,
  onExceed: PlannedCheck['onExceed'],
): PlannedCheck {
  return { name: check, check, holdCode, onExceed, parameters: {} }
}

function toleranceOfNothing(): Tolerance {
  // In percent, so that goods without a price are not free to differ.
  const nothing: Tolerance['upper'] = { abs: null, pct: NonNegativeDecimal.parse('0') }
  return {
    upper: nothing,
    lower: nothing,
    combine: 'either',
    percentBase: 'line',
    lowerEffect: 'warn',
    amountCurrency: 'transaction',
  }
}

/** The name, version and hash a decision carries that rests on a default. */
export const defaultsReference: PolicyReference = freeze({
  ruleSet: 'counterfoil-defaults',
  version: '1.0.0',
  hash: hashOf(policyDefaults),
})
