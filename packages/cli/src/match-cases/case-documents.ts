import {
  BillingFact,
  Invoice,
  instant,
  type MatchInput,
  type OrderMatchView,
  PurchaseOrder,
  Receipt,
  RegisteredInvoice,
  ShipNotice,
  viewOrder,
} from '@counterfoil/core'
import type {
  CaseBilling,
  CaseHistory,
  CaseInvoiceLine,
  CaseOrderLine,
  CaseReceipt,
  MatchCase,
} from './match-case.ts'
import { type UnitCodes, unitCodes } from './case-units.ts'

/** What a case does not say, and what is taken then. */
export const caseDefaults = {
  tenant: 'case',
  buyerOrganisation: 'buyer',
  orderNumber: 'order',
  supplier: 'supplier',
  invoiceNumber: 'invoice',
  item: 'item',
  unitOfMeasure: 'EA',
  /** Day of the order; goods arrive on the second and are billed on the third. */
  orderDate: '2026-01-01',
  receivedDate: '2026-01-02',
  invoiceDate: '2026-01-03',
} as const

/** Everything of a match but the policy and the attempt. */
export type CaseDocuments = Omit<MatchInput, 'policy' | 'attempt'>

/** A case without what it expects. */
export type CaseGiven = Omit<MatchCase, 'expected'>

/** The documents of a case as canonical ones. Throws where a document cannot be made of it. */
export function caseDocuments(one: CaseGiven): CaseDocuments {
  const codes = unitCodes()
  const invoice = invoiceOf(one, codes)
  const now = instant(`${invoice.entryDate ?? invoice.invoiceDate}T12:00:00Z`)
  return {
    invoice,
    invoiceKey: `${caseDefaults.tenant}/${one.id}`,
    orders: [orderView(one, invoice, codes)],
    register: (one.invoiceHistory ?? []).map((entry) => registered(entry, invoice)),
    now,
    ...(isGiven(one.systemTax)
      ? { expectedTaxAmount: BillingFact.shape.amount.parse(one.systemTax) }
      : {}),
  }
}

/** The number of each line of a case's invoice: the order line's, which a second line of it goes beyond. */
export function invoiceLineNumbers(lines: readonly CaseInvoiceLine[]): readonly string[] {
  return lines.map(({ poLine }, index) => {
    const before = lines.slice(0, index).filter((line) => line.poLine === poLine).length
    return before === 0 ? poLine : `${poLine}+${before}`
  })
}

function orderView(one: CaseGiven, invoice: Invoice, codes: UnitCodes): OrderMatchView {
  const order = orderOf(one, invoice, codes)
  const counted = (one.receipts ?? []).filter(({ qty }) => !isZero(qty))
  const unitOf = (poLine: string) => one.po.lines.find(({ id }) => id === poLine)?.uom
  const receipts = counted.map((receipt, index) =>
    receiptOf(receipt, {
      order,
      index,
      unit: codes(receipt.uom ?? unitOf(receipt.poLine) ?? unitDefault),
    }),
  )
  const shipNotices = counted.flatMap((receipt, index) => {
    const counting = receipts[index]
    return isGiven(receipt.asnQty) && counting !== undefined && !isZero(receipt.asnQty)
      ? [shipNoticeOf(receipt.asnQty, counting, order)]
      : []
  })
  const billings = (one.priorInvoices ?? []).flatMap((prior, index) =>
    prior.lines.map((line) =>
      billingOf(prior, line, {
        index,
        unit: codes(line.uom ?? unitOf(line.poLine) ?? unitDefault),
      }),
    ),
  )
  return viewOrder({ order, receipts, shipNotices, billings })
}

const unitDefault = caseDefaults.unitOfMeasure

function header(documentNumber: string, supplier: string, day: string) {
  const { tenant, buyerOrganisation } = caseDefaults
  return {
    tenant,
    buyerOrganisation,
    supplier,
    documentNumber,
    revision: 0,
    issuedAt: `${day}T00:00:00Z`,
  }
}

function orderOf({ po, matchLevel }: CaseGiven, invoice: Invoice, codes: UnitCodes): PurchaseOrder {
  const orderNumber = po.number ?? caseDefaults.orderNumber
  return PurchaseOrder.parse({
    kind: 'purchase-order',
    ...header(orderNumber, po.supplier ?? invoice.supplier, po.date ?? caseDefaults.orderDate),
    orderNumber,
    version: 1,
    orderType: 'standard',
    currency: po.currency,
    ...given('exchangeRate', po.rate),
    ...given('matchLevel', levelOf(matchLevel)),
    shipTo: null,
    lines: po.lines.map((line) => orderLineOf(line, codes)),
    charges: chargesOf(po.charges),
    plannedCosts: Object.entries(po.plannedCosts ?? {}).map(([code, { amount, qty }]) => ({
      code,
      amount,
      quantity: qty,
    })),
    ...given('expectedTotals', po.expectedTotals),
  })
}

function orderLineOf(line: CaseOrderLine, codes: UnitCodes) {
  const unitOfMeasure = codes(line.uom ?? unitDefault)
  const conversions = Object.entries(line.uomConversions ?? {})
  return {
    orderLineNumber: line.id,
    lineType: lineTypes[line.kind ?? ''] ?? 'item',
    item: { buyerItem: line.item ?? caseDefaults.item },
    description: line.item ?? caseDefaults.item,
    unitOfMeasure,
    quantityOrdered: line.orderedQty,
    price: {
      amount: line.price,
      perQuantity: line.pricePer ?? '1',
      perUnitOfMeasure: isGiven(line.priceUom) ? codes(line.priceUom) : unitOfMeasure,
      priceType: priceTypes[line.priceType ?? ''] ?? 'firm',
    },
    ...given('pricingQuantityOrdered', line.priceQtyOrdered),
    discountAmount: line.discount ?? '0',
    chargesAmount: line.charges ?? '0',
    ...given('matchLevel', levelOf(line.matchLevel)),
    matchTo: line.receiptBased === true ? 'receipt' : 'order',
    deliveryTolerance: { overPercent: null, underPercent: null, overUnlimited: false },
    unitConversions: conversions.map(([unit, factor]) => ({
      from: unitOfMeasure,
      to: codes(unit),
      numerator: factor,
      denominator: '1',
    })),
    schedules: [
      {
        scheduleNumber: '1',
        quantityOrdered: line.orderedQty,
        deliverNotBefore: null,
        requestedDate: line.scheduledDate ?? null,
        shipTo: null,
      },
    ],
    ...given('valueLimit', line.valueLimit),
    ...given('validTo', line.validTo),
  }
}

type Place = { readonly order: PurchaseOrder; readonly index: number; readonly unit: string }

function receiptOf(receipt: CaseReceipt, { order, index, unit }: Place): Receipt {
  const receivedDate = receipt.date ?? caseDefaults.receivedDate
  const { type } = receipt
  return Receipt.parse({
    kind: 'receipt',
    ...header(receipt.id, order.supplier, receivedDate),
    receiptType: type === 'return' || type === 'reversal' ? type : 'receipt',
    receivedDate,
    location: null,
    lines: [
      {
        documentLineNumber: String(index + 1),
        orderNumber: order.orderNumber,
        orderLineNumber: receipt.poLine,
        ...given('shipNoticeNumber', isGiven(receipt.asnQty) ? `ship notice ${receipt.id}` : null),
        item: {},
        quantity: receipt.qty,
        unitOfMeasure: unit,
        ...given('pricingQuantity', receipt.priceQty),
        quantityAccepted: receipt.accepted ?? null,
        quantityRejected: receipt.rejected ?? null,
        conditions: [],
        lots: [],
        disposition: receipt.inspection === 'pending' ? 'inspection' : 'stock',
        final: false,
      },
    ],
  })
}

function shipNoticeOf(quantityShipped: string, receipt: Receipt, order: PurchaseOrder): ShipNotice {
  const [line] = receipt.lines
  return ShipNotice.parse({
    kind: 'ship-notice',
    ...header(line?.shipNoticeNumber ?? '', order.supplier, receipt.receivedDate),
    purpose: 'original',
    shipDate: null,
    estimatedDeliveryDate: null,
    shipTo: null,
    packs: [],
    lines: [
      {
        documentLineNumber: '1',
        orderNumber: order.orderNumber,
        orderLineNumber: line?.orderLineNumber ?? null,
        item: {},
        quantityShipped,
        unitOfMeasure: line?.unitOfMeasure,
        lots: [],
      },
    ],
  })
}

function billingOf(
  prior: CaseBilling,
  line: CaseBilling['lines'][number],
  { index, unit }: { readonly index: number; readonly unit: string },
): BillingFact {
  return BillingFact.parse({
    invoiceNumber: prior.id ?? `earlier invoice ${index + 1}`,
    invoiceType: invoiceTypeOf(prior.type),
    orderLineNumber: line.poLine,
    quantity: line.qty,
    unitOfMeasure: unit,
    amount: line.amount,
    chargesAmount: '0',
    discountAmount: '0',
  })
}

function invoiceOf({ invoice, po }: CaseGiven, codes: UnitCodes): Invoice {
  const invoiceDate = invoice.date ?? invoice.entryDate ?? caseDefaults.invoiceDate
  const lines = invoice.lines ?? []
  const numbers = invoiceLineNumbers(lines)
  const supplier = invoice.supplier ?? po.supplier ?? caseDefaults.supplier
  const orderNumber = po.number ?? caseDefaults.orderNumber
  return Invoice.parse({
    kind: 'invoice',
    ...header(invoice.number ?? caseDefaults.invoiceNumber, supplier, invoiceDate),
    invoiceType: invoiceTypeOf(invoice.type),
    invoiceDate,
    entryDate: invoice.entryDate ?? null,
    dueDate: null,
    currency: invoice.currency,
    ...given('exchangeRate', invoice.rate),
    lines: lines.map((line, index) => {
      const orderLine = po.lines.find(({ id }) => id === line.poLine)
      const unitOfMeasure = codes(line.uom ?? orderLine?.uom ?? unitDefault)
      return {
        documentLineNumber: numbers[index],
        orderNumber,
        orderLineNumber: line.poLine,
        receiptNumbers: line.matchedReceipts ?? [],
        item: {},
        quantity: line.qty,
        unitOfMeasure,
        ...given('pricingQuantity', line.priceQty),
        ...given('price', priceOf(line, codes, orderLine?.priceUom ?? null, unitOfMeasure)),
        amount: line.amount,
        chargesAmount: line.charges ?? '0',
        discountAmount: line.discount ?? '0',
      }
    }),
    charges: chargesOf(invoice.charges),
    taxes: isGiven(invoice.tax) ? [{ code: 'tax', amount: invoice.tax }] : [],
    allowancesAmount: '0',
    totalAmount: invoice.total ?? null,
    ...given('totals', invoice.totals),
  })
}

function priceOf(
  { unitPrice, pricePer }: CaseInvoiceLine,
  codes: UnitCodes,
  priceUnit: string | null,
  unitOfMeasure: string,
) {
  if (!isGiven(unitPrice)) return null
  return {
    amount: unitPrice,
    perQuantity: pricePer ?? '1',
    perUnitOfMeasure: priceUnit === null ? unitOfMeasure : codes(priceUnit),
    priceType: 'firm',
  }
}

/** The register does not say what kind of invoice it lists, or its currency: as this one, then. */
function registered(entry: CaseHistory, invoice: Invoice): RegisteredInvoice {
  return RegisteredInvoice.parse({
    supplier: entry.supplier,
    supplierName: null,
    invoiceNumber: entry.number,
    invoiceType: invoice.invoiceType,
    invoiceDate: entry.date ?? caseDefaults.invoiceDate,
    totalAmount: entry.total ?? null,
    currency: invoice.currency,
    cancelled: false,
  })
}

function chargesOf(charges: MatchCase['invoice']['charges']) {
  return Object.entries(charges ?? {}).map(([code, amount]) => ({ code, amount }))
}

function invoiceTypeOf(type: string | null | undefined): string {
  const kebab = (type ?? 'standard').replaceAll('_', '-')
  const known = Invoice.shape.invoiceType.options.find((option) => option === kebab)
  return known ?? 'standard'
}

const levels: Readonly<Record<string, string>> = {
  none: 'none',
  totals: 'totals',
  '2way': 'two-way',
  '3way': 'three-way',
  '4way': 'four-way',
}

function levelOf(level: string | null | undefined): string | null {
  return levels[level ?? ''] ?? null
}

const lineTypes: Readonly<Record<string, string>> = {
  item: 'item',
  charge: 'charge',
  service: 'service',
  free_goods: 'free-goods',
}

const priceTypes: Readonly<Record<string, string>> = {
  firm: 'firm',
  estimated: 'estimated',
  contract: 'contract',
  moving_average: 'moving-average',
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined
}

/** A field, or none where the case says nothing. */
function given(name: string, value: unknown): Readonly<Record<string, unknown>> {
  return isGiven(value) ? { [name]: value } : {}
}

function isZero(quantity: string): boolean {
  return /^-?0*(?:\.0*)?$/.test(quantity)
}
