import {
  AggregateReference,
  CalendarDate,
  Currency,
  Decimal,
  Dispute,
  Hold,
  Instant,
  InvoiceType,
  Money,
} from '@counterfoil/core'
import { ContractReference, FieldDrift, SystemName } from '@counterfoil/core/system-of-record'
import * as z from 'zod'

/** An order in a list. */
export const OrderSummary = z.strictObject({
  orderKey: z.string(),
  buyerOrganisation: z.string(),
  /** The buyer's number; for goods nobody ordered the supplier they came from. */
  orderNumber: z.string(),
  supplier: z.string().nullable(),
  /** State of the order's header, MODEL §3.1. */
  state: z.string(),
  open: z.boolean(),
  /** The order's own version; null before the order itself came. */
  orderVersion: z.int().positive().nullable(),
  currency: Currency.nullable(),
  openExceptions: z.int().nonnegative(),
  /** The first day anything that is still open is wanted; null when nothing is. */
  nextRequestedDate: CalendarDate.nullable(),
})
export type OrderSummary = z.infer<typeof OrderSummary>

/** A shipment in a list. */
export const ShipmentSummary = z.strictObject({
  shipmentKey: z.string(),
  buyerOrganisation: z.string(),
  supplier: z.string(),
  shipNoticeNumber: z.string(),
  state: z.string(),
  open: z.boolean(),
  orderNumbers: z.array(z.string()),
  estimatedDeliveryDate: CalendarDate.nullable(),
})
export type ShipmentSummary = z.infer<typeof ShipmentSummary>

/** An agreement in a list, with what was released of it. */
export const AgreementSummary = z.strictObject({
  agreementKey: z.string(),
  buyerOrganisation: z.string(),
  agreementNumber: z.string(),
  /** Null before the agreement or any release of it came. */
  supplier: z.string().nullable(),
  agreementType: z.enum(['blanket', 'scheduling']).nullable(),
  state: z.string(),
  open: z.boolean(),
  currency: Currency.nullable(),
  /** Null where the agreement as a whole has none. */
  amountLimit: Decimal.nullable(),
  amountReleased: Decimal.nullable(),
  amountInvoiced: Decimal.nullable(),
  /** The last day on which releases may be ordered. */
  validTo: CalendarDate.nullable(),
  /** Order numbers of its releases. */
  releases: z.array(z.string()),
})
export type AgreementSummary = z.infer<typeof AgreementSummary>

/** A hold as the payables desk sees it: what it stops, why, and what would clear it. */
export const HoldSummary = z.strictObject({ ...Hold.shape, clearedBy: z.string() })
export type HoldSummary = z.infer<typeof HoldSummary>

/** One field that a system says otherwise than it stands here, and since when that is known. */
export const DriftSummary = z.strictObject({
  /** The order or invoice it stands in. */
  aggregate: AggregateReference,
  ...FieldDrift.omit({ taken: true }).shape,
  /** Who says otherwise; null for a connection the contract does not know. */
  system: SystemName.nullable(),
  recordNumber: z.string(),
  contract: ContractReference,
  since: Instant,
})
export type DriftSummary = z.infer<typeof DriftSummary>

/** A dispute as the desk sees it: the talk, where its money is, and until when the supplier has time to answer. */
export const DisputeSummary = z.strictObject({
  ...Dispute.shape,
  invoiceKey: z.string(),
  /** Who answers for its case; null where the case is not there any more. */
  ownerRole: z.string().nullable(),
  /** Null while nobody waits for the supplier. */
  answerDueAt: Instant.nullable(),
  /** Each amount is null where the dispute is about none. */
  balance: z.strictObject({
    claimed: Money.nullable(),
    agreed: Money.nullable(),
    settled: Money.nullable(),
    received: Money.nullable(),
    /** Settled and not come. */
    remaining: Money.nullable(),
    /** Claimed and in no settlement. */
    unsettled: Money.nullable(),
  }),
})
export type DisputeSummary = z.infer<typeof DisputeSummary>

/** An invoice in a list. */
export const InvoiceSummary = z.strictObject({
  invoiceKey: z.string(),
  buyerOrganisation: z.string(),
  supplier: z.string(),
  invoiceNumber: z.string(),
  invoiceType: InvoiceType,
  state: z.string(),
  open: z.boolean(),
  /** The decision of the last matching attempt; null before the first. */
  decision: z.string().nullable(),
  /** Released without a person having touched it. */
  touchless: z.boolean(),
  orderNumbers: z.array(z.string()),
  currency: Currency,
  totalAmount: Decimal.nullable(),
  /** What may be paid; null while nothing may. */
  payableAmount: Decimal.nullable(),
  invoiceDate: CalendarDate,
  dueDate: CalendarDate.nullable(),
  /** Last day on which paying earns the cash discount; null when there is none. */
  discountDate: CalendarDate.nullable(),
  discountAmount: Decimal.nullable(),
  /** Holds that still stop it. */
  holds: z.array(HoldSummary),
})
export type InvoiceSummary = z.infer<typeof InvoiceSummary>
