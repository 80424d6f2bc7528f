import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { NonNegativeDecimal, PositiveDecimal } from '../decimal/decimal.ts'
import { ItemNumber, SupplierId } from '../identity/identity.ts'
import { Item } from '../item/item.ts'
import { Currency } from '../money/currency.ts'
import { PaymentTerms } from '../purchase-order/purchase-order.ts'
import { UnitConversion } from '../quantity/unit-conversion.ts'
import { UnitAlias, UnitOfMeasure } from '../quantity/unit-of-measure.ts'
import { Party } from '../trading-partner/trading-partner.ts'

const period = {
  /** First day the row holds; from ever when absent. */
  effectiveFrom: CalendarDate.optional(),
  /** Last day the row holds; until the next row of the same key, or for ever, when absent. */
  effectiveTo: CalendarDate.optional(),
} as const
const key = z.string().trim().min(1).max(80)

/** A supplier as the master has it from a day on. */
export const MasterSupplier = z.strictObject({
  supplier: SupplierId,
  name: z.string().max(200),
  /** Other numbers it is known by: of an older ERP, of a merged company, its GLN. Documents that carry one are taken as its own. */
  aliases: z.array(SupplierId).max(100),
  status: Party.shape.status,
  holds: Party.shape.holds,
  bankAccounts: Party.shape.bankAccounts,
  currency: Currency.optional(),
  /** Key of its payment terms; not compared where absent. */
  paymentTerms: key.optional(),
  ...period,
})
export type MasterSupplier = z.infer<typeof MasterSupplier>

/** An article as the master has it from a day on. */
export const MasterItem = z.strictObject({
  ...Item.omit({ tenant: true }).shape,
  /** Other numbers of the buyer's own: of an older item master, or after a renumbering. */
  aliases: z.array(ItemNumber).max(100),
  /** `blocked`: nothing of it is ordered, received or paid; `discontinued`: no new orders. */
  status: z.enum(['active', 'blocked', 'discontinued']),
  ...period,
})
export type MasterItem = z.infer<typeof MasterItem>

/** What a supplier charges for an article from a day on. A scale's price holds from its quantity on, for the whole quantity. */
export const MasterPrice = z.strictObject({
  supplier: SupplierId,
  item: ItemNumber,
  currency: Currency,
  /** The price is for `perQuantity` of this unit. */
  unitOfMeasure: UnitOfMeasure,
  perQuantity: PositiveDecimal,
  scales: z
    .array(
      z.strictObject({
        /** In `unitOfMeasure`; 0 for the first. */
        fromQuantity: NonNegativeDecimal,
        amount: NonNegativeDecimal,
      }),
    )
    .min(1)
    .max(50),
  ...period,
})
export type MasterPrice = z.infer<typeof MasterPrice>

/** Payment terms by their key, from a day on. */
export const MasterTerms = z.strictObject({ key, terms: PaymentTerms, ...period })
export type MasterTerms = z.infer<typeof MasterTerms>

/** The rate of a tax code from a day on. */
export const MasterTaxRate = z.strictObject({
  code: z.string().min(1).max(40),
  /** 19 means 19 %. */
  ratePercent: NonNegativeDecimal,
  ...period,
})
export type MasterTaxRate = z.infer<typeof MasterTaxRate>

/**
 * Master data of one buyer as a file: suppliers, articles, units, prices, terms and taxes, every row for a time. The ERP
 * owns it; Counterfoil only reads it.
 */
export const MasterFile = z.strictObject({
  $schema: z.string().max(400).optional(),
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  /** Of the extract: a number, or the instant it was made. */
  version: z.string().min(1).max(120),
  suppliers: z.array(MasterSupplier).max(100_000),
  items: z.array(MasterItem).max(1_000_000),
  /** Conversions that hold for every item, as twelve to the dozen. */
  unitConversions: z.array(UnitConversion).max(10_000),
  unitAliases: z.array(UnitAlias).max(10_000),
  prices: z.array(MasterPrice).max(2_000_000),
  paymentTerms: z.array(MasterTerms).max(10_000),
  taxRates: z.array(MasterTaxRate).max(10_000),
})
export type MasterFile = z.infer<typeof MasterFile>
