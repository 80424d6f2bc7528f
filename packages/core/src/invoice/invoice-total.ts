import type { Decimal } from '../decimal/decimal.ts'
import { subtractDecimals, sumDecimals } from '../decimal/decimal-arithmetic.ts'
import type { Money } from '../money/money.ts'
import type { Invoice } from './invoice.ts'

/** What the supplier asks for in all: the printed total, else lines, charges and taxes less allowances. */
export function invoiceTotal(invoice: Invoice): Money {
  const amount: Decimal = invoice.totalAmount ?? computedTotal(invoice)
  return { amount, currency: invoice.currency }
}

/** Lines with their charges and discounts, header charges and taxes, less allowances. */
export function computedTotal(invoice: Invoice): Decimal {
  const lines = invoice.lines.map((line) =>
    subtractDecimals(sumDecimals([line.amount, line.chargesAmount]), line.discountAmount),
  )
  const charges = invoice.charges.map((charge) => charge.amount)
  const taxes = invoice.taxes.map((tax) => tax.amount)
  return subtractDecimals(sumDecimals([...lines, ...charges, ...taxes]), invoice.allowancesAmount)
}
