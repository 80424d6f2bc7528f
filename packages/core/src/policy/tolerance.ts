import * as z from 'zod'
import { NonNegativeDecimal } from '../decimal/decimal.ts'

/** `null` = not checked, `"0"` = checked against zero. The two are never turned into each other. */
export const Limit = NonNegativeDecimal.nullable()
export type Limit = z.infer<typeof Limit>

/** An absolute and a percentage limit; 5 means 5 %. */
export const LimitPair = z.strictObject({
  /** At most so much; `null` is not checked, `"0"` is checked against zero. */
  abs: Limit,
  /** At most so many percent, 5 for 5 %; `null` is not checked, `"0"` is checked against zero. */
  pct: Limit,
})
export type LimitPair = z.infer<typeof LimitPair>

/**
 * How far a value may differ. Limits are inclusive. `combine` says when a difference is outside: `either` limit passed,
 * or `both`. `percentBase` names what the percentage is of; `lowerEffect` what an undershoot leads to, where `same` is
 * what an overshoot of the same check leads to.
 */
export const Tolerance = z.strictObject({
  /** How far above what was expected. */
  upper: LimitPair,
  /** How far below what was expected. */
  lower: LimitPair,
  /** Outside where `either` limit is passed, or only where `both` are. */
  combine: z.enum(['either', 'both']),
  /** What the percentage is of. */
  percentBase: z.enum(['open', 'cumulative', 'line', 'unit']),
  /** What less than expected leads to; `same` is what more than expected would. */
  lowerEffect: z.enum(['warn', 'hold', 'ignore', 'same']),
  /** The currency the absolute limits are in. */
  amountCurrency: z.enum(['transaction', 'accounting']),
})
export type Tolerance = z.infer<typeof Tolerance>
