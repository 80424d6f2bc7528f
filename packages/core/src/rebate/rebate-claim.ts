import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { isPositiveDecimal, sumDecimals } from '../decimal/decimal-arithmetic.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { accrueRebate, type RebateAccrual } from './accrue-rebate.ts'
import type { RebateAgreement } from './rebate-agreement.ts'
import { type RebatePeriod, rebatePeriodOf } from './rebate-period.ts'

/** What is asked of a supplier: a rebate for a period, or the price support for goods that were sold. */
export type SupplierClaim = {
  readonly kind: 'rebate' | 'chargeback'
  /** Whose claim it is. Absent in claims kept before it was written down: then credits of any tenant count. */
  readonly tenant?: string
  /** Made of the agreement's or contract's number and the first day it is for, so that it is claimed once. */
  readonly claimNumber: string
  readonly supplier: string
  readonly currency: string
  readonly period: RebatePeriod
  readonly amount: Decimal
}

/** A rebate claimed for a period, with what it is made of. */
export type RebateClaim = SupplierClaim & {
  readonly kind: 'rebate'
  readonly agreementNumber: string
  readonly turnover: Decimal
  readonly lines: readonly RebateAccrual[]
}

/** Whether a rebate can be claimed, and the claim. */
export type RebateClaimed =
  | { readonly kind: 'claimed'; readonly claim: RebateClaim }
  | {
      readonly kind: 'not-claimed'
      readonly reason: 'outside-validity' | 'period-not-over' | 'nothing-due'
      readonly sentence: string
    }

/** Claims the rebate of the period a day is in, once the period is over on the day of asking. */
export function claimRebate(asked: {
  readonly agreement: RebateAgreement
  readonly invoices: readonly Invoice[]
  /** A day of the period. */
  readonly day: CalendarDate
  readonly today: CalendarDate
}): RebateClaimed {
  const { agreement, day, today } = asked
  const { agreementNumber, supplier, currency } = agreement
  const period = rebatePeriodOf(agreement, day)
  if (period === null) {
    return notClaimed('outside-validity', `agreement ${agreementNumber} is not in force on ${day}`)
  }
  if (today <= period.to) {
    return notClaimed('period-not-over', `the period ends on ${period.to}`)
  }
  const lines = accrueRebate(agreement, asked.invoices).accruals.filter(
    (accrual) => accrual.period.from === period.from,
  )
  const last = lines.at(-1)
  if (last === undefined || !isPositiveDecimal(last.amountToDate)) {
    return notClaimed('nothing-due', `no rebate is due from ${period.from} to ${period.to}`)
  }
  const claim: RebateClaim = {
    kind: 'rebate',
    tenant: agreement.tenant,
    claimNumber: `${agreementNumber}/${period.from}`,
    agreementNumber,
    supplier,
    currency,
    period,
    turnover: last.turnoverToDate,
    amount: sumDecimals(lines.map(({ amount }) => amount)),
    lines,
  }
  return { kind: 'claimed', claim }
}

function notClaimed(
  reason: Extract<RebateClaimed, { readonly kind: 'not-claimed' }>['reason'],
  sentence: string,
): RebateClaimed {
  return { kind: 'not-claimed', reason, sentence }
}
