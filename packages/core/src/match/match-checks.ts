import { CounterfoilError } from '../errors/counterfoil-error.ts'
import type { PlannedCheck } from '../policy/policy.ts'
import {
  amountOrdered,
  amountTotal,
  blanketAmount,
  blanketDate,
  dateValueDays,
  exchangeRate,
  itemAmount,
} from './amount-checks.ts'
import { billingBasis } from './billing-basis.ts'
import type { Check } from './check.ts'
import {
  creditAmount,
  creditMaxReversal,
  creditPrice,
  creditReference,
  creditTotal,
} from './credit-check.ts'
import { duplicateExact, duplicateSimilar } from './duplicate-invoice.ts'
import {
  balance,
  charge,
  chargePlanned,
  currency,
  tax,
  taxByCode,
  totals,
} from './invoice-checks.ts'
import { discount, priceAmount, priceSubsequent, priceTotal, priceUnit } from './price-checks.ts'
import { prepaymentAgreed, prepaymentClearing } from './prepayment-checks.ts'
import {
  quantityCumulative,
  quantityDifference,
  quantityNoReceipt,
  quantityOpen,
} from './quantity-checks.ts'
import {
  qualityPending,
  quantityMatchedReceipt,
  ratioOrderPriceUnit,
  receiptOver,
  receiptRequired,
  receiptsCover,
} from './receipt-checks.ts'
import { weightOpen } from './weight-checks.ts'

/** The name of a general comparison. */
export type MatchCheckName =
  | 'price-amount'
  | 'price-unit'
  | 'price-total'
  | 'price-subsequent'
  | 'discount'
  | 'quantity-open-received'
  | 'quantity-open-accepted'
  | 'quantity-open-ordered'
  | 'quantity-cumulative-received'
  | 'quantity-cumulative-accepted'
  | 'quantity-cumulative-ordered'
  | 'quantity-difference'
  | 'quantity-no-receipt'
  | 'quantity-matched-receipt'
  | 'receipts-cover'
  | 'receipt-required'
  | 'receipt-over'
  | 'quality-pending'
  | 'ratio-order-price-unit'
  | 'weight-open-received'
  | 'billing-basis'
  | 'amount-ordered'
  | 'amount-total'
  | 'exchange-rate'
  | 'item-amount'
  | 'blanket-amount'
  | 'blanket-date'
  | 'date-value-days'
  | 'credit-max-reversal'
  | 'credit-amount'
  | 'credit-price'
  | 'credit-total'
  | 'credit-reference'
  | 'charge-planned'
  | 'charge'
  | 'totals'
  | 'balance'
  | 'prepayment-agreed'
  | 'prepayment-clearing'
  | 'tax'
  | 'tax-by-code'
  | 'currency'
  | 'duplicate-exact'
  | 'duplicate-similar'

/**
 * Every general comparison a rule set may plan, by name. `line` checks need an invoice line and its
 * order line; `order-line` checks need only the order line and may stand in a header plan, which then
 * names the line; `invoice` checks are made once on the whole invoice.
 */
const matchChecks: Readonly<Record<MatchCheckName, Check>> = {
  'price-amount': { scope: 'line', measure: priceAmount },
  'price-unit': { scope: 'line', measure: priceUnit },
  'price-total': { scope: 'line', measure: priceTotal },
  'price-subsequent': { scope: 'line', measure: priceSubsequent },
  discount: { scope: 'line', measure: discount },
  'quantity-open-received': { scope: 'line', measure: quantityOpen('received') },
  'quantity-open-accepted': { scope: 'line', measure: quantityOpen('accepted') },
  'quantity-open-ordered': { scope: 'line', measure: quantityOpen('ordered') },
  'quantity-cumulative-received': { scope: 'line', measure: quantityCumulative('received') },
  'quantity-cumulative-accepted': { scope: 'line', measure: quantityCumulative('accepted') },
  'quantity-cumulative-ordered': { scope: 'line', measure: quantityCumulative('ordered') },
  'quantity-difference': { scope: 'line', measure: quantityDifference },
  'quantity-no-receipt': { scope: 'line', measure: quantityNoReceipt },
  'quantity-matched-receipt': { scope: 'line', measure: quantityMatchedReceipt },
  'receipts-cover': { scope: 'line', measure: receiptsCover },
  'receipt-required': { scope: 'order-line', measure: receiptRequired },
  'receipt-over': { scope: 'order-line', measure: receiptOver },
  'quality-pending': { scope: 'order-line', measure: qualityPending },
  'ratio-order-price-unit': { scope: 'line', measure: ratioOrderPriceUnit },
  'weight-open-received': { scope: 'line', measure: weightOpen },
  'billing-basis': { scope: 'line', measure: billingBasis },
  'amount-ordered': { scope: 'line', measure: amountOrdered },
  'amount-total': { scope: 'line', measure: amountTotal },
  'exchange-rate': { scope: 'line', measure: exchangeRate },
  'item-amount': { scope: 'line', measure: itemAmount },
  'blanket-amount': { scope: 'line', measure: blanketAmount },
  'blanket-date': { scope: 'order-line', measure: blanketDate },
  'date-value-days': { scope: 'line', measure: dateValueDays },
  'credit-max-reversal': { scope: 'line', measure: creditMaxReversal },
  'credit-amount': { scope: 'line', measure: creditAmount },
  'credit-price': { scope: 'line', measure: creditPrice },
  'credit-total': { scope: 'invoice', measure: creditTotal },
  'credit-reference': { scope: 'invoice', measure: creditReference },
  'charge-planned': { scope: 'line', measure: chargePlanned },
  charge: { scope: 'invoice', measure: charge },
  totals: { scope: 'invoice', measure: totals },
  balance: { scope: 'invoice', measure: balance },
  'prepayment-agreed': { scope: 'invoice', measure: prepaymentAgreed },
  'prepayment-clearing': { scope: 'invoice', measure: prepaymentClearing },
  tax: { scope: 'invoice', measure: tax },
  'tax-by-code': { scope: 'invoice', measure: taxByCode },
  currency: { scope: 'invoice', measure: currency },
  'duplicate-exact': { scope: 'invoice', measure: duplicateExact },
  'duplicate-similar': { scope: 'invoice', measure: duplicateSimilar },
}

const checksByName: ReadonlyMap<string, Check> = new Map(Object.entries(matchChecks))

/** Names of all general comparisons, in alphabetical order. */
export const matchCheckNames: readonly string[] = [...checksByName.keys()].toSorted()

/** The comparison a planned check asks for. Throws `RULE_SET_INVALID` where there is none of that name. */
export function checkOf({ name, check }: PlannedCheck): Check {
  const known = checksByName.get(check)
  if (known !== undefined) return known
  throw new CounterfoilError(
    'RULE_SET_INVALID',
    `cannot make check \`${name}\`: no comparison is called \`${check}\`, use one of ${matchCheckNames.join(', ')}`,
    { details: { name, check } },
  )
}
