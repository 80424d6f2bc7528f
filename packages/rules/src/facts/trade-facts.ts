import {
  ApprovalDecisionType,
  CalendarDate,
  Channel,
  Decimal,
  Discrepancy,
  type DiscrepancyKind,
  ExceedEffect,
  ExceptionCode,
  InvoiceType,
  MatchLevel,
  OrderLine,
  PriceType,
  PurchaseOrder,
} from '@counterfoil/core'
import * as z from 'zod'

/** Facts a buyer adds for its own rules (category, contract class, region), by name. Text only. */
const attributes = z.record(z.string(), z.string())

/** The purchase order a question is about. */
export const OrderFact = z.object({
  number: z.string().optional(),
  version: z.int().optional(),
  type: PurchaseOrder.shape.orderType,
  supplier: z.string(),
  currency: z.string(),
  matchLevel: MatchLevel.nullable().optional(),
  /** What its goods cost at the ordered prices; null where that cannot be told. Not given when invoices are matched. */
  value: z.object({ amount: Decimal, currency: z.string() }).nullable().optional(),
  attributes: attributes.optional(),
})

/** The article ordered, billed or received. */
export const ItemFact = z.object({
  buyerItem: z.string().nullable().optional(),
  supplierItem: z.string().nullable().optional(),
  gtin: z.string().nullable().optional(),
  manufacturerItem: z.string().nullable().optional(),
  category: z.string().nullable().optional(),
  /** Kept in the warehouse, as against bought for one job. */
  stocked: z.boolean().nullable().optional(),
  catchWeight: z.boolean().nullable().optional(),
  lotControlled: z.boolean().nullable().optional(),
  serialControlled: z.boolean().nullable().optional(),
  hazardous: z.boolean().nullable().optional(),
  inspection: z.enum(['none', 'sample', 'full']).nullable().optional(),
  attributes: attributes.nullable().optional(),
})

/** The supplier, as the buyer's own files know it. */
export const SupplierFact = z.object({
  id: z.string(),
  class: z.string().nullable().optional(),
  status: z
    .enum(['prospect', 'onboarding', 'certified', 'active', 'on-hold', 'blocked'])
    .nullable()
    .optional(),
  attributes: attributes.nullable().optional(),
})

/** The invoice being matched. */
export const InvoiceFact = z.object({
  number: z.string().optional(),
  type: InvoiceType,
  supplier: z.string(),
  currency: z.string(),
  channel: Channel.nullable().optional(),
  invoiceDate: CalendarDate.optional(),
  entryDate: CalendarDate.nullable().optional(),
  dueDate: CalendarDate.nullable().optional(),
  totalAmount: Decimal.nullable().optional(),
  /** Whether it corrects an earlier invoice it names. */
  correctsInvoice: z.boolean().optional(),
  /** How many orders it bills. */
  orderCount: z.int().optional(),
  lineCount: z.int().optional(),
  hasCharges: z.boolean().optional(),
  hasTaxes: z.boolean().optional(),
  /** Codes of the charges billed on the invoice as a whole. */
  chargeCodes: z.array(z.string()).optional(),
  taxCodes: z.array(z.string()).optional(),
  /** Names of the subtotals printed on it. */
  totalNames: z.array(z.string()).optional(),
  /** The strictest level of its lines. */
  matchLevel: MatchLevel.nullable().optional(),
})

/** The line a question is about: the invoice line together with the order line it bills. Null for the header. */
export const LineFact = z.object({
  /** The invoice line's own number. */
  number: z.string().nullable().optional(),
  orderNumber: z.string().nullable().optional(),
  orderLineNumber: z.string().nullable().optional(),
  lineType: OrderLine.shape.lineType.nullable().optional(),
  priceType: PriceType.nullable().optional(),
  /** The level that holds for the line: its own, else the order's. */
  matchLevel: MatchLevel.nullable().optional(),
  matchTo: OrderLine.shape.matchTo.nullable().optional(),
  item: ItemFact.nullable().optional(),
  unitOfMeasure: z.string().nullable().optional(),
  /** Billed in another unit than ordered. */
  isOtherUnit: z.boolean().nullable().optional(),
  /** Priced in another unit than ordered: catch weight, order price unit. */
  hasPricingQuantity: z.boolean().nullable().optional(),
  quantity: Decimal.nullable().optional(),
  quantityOrdered: Decimal.nullable().optional(),
  amount: Decimal.nullable().optional(),
  price: Decimal.nullable().optional(),
  valueLimit: Decimal.nullable().optional(),
  validTo: CalendarDate.nullable().optional(),
  taxCode: z.string().nullable().optional(),
  hasReceiptNumbers: z.boolean().nullable().optional(),
  hasParentLine: z.boolean().nullable().optional(),
  hasDiscount: z.boolean().nullable().optional(),
  hasCharges: z.boolean().nullable().optional(),
  inspection: z.enum(['none', 'pending', 'decided']).nullable().optional(),
})

/** The planned check limits are asked for. */
export const CheckFact = z.object({
  /** What the matching rules call it. */
  name: z.string(),
  /** The general comparison behind it. */
  check: z.string(),
  code: z.string().nullable().optional(),
  field: z.string().nullable().optional(),
  holdCode: z.string().nullable().optional(),
  onExceed: ExceedEffect.nullable().optional(),
})

const discrepancyKinds: readonly DiscrepancyKind[] = Discrepancy.options.map(
  (option) => option.shape.kind.value,
)

/** A measured difference between two documents. */
export const DiscrepancyFact = z.object({
  kind: z.enum(discrepancyKinds),
  /** Actual less expected, for quantities and amounts. */
  difference: Decimal.nullable().optional(),
  /** The difference in percent of what was expected; null where that is zero. */
  percent: Decimal.nullable().optional(),
  /** Calendar days; above zero is later than expected. */
  differenceDays: z.int().nullable().optional(),
  unitOfMeasure: z.string().nullable().optional(),
  currency: z.string().nullable().optional(),
})

/** The exception a desk is looked for. */
export const ExceptionFact = z.object({
  code: ExceptionCode,
  /** What the failed check leads to; null for what no check found. */
  effect: ExceedEffect.nullable().optional(),
  subject: z
    .object({
      aggregate: z.enum(['order', 'shipment', 'invoice', 'agreement']).nullable().optional(),
    })
    .nullable()
    .optional(),
  /** Money at stake. */
  exposure: z.object({ amount: Decimal, currency: z.string() }).nullable().optional(),
  blocksPayment: z.boolean().nullable().optional(),
})

/** The decision somebody has to approve. */
export const ApprovalFact = z.object({
  decisionType: ApprovalDecisionType,
  /** Money at stake: of a change the value it moves, of a hold the amount held. */
  exposure: z.object({ amount: Decimal, currency: z.string() }).nullable().optional(),
  /** The exposure in the currency the approval matrix is written in, where the host converts it. */
  exposureInMatrixCurrency: Decimal.nullable().optional(),
  /** Roles of the person who asks. */
  requesterRoles: z.array(z.string()).nullable().optional(),
  /** The case it would settle. */
  exceptionCode: ExceptionCode.nullable().optional(),
})

/** What somebody waits for. */
export const WaitingFact = z.object({
  for: z.string(),
})

/** Facts every kind of rule may look at. */
export const commonFacts = {
  order: OrderFact.nullable().optional(),
  invoice: InvoiceFact.nullable().optional(),
  line: LineFact.nullable().optional(),
  item: ItemFact.nullable().optional(),
  supplier: SupplierFact.nullable().optional(),
} as const
