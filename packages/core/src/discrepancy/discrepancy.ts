import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { Decimal } from '../decimal/decimal.ts'

/** The place a difference was measured at. */
const where = {
  documentNumber: z.string().max(80),
  documentLineNumber: z.string().max(40).nullable(),
  orderNumber: z.string().max(80).nullable(),
  orderLineNumber: z.string().max(40).nullable(),
  scheduleNumber: z.string().max(40).nullable(),
} as const

const quantityMeasure = {
  ...where,
  expected: Decimal,
  actual: Decimal,
  /** actual - expected */
  difference: Decimal,
  /** difference in percent of expected, 4 digits for display; null when expected is 0 */
  percent: Decimal.nullable(),
  unitOfMeasure: z.string().max(3),
} as const

const moneyMeasure = {
  ...where,
  expected: Decimal,
  actual: Decimal,
  difference: Decimal,
  percent: Decimal.nullable(),
  currency: z.string().length(3),
} as const

const dateMeasure = {
  ...where,
  expected: CalendarDate,
  actual: CalendarDate,
  /** Calendar days; positive is later than expected. */
  differenceDays: z.int(),
} as const

const textMeasure = {
  ...where,
  expected: z.string().max(400).nullable(),
  actual: z.string().max(400).nullable(),
} as const

const quantity = <Kind extends string>(kind: Kind) =>
  z.strictObject({ kind: z.literal(kind), ...quantityMeasure })
const amount = <Kind extends string>(kind: Kind) =>
  z.strictObject({ kind: z.literal(kind), ...moneyMeasure })
const date = <Kind extends string>(kind: Kind) =>
  z.strictObject({ kind: z.literal(kind), ...dateMeasure })
const text = <Kind extends string>(kind: Kind) =>
  z.strictObject({ kind: z.literal(kind), ...textMeasure })

/**
 * A measured difference between two documents. It says what differs and by how much, never whether that matters:
 * a tolerance says how much is accepted, and an exception is opened for a person when it is not.
 */
export const Discrepancy = z.discriminatedUnion('kind', [
  // acknowledgment or change against the order
  quantity('quantity-change'),
  date('date-change'),
  amount('price-change'),
  text('unit-change'),
  quantity('split'),
  text('substitution'),
  quantity('backorder'),
  quantity('rejection'),
  quantity('unanswered'),
  text('stale-version'),
  text('unknown-line'),
  text('conflicting-document'),
  // ship notice against order and confirmation
  quantity('over-shipment'),
  quantity('short-shipment'),
  text('item-not-ordered'),
  date('late-shipment'),
  date('early-shipment'),
  text('incomplete-ship-notice'),
  text('duplicate-pack'),
  text('order-not-open'),
  // receipt against ship notice and order
  quantity('short-receipt'),
  quantity('over-receipt'),
  quantity('damaged-goods'),
  text('wrong-item'),
  quantity('quality-defect'),
  quantity('rejected-goods'),
  quantity('goods-on-hold'),
  quantity('packaging-fault'),
  text('no-ship-notice'),
  text('expired-goods'),
  text('lot-or-serial-missing'),
  quantity('nominal-weight-variance'),
  text('wrong-unit'),
  date('early-receipt'),
  date('late-receipt'),
  text('unordered-goods'),
  quantity('over-returned'),
  // invoice against order, receipt and itself
  quantity('billed-not-received'),
  quantity('billed-over-received'),
  quantity('billed-over-ordered'),
  quantity('billed-under-ordered'),
  quantity('billed-not-accepted'),
  quantity('billed-returned-goods'),
  quantity('short-shipped-billed-full'),
  text('inspection-pending'),
  text('receipt-required'),
  amount('price-variance'),
  amount('price-unit-mismatch'),
  quantity('weight-variance'),
  amount('discount-not-granted'),
  amount('amount-over-ordered'),
  amount('free-goods-billed'),
  amount('charge-variance'),
  amount('unplanned-charge'),
  amount('prepayment-over'),
  amount('prepayment-open'),
  amount('tax-variance'),
  text('currency-mismatch'),
  amount('exchange-rate-variance'),
  amount('out-of-balance'),
  amount('total-variance'),
  amount('large-amount'),
  amount('blanket-amount-exceeded'),
  text('blanket-expired'),
  amount('early-invoice'),
  quantity('credit-over-invoiced'),
  amount('credit-amount-over-invoiced'),
  quantity('credit-incomplete'),
  amount('credit-amount-incomplete'),
  text('duplicate-invoice'),
  text('unmatched-line'),
])
export type Discrepancy = z.infer<typeof Discrepancy>
/** What is different, as a noun phrase: `short-shipment`, `price-variance`. */
export type DiscrepancyKind = Discrepancy['kind']
