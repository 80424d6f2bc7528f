import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { compareDecimals } from '../decimal/decimal-arithmetic.ts'
import { NonNegativeDecimal } from '../decimal/decimal.ts'
import { ItemNumber, SupplierId, TenantId } from '../identity/identity.ts'
import { Currency } from '../money/currency.ts'

/** From this turnover on, in the agreement's currency, so many percent: 2 means 2 %. */
export const RebateStep = z.strictObject({
  turnoverFrom: NonNegativeDecimal,
  percent: NonNegativeDecimal,
})
export type RebateStep = z.infer<typeof RebateStep>

/**
 * What a supplier gives back on what it billed. `percent` on all of it; `scale` by the turnover of the period: what lies in
 * each step at that step's percentage, or, where it is `retroactive`, all of the turnover at the percentage of the step reached.
 */
export const RebateTerms = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), percent: NonNegativeDecimal }),
  z.strictObject({
    kind: z.literal('scale'),
    retroactive: z.boolean(),
    /** Ascending; below the first there is no rebate. */
    steps: z.array(RebateStep).min(1).max(50).refine(isAscending, {
      message: 'each step begins above the one before',
    }),
  }),
])
export type RebateTerms = z.infer<typeof RebateTerms>

/** A rebate agreed with a supplier, for a time and for some articles or all. UNTDID 5189 code 71 (rebate), X12 SAC code F800. */
export const RebateAgreement = z.strictObject({
  tenant: TenantId,
  agreementNumber: z.string().min(1).max(80),
  supplier: SupplierId,
  currency: Currency,
  validFrom: CalendarDate,
  /** Last day. */
  validTo: CalendarDate,
  /** How often it is settled; the turnover of a scale begins anew with each. */
  period: z.enum(['month', 'quarter', 'year', 'whole-term']),
  /** The articles it is for, by the buyer's number. Absent: all the supplier bills. */
  items: z.array(ItemNumber).min(1).max(10_000).optional(),
  terms: RebateTerms,
})
export type RebateAgreement = z.infer<typeof RebateAgreement>

function isAscending(steps: readonly RebateStep[]): boolean {
  return steps.every((step, index) => {
    const before = steps[index - 1]
    return before === undefined || compareDecimals(step.turnoverFrom, before.turnoverFrom) > 0
  })
}
