import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { compareDecimals } from '../decimal/decimal-arithmetic.ts'
import { NonNegativeDecimal, PositiveDecimal } from '../decimal/decimal.ts'
import { documentHeaderFields } from '../document/document-header.ts'
import { DocumentNumber, LineNumber, LocationId, OrderNumber } from '../identity/identity.ts'
import { ItemIdentifiers } from '../item/item.ts'
import { UnitOfMeasure } from '../quantity/unit-of-measure.ts'
import { LotOrSerial } from '../ship-notice/ship-notice.ts'

/** Condition of goods as counted, in the words of X12 code list 412; the number is kept in the glossary. */
export const ReceiptCondition = z.enum([
  'good',
  'damaged',
  'short',
  'over',
  'over-returned',
  'wrong-item',
  'quality',
  'packaging',
  'rejected',
  'on-hold',
  'scrapped',
  'no-ship-notice',
  'expired',
  'lot-or-serial',
  'wrong-unit',
])
export type ReceiptCondition = z.infer<typeof ReceiptCondition>

/** Part of a count in some condition other than good. */
export const ConditionCount = z.strictObject({
  condition: ReceiptCondition,
  quantity: PositiveDecimal,
})
export type ConditionCount = z.infer<typeof ConditionCount>

/** What the dock counted of one order line. X12 RCD, EDIFACT LIN + QTY+48, UBL ReceiptLine. */
export const ReceiptLine = z.strictObject({
  documentLineNumber: LineNumber,
  /** Null for goods nobody ordered. */
  orderNumber: OrderNumber.nullable(),
  orderLineNumber: LineNumber.nullable(),
  scheduleNumber: LineNumber.optional(),
  shipNoticeNumber: DocumentNumber.optional(),
  /** For a reversal or return: the receipt it takes back. */
  reversesReceiptNumber: DocumentNumber.optional(),
  item: ItemIdentifiers,
  quantity: PositiveDecimal,
  unitOfMeasure: UnitOfMeasure,
  /** Counted in the price's unit, for catch weight. */
  pricingQuantity: PositiveDecimal.optional(),
  /** Of `quantity`; null until an inspection decided. */
  quantityAccepted: NonNegativeDecimal.nullable(),
  quantityRejected: NonNegativeDecimal.nullable(),
  conditions: z.array(ConditionCount),
  lots: z.array(LotOrSerial),
  disposition: z.enum(['stock', 'inspection', 'blocked', 'return']),
  /** Nothing more will come on this line, says the receiver. */
  final: z.boolean(),
  /** For a return: the supplier owes no replacement, so the open quantity does not come back. */
  noReplacement: z.boolean().optional(),
})
export type ReceiptLine = z.infer<typeof ReceiptLine>

/**
 * Goods counted at the dock, taken back (`reversal`) or sent back (`return`). X12 861 or 944, EDIFACT RECADV, UBL ReceiptAdvice.
 * A recount is the same document number with a higher revision: the last count stands.
 */
export const Receipt = z.strictObject({
  kind: z.literal('receipt'),
  ...documentHeaderFields,
  receiptType: z.enum(['receipt', 'reversal', 'return']),
  /**
   * What moved: goods that came, or consignment goods that were taken for use and are owed for from then on. Absent: goods that
   * came. X12 867 and EDIFACT SLSRPT or INVRPT report what was used.
   */
  movement: z.enum(['delivery', 'consumption']).optional(),
  receivedDate: CalendarDate,
  location: LocationId.nullable(),
  lines: z.array(ReceiptLine).min(1).max(5000),
})
export type Receipt = z.infer<typeof Receipt>

/** What quality control decided about received goods. */
export const Inspection = z.strictObject({
  kind: z.literal('inspection'),
  ...documentHeaderFields,
  receiptNumber: DocumentNumber,
  receiptLineNumber: LineNumber,
  orderNumber: OrderNumber,
  orderLineNumber: LineNumber,
  sampleQuantity: PositiveDecimal.optional(),
  /** In the order line's unit of measure. */
  quantityAccepted: NonNegativeDecimal,
  quantityRejected: NonNegativeDecimal,
  /**
   * What becomes of the goods. What was refused for `rework` is not refused for good: it is under inspection again, until
   * another inspection of the same receipt line says what it accepted of it.
   */
  disposition: z.enum(['stock', 'return', 'rework', 'scrap', 'use-as-is']),
  /** The supplier grants so much of the price on what was accepted: 15 means it is paid at 85 %. Absent: the whole price. */
  priceReductionPercent: PositiveDecimal.refine(isWholeAtMost, {
    message: 'no more than the whole price is taken off',
  }).optional(),
  correctiveAction: z.string().max(400).optional(),
})
export type Inspection = z.infer<typeof Inspection>

function isWholeAtMost(percent: PositiveDecimal): boolean {
  return compareDecimals(percent, hundredPercent) <= 0
}

const hundredPercent = '100' as PositiveDecimal
