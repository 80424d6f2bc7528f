import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { equalDecimals, sumDecimals } from '../decimal/decimal-arithmetic.ts'
import { type Decimal, NonNegativeDecimal, PositiveDecimal } from '../decimal/decimal.ts'
import { LineNumber } from '../identity/identity.ts'
import { ItemControl, ItemIdentifiers, Substitute } from '../item/item.ts'
import { MatchLevel } from '../match/match-level.ts'
import { UnitConversion } from '../quantity/unit-conversion.ts'
import { UnitOfMeasure } from '../quantity/unit-of-measure.ts'
import { OrderSchedule } from './order-schedule.ts'

/** How firm the price is; each type has tolerances of its own. */
export const PriceType = z.enum(['firm', 'estimated', 'contract', 'moving-average'])
export type PriceType = z.infer<typeof PriceType>

/** Net price of an order or invoice line in the document's currency, e.g. 12.40 per 100 pieces. X12 PO104 + PO105, EDIFACT PRI. */
export const LinePrice = z.strictObject({
  amount: NonNegativeDecimal,
  /** The quantity the price is for: 12.40 per `100`. */
  perQuantity: PositiveDecimal,
  /** The unit the price is for; differs from the line's unit for catch weight (20 cases priced per kilogram). */
  perUnitOfMeasure: UnitOfMeasure,
  priceType: PriceType,
})
export type LinePrice = z.infer<typeof LinePrice>

/** A charge or cost known by its code: freight, handling, insurance. X12 SAC, EDIFACT ALC, UBL AllowanceCharge. */
export const Charge = z.strictObject({
  code: z.string().min(1).max(80),
  amount: NonNegativeDecimal,
  description: z.string().max(400).optional(),
})
export type Charge = z.infer<typeof Charge>

/** One discount of a line by its code. X12 SAC with indicator A, EDIFACT ALC+A, UBL AllowanceCharge. */
export const Discount = z.strictObject({
  code: z.string().min(1).max(80),
  amount: NonNegativeDecimal,
  /** Where it was worked out as a percentage: 5 means 5 %. */
  percent: NonNegativeDecimal.optional(),
  description: z.string().max(400).optional(),
})
export type Discount = z.infer<typeof Discount>

/** A delivery cost planned for a quantity: invoiced quantity x amount / quantity is expected on the invoice. */
export const PlannedCost = z.strictObject({
  code: z.string().min(1).max(80),
  amount: NonNegativeDecimal,
  quantity: PositiveDecimal,
})
export type PlannedCost = z.infer<typeof PlannedCost>

/** How much more or less than ordered may be delivered. `null` percent = not checked, `"0"` = nothing over. */
export const DeliveryTolerance = z.strictObject({
  overPercent: NonNegativeDecimal.nullable(),
  underPercent: NonNegativeDecimal.nullable(),
  overUnlimited: z.boolean(),
  /** How far the weight of goods priced by weight may be from the nominal one, either way. Absent or null: not checked. */
  weightPercent: NonNegativeDecimal.nullable().optional(),
})
export type DeliveryTolerance = z.infer<typeof DeliveryTolerance>

/** One article, charge or service ordered. X12 PO1, EDIFACT LIN, UBL OrderLine. */
export const OrderLine = z
  .strictObject({
    orderLineNumber: LineNumber,
    lineType: z.enum(['item', 'charge', 'free-goods', 'service']),
    item: ItemIdentifiers,
    description: z.string().max(400),
    unitOfMeasure: UnitOfMeasure,
    /** The sum of its schedules, in `unitOfMeasure`. */
    quantityOrdered: PositiveDecimal,
    price: LinePrice,
    /** Expected quantity in the price's unit, for lines priced by another unit than they are ordered in. */
    pricingQuantityOrdered: PositiveDecimal.optional(),
    /** All discounts of the line together. */
    discountAmount: NonNegativeDecimal,
    /** What `discountAmount` is made of, where that is known: the sum must be the same. */
    discounts: z.array(Discount).max(100).optional(),
    chargesAmount: NonNegativeDecimal,
    taxCode: z.string().max(40).optional(),
    /** Overrides the order's and the supplier's level when set. */
    matchLevel: MatchLevel.optional(),
    /** `receipt`: the invoice is verified against each receipt and cannot be posted before one. */
    matchTo: z.enum(['order', 'receipt']),
    deliveryTolerance: DeliveryTolerance,
    /** Nothing more is to come, says the buyer's system: the line is complete with what came. Open where absent. */
    finalDelivery: z.boolean().optional(),
    /** Conversions of this item's units in force at the order date, from the item master or the order's pack data. */
    unitConversions: z.array(UnitConversion),
    schedules: z.array(OrderSchedule).min(1).max(2000),
    /** Articles the buyer takes instead, each for its time and at this line's price. Absent: none. X12 PO1 SRN or LIN*SX, EDIFACT PIA 3. */
    substitutes: z.array(Substitute).max(50).optional(),
    /** The line of the agreement it is released from. Absent: the agreement's only line of the article. X12 REF, EDIFACT RFF+CT 1156. */
    agreementLineNumber: LineNumber.optional(),
    /** Money limit of a blanket line. */
    valueLimit: NonNegativeDecimal.optional(),
    /** Last day of validity of a blanket line. */
    validTo: CalendarDate.optional(),
    /** Lots, serial numbers and shelf life its goods need, from the item master or the order. Absent: none is asked for. */
    itemControl: ItemControl.optional(),
    /** The line this one belongs to: free goods, or the line it substitutes. */
    parentLineNumber: LineNumber.optional(),
    /** Facts the host adds about the line for its own rules (`customer`, whom it is bought for); text only. None where absent. */
    attributes: z.record(z.string().max(60), z.string().max(200)).optional(),
  })
  .refine(isDiscountWhole, {
    path: ['discounts'],
    message: 'the discounts do not add up to `discountAmount`',
  })
export type OrderLine = z.infer<typeof OrderLine>

/** True where the single discounts of a line, if there are any, make up the discount it is billed with. */
function isDiscountWhole({
  discounts,
  discountAmount,
}: {
  readonly discounts?: readonly Discount[] | undefined
  readonly discountAmount: Decimal
}): boolean {
  if (discounts === undefined) return true
  return equalDecimals(sumDecimals(discounts.map(({ amount }) => amount)), discountAmount)
}
