import type { Decimal } from '../decimal/decimal.ts'
import { parseExact } from '../decimal/exact.ts'
import type { RoundingMode } from '../decimal/rounding-mode.ts'
import type { Invoice, InvoiceLine } from '../invoice/invoice.ts'
import { minorUnitsOf } from '../money/currency.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import {
  addFigures,
  type Figure,
  percentOfFigure,
  readFigure,
  roundFigure,
  writeFigure,
  zeroFigure,
} from './figure.ts'
import { netAmountOf } from './order-line-ledger.ts'
import type { TaxRule, TaxTable } from './tax-table.ts'

/** What one tax code comes to on an invoice, in the invoice's currency. */
export type DeterminedTax = {
  readonly code: string
  /** Null for a code the table does not have. */
  readonly treatment: TaxRule['treatment'] | null
  readonly taxableAmount: Decimal
  /** What the supplier bills: nothing under reverse charge. */
  readonly expectedAmount: Decimal
  readonly billedAmount: Decimal
  /** What the buyer declares itself. */
  readonly selfAssessedAmount: Decimal
}

/** An invoice with the order lines it bills, and how its amounts are rounded. */
type TaxedInvoice = {
  readonly invoice: Invoice
  readonly linked: readonly {
    readonly orderLine: Pick<OrderLine, 'taxCode'>
    readonly invoiceLine: InvoiceLine
  }[]
  readonly amountPlaces: number
  readonly roundingMode: RoundingMode
}

/**
 * Works out the taxes of an invoice, by the code of the order line that each line bills and of its header charges: what the
 * supplier should bill of each, and what the buyer has to declare itself. A line whose order line is not known bears none.
 */
export function determineTaxes(asked: {
  readonly invoice: Invoice
  readonly orders: readonly Pick<PurchaseOrder, 'orderNumber' | 'lines'>[]
  readonly table: TaxTable
  readonly roundingMode?: RoundingMode
}): readonly DeterminedTax[] {
  const { invoice, orders, table, roundingMode = 'half-up' } = asked
  const lines = new Map(
    orders.flatMap(({ orderNumber, lines: own }) =>
      own.map((line) => [JSON.stringify([orderNumber, line.orderLineNumber]), line] as const),
    ),
  )
  const linked = invoice.lines.flatMap((invoiceLine) => {
    const { orderNumber, orderLineNumber } = invoiceLine
    const orderLine = lines.get(JSON.stringify([orderNumber, orderLineNumber]))
    return orderLine === undefined ? [] : [{ orderLine, invoiceLine }]
  })
  const places = minorUnitsOf(invoice.currency)
  const context = { invoice, linked, amountPlaces: places, roundingMode }
  return taxCodesOf(context, table).map((code) => {
    const { whole, base, billed, rule } = figuresOf(context, table, code)
    const { expected, selfAssessed } = sharesOf(rule, whole, billed)
    return {
      code,
      treatment: rule?.treatment ?? null,
      taxableAmount: writeFigure(base, places),
      expectedAmount: writeFigure(expected, places),
      billedAmount: writeFigure(billed, places),
      selfAssessedAmount: writeFigure(selfAssessed, places),
    }
  })
}

/** The codes of the lines and charges of an invoice and of the taxes it bills, each once, sorted. */
export function taxCodesOf({ invoice, linked }: TaxedInvoice, table: TaxTable): readonly string[] {
  const codes = new Set<string>(invoice.taxes.map(({ code }) => code))
  for (const { orderLine } of linked) {
    if (orderLine.taxCode !== undefined) codes.add(orderLine.taxCode)
  }
  if (table.chargesCode !== undefined && invoice.charges.length > 0) codes.add(table.chargesCode)
  return [...codes].toSorted()
}

/** What the supplier should bill of a code, and what it bills. */
export function taxOfCode(
  context: TaxedInvoice,
  table: TaxTable,
  code: string,
): { readonly expected: Figure; readonly billed: Figure } {
  const { whole, billed, rule } = figuresOf(context, table, code)
  return { expected: sharesOf(rule, whole, billed).expected, billed }
}

function figuresOf(context: TaxedInvoice, table: TaxTable, code: string) {
  const { invoice, linked, amountPlaces, roundingMode } = context
  const rule = table.taxes.find((one) => one.code === code)
  const amounts = linked
    .filter(({ orderLine }) => orderLine.taxCode === code)
    .map(({ invoiceLine }) => netAmountOf(invoiceLine))
  const charges = invoice.charges
    .filter(() => table.chargesCode === code)
    .map(({ amount }) => readFigure(amount))
  const parts = [...amounts, ...charges]
  const base = parts.reduce(addFigures, zeroFigure)
  const taxOn = (amount: Figure): Figure =>
    rule === undefined
      ? zeroFigure
      : roundFigure(
          percentOfFigure(amount, parseExact(rule.ratePercent)),
          amountPlaces,
          roundingMode,
        )
  const whole =
    table.rounding === 'document' ? taxOn(base) : parts.map(taxOn).reduce(addFigures, zeroFigure)
  const billed = invoice.taxes
    .filter((tax) => tax.code === code)
    .map(({ amount }) => readFigure(amount))
    .reduce(addFigures, zeroFigure)
  return { whole, base, billed, rule }
}

function sharesOf(
  rule: TaxRule | undefined,
  whole: Figure,
  billed: Figure,
): { readonly expected: Figure; readonly selfAssessed: Figure } {
  switch (rule?.treatment) {
    case 'charged':
      return { expected: whole, selfAssessed: zeroFigure }
    case 'reverse-charge':
      return { expected: zeroFigure, selfAssessed: whole }
    case 'self-assess':
      return isNothing(billed)
        ? { expected: zeroFigure, selfAssessed: whole }
        : { expected: whole, selfAssessed: zeroFigure }
    case undefined:
      return { expected: zeroFigure, selfAssessed: zeroFigure }
  }
}

function isNothing({ numerator }: Figure): boolean {
  return numerator.mantissa === 0
}
