import * as z from 'zod'

// Case files are written by others: read leniently, and numbers also where they are not text.
const text = z.union([z.string(), z.number()]).transform(String)
const amounts = z.record(z.string(), text).nullish()

const CaseOrderLine = z.object({
  id: text,
  item: text.nullish(),
  kind: z.string().nullish(),
  orderedQty: text,
  uom: z.string().nullish(),
  price: text,
  pricePer: text.nullish(),
  priceUom: z.string().nullish(),
  priceQtyOrdered: text.nullish(),
  priceType: z.string().nullish(),
  charges: text.nullish(),
  discount: text.nullish(),
  matchLevel: z.string().nullish(),
  receiptBased: z.boolean().nullish(),
  scheduledDate: z.string().nullish(),
  valueLimit: text.nullish(),
  validTo: z.string().nullish(),
  /** One of the order's unit is so many of the other. */
  uomConversions: amounts,
})
export type CaseOrderLine = z.infer<typeof CaseOrderLine>

const CaseOrder = z.object({
  number: text.nullish(),
  supplier: text.nullish(),
  date: z.string().nullish(),
  currency: z.string(),
  rate: text.nullish(),
  lines: z.array(CaseOrderLine),
  charges: amounts,
  plannedCosts: z.record(z.string(), z.object({ amount: text, qty: text })).nullish(),
  expectedTotals: amounts,
})

const CaseReceipt = z.object({
  id: text,
  type: z.string().nullish(),
  date: z.string().nullish(),
  poLine: text,
  qty: text,
  uom: z.string().nullish(),
  priceQty: text.nullish(),
  accepted: text.nullish(),
  rejected: text.nullish(),
  asnQty: text.nullish(),
  inspection: z.string().nullish(),
})
export type CaseReceipt = z.infer<typeof CaseReceipt>

const CaseBilling = z.object({
  id: text.nullish(),
  type: z.string().nullish(),
  lines: z.array(z.object({ poLine: text, qty: text, uom: z.string().nullish(), amount: text })),
})
export type CaseBilling = z.infer<typeof CaseBilling>

const CaseInvoiceLine = z.object({
  poLine: text,
  qty: text,
  uom: z.string().nullish(),
  priceQty: text.nullish(),
  unitPrice: text.nullish(),
  pricePer: text.nullish(),
  amount: text,
  charges: text.nullish(),
  discount: text.nullish(),
  matchedReceipts: z.array(text).nullish(),
})
export type CaseInvoiceLine = z.infer<typeof CaseInvoiceLine>

const CaseInvoice = z.object({
  number: text.nullish(),
  supplier: text.nullish(),
  type: z.string().nullish(),
  date: z.string().nullish(),
  entryDate: z.string().nullish(),
  currency: z.string(),
  rate: text.nullish(),
  lines: z.array(CaseInvoiceLine).nullish(),
  charges: amounts,
  tax: text.nullish(),
  total: text.nullish(),
  totals: amounts,
})

const CaseHistory = z.object({
  supplier: text,
  number: text,
  date: z.string().nullish(),
  total: text.nullish(),
})
export type CaseHistory = z.infer<typeof CaseHistory>

/** A check a case asks for, with its limits and what its failure leads to. */
export const CaseCheck = z.object({
  check: z.string(),
  line: text.nullish(),
  code: z.string().nullish(),
  field: z.string().nullish(),
  tolerance: z.record(z.string(), text.nullish()).nullish(),
  onExceed: z.string().nullish(),
})
export type CaseCheck = z.infer<typeof CaseCheck>

const shown = text.nullish()

/** What a check must come out as; what is left out may be anything, and null must be absent. */
const ExpectedCheck = z.object({
  within: z.boolean(),
  expected: shown,
  actual: shown,
  variance: shown,
  pct: shown,
  varianceAmount: shown,
  associated: z.array(z.tuple([text, text])).optional(),
})
export type ExpectedCheck = z.infer<typeof ExpectedCheck>

/** What a case expects of the invoice as a whole. */
const ExpectedMatch = z.object({
  decision: z.string(),
  holds: z.array(z.string()).optional(),
  exceptions: z.array(z.object({ type: z.string(), owner: z.string().optional() })).optional(),
  resolution: z
    .object({
      action: z.string().optional(),
      qty: shown,
      amount: shown,
      creditMemo: shown,
      poHistoryQty: shown,
      supplierNotice: z.string().nullish(),
    })
    .optional(),
  payable: shown,
  /** A difference that is there and means nothing: the match counts as exact all the same. */
  benignVariance: z.boolean().optional(),
})

/** A worked match case: documents, the checks to make on them, and what comes of it. */
export const MatchCase = z.object({
  id: text,
  profile: z.string(),
  matchLevel: z.string().nullish(),
  policy: z
    .object({
      amountDecimals: z.int().nullish(),
      roundExpectedAmount: z.boolean().nullish(),
    })
    .nullish(),
  po: CaseOrder,
  receipts: z.array(CaseReceipt).nullish(),
  priorInvoices: z.array(CaseBilling).nullish(),
  invoice: CaseInvoice,
  invoiceHistory: z.array(CaseHistory).nullish(),
  /** What the buyer's own tax determination says. */
  systemTax: text.nullish(),
  expected: ExpectedMatch.extend({
    checks: z.array(CaseCheck.extend({ expect: ExpectedCheck })),
  }),
})
export type MatchCase = z.infer<typeof MatchCase>

/** A case without what it expects. */
export type CaseGiven = Omit<MatchCase, 'expected'>

/** A file of worked cases. Each case is read by itself, so that one that cannot be read fails alone. */
export const MatchCaseFile = z.object({ cases: z.array(z.unknown()).min(1) })
