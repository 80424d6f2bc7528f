import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { NonNegativeDecimal, PositiveDecimal } from '../decimal/decimal.ts'
import { documentHeaderFields } from '../document/document-header.ts'
import { LineNumber, LocationId, OrderNumber } from '../identity/identity.ts'
import { ItemIdentifiers } from '../item/item.ts'
import { UnitOfMeasure } from '../quantity/unit-of-measure.ts'

/** A lot, batch or serial number with its dates. X12 LIN LT/SN, EDIFACT GIN, UBL ItemInstance. */
export const LotOrSerial = z.strictObject({
  lot: z.string().max(80).optional(),
  serial: z.string().max(80).optional(),
  expiryDate: CalendarDate.optional(),
  /** So much of the line is of this lot, in the line's unit of measure. Absent: the paper does not say. */
  quantity: PositiveDecimal.optional(),
})
export type LotOrSerial = z.infer<typeof LotOrSerial>

/** A handling unit: pallet, carton or inner pack. X12 HL T/P, EDIFACT CPS + PAC, UBL TransportHandlingUnit. */
export const Pack = z.strictObject({
  packId: z.string().min(1).max(80),
  /** Serial shipping container code, 18 digits. X12 MAN GM, EDIFACT GIN BJ. */
  sscc: z
    .string()
    .regex(/^\d{18}$/)
    .optional(),
  parentPackId: z.string().max(80).optional(),
  level: z.enum(['shipment', 'pallet', 'carton', 'inner']),
})
export type Pack = z.infer<typeof Pack>

/** What the supplier says left the dock, of one order line. X12 LIN + SN1, EDIFACT LIN + QTY+12, UBL DespatchLine. */
export const ShipNoticeLine = z.strictObject({
  documentLineNumber: LineNumber,
  orderNumber: OrderNumber,
  orderLineNumber: LineNumber.nullable(),
  scheduleNumber: LineNumber.optional(),
  item: ItemIdentifiers,
  /** In `unitOfMeasure`, before any conversion to the ordered unit. */
  quantityShipped: PositiveDecimal,
  unitOfMeasure: UnitOfMeasure,
  /** All the supplier shipped of the line since its counting began, this notice included. Absent: it does not count on. X12 SN103, EDIFACT QTY+3. */
  quantityCumulative: NonNegativeDecimal.optional(),
  packId: z.string().max(80).optional(),
  lots: z.array(LotOrSerial),
  countryOfOrigin: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
})
export type ShipNoticeLine = z.infer<typeof ShipNoticeLine>

/** Notice of goods on their way, for one order or several. X12 856, EDIFACT DESADV, UBL DespatchAdvice. */
export const ShipNotice = z.strictObject({
  kind: z.literal('ship-notice'),
  ...documentHeaderFields,
  purpose: z.enum(['original', 'replace', 'cancel']),
  shipDate: CalendarDate.nullable(),
  estimatedDeliveryDate: CalendarDate.nullable(),
  shipFrom: z.string().max(120).optional(),
  shipTo: LocationId.nullable(),
  carrier: z.string().max(120).optional(),
  trackingNumber: z.string().max(120).optional(),
  packs: z.array(Pack),
  lines: z.array(ShipNoticeLine).min(1).max(10000),
})
export type ShipNotice = z.infer<typeof ShipNotice>
