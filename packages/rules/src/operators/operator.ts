import type { BusinessCalendar } from '@counterfoil/core'
import type { FactType } from '../facts/fact-type.ts'

/** Compares a fact's value with the rule's. Never throws; a value of the wrong kind does not hold. */
export type Test = (left: unknown, right: unknown) => boolean

/** How a decimal must lie to the one it is compared with: -1 below, 0 equal, 1 above. */
export type DecimalTest = (order: -1 | 0 | 1) => boolean

/** What a condition may compare with beside the fact's own kind of value. */
export type OperatorValue = 'one' | 'list' | 'element' | 'yes-or-no' | 'words' | 'pattern'

/** The number inside an operator's name, as in `within-5-percent`. */
export type OperatorAmount = {
  readonly before: string
  readonly after: string
  /** Digits with or without a point, or whole digits only. */
  readonly is: 'decimal' | 'whole'
  /** A name to copy from. */
  readonly example: string
}

/** One comparison a rule may make. */
export type Operator = {
  /**
   * The test it makes; `amount` is the number in its name, null where it has none. `calendar` says which days are
   * business days, Monday to Friday where null.
   */
  readonly test: (amount: string | null, calendar: BusinessCalendar | null) => Test
  /** Null for an operator without a number in its name. */
  readonly amount: OperatorAmount | null
  /** For exact decimals: what the comparison must come to. */
  readonly decimal?: DecimalTest
  /** The kinds of fact it makes sense on. */
  readonly on: readonly FactType['kind'][]
  readonly value: OperatorValue
}
