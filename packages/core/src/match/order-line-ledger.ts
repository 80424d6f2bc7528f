import type { Invoice, InvoiceLine, InvoiceType } from '../invoice/invoice.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { Reading } from './check-parameters.ts'
import {
  addFigures,
  type Figure,
  minFigure,
  negateFigure,
  readFigure,
  subtractFigures,
  zeroFigure,
} from './figure.ts'
import type { BillingFact, ReceiptFact } from './match-input.ts'
import { inOrderUnit } from './order-unit.ts'

/** What arrived on an order line, in its unit. */
export type ReceivedFigures = {
  /** Receipts less reversals and returns. */
  readonly received: Figure
  /** Sent back after it was received; a reversal is a wrong booking and does not count here. */
  readonly returned: Figure
  /** Of the net receipts, what quality accepted. Uninspected goods are accepted; goods under inspection are not yet. */
  readonly accepted: Figure
  /** The same as the papers state it: where none says what was accepted, all that was counted. */
  readonly acceptedAsStated: Figure
  readonly rejected: Figure
  /** What the ship notices claimed, and for receipts without one what was counted. */
  readonly claimed: Figure
  readonly isInspectionPending: boolean
}

/** What was billed on an order line, in its unit and the invoice's currency. */
export type BilledFigures = {
  readonly quantity: Figure
  /** Line amounts without line charges and discounts. */
  readonly amount: Figure
  /** Line amounts with line charges, less discounts. */
  readonly netAmount: Figure
}

/** Adds up the receipts of one order line. */
export function receivedOf(line: OrderLine, receipts: readonly ReceiptFact[]): ReceivedFigures {
  let received = zeroFigure
  let returned = zeroFigure
  let accepted = zeroFigure
  let acceptedAsStated = zeroFigure
  let rejected = zeroFigure
  let claimed = zeroFigure
  let isInspectionPending = false
  const refused = refusedGoods(line, receipts)
  for (const receipt of receipts) {
    const quantity = receiptFigure(line, receipt, receipt.quantity)
    const acceptedHere = acceptedFigure(line, receipt, quantity)
    const stated = receiptFigure(line, receipt, receipt.quantityAccepted) ?? quantity
    if (receipt.inspection === 'pending') isInspectionPending = true
    if (receipt.receiptType === 'receipt') {
      const { quantityRejected, quantityOnShipNotice } = receipt
      received = addFigures(received, quantity)
      accepted = addFigures(accepted, acceptedHere)
      acceptedAsStated = addFigures(acceptedAsStated, stated)
      claimed = addFigures(claimed, receiptFigure(line, receipt, quantityOnShipNotice) ?? quantity)
      rejected = addFigures(rejected, receiptFigure(line, receipt, quantityRejected) ?? zeroFigure)
      continue
    }
    received = subtractFigures(received, quantity)
    accepted = subtractFigures(accepted, subtractFigures(acceptedHere, refused.takenBy(receipt)))
    acceptedAsStated = subtractFigures(acceptedAsStated, stated)
    claimed = subtractFigures(claimed, quantity)
    if (receipt.receiptType === 'return') returned = addFigures(returned, quantity)
  }
  return {
    received,
    returned,
    accepted,
    acceptedAsStated,
    rejected,
    claimed,
    isInspectionPending,
  }
}

/**
 * What quality refused goes back before what it accepted: taking a receipt back, or sending goods of it back, takes its
 * refused goods first, and a return that names no receipt takes those of any. A paper that says itself what it takes is
 * believed.
 */
function refusedGoods(line: OrderLine, receipts: readonly ReceiptFact[]) {
  const left = new Map<string, Figure>()
  for (const receipt of receipts) {
    const rejected = receiptFigure(line, receipt, receipt.quantityRejected)
    if (receipt.receiptType !== 'receipt' || rejected === null) continue
    const before = left.get(receipt.receiptNumber) ?? zeroFigure
    left.set(receipt.receiptNumber, addFigures(before, rejected))
  }
  const taken = new Map<ReceiptFact, Figure>()
  const takeBack = (receipt: ReceiptFact, from: Iterable<string>): void => {
    let rest = receiptFigure(line, receipt, receipt.quantity)
    let sum = zeroFigure
    for (const receiptNumber of from) {
      const part = minFigure(rest, left.get(receiptNumber) ?? zeroFigure)
      left.set(receiptNumber, subtractFigures(left.get(receiptNumber) ?? zeroFigure, part))
      rest = subtractFigures(rest, part)
      sum = addFigures(sum, part)
    }
    taken.set(receipt, sum)
  }
  if (left.size > 0) {
    const unsaid = receipts.filter(
      ({ receiptType, quantityAccepted, quantityRejected }) =>
        receiptType !== 'receipt' && quantityAccepted === null && quantityRejected === null,
    )
    for (const receipt of unsaid) {
      const { reversesReceiptNumber: named } = receipt
      if (named !== null && left.has(named)) takeBack(receipt, [named])
    }
    for (const receipt of unsaid) {
      const isReturn = receipt.receiptType === 'return'
      if (isReturn && receipt.reversesReceiptNumber === null) takeBack(receipt, [...left.keys()])
    }
  }
  return { takenBy: (receipt: ReceiptFact): Figure => taken.get(receipt) ?? zeroFigure }
}

function acceptedFigure(line: OrderLine, receipt: ReceiptFact, quantity: Figure): Figure {
  const stated = receiptFigure(line, receipt, receipt.quantityAccepted)
  if (stated !== null) return stated
  // A return under inspection leaves the stock all the same.
  if (receipt.inspection === 'pending' && receipt.receiptType === 'receipt') return zeroFigure
  const rejected = receiptFigure(line, receipt, receipt.quantityRejected)
  return rejected === null ? quantity : subtractFigures(quantity, rejected)
}

function receiptFigure(
  line: OrderLine,
  receipt: ReceiptFact,
  quantity: ReceiptFact['quantity'],
): Figure
function receiptFigure(
  line: OrderLine,
  receipt: ReceiptFact,
  quantity: ReceiptFact['quantity'] | null,
): Figure | null
function receiptFigure(
  line: OrderLine,
  { unitOfMeasure, receivedDate }: ReceiptFact,
  quantity: ReceiptFact['quantity'] | null,
): Figure | null {
  if (quantity === null) return null
  if (unitOfMeasure === line.unitOfMeasure) return readFigure(quantity)
  return inOrderUnit(line, { quantity, unitOfMeasure, on: receivedDate })
}

/** Adds up what earlier invoices, credits and reversals billed on one order line. */
export function billedBefore(
  line: OrderLine,
  billings: readonly BillingFact[],
  reading: Reading,
  on: Invoice['invoiceDate'],
): BilledFigures {
  let billed = nothingBilled
  for (const billing of billings) {
    const sign = signsOf(billing.invoiceType, reading)
    const { quantity, unitOfMeasure } = billing
    billed = {
      quantity: addSigned(
        billed.quantity,
        sign.quantity,
        sign.quantity === 0 ? zeroFigure : inOrderUnit(line, { quantity, unitOfMeasure, on }),
      ),
      amount: addSigned(billed.amount, sign.amount, readFigure(billing.amount)),
      netAmount: addSigned(billed.netAmount, sign.amount, netAmountOf(billing)),
    }
  }
  return billed
}

/** Adds up what lines of the invoice at hand bill on one order line. */
export function billedNow(
  line: OrderLine,
  invoice: Invoice,
  invoiceLines: readonly InvoiceLine[],
  reading: Reading,
): BilledFigures {
  const sign = reading === 'net' ? signsOf(invoice.invoiceType, reading) : plus
  let billed = nothingBilled
  for (const { quantity, unitOfMeasure, ...amounts } of invoiceLines) {
    const stated = { quantity, unitOfMeasure, on: invoice.invoiceDate }
    billed = {
      quantity: addSigned(billed.quantity, sign.quantity, inOrderUnit(line, stated)),
      amount: addSigned(billed.amount, sign.amount, readFigure(amounts.amount)),
      netAmount: addSigned(billed.netAmount, sign.amount, netAmountOf(amounts)),
    }
  }
  return billed
}

const nothingBilled: BilledFigures = {
  quantity: zeroFigure,
  amount: zeroFigure,
  netAmount: zeroFigure,
}

/** A line's amount with its charges, less its discount. */
export function netAmountOf(line: {
  readonly amount: InvoiceLine['amount']
  readonly chargesAmount: InvoiceLine['chargesAmount']
  readonly discountAmount: InvoiceLine['discountAmount']
}): Figure {
  return subtractFigures(
    addFigures(readFigure(line.amount), readFigure(line.chargesAmount)),
    readFigure(line.discountAmount),
  )
}

function addSigned(sum: Figure, sign: Sign, value: Figure): Figure {
  if (sign === 0) return sum
  return addFigures(sum, sign === 1 ? value : negateFigure(value))
}

type Sign = -1 | 0 | 1
type Signs = { readonly quantity: Sign; readonly amount: Sign }

const plus: Signs = { quantity: 1, amount: 1 }
const minus: Signs = { quantity: -1, amount: -1 }

/** True for an invoice that takes back what was billed. */
export function isCrediting(invoiceType: InvoiceType): boolean {
  return signsOf(invoiceType, 'net').amount === -1
}

/** Which way an invoice of that type moves the quantity and the amount billed. */
export function signsOf(invoiceType: InvoiceType, reading: Reading): Signs {
  switch (invoiceType) {
    case 'standard':
    case 'debit':
    case 'self-billed':
    case 'consolidated':
    case 'correction':
      return plus
    case 'credit':
    case 'reversal':
      return minus
    case 'subsequent-debit':
      return { quantity: 0, amount: 1 }
    case 'subsequent-credit':
      return { quantity: 0, amount: -1 }
    case 'cancellation':
      return reading === 'net' ? minus : plus
    case 'prepayment':
      // Paid ahead of any goods: it bills no quantity, and the invoice for the goods settles it.
      return reading === 'net' ? { quantity: 0, amount: 0 } : plus
  }
}
