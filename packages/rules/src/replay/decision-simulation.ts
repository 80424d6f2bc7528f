import type { Decimal } from '@counterfoil/core'
import type { RuleAnswer } from '../evaluate/evaluate-rule-set.ts'
import type { FactSeen } from '../evaluate/facts-seen.ts'
import type { Counts } from './simulation.ts'

/** A recorded decision that would come out otherwise under another version. */
export type ChangedDecision = {
  /** The line of the record it stands in. */
  readonly line: number
  readonly ruleSet: string
  /** The version it was made with. */
  readonly version: string
  /** Null where the recorded facts do not name one. */
  readonly supplier: string | null
  readonly before: readonly RuleAnswer[]
  readonly after: readonly RuleAnswer[]
  /** Null where the recorded facts hold no amount, or the answers do not say whether it is kept back. */
  readonly value: {
    readonly currency: string
    /** What was let go before and is kept back now; `"0"` where nothing. */
    readonly newlyHeld: Decimal
    /** What was kept back before and is let go now; `"0"` where nothing. */
    readonly newlyReleased: Decimal
  } | null
  /** What was looked at, by place. */
  readonly facts: Readonly<Record<string, FactSeen>>
}

/** What a supplier would notice of changed decisions, in one currency. */
export type SupplierDecisions = {
  /** Null for decisions whose facts name no supplier. */
  readonly supplier: string | null
  readonly currency: string
  readonly decisions: number
  readonly newlyHeld: Decimal
  readonly newlyReleased: Decimal
}

/** A line that could not be decided again, and why. */
export type LineNotTried = {
  readonly line: number
  readonly reason: 'unreadable' | 'other-version' | 'not-reproduced' | 'fact-missing'
  readonly sentence: string
}

/** What another version would have made of recorded decisions. */
export type DecisionSimulation = {
  /** Lines that hold something. Each is decided again, of another rule set, or not tried. */
  readonly lines: number
  /** How many were decided again. */
  readonly decisions: number
  /** Decisions of rule sets the version does not stand in the place of. */
  readonly otherRuleSets: number
  readonly notTried: readonly LineNotTried[]
  readonly changed: readonly ChangedDecision[]
  readonly suppliers: readonly SupplierDecisions[]
  /** How many decisions each rule decides, before and after; `no rule` where none does. */
  readonly rules: Readonly<Record<string, Counts>>
}
