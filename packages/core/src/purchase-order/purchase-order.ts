import * as z from 'zod'
import { Instant } from '../calendar/instant.ts'
import { Decimal, NonNegativeDecimal, PositiveDecimal } from '../decimal/decimal.ts'
import { documentHeaderFields } from '../document/document-header.ts'
import { DocumentNumber, LocationId, OrderNumber } from '../identity/identity.ts'
import { MatchLevel } from '../match/match-level.ts'
import { Currency } from '../money/currency.ts'
import { Charge, OrderLine, PlannedCost } from './order-line.ts'

/** When payment is due and what paying early earns. X12 ITD, EDIFACT PAT. */
export const PaymentTerms = z.strictObject({
  netDays: z.int().nonnegative().nullable(),
  discountPercent: PositiveDecimal.nullable(),
  discountDays: z.int().nonnegative().nullable(),
})
export type PaymentTerms = z.infer<typeof PaymentTerms>

/** What the buyer pays before any goods come: a share of the goods' value, or an amount. */
export const PrepaymentTerms = z.union([
  z.strictObject({ percent: PositiveDecimal }),
  z.strictObject({ amount: PositiveDecimal }),
])
export type PrepaymentTerms = z.infer<typeof PrepaymentTerms>

/** Who approved an order in the system it comes from, as what, and when. */
export const OrderApproval = z.strictObject({
  approvedBy: z.string().min(1).max(120).meta({ 'x-personal': 'name' }),
  approvedAt: Instant,
  role: z.string().min(1).max(60).optional(),
})
export type OrderApproval = z.infer<typeof OrderApproval>

/** The invoice totals an order leads its buyer to expect, for matching at level `totals`. */
export const ExpectedTotals = z.record(z.string().max(60), Decimal)

/** What the buyer ordered, in one version. X12 850, EDIFACT ORDERS, UBL Order. `documentNumber` equals `orderNumber`. */
export const PurchaseOrder = z.strictObject({
  kind: z.literal('purchase-order'),
  ...documentHeaderFields,
  orderNumber: OrderNumber,
  /** 1 for the first issue; every change after sending makes the next. */
  version: z.int().positive(),
  revisionReason: z.string().max(400).optional(),
  orderType: z.enum([
    'standard',
    'blanket-release',
    'scheduling-release',
    'consignment',
    'drop-ship',
    'subcontract',
    'return',
    'service',
  ]),
  currency: Currency,
  /** The agreement it is released from. Absent: an order of its own. X12 REF BC or CT, EDIFACT RFF+CT, UBL ContractDocumentReference. */
  agreementNumber: DocumentNumber.optional(),
  /** Whom a drop shipment goes to, and for which of the buyer's own sales orders. Absent: to the buyer. X12 N1*ST, EDIFACT NAD+UC. */
  customer: z
    .strictObject({
      customerNumber: z.string().trim().min(1).max(80),
      salesOrderNumber: z.string().trim().min(1).max(80).optional(),
    })
    .optional(),
  /** Units of accounting currency for one unit of `currency`. */
  exchangeRate: PositiveDecimal.optional(),
  incoterm: z.string().max(60).optional(),
  paymentTerms: PaymentTerms.optional(),
  /** Absent: nothing is to be paid in advance. */
  prepaymentTerms: PrepaymentTerms.optional(),
  matchLevel: MatchLevel.optional(),
  shipTo: LocationId.nullable(),
  lines: z.array(OrderLine).min(1).max(5000),
  charges: z.array(Charge),
  plannedCosts: z.array(PlannedCost),
  /** What is taken off the order as a whole; nothing where absent. X12 SAC with indicator A, EDIFACT ALC+A, UBL AllowanceCharge. */
  allowancesAmount: NonNegativeDecimal.optional(),
  expectedTotals: ExpectedTotals.optional(),
  /** Approvals given elsewhere: a draft that carries one needs none here. Absent where nothing is known of them. */
  approvals: z.array(OrderApproval).max(50).optional(),
  /** Facts the host adds for its own rules (category, supplier class, legal entity); text only. */
  attributes: z.record(z.string().max(60), z.string().max(200)).optional(),
})
export type PurchaseOrder = z.infer<typeof PurchaseOrder>
