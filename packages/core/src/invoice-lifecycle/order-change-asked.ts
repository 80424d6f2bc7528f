import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  multiplyDecimals,
  subtractDecimals,
  trimDecimal,
} from '../decimal/decimal-arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import type { InvoiceLine } from '../invoice/invoice.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { Remedy } from '../resolution/remedy.ts'
import { currentInvoice } from './current-invoice.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** Digits a unit price is worked out to where the invoice prints none. */
const priceDigits = 10

/** The line of the invoice a case is about; null where it is about all of it. */
export function invoiceLineOf(
  facts: InvoiceFacts,
  { subject }: Pick<ExceptionCase, 'subject'>,
): InvoiceLine | null {
  const lines = currentInvoice(facts)?.lines ?? []
  return lines.find(({ documentLineNumber }) => documentLineNumber === subject.line) ?? null
}

/**
 * The change that makes the order agree with what was billed: the billed price, or as much more as was billed. Null where
 * that cannot be said exactly: the line names no order line, or bills in another unit.
 */
export function orderChangeAsked(
  facts: InvoiceFacts,
  exceptionCase: ExceptionCase,
  field: 'price' | 'quantity',
): NonNullable<Remedy['orderChange']> | null {
  const line = invoiceLineOf(facts, exceptionCase)
  if (line === null || line.orderNumber === null) return null
  const view = facts.answers[line.orderNumber]?.view ?? null
  const orderLine = view?.lines.find(
    ({ orderLineNumber }) => orderLineNumber === line.orderLineNumber,
  )
  if (view === null || orderLine === undefined) return null
  const difference =
    field === 'price' ? priceBilled(line, orderLine) : quantityBilled(exceptionCase, orderLine)
  if (difference === null) return null
  return {
    orderNumber: line.orderNumber,
    basedOnVersion: view.orderVersion,
    differences: [difference],
  }
}

type Difference = NonNullable<Remedy['orderChange']>['differences'][number]

function priceBilled(line: InvoiceLine, { orderLineNumber, price }: OrderLine): Difference | null {
  const { amount: from, perUnitOfMeasure } = price
  const to = printedPrice(line, price) ?? workedOutPrice(line, price)
  if (to === null || compareDecimals(to, from) === 0 || perUnitOfMeasure !== line.unitOfMeasure) {
    return null
  }
  return { path: `lines/${orderLineNumber}/price/amount`, from, to: trimDecimal(to) }
}

function printedPrice({ price: printed }: InvoiceLine, price: OrderLine['price']): Decimal | null {
  const isAlike =
    printed !== undefined &&
    printed.perUnitOfMeasure === price.perUnitOfMeasure &&
    compareDecimals(printed.perQuantity, price.perQuantity) === 0
  return isAlike && compareDecimals(printed.amount, price.amount) !== 0 ? printed.amount : null
}

/** The price that gives the line's amount; null where no price of ten digits does, so that nothing is rounded unseen. */
function workedOutPrice(line: InvoiceLine, price: OrderLine['price']): Decimal | null {
  const quantity = line.pricingQuantity ?? line.quantity
  const whole = multiplyDecimals(line.amount, price.perQuantity)
  const worked = divideDecimals(whole, quantity, priceDigits)
  return compareDecimals(multiplyDecimals(worked, quantity), whole) === 0 ? worked : null
}

function quantityBilled(
  { discrepancy }: ExceptionCase,
  { orderLineNumber, quantityOrdered: from }: OrderLine,
): Difference | null {
  if (discrepancy === null || !('unitOfMeasure' in discrepancy)) return null
  if (!('expected' in discrepancy) || !('actual' in discrepancy)) return null
  const more = subtractDecimals(discrepancy.actual as Decimal, discrepancy.expected as Decimal)
  if (compareDecimals(more, '0' as Decimal) <= 0) return null
  return {
    path: `lines/${orderLineNumber}/quantityOrdered`,
    from,
    to: trimDecimal(addDecimals(from, more)),
  }
}
