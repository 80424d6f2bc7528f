import type { Decimal } from '../decimal/decimal.ts'
import { isZeroDecimal } from '../decimal/decimal-arithmetic.ts'
import type { PolicyFacts } from '../policy/policy.ts'
import type { InvoiceContext, LinkedLine, OrderLineContext } from './check.ts'
import type { OrderMatchView } from './match-input.ts'
import { isPricedInOtherUnit } from './line-price.ts'
import type { MatchLevel } from './match-level.ts'
import { receivedOf } from './order-line-sums.ts'

/** What policy rules may look at on the invoice as a whole; `line` is null. */
export function headerFacts(context: InvoiceContext, matchLevel: MatchLevel | null): PolicyFacts {
  const [order] = context.orders
  return {
    invoice: invoiceFact(context, matchLevel),
    order: order === undefined || context.orders.length > 1 ? null : orderFact(order),
    supplier: { id: context.invoice.supplier },
    line: null,
  }
}

/** What policy rules may look at on one invoice line and the order line it bills. */
export function lineFacts(
  line: LinkedLine,
  matchLevel: MatchLevel,
  header: PolicyFacts,
): PolicyFacts {
  const { orderLine, invoiceLine } = line
  const item = { ...orderLine.item, ...invoiceLine.item }
  return {
    invoice: header['invoice'],
    supplier: header['supplier'],
    order: orderFact(line.order),
    item,
    line: {
      number: invoiceLine.documentLineNumber,
      orderNumber: line.order.orderNumber,
      orderLineNumber: orderLine.orderLineNumber,
      lineType: orderLine.lineType,
      priceType: orderLine.price.priceType,
      matchLevel,
      matchTo: orderLine.matchTo,
      item,
      unitOfMeasure: invoiceLine.unitOfMeasure,
      isOtherUnit: invoiceLine.unitOfMeasure !== orderLine.unitOfMeasure,
      hasPricingQuantity: isPricedInOtherUnit(orderLine),
      quantity: invoiceLine.quantity,
      quantityOrdered: orderLine.quantityOrdered,
      amount: invoiceLine.amount,
      price: orderLine.price.amount,
      valueLimit: orderLine.valueLimit ?? null,
      validTo: orderLine.validTo ?? null,
      taxCode: orderLine.taxCode ?? null,
      hasReceiptNumbers: invoiceLine.receiptNumbers.length > 0,
      hasParentLine: orderLine.parentLineNumber !== undefined,
      hasDiscount: isGiven(invoiceLine.discountAmount) || isGiven(orderLine.discountAmount),
      hasCharges: isGiven(invoiceLine.chargesAmount) || isGiven(orderLine.chargesAmount),
      inspection: inspectionOf(line),
    },
  }
}

function invoiceFact({ invoice, orders }: InvoiceContext, matchLevel: MatchLevel | null) {
  return {
    number: invoice.documentNumber,
    type: invoice.invoiceType,
    supplier: invoice.supplier,
    currency: invoice.currency,
    channel: invoice.origin?.channel ?? null,
    invoiceDate: invoice.invoiceDate,
    entryDate: invoice.entryDate,
    dueDate: invoice.dueDate,
    totalAmount: invoice.totalAmount,
    matchLevel,
    correctsInvoice: invoice.correctsInvoiceNumber !== undefined,
    orderCount: orders.length,
    lineCount: invoice.lines.length,
    hasCharges: invoice.charges.length > 0,
    hasTaxes: invoice.taxes.length > 0,
    chargeCodes: invoice.charges.map(({ code }) => code),
    taxCodes: invoice.taxes.map(({ code }) => code),
    totalNames: invoice.totals === undefined ? [] : Object.keys(invoice.totals),
  }
}

function orderFact(order: OrderMatchView) {
  return {
    number: order.orderNumber,
    version: order.orderVersion,
    type: order.orderType,
    supplier: order.supplier,
    currency: order.currency,
    matchLevel: order.matchLevel ?? null,
    attributes: order.attributes,
  }
}

function isGiven(amount: Decimal): boolean {
  return amount !== '0' && !isZeroDecimal(amount)
}

function inspectionOf(line: OrderLineContext): 'none' | 'pending' | 'decided' {
  if (receivedOf(line).isInspectionPending) return 'pending'
  const isDecided = line.receipts.some(({ inspection }) => inspection === 'decided')
  return isDecided ? 'decided' : 'none'
}
