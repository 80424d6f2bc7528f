import type { Invoice, InvoiceLine } from '../invoice/invoice.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import { compareNumbering } from './compare-numbering.ts'
import {
  addFigures,
  type Figure,
  isDecimalFigure,
  isZeroFigure,
  readFigure,
  roundFigure,
  signOfFigure,
  subtractFigures,
  writeFigure,
  zeroFigure,
} from './figure.ts'
import type {
  AllocationRemainder,
  BillingFact,
  OrderMatchView,
  ReceiptAllocation,
  ReceiptFact,
} from './match-input.ts'
import { billedBefore } from './order-line-ledger.ts'
import { inOrderUnit } from './order-unit.ts'
import { capacitiesOf, type ReceiptCapacity, takeFrom, takeFromOne } from './receipt-capacity.ts'

/** Decimal places an allocated quantity is written with where it never ends, as a third of a case. */
export const allocationPlaces = 9

/** What an invoice asks of one order: its lines there, the order's ledger, and what is allocated already. */
export type AllocationQuestion = {
  readonly invoice: Pick<Invoice, 'invoiceType' | 'invoiceDate' | 'lines'>
  readonly order: Pick<OrderMatchView, 'orderNumber' | 'lines' | 'receipts' | 'billings'>
  /** Allocations to other invoices. Billed quantities without one take the oldest receipts. */
  readonly earlier: readonly ReceiptAllocation[]
}

/** Which receipts cover which invoice line, and what of a line no receipt covers. */
export type ReceiptAllocations = {
  readonly allocations: readonly ReceiptAllocation[]
  readonly remainders: readonly AllocationRemainder[]
}

/**
 * Sets receipts of an order aside for the lines of an invoice: first the receipts a line names, then
 * those of the ship notice it names, then the oldest until the billed quantity is covered. A line that
 * is verified against receipts and names some takes no others. What allocations and remainder of a
 * line add up to is its quantity, and no receipt gives more than its net quantity (INV-10). A credit or
 * subsequent debit takes none. Quantities are in the order line's unit; throws `UNIT_NOT_CONVERTIBLE`.
 */
export function allocateReceipts(question: AllocationQuestion): ReceiptAllocations {
  const allocations: ReceiptAllocation[] = []
  const remainders: AllocationRemainder[] = []
  if (!takesReceipts(question.invoice.invoiceType)) return { allocations, remainders }
  const ledger = ledgerOf(question)
  for (const orderLine of question.order.lines) {
    if (!ledger.lines.has(orderLine.orderLineNumber)) continue
    for (const { line, pieces, left } of allocateOrderLine(question, orderLine, ledger)) {
      const place = {
        invoiceLineNumber: line.documentLineNumber,
        orderNumber: question.order.orderNumber,
        orderLineNumber: orderLine.orderLineNumber,
      }
      const written = writePieces(pieces, left)
      for (const { receipt, quantity } of written.pieces) {
        const { receiptNumber, receiptLineNumber } = receipt
        allocations.push({ ...place, receiptNumber, receiptLineNumber, quantity })
      }
      if (written.remainder !== null) remainders.push({ ...place, quantity: written.remainder })
    }
  }
  return { allocations, remainders }
}

function takesReceipts(invoiceType: Invoice['invoiceType']): boolean {
  switch (invoiceType) {
    case 'standard':
    case 'debit':
    case 'self-billed':
    case 'consolidated':
    case 'correction':
      return true
    case 'credit':
    case 'prepayment':
    case 'subsequent-debit':
    case 'subsequent-credit':
    case 'cancellation':
    case 'reversal':
      return false
  }
}

/** What belongs to each order line, by its number. */
type Ledger = {
  readonly lines: ReadonlyMap<string | null, readonly InvoiceLine[]>
  readonly receipts: ReadonlyMap<string, readonly ReceiptFact[]>
  readonly billings: ReadonlyMap<string, readonly BillingFact[]>
  readonly earlier: ReadonlyMap<string, readonly ReceiptAllocation[]>
}

/** The invoice lines are in the order of their numbers, so that their order on the paper changes nothing. */
function ledgerOf({ invoice, order, earlier }: AllocationQuestion): Ledger {
  const lines = invoice.lines
    .filter(({ orderNumber }) => orderNumber === order.orderNumber)
    .toSorted((a, b) => compareNumbering(a.documentLineNumber, b.documentLineNumber))
  const here = earlier.filter(({ orderNumber }) => orderNumber === order.orderNumber)
  return {
    lines: Map.groupBy(lines, ({ orderLineNumber }) => orderLineNumber),
    receipts: Map.groupBy(order.receipts, ({ orderLineNumber }) => orderLineNumber),
    billings: Map.groupBy(order.billings, ({ orderLineNumber }) => orderLineNumber),
    earlier: Map.groupBy(here, ({ orderLineNumber }) => orderLineNumber),
  }
}

/** So much of one receipt. */
type Piece = { readonly receipt: ReceiptFact; readonly quantity: Figure }
type LineAllocation = { readonly line: InvoiceLine; readonly pieces: Piece[]; left: Figure }

function allocateOrderLine(
  { invoice }: AllocationQuestion,
  orderLine: OrderLine,
  ledger: Ledger,
): readonly LineAllocation[] {
  const number = orderLine.orderLineNumber
  const lines = ledger.lines.get(number) ?? []
  const earlierHere = ledger.earlier.get(number) ?? []
  const billings = ledger.billings.get(number) ?? []
  const capacities = capacitiesOf(orderLine, ledger.receipts.get(number) ?? [], earlierHere)
  takeFrom(capacities, billedWithoutReceipt(orderLine, billings, earlierHere, invoice.invoiceDate))
  const results = lines.map((line): LineAllocation => ({
    line,
    pieces: [],
    left: quantityOf(orderLine, line, invoice),
  }))
  // Every line gets what it names before any line takes the oldest receipts.
  for (const result of results) allocate(result, namedBy(result.line, capacities))
  for (const result of results) allocate(result, notifiedBy(result.line, capacities))
  for (const result of results) {
    const isBound = orderLine.matchTo === 'receipt' && result.line.receiptNumbers.length > 0
    if (!isBound) allocate(result, capacities)
  }
  return results
}

/** Quantities billed before that were never set against a receipt; never less than nothing. */
function billedWithoutReceipt(
  orderLine: OrderLine,
  billings: readonly BillingFact[],
  earlier: readonly ReceiptAllocation[],
  on: Invoice['invoiceDate'],
): Figure {
  const billed = billedBefore(orderLine, billings, 'net', on).quantity
  const allocated = earlier.reduce(
    (sum, { quantity }) => addFigures(sum, readFigure(quantity)),
    zeroFigure,
  )
  const rest = subtractFigures(billed, allocated)
  return signOfFigure(rest) > 0 ? rest : zeroFigure
}

function quantityOf(
  orderLine: OrderLine,
  { quantity, unitOfMeasure }: InvoiceLine,
  { invoiceDate }: Pick<Invoice, 'invoiceDate'>,
): Figure {
  return inOrderUnit(orderLine, { quantity, unitOfMeasure, on: invoiceDate })
}

function namedBy({ receiptNumbers }: InvoiceLine, capacities: readonly ReceiptCapacity[]) {
  if (receiptNumbers.length === 0) return []
  const names: ReadonlySet<string> = new Set(receiptNumbers)
  return capacities.filter(({ receipt }) => names.has(receipt.receiptNumber))
}

function notifiedBy({ shipNoticeNumber }: InvoiceLine, capacities: readonly ReceiptCapacity[]) {
  if (shipNoticeNumber === undefined) return []
  return capacities.filter(({ receipt }) => receipt.shipNoticeNumber === shipNoticeNumber)
}

function allocate(result: LineAllocation, capacities: readonly ReceiptCapacity[]): void {
  for (const capacity of capacities) {
    if (signOfFigure(result.left) <= 0) return
    const quantity = takeFromOne(capacity, result.left)
    if (isZeroFigure(quantity)) continue
    result.left = subtractFigures(result.left, quantity)
    result.pieces.push({ receipt: capacity.receipt, quantity })
  }
}

/**
 * Writes the pieces of a line as decimals. Where one never ends, each is the difference of two rounded
 * running sums, so that what is written adds up to the rounded whole.
 */
function writePieces(pieces: readonly Piece[], left: Figure) {
  let sum = zeroFigure
  let written = zeroFigure
  const step = (quantity: Figure): Figure => {
    sum = addFigures(sum, quantity)
    const rounded = isDecimalFigure(sum) ? sum : roundFigure(sum, allocationPlaces, 'half-up')
    const difference = subtractFigures(rounded, written)
    written = rounded
    return difference
  }
  const steps = pieces.map(({ receipt, quantity }) => ({ receipt, quantity: step(quantity) }))
  const remainder = step(left)
  return {
    pieces: steps
      .filter(({ quantity }) => signOfFigure(quantity) > 0)
      .map(({ receipt, quantity }) => ({ receipt, quantity: writeFigure(quantity) })),
    remainder: signOfFigure(remainder) > 0 ? writeFigure(remainder) : null,
  }
}
