import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { Decimal, NonNegativeDecimal } from '../decimal/decimal.ts'
import { PolicyReference } from '../policy/policy.ts'

/** What was compared of one line or schedule, and agreed: what was expected, and what the document says. */
export const AgreedPlace = z.strictObject({
  orderLineNumber: z.string().max(40),
  /** Absent where the line was compared as a whole. */
  scheduleNumber: z.string().max(40).optional(),
  /** In the order line's unit of measure. */
  quantityExpected: NonNegativeDecimal,
  /** Of receipts and ship notices all so far, this document included. */
  quantityFound: NonNegativeDecimal,
  unitOfMeasure: z.string().max(10),
  dateExpected: CalendarDate.optional(),
  dateFound: CalendarDate.optional(),
  /** Of one price unit of the order; only where the document states a price. */
  priceExpected: Decimal.optional(),
  priceFound: Decimal.optional(),
})
export type AgreedPlace = z.infer<typeof AgreedPlace>

/**
 * A document was compared with the order, and these places of it agree: why nothing was opened for them. What differs is
 * recorded as a variance. One for each document and order.
 */
export const DocumentAgreement = z.strictObject({
  kind: z.enum(['acknowledgment', 'ship-notice', 'receipt']),
  documentNumber: z.string().max(80),
  revision: z.int().nonnegative(),
  within: z.literal(true),
  sentence: z.string().max(1000),
  places: z.array(AgreedPlace).min(1),
  /** The rule sets whose limits it was held against, by exact version and hash. */
  rules: z.array(PolicyReference),
})
export type DocumentAgreement = z.infer<typeof DocumentAgreement>
