import { canConvert, inOrderUnit } from './order-unit.ts'
import type { LinkedLine } from './check.ts'
import {
  addFigures,
  compareFigures,
  divideFigures,
  type Figure,
  isZeroFigure,
  minFigure,
  multiplyFigures,
  readFigure,
  zeroFigure,
} from './figure.ts'
import { valueOf } from './line-price.ts'
import type { ReceiptFact } from './match-input.ts'

/**
 * What an invoice line need not pay because quality control took some of its goods at a lower price, at the order's price
 * and not rounded. Of a receipt that several invoices bill, each has the share of the accepted goods that it bills.
 */
export function remittedValueOf(line: LinkedLine): Figure {
  const reduced = line.receipts.filter(({ quantityRemitted }) => quantityRemitted !== undefined)
  if (reduced.length === 0) return zeroFigure
  let units = zeroFigure
  for (const receipt of reduced) {
    for (const allocation of line.allocations) {
      const isOfReceipt =
        allocation.receiptNumber === receipt.receiptNumber &&
        allocation.receiptLineNumber === receipt.receiptLineNumber
      if (!isOfReceipt) continue
      units = addFigures(units, shareOf(line, receipt, readFigure(allocation.quantity)))
    }
  }
  return isZeroFigure(units) ? zeroFigure : (valueOf(line, units) ?? zeroFigure)
}

function shareOf({ orderLine }: LinkedLine, receipt: ReceiptFact, billed: Figure): Figure {
  const { quantityRemitted, quantityAccepted, quantity, unitOfMeasure, receivedDate: on } = receipt
  if (quantityRemitted === undefined) return zeroFigure
  if (!canConvert(orderLine, unitOfMeasure, orderLine.unitOfMeasure, on)) return zeroFigure
  const remitted = inOrderUnit(orderLine, { quantity: quantityRemitted, unitOfMeasure, on })
  const accepted = inOrderUnit(orderLine, {
    quantity: quantityAccepted ?? quantity,
    unitOfMeasure,
    on,
  })
  if (compareFigures(accepted, zeroFigure) <= 0) return remitted
  return minFigure(remitted, divideFigures(multiplyFigures(billed, remitted), accepted))
}
