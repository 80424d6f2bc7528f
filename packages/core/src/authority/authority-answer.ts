import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { Decimal, PositiveDecimal } from '../decimal/decimal.ts'
import { Currency } from '../money/currency.ts'

const person = z.string().min(1).max(120).meta({ 'x-personal': 'name' })
const amount = z.strictObject({ amount: Decimal, currency: Currency })

/** An amount in another currency, with the rate it was converted at: `from` times `rate`, rounded to the currency's digits. */
export const ConvertedExposure = z.strictObject({
  from: amount,
  to: amount,
  rate: PositiveDecimal,
  /** The day the rate is of. */
  rateDate: CalendarDate,
})
export type ConvertedExposure = z.infer<typeof ConvertedExposure>

/**
 * The authority a person acts with, as the host answered before the decision. It is kept with what was done, so that it can be
 * checked years later without asking anybody.
 */
export const Authority = z.strictObject({
  /** The role the person acts as. */
  asRole: z.string().min(1).max(60),
  /** The one whose authority it is, where it was delegated. Absent: the person's own. */
  onBehalfOf: person.optional(),
  /** Everybody it was delegated through, from its holder to the last before the person. Absent: none. */
  delegatedBy: z.array(person).max(10).optional(),
  /** The delegations it rests on, each with its days, both included. Absent: none, or the host names none. */
  delegations: z
    .array(
      z.strictObject({
        delegationId: z.string().min(1).max(200),
        from: person,
        to: person,
        validFrom: CalendarDate,
        validTo: CalendarDate,
      }),
    )
    .max(10)
    .optional(),
  /** The most the role may decide about; null for any amount. */
  limit: amount.nullable(),
  /** The amount at stake in the currency of the limit, where that is another. */
  converted: ConvertedExposure.optional(),
  /** Why the person may, in words. */
  because: z.string().max(1000),
})
export type Authority = z.infer<typeof Authority>
