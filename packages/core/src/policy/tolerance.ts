import * as z from 'zod'
import { NonNegativeDecimal } from '../decimal/decimal.ts'

/** `null` = not checked, `"0"` = checked against zero. The two are never turned into each other. */
export const Limit = NonNegativeDecimal.nullable()
export type Limit = z.infer<typeof Limit>

/** An absolute and a percentage limit; 5 means 5 %. */
export const LimitPair = z.strictObject({ abs: Limit, pct: Limit })
export type LimitPair = z.infer<typeof LimitPair>

/**
 * How far a value may differ. Limits are inclusive. `combine` says when a difference is outside: `either` limit passed,
 * or `both`. `percentBase` names what the percentage is of; `lowerEffect` what an undershoot leads to, where `same` is
 * what an overshoot of the same check leads to.
 */
export const Tolerance = z.strictObject({
  upper: LimitPair,
  lower: LimitPair,
  combine: z.enum(['either', 'both']),
  percentBase: z.enum(['open', 'cumulative', 'line', 'unit']),
  lowerEffect: z.enum(['warn', 'hold', 'ignore', 'same']),
  amountCurrency: z.enum(['transaction', 'accounting']),
})
export type Tolerance = z.infer<typeof Tolerance>
