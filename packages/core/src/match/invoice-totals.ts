import type { InvoiceContext, LinkedLine } from './check.ts'
import {
  addFigures,
  divideFigures,
  type Figure,
  multiplyFigures,
  readFigure,
  roundFigure,
  subtractFigures,
  zeroFigure,
} from './figure.ts'
import { expectedTax, sumOfAmounts } from './invoice-tax.ts'
import { pricedQuantityOf, quantityOf, unitPriceOf } from './line-price.ts'
import { allowanceFor } from './order-allowance.ts'

/** The totals of an invoice that can be worked out where they are not stated. */
export const totalFields = [
  'balance',
  'totalDiscount',
  'charges',
  'salesTax',
  'roundOff',
  'invoiceAmount',
] as const
type TotalField = (typeof totalFields)[number]

function isTotalField(field: string): field is TotalField {
  return totalFields.some((known) => known === field)
}

/** What a total should be: as the orders state it, else from their prices and the billed quantities; null where neither tells. */
export function expectedTotalOf(context: InvoiceContext, field: string): Figure | null {
  const stated = context.orders.map((order) => order.expectedTotals?.[field])
  const isStated = stated.length > 0 && stated.every((total) => total !== undefined)
  if (isStated) {
    return stated.reduce<Figure>(
      (sum, total) => (total === undefined ? sum : addFigures(sum, readFigure(total))),
      zeroFigure,
    )
  }
  return isTotalField(field) ? workedOutTotal(context, field) : null
}

function workedOutTotal(context: InvoiceContext, field: TotalField): Figure | null {
  switch (field) {
    case 'balance':
      return sumOverLines(context, expectedAmountOf)
    case 'totalDiscount':
      return discountOf(context)
    case 'charges': {
      const onLines = sumOverLines(context, (line) => shareOf(line, line.orderLine.chargesAmount))
      const onOrders = sumOfAmounts(context.orders.flatMap((order) => order.charges))
      return onLines === null ? null : addFigures(onLines, onOrders)
    }
    case 'salesTax':
      return expectedTax(context)
    case 'roundOff':
      return zeroFigure
    case 'invoiceAmount':
      return workedOutInvoiceAmount(context)
  }
}

/** Discounts of the lines, and of the orders as a whole as far as their goods are billed. */
function discountOf(context: InvoiceContext): Figure | null {
  let sum = sumOverLines(context, (line) => shareOf(line, line.orderLine.discountAmount))
  for (const order of context.orders) {
    if (order.allowance === undefined || sum === null) continue
    const linked = context.linked.filter((line) => line.order === order)
    const value = sumOverLines({ ...context, linked }, expectedAmountOf)
    const share = value === null ? null : allowanceFor(order, value)
    sum =
      share === null
        ? null
        : addFigures(sum, roundFigure(share, context.amountPlaces, context.roundingMode))
  }
  return sum
}

function workedOutInvoiceAmount(context: InvoiceContext): Figure | null {
  const [balance, discount, charges, tax] = (
    ['balance', 'totalDiscount', 'charges', 'salesTax'] as const
  ).map((field) => expectedTotalOf(context, field))
  if (!balance || !discount || !charges || !tax) return null
  return addFigures(addFigures(subtractFigures(balance, discount), charges), tax)
}

function sumOverLines(
  { linked }: InvoiceContext,
  valueOf: (line: LinkedLine) => Figure | null,
): Figure | null {
  let sum: Figure | null = zeroFigure
  for (const line of linked) {
    const value = valueOf(line)
    sum = sum === null || value === null ? null : addFigures(sum, value)
  }
  return sum
}

function expectedAmountOf(line: LinkedLine): Figure | null {
  const quantity = pricedQuantityOf(line)
  if (quantity === null) return null
  return rounded(multiplyFigures(quantity, unitPriceOf(line.orderLine)), line)
}

/** The billed quantity's share of an amount that stands for the whole order line. */
function shareOf(line: LinkedLine, amount: LinkedLine['orderLine']['discountAmount']): Figure {
  const ordered = readFigure(line.orderLine.quantityOrdered)
  return rounded(
    divideFigures(multiplyFigures(readFigure(amount), quantityOf(line)), ordered),
    line,
  )
}

function rounded(amount: Figure, { header }: LinkedLine): Figure {
  return roundFigure(amount, header.amountPlaces, header.roundingMode)
}

/** What the invoice says a total is, or what its parts add up to; null where it does not tell. */
export function invoicedTotalOf({ invoice }: InvoiceContext, field: string): Figure | null {
  const stated = invoice.totals?.[field]
  if (stated !== undefined) return readFigure(stated)
  if (!isTotalField(field)) return null
  switch (field) {
    case 'balance':
      return sumOfAmounts(invoice.lines)
    case 'totalDiscount':
      return sumOfAmounts([
        { amount: invoice.allowancesAmount },
        ...invoice.lines.map((line) => ({ amount: line.discountAmount })),
      ])
    case 'charges':
      return sumOfAmounts([
        ...invoice.charges,
        ...invoice.lines.map((line) => ({ amount: line.chargesAmount })),
      ])
    case 'salesTax':
      return sumOfAmounts(invoice.taxes)
    case 'roundOff':
      return zeroFigure
    case 'invoiceAmount':
      return invoice.totalAmount === null ? null : readFigure(invoice.totalAmount)
  }
}
