import {
  absoluteDecimal,
  compareDecimals,
  equalDecimals,
  multiplyDecimals,
} from '../decimal/decimal-arithmetic.ts'
import { type Money, roundMoney } from '../money/money.ts'
import type { ApprovalDecisionType } from '../approval/approval-requirement.ts'
import type { Authority, ConvertedExposure } from './authority-answer.ts'
import type { AuthorityRefusal } from './authority-refusal.ts'

/**
 * Why an authority does not reach as far as an amount (INV-15); null where it does. Amounts of two currencies are never
 * compared: the authority says at which rate the amount was converted, and the conversion is worked out again here. The limit
 * itself is still within. Nothing at stake is within every limit, but an order or a change is never about nothing; what is given back counts as much as what is paid.
 */
export function limitRefusal(
  { asRole, limit, converted }: Pick<Authority, 'asRole' | 'limit' | 'converted'>,
  exposure: Money | null,
  decisionType: ApprovalDecisionType | null = null,
): AuthorityRefusal | null {
  if (limit === null) return null
  if (exposure === null) {
    return decisionType === null || !hasAlwaysValue.has(decisionType)
      ? null
      : {
          reason: 'exposure-unknown',
          sentence: `role \`${asRole}\` may decide up to ${written(limit)}, and nobody knows how much is at stake`,
        }
  }
  const atStake = inCurrencyOf(limit, exposure, converted)
  if (atStake === null) {
    return {
      reason: 'currency-not-converted',
      sentence: `role \`${asRole}\` may decide up to ${written(limit)}, and ${written(exposure)} is at stake: it has to be converted at a rate that is kept`,
    }
  }
  if (compareDecimals(absoluteDecimal(atStake.amount), limit.amount) <= 0) return null
  return {
    reason: 'limit-exceeded',
    sentence: `role \`${asRole}\` may decide up to ${written(limit)}, and ${written(atStake)} is at stake`,
  }
}

/** What is worth something even where nobody can say how much. */
const hasAlwaysValue: ReadonlySet<ApprovalDecisionType> = new Set<ApprovalDecisionType>([
  'order',
  'change',
])

/** An amount at a rate, rounded half-up to the digits of the other currency. */
export function convertExposure(
  exposure: Money,
  {
    to,
    rate,
    rateDate,
  }: { readonly to: Money['currency'] } & Pick<ConvertedExposure, 'rate' | 'rateDate'>,
): ConvertedExposure {
  const amount = multiplyDecimals(exposure.amount, rate)
  return { from: exposure, to: roundMoney({ amount, currency: to }), rate, rateDate }
}

function inCurrencyOf(
  limit: Money,
  exposure: Money,
  converted: ConvertedExposure | undefined,
): Money | null {
  if (exposure.currency === limit.currency) return exposure
  if (converted === undefined || converted.to.currency !== limit.currency) return null
  const { from, rate, rateDate, to } = converted
  const isOfThis =
    from.currency === exposure.currency && equalDecimals(from.amount, exposure.amount)
  const again = convertExposure(exposure, { to: limit.currency, rate, rateDate })
  return isOfThis && equalDecimals(again.to.amount, to.amount) ? to : null
}

function written({ amount, currency }: Money): string {
  return `${amount} ${currency}`
}
