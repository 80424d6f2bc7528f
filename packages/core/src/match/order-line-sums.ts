import type { Reading } from './check-parameters.ts'
import type { LinkedLine, OrderLineContext, OrderLineSums } from './check.ts'
import {
  type BilledFigures,
  billedBefore as addUpBillings,
  billedNow as addUpLines,
  type ReceivedFigures,
  receivedOf as addUpReceipts,
} from './order-line-ledger.ts'

/** Nothing added up yet. Several checks of a line ask for the same sums; each is made once. */
export function noSums(): OrderLineSums {
  return { received: null, billedBefore: { net: null, 'as-stated': null } }
}

/** What arrived on the order line. */
export function receivedOf({ orderLine, receipts, sums }: OrderLineContext): ReceivedFigures {
  sums.received ??= addUpReceipts(orderLine, receipts)
  return sums.received
}

/** What earlier invoices billed on the order line. */
export function billedBefore(context: OrderLineContext, reading: Reading): BilledFigures {
  const { orderLine, billings, sums, header } = context
  const known = sums.billedBefore[reading]
  if (known !== null) return known
  const billed = addUpBillings(orderLine, billings, reading, header.invoice.invoiceDate)
  sums.billedBefore[reading] = billed
  return billed
}

/** What the invoice bills on the order line: all its lines there, or as stated only the line itself. */
export function billedNow(line: LinkedLine, reading: Reading): BilledFigures {
  const lines = reading === 'net' ? line.siblings : [line.invoiceLine]
  return addUpLines(line.orderLine, line.header.invoice, lines, reading)
}
