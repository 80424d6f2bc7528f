import type { OrderLine } from '../purchase-order/order-line.ts'
import {
  type Figure,
  minFigure,
  readFigure,
  signOfFigure,
  subtractFigures,
  zeroFigure,
} from './figure.ts'
import { compareNumbering } from './compare-numbering.ts'
import type { ReceiptAllocation, ReceiptFact } from './match-input.ts'
import { inOrderUnit } from './order-unit.ts'

/** One receipt line and how much of it is still free to be billed, in the order line's unit. */
export type ReceiptCapacity = { readonly receipt: ReceiptFact; free: Figure }

/**
 * The receipts of one order line, oldest first, each with what reversals, returns and earlier
 * allocations left of it. A reversal or return takes from the receipt it names; what it names no
 * receipt for, or more than that receipt has, is taken from the newest.
 */
export function capacitiesOf(
  line: OrderLine,
  facts: readonly ReceiptFact[],
  earlier: readonly ReceiptAllocation[],
): ReceiptCapacity[] {
  const sorted = facts.toSorted(byAge)
  const capacities = sorted
    .filter((fact) => fact.receiptType === 'receipt')
    .map((receipt): ReceiptCapacity => ({ receipt, free: quantityOf(line, receipt) }))
  const newestFirst = capacities.toReversed()
  const byNumber = Map.groupBy(capacities, ({ receipt }) => receipt.receiptNumber)
  for (const fact of sorted) {
    if (fact.receiptType === 'receipt') continue
    const named = byNumber.get(fact.reversesReceiptNumber ?? '') ?? []
    takeFrom(newestFirst, takeFrom(named, quantityOf(line, fact)))
  }
  for (const { receiptNumber, receiptLineNumber, quantity } of earlier) {
    const named = byNumber.get(receiptNumber) ?? []
    const allocated = named.filter(({ receipt }) => receipt.receiptLineNumber === receiptLineNumber)
    takeFrom(allocated, readFigure(quantity))
  }
  return capacities
}

/** Takes a quantity from the receipts in turn, and answers what they could not give. */
export function takeFrom(capacities: readonly ReceiptCapacity[], quantity: Figure): Figure {
  let left = quantity
  for (const capacity of capacities) {
    if (signOfFigure(left) <= 0) break
    left = subtractFigures(left, takeFromOne(capacity, left))
  }
  return left
}

/** Takes up to a quantity from one receipt, and answers how much it gave. */
export function takeFromOne(capacity: ReceiptCapacity, quantity: Figure): Figure {
  if (signOfFigure(capacity.free) <= 0) return zeroFigure
  const taken = minFigure(capacity.free, quantity)
  capacity.free = subtractFigures(capacity.free, taken)
  return taken
}

function quantityOf(line: OrderLine, fact: ReceiptFact): Figure {
  const { quantity, unitOfMeasure, receivedDate } = fact
  return inOrderUnit(line, { quantity, unitOfMeasure, on: receivedDate })
}

function byAge(a: ReceiptFact, b: ReceiptFact): number {
  if (a.receivedDate !== b.receivedDate) return a.receivedDate < b.receivedDate ? -1 : 1
  return (
    compareNumbering(a.receiptNumber, b.receiptNumber) ||
    compareNumbering(a.receiptLineNumber, b.receiptLineNumber)
  )
}
