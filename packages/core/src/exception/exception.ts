import * as z from 'zod'
import { Instant } from '../calendar/instant.ts'
import { Decimal } from '../decimal/decimal.ts'
import { Currency } from '../money/currency.ts'
import { Route, PolicyDecision } from '../policy/policy.ts'
import { Discrepancy } from '../discrepancy/discrepancy.ts'

/** Codes of MODEL §5: what can need a person. */
export const ExceptionCode = z.enum([
  'LATE_CONFIRMATION',
  'STALE_VERSION',
  'SUPPLIER_REJECTION',
  'QTY_CHANGE',
  'DATE_CHANGE',
  'PRICE_CHANGE',
  'UOM_CHANGE',
  'SPLIT',
  'SUBSTITUTION',
  'BACKORDER',
  'AT_RISK',
  'MISSING_ASN',
  'LATE_ASN',
  'ASN_OVER',
  'ASN_ITEM',
  'ASN_DATE',
  'ASN_INCOMPLETE',
  'ASN_DUPLICATE',
  'SHIPMENT_DELAY',
  'LOST',
  'RCV_SHORT',
  'RCV_OVER',
  'RCV_OVER_RETURNED',
  'RCV_DAMAGED',
  'RCV_WRONG_ITEM',
  'RCV_QUALITY',
  'RCV_REJECTED',
  'RCV_HOLD',
  'RCV_PACKAGING',
  'RCV_NO_ASN',
  'RCV_EXPIRY',
  'RCV_LOT_SERIAL',
  'RCV_WRONG_UOM',
  'RCV_EARLY',
  'RCV_LATE',
  'RCV_UNORDERED',
  'INVOICE_BEFORE_RECEIPT',
  'QTY_OVER_RECEIVED',
  'QTY_OVER_ORDERED',
  'QTY_UNDER_ORDERED',
  'BILLED_RETURNED_GOODS',
  'SHORT_SHIPMENT',
  'FREE_GOODS_BILLED',
  'QUALITY_PENDING',
  'QUALITY_REJECTED',
  'PRICE_OVER',
  'PRICE_UNDER',
  'PRICE_OVER_ESTIMATE',
  'PRICE_UNIT_MISMATCH',
  'WEIGHT_VARIANCE',
  'DISCOUNT_NOT_GRANTED',
  'AMOUNT_OVER_ORDERED',
  'CHARGE_OVER',
  'UNPLANNED_CHARGE',
  'PREPAYMENT_OVER',
  'PREPAYMENT_OPEN',
  'TAX_OVER',
  'TAX_UNDER',
  'TAX_MISSING',
  'CURRENCY_MISMATCH',
  'FX_VARIANCE',
  'INVOICE_OUT_OF_BALANCE',
  'INVOICE_TOTAL',
  'MISSING_DATA',
  'UNMATCHED_LINE',
  'WRONG_PO',
  'BLOCKED_SUPPLIER',
  'UNVERIFIED_SENDER',
  'BANK_CHANGE',
  'DUPLICATE_SUSPECTED',
  'CREDIT_EXCEEDS_INVOICED',
  'CREDIT_INCOMPLETE',
  'BLANKET_AMOUNT_EXCEEDED',
  'BLANKET_EXPIRED',
  'ITEM_AMOUNT_REVIEW',
  'EARLY_INVOICE',
  'SOR_CONFLICT',
  'WRITEBACK_FAILED',
  'MAPPING_FAILED',
  'MASTER_DATA_MISSING',
  'DEAD_LETTER',
  'CONFLICTING_DOCUMENT',
])
export type ExceptionCode = z.infer<typeof ExceptionCode>

/** Why it happened, set when the case is closed. */
export const RootCause = z.enum([
  'supplier-error',
  'carrier',
  'receiving-error',
  'buyer-error',
  'master-data',
  'contract',
  'system',
  'timing',
  'tax-rule',
  'fraud-suspect',
])
export type RootCause = z.infer<typeof RootCause>

/**
 * What a case is about: an order, one of its lines or schedules, a shipment, an invoice or one of its lines, an agreement or
 * one of its lines, or a document that could not be used.
 */
export const ExceptionSubject = z.strictObject({
  aggregate: z.enum(['order', 'shipment', 'invoice', 'agreement', 'document']),
  key: z.string(),
  line: z.string().optional(),
  schedule: z.string().optional(),
  charge: z.string().optional(),
  field: z.string().optional(),
})
export type ExceptionSubject = z.infer<typeof ExceptionSubject>

/** States of the case lifecycle, MODEL §3.8. */
export const ExceptionState = z.enum([
  'detected',
  'classified',
  'assigned',
  'in-progress',
  'waiting-supplier',
  'waiting-internal',
  'waiting-approval',
  'resolution-proposed',
  'approved',
  'executing',
  'resolved',
  'verified',
  'closed',
  'auto-resolved',
  'bypassed',
  'merged',
])
export type ExceptionState = z.infer<typeof ExceptionState>

/** A case opened for a person because a discrepancy is out of tolerance or something expected did not come. */
export const ExceptionCase = z.strictObject({
  exceptionId: z.string().min(1).max(400),
  code: ExceptionCode,
  subject: ExceptionSubject,
  state: ExceptionState,
  openedAt: Instant,
  /** Measured difference that opened it, when one did. */
  discrepancy: Discrepancy.nullable(),
  /** What is wrong, in words for the owner. */
  sentence: z.string().max(1000),
  route: Route,
  /** Always set: a role from the route, or a person who took it. */
  owner: z.strictObject({ role: z.string(), person: z.string().nullable() }),
  dueAt: Instant,
  /** Since when the clock stands still because the supplier is to answer; absent while it runs. */
  pausedAt: Instant.optional(),
  escalationLevel: z.int().nonnegative(),
  /** Money at stake, in `currency`. */
  exposure: z.strictObject({ amount: Decimal, currency: Currency }).nullable(),
  policy: PolicyDecision,
  /** What its cause looks like before anybody worked on it; the root cause where the settlement names none. */
  classification: z
    .strictObject({
      rootCause: RootCause,
      by: z.string().max(120),
      at: Instant,
      note: z.string().max(2000).nullable(),
    })
    .optional(),
  /** How somebody would settle it; waits to be approved or replaced. */
  proposal: z
    .strictObject({
      code: z.string().max(60),
      by: z.string().max(120),
      at: Instant,
      note: z.string().max(2000).nullable(),
    })
    .optional(),
  resolution: z
    .strictObject({
      code: z.string().max(60),
      by: z.string().max(120),
      at: Instant,
      note: z.string().max(2000).nullable(),
      rootCause: RootCause.nullable(),
    })
    .nullable(),
  /** Linked, separate objects. */
  holdIds: z.array(z.string()),
  disputeIds: z.array(z.string()),
})
export type ExceptionCase = z.infer<typeof ExceptionCase>
