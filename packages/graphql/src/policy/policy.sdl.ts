import { type ExceedEffect, Route, Tolerance } from '@counterfoil/core'
import { defineEnum } from '../enum/define-enum.ts'

/** How pressing a case is, and what an exceeded limit leads to. */
export const policyEnums = [
  defineEnum('Priority', 'How pressing a case is.', Route.shape.priority.options),
  defineEnum('ExceedEffect', 'What an exceeded limit leads to, worst first.', {
    reject: 'The invoice goes back to the supplier.',
    duplicate: 'It is suspected of repeating another invoice.',
    wait: 'It waits for goods, without a case.',
    hold: 'A hold is placed and a case opened.',
    'route-approval': 'Somebody with authority has to agree.',
    reduce: 'The invoice is reduced to what was expected.',
    warn: 'It is noted, and nothing stops.',
  } satisfies Record<ExceedEffect, string>),
  defineEnum('LimitCombination', 'When a difference is outside a pair of limits.', {
    either: 'When it passes either of them.',
    both: 'Only when it passes both.',
  }),
  defineEnum(
    'PercentBase',
    'What a percentage limit is a percentage of.',
    Tolerance.shape.percentBase.options,
  ),
  defineEnum('LowerEffect', 'What an undershoot leads to.', Tolerance.shape.lowerEffect.options),
  defineEnum(
    'AmountCurrency',
    'The currency absolute limits are in.',
    Tolerance.shape.amountCurrency.options,
  ),
]

/** Rule-set references, reasons, routes and tolerances. */
export const policySdl = `
"""
The exact rule-set version a decision was taken under.
"""
type PolicyReference {
  """
  Id of the rule set.
  """
  ruleSet: String!
  """
  Its version; a version never changes.
  """
  version: String!
  """
  sha-256 of its canonical text, hex.
  """
  hash: String!
  """
  First business day it is in force; null for the documented defaults.
  """
  effectiveFrom: CalendarDate
  """
  What it is for, as a JSON object of scope words; empty where it is for everything.
  """
  scope: Json
}

"""
Why the rules answered as they did: rule set, rules that fired, and the facts they saw.
"""
type PolicyDecision {
  """
  Rule set and version.
  """
  reference: PolicyReference!
  """
  Names of the rules that fired; none when the documented default answered.
  """
  firedRules: [String!]!
  """
  What those rules give as their reason, in words for the desk.
  """
  because: [String!]!
  """
  The facts the rules saw, as a JSON object.
  """
  facts: Json!
}

"""
Who answers for a case, by when, and who is called if nobody does.
"""
type Route {
  """
  The role that owns the case.
  """
  ownerRole: String!
  """
  Others who are told.
  """
  alsoRoles: [String!]!
  """
  Working hours from opening to due time.
  """
  dueBusinessHours: Int!
  """
  Roles called in turn after the due time.
  """
  escalation: [EscalationStep!]!
  """
  How pressing it is.
  """
  priority: Priority!
  """
  While the case is open, invoices that depend on its schedule are not matched.
  """
  blocksMatching: Boolean!
  """
  The clock stops while the supplier is to answer.
  """
  pausesForSupplier: Boolean!
  """
  A person may set the case aside unsolved.
  """
  bypassAllowed: Boolean!
}

"""
A role that is called when a case is overdue.
"""
type EscalationStep {
  """
  Working hours after the due time.
  """
  afterBusinessHours: Int!
  """
  The role that is called then.
  """
  toRole: String!
}

"""
How far a value may differ. A limit of null is not checked; a limit of 0 is checked against zero.
"""
type Tolerance {
  """
  Limits of what is over.
  """
  upper: LimitPair!
  """
  Limits of what is under.
  """
  lower: LimitPair!
  """
  When a difference is outside.
  """
  combine: LimitCombination!
  """
  What the percentages are of.
  """
  percentBase: PercentBase!
  """
  What an undershoot leads to.
  """
  lowerEffect: LowerEffect!
  """
  The currency of the absolute limits.
  """
  amountCurrency: AmountCurrency!
}

"""
An absolute and a percentage limit, both inclusive.
"""
type LimitPair {
  """
  Absolute limit; null when it is not checked.
  """
  abs: Decimal
  """
  Limit in percent, 5 meaning 5 %; null when it is not checked.
  """
  pct: Decimal
}
`
