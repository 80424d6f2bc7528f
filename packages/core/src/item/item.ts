import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { ItemNumber, TenantId } from '../identity/identity.ts'
import { UnitConversion } from '../quantity/unit-conversion.ts'
import { UnitOfMeasure } from '../quantity/unit-of-measure.ts'

/** Every number a trading partner may call an item by. X12 235/234 pairs, EDIFACT 7143/7140, UBL *ItemIdentification. */
export const ItemIdentifiers = z.strictObject({
  /** X12 BP or IN, EDIFACT BP or IN, UBL BuyersItemIdentification. */
  buyerItem: ItemNumber.optional(),
  /** X12 VN or VP, EDIFACT SA, UBL SellersItemIdentification. */
  supplierItem: z.string().min(1).max(80).optional(),
  /** Further numbers the supplier knows it by, as for other packs or after a renumbering; any of them means it. */
  otherSupplierItems: z.array(z.string().min(1).max(80)).max(50).optional(),
  /** GTIN-8 to GTIN-14, digits only. X12 UP, EN, UK; EDIFACT EN or SRV; UBL StandardItemIdentification 0160. */
  gtin: z
    .string()
    .regex(/^\d{8}(\d{4,6})?$/)
    .optional(),
  /** X12 MG or MF, EDIFACT MF. */
  manufacturerItem: z.string().min(1).max(80).optional(),
})
export type ItemIdentifiers = z.infer<typeof ItemIdentifiers>

/** Another item that may be shipped instead, for a time, one way or both ways. */
export const Substitute = z.strictObject({
  item: ItemNumber,
  twoWay: z.boolean(),
  effectiveFrom: CalendarDate,
  effectiveTo: CalendarDate.optional(),
})
export type Substitute = z.infer<typeof Substitute>

/** What goods of an item need to be traced and used, where somebody knows it; what is absent is not asked for. */
export const ItemControl = z.strictObject({
  lotControlled: z.boolean().optional(),
  serialControlled: z.boolean().optional(),
  /** Days that have to be left before goods expire, on the day they are received. */
  shelfLifeDaysMin: z.int().nonnegative().optional(),
})
export type ItemControl = z.infer<typeof ItemControl>

/** What the buyer's item master says about an article. The ERP owns it; Counterfoil only reads it. */
export const Item = z.strictObject({
  tenant: TenantId,
  item: ItemNumber,
  description: z.string().max(400),
  identifiers: ItemIdentifiers,
  stockUnit: UnitOfMeasure,
  unitConversions: z.array(UnitConversion),
  /** Sold by count, priced by weight. */
  catchWeight: z.boolean(),
  lotControlled: z.boolean(),
  serialControlled: z.boolean(),
  shelfLifeDaysMin: z.int().nonnegative().nullable(),
  inspection: z.enum(['none', 'sample', 'full']),
  hazardous: z.boolean(),
  substitutes: z.array(Substitute),
})
export type Item = z.infer<typeof Item>
