import {
  AcknowledgmentAction,
  CounterfoilError,
  DeliveryTolerance,
  Finding,
  InvoiceType,
  NonNegativeDecimal,
  PurchaseOrder,
  SupplierId,
  UnitOfMeasure,
} from '@counterfoil/core'
import * as z from 'zod'
import { XmlLimits } from './xml/xml-limits.ts'

/** Where a document names its supplier: electronic address, party number, the buyer's own number for it, legal or tax number, name. */
export const SupplierSource = z.enum([
  'endpoint',
  'party-identification',
  'customer-assigned',
  'legal-company',
  'tax-company',
  'name',
])
export type SupplierSource = z.infer<typeof SupplierSource>

/** How a partner's UBL is read. Everything has a default; a partner profile changes what that partner does otherwise. */
export const UblSettings = z
  .strictObject({
    /** The severity of single rules by name: `{ "ubl-line-amount": "info" }`. */
    severities: z.record(z.string(), Finding.shape.severity).default({}),
    /** Units the partner writes in its own way, before the built-in table: `{ "Karton": "XCT" }`. */
    units: z.record(z.string(), UnitOfMeasure).default({}),
    /** Unit of a quantity that names none; `null` makes such a document unusable. */
    unitWhenMissing: UnitOfMeasure.nullable().default(UnitOfMeasure.parse('C62')),
    /** Charge codes by AllowanceChargeReasonCode, which otherwise stays as it is: `{ "FC": "FREIGHT" }`. */
    chargeCodes: z.record(z.string(), z.string().min(1).max(80)).default({}),
    /** The buyer's supplier numbers by `scheme:number`, number or name in the document: `{ "0088:7300010000001": "V-100" }`. */
    suppliers: z.record(z.string(), SupplierId).default({}),
    /** Which of the supplier's numbers counts, first one present, when the connection belongs to no supplier. */
    supplierSources: z
      .array(SupplierSource)
      .min(1)
      .default([...SupplierSource.options]),
    /** How far a line's amount may be from quantity x price + charges - allowances before somebody is told; Peppol's figure. */
    lineAmountSlack: NonNegativeDecimal.default(NonNegativeDecimal.parse('0.02')),
    /** How far a total may be from what its parts come to before somebody is told. */
    totalsSlack: NonNegativeDecimal.default(NonNegativeDecimal.parse('0.02')),
    limits: XmlLimits.prefault({}),
    order: z
      .strictObject({
        /** What OrderTypeCode means for this partner, before UNTDID 1001: `{ "402": "drop-ship" }`. */
        typeCodes: z.record(z.string(), PurchaseOrder.shape.orderType).default({}),
        /** What invoices are verified against, which UBL does not say. */
        matchTo: z.enum(['order', 'receipt']).default('order'),
        /** How much more or less may come where the line sets no MinimumQuantity and MaximumQuantity; not checked unless set. */
        deliveryTolerance: DeliveryTolerance.default({
          overPercent: null,
          underPercent: null,
          overUnlimited: false,
        }),
      })
      .prefault({}),
    acknowledgment: z
      .strictObject({
        /** What OrderResponseCode means for this partner, before Peppol and UNTDID 4343 and 1225. */
        responseCodes: z
          .record(z.string(), z.enum(['received', 'accepted', 'accepted-with-changes', 'rejected']))
          .default({}),
        /** What LineStatusCode means for this partner, before UNTDID 1229: `{ "3": "hold" }`. */
        statusCodes: z.record(z.string(), AcknowledgmentAction).default({}),
        /** What silence about a line means, whatever OrderResponseCode says. */
        unlistedLines: z.enum(['accepted', 'rejected', 'unanswered']).optional(),
      })
      .prefault({}),
    invoice: z
      .strictObject({
        /** What InvoiceTypeCode and CreditNoteTypeCode mean for this partner, before UNTDID 1001: `{ "SATIS": "standard" }`. */
        typeCodes: z.record(z.string(), InvoiceType).default({}),
        /**
         * A line of the other sign than its invoice: `allowance` takes its amount off the total and says so;
         * `refuse` quarantines the invoice.
         */
        negativeLines: z.enum(['allowance', 'refuse']).default('allowance'),
        /** What an Invoice is whose lines come to less than nothing: it gives money back, or it corrects. */
        negativeInvoice: z.enum(['credit', 'correction']).default('credit'),
      })
      .prefault({}),
  })
  .readonly()
export type UblSettings = z.infer<typeof UblSettings>

/** Settings as they are written: whatever is left out takes its default. */
export type UblSettingsInput = z.input<typeof UblSettings>

/** Fills in the defaults. Throws `SETTINGS_INVALID` with the first wrong place. */
export const readUblSettings = (settings: UblSettingsInput): UblSettings => {
  const parsed = UblSettings.safeParse(settings)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const place = issue?.path.join('.') ?? ''
  throw new CounterfoilError(
    'SETTINGS_INVALID',
    `cannot use the UBL settings at \`${place}\`: ${issue?.message ?? 'not as described'}`,
    { details: { place } },
  )
}
