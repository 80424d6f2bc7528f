import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { NonNegativeDecimal, PositiveDecimal } from '../decimal/decimal.ts'
import { documentHeaderFields } from '../document/document-header.ts'
import { LineNumber } from '../identity/identity.ts'
import { ItemIdentifiers } from '../item/item.ts'
import { Currency } from '../money/currency.ts'
import { LinePrice } from '../purchase-order/order-line.ts'
import { UnitConversion } from '../quantity/unit-conversion.ts'
import { UnitOfMeasure } from '../quantity/unit-of-measure.ts'

/** A price that holds for releases from a cumulative quantity on: 9.50 once 1,000 pieces were released before. */
export const PriceScale = z.strictObject({
  /** Released before, in the line's unit, since the agreement began; the release that reaches it is still at the price before. */
  fromQuantity: PositiveDecimal,
  price: LinePrice,
})
export type PriceScale = z.infer<typeof PriceScale>

/** One article agreed on, with what may be released of it at most. X12 PO1 of an 850 with BEG02 BK, EDIFACT LIN of ORDERS 221. */
export const AgreementLine = z.strictObject({
  agreementLineNumber: LineNumber,
  item: ItemIdentifiers,
  description: z.string().max(400),
  unitOfMeasure: UnitOfMeasure,
  /** The most that may be released, in `unitOfMeasure`. Absent: as much as the money allows. */
  quantityAgreed: PositiveDecimal.optional(),
  /** The most that may be released, in the agreement's currency. Absent: no limit of its own. */
  amountLimit: NonNegativeDecimal.optional(),
  /** The agreed price. Absent: the release says it. */
  price: LinePrice.optional(),
  /** Other prices from a cumulative quantity on. Absent: one price. */
  priceScales: z.array(PriceScale).max(50).optional(),
  unitConversions: z.array(UnitConversion),
})
export type AgreementLine = z.infer<typeof AgreementLine>

/**
 * What buyer and supplier agreed on for a time: releases are ordered against it. `blanket` limits what is bought;
 * `scheduling` plans deliveries whose quantities are counted on from one release to the next. X12 850 with BEG02 BK or BA,
 * EDIFACT ORDERS 221 and DELFOR's contract, UBL Contract. `documentNumber` is the agreement's number.
 */
export const PurchaseAgreement = z.strictObject({
  kind: z.literal('purchase-agreement'),
  ...documentHeaderFields,
  agreementType: z.enum(['blanket', 'scheduling']),
  /** 1 for the first issue; an extension is the next. */
  version: z.int().positive(),
  currency: Currency,
  /** First and last day on which releases may be ordered. */
  validFrom: CalendarDate,
  validTo: CalendarDate,
  /** The most that may be released over all lines. Absent: only the lines are limited. */
  amountLimit: NonNegativeDecimal.optional(),
  /** The day cumulative quantities are counted from, such as the first day of the supplier's year. Absent: `validFrom`. */
  cumulativeFrom: CalendarDate.optional(),
  lines: z.array(AgreementLine).min(1).max(5000),
})
export type PurchaseAgreement = z.infer<typeof PurchaseAgreement>
