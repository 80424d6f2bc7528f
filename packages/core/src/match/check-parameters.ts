import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { NonNegativeDecimal, PositiveDecimal } from '../decimal/decimal.ts'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { Currency } from '../money/currency.ts'
import type { PlannedCheck } from '../policy/policy.ts'
import { TaxTable } from './tax-table.ts'

/**
 * How a check counts what the documents state. `net`: returns and reversals take away, credits and
 * cancellations give back, lines of one invoice that bill the same order line count together, and a
 * negative expectation is measured by its size. `as-stated`: every number enters with the sign and in
 * the unit written on the paper, line by line, as printed worked examples do.
 */
export const Reading = z.enum(['net', 'as-stated'])
export type Reading = z.infer<typeof Reading>

/** Which of reference, date, value and vendor may differ slightly while the other three agree. */
export const SimilarityPattern = z.enum(['reference', 'date', 'value', 'vendor'])
export type SimilarityPattern = z.infer<typeof SimilarityPattern>

/** The variations of the general checks. Each check reads the few it knows; what is left out has its default. */
export const CheckParameters = z.strictObject({
  reading: Reading.optional(),
  /** Whether the expected amount is rounded to the currency's digits before it is compared. */
  roundExpected: z.boolean().optional(),
  /** Decimal places amounts are rounded to, where not the currency's. */
  amountDecimals: z.int().min(0).max(8).optional(),
  /** Percentage points a percentage may pass its limit by. */
  percentSlack: NonNegativeDecimal.optional(),
  /** The percentage limit becomes an amount rounded to so many places before the comparison. */
  limitDecimals: z.int().min(0).max(8).optional(),
  /** A further limit: the actual value at most so much percent of the expected; 105 lets five percent over. */
  percentOf: NonNegativeDecimal.optional(),
  /** Open quantity: says nothing while nothing has arrived, which is for another check to see. */
  onlyAfterReceipt: z.boolean().optional(),
  /** What an absolute limit on a quantity check counts: the variance in money, or in units. */
  absoluteLimit: z.enum(['value', 'quantity']).optional(),
  /** A value below what is expected is room left, not a variance: it does not keep a match from being exact. */
  ceiling: z.boolean().optional(),
  /** Order price unit: the ratio expected is the one weighed at receipt, or the one ordered. */
  basis: z.enum(['receipt', 'order']).optional(),
  /** Prices by weight: the weight the invoice states (the default), or the one weighed when the goods were received. */
  weighed: z.enum(['invoice', 'receipt']).optional(),
  /** Billing basis: what may be billed. */
  billOn: z.enum(['ordered', 'received']).optional(),
  /** Ordered amount: against everything billed so far, or this line alone. */
  billed: z.enum(['cumulative', 'line']).optional(),
  /** Credits: held against all that was billed on the order line (the default), or against the invoice they name. */
  creditedFrom: z.enum(['order-line', 'named-invoice']).optional(),
  /** Credits: the whole of what was billed is to be given back, no less. */
  whole: z.boolean().optional(),
  /** Prepayments: a bill takes off all it can (the default), or as much as it states and no more than is open. */
  clearing: z.enum(['all', 'as-stated']).optional(),
  /** Taxes by code: the buyer's rates and how they are rounded. */
  taxTable: TaxTable.optional(),
  /** Exchange rates: units of accounting currency for one of a currency, from a day on. Absent: the order's own rate. */
  rateTable: z
    .array(z.strictObject({ currency: Currency, validFrom: CalendarDate, rate: PositiveDecimal }))
    .min(1)
    .max(5000)
    .optional(),
  /** Receipts counted: those the invoice line names, or the allocated ones where it names none. */
  receipts: z.enum(['named', 'named-else-allocated']).optional(),
  /** Over-receipt: the limits of the tolerance rules, or the order line's own. */
  limits: z.enum(['policy', 'order-line']).optional(),
  /** Similar duplicates: which one part may differ slightly. */
  patterns: z.array(SimilarityPattern).min(1).optional(),
  /** Similar duplicates: capitals count. */
  caseSensitive: z.boolean().optional(),
  /** Similar duplicates: invoices dated so many days apart are of similar date. */
  similarDays: z.int().min(0).max(60).optional(),
  /** Similar duplicates: totals so many percent apart are of similar value. */
  similarPercent: NonNegativeDecimal.optional(),
  /** Hold codes by what was found, for a check that finds different things. */
  holdCodes: z.record(z.string(), z.string().min(1).max(60)).optional(),
  /** What a hold placed by this check stops; payment where not said. */
  blocks: z.enum(['posting', 'payment']).optional(),
  /** For a check on an order line made from the header plan: which line, of which order where several are billed. */
  orderNumber: z.string().max(80).optional(),
  orderLineNumber: z.string().max(40).optional(),
})
export type CheckParameters = z.infer<typeof CheckParameters>

// A rule set hands out the same parameters for every line; they are checked once.
const checked = new WeakMap<object, CheckParameters>()

/** The parameters of a planned check. Throws `RULE_SET_INVALID` for one that no check knows. */
export function readCheckParameters(planned: PlannedCheck): CheckParameters {
  const known = checked.get(planned.parameters)
  if (known !== undefined) return known
  const parsed = CheckParameters.safeParse(planned.parameters)
  if (!parsed.success) throw parametersInvalid(planned, parsed.error)
  checked.set(planned.parameters, parsed.data)
  return parsed.data
}

function parametersInvalid(planned: PlannedCheck, error: z.ZodError): CounterfoilError {
  const issue = error.issues[0]
  const place =
    issue === undefined || issue.path.length === 0 ? '' : ` at \`${issue.path.join('.')}\``
  return new CounterfoilError(
    'RULE_SET_INVALID',
    `cannot read the parameters of check \`${planned.name}\`${place}: ${issue?.message ?? 'not valid'}`,
    { details: { check: planned.name, path: issue?.path.map(String) ?? [] } },
  )
}
