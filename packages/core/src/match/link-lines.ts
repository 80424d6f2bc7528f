import type { InvoiceLine } from '../invoice/invoice.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import { allocateReceipts } from './allocate-receipts.ts'
import type { InvoiceContext, LinkedLine, OrderLineContext } from './check.ts'
import type {
  AllocationRemainder,
  BillingFact,
  OrderMatchView,
  ReceiptAllocation,
  ReceiptFact,
} from './match-input.ts'
import { readFigure, signOfFigure, subtractFigures, writeFigure } from './figure.ts'
import { quantityOf } from './line-price.ts'
import { noSums } from './order-line-sums.ts'
import { canConvert } from './order-unit.ts'

/** An invoice line that cannot be compared with an order line, and why. */
export type UnlinkedLine = {
  readonly invoiceLine: InvoiceLine
  readonly reason: 'no-order-line' | 'other-supplier' | 'unit'
  readonly sentence: string
  /** What stands in the way: what the order says and what the invoice says. */
  readonly expectedText: string | null
  readonly actualText: string | null
}

/** The lines of an invoice, each joined to the order line it bills where that can be. */
export type LinkedLines = {
  readonly linked: readonly LinkedLine[]
  readonly unlinked: readonly UnlinkedLine[]
  readonly allocations: readonly ReceiptAllocation[]
  readonly remainders: readonly AllocationRemainder[]
}

/** Finds for each invoice line the order line it bills, what arrived and was billed there, and its receipts. */
export function linkLines(header: InvoiceContext): LinkedLines {
  const indexes = new Map<string, OrderIndex>(
    header.orders.map((order) => [order.orderNumber, indexOf(order)]),
  )
  const found = header.invoice.lines.map((invoiceLine) =>
    findOrderLine(header, invoiceLine, indexes.get(invoiceLine.orderNumber ?? noOrder)),
  )
  const unlinked = found.filter(isUnlinked)
  const contexts = found.filter((one): one is FoundLine => !isUnlinked(one))
  const { allocations, remainders } = allocateLines(header, contexts)
  const allocationsOf = Map.groupBy(allocations, ({ invoiceLineNumber }) => invoiceLineNumber)
  const linesOf = Map.groupBy(contexts, ({ orderLine }) => orderLine)
  const linked = contexts.map((one): LinkedLine => {
    const siblings = linesOf.get(one.orderLine) ?? []
    return {
      ...one,
      siblings: siblings.map(({ invoiceLine }) => invoiceLine),
      allocations: allocationsOf.get(one.invoiceLine.documentLineNumber) ?? [],
    }
  })
  return { linked, unlinked, allocations, remainders }
}

/** An order with what belongs to each of its lines, so that a long invoice does not search for it again and again. */
type OrderIndex = {
  readonly order: OrderMatchView
  readonly lines: ReadonlyMap<string, OrderLine>
  readonly receipts: ReadonlyMap<string, readonly ReceiptFact[]>
  readonly billings: ReadonlyMap<string, readonly BillingFact[]>
}

function indexOf(order: OrderMatchView): OrderIndex {
  return {
    order,
    lines: new Map(order.lines.map((line) => [line.orderLineNumber, line])),
    receipts: Map.groupBy(order.receipts, ({ orderLineNumber }) => orderLineNumber),
    billings: Map.groupBy(order.billings, ({ orderLineNumber }) => orderLineNumber),
  }
}

// No order has the number of a line that names none.
const noOrder = ''

type FoundLine = OrderLineContext & { readonly invoiceLine: InvoiceLine }

function isUnlinked(one: FoundLine | UnlinkedLine): one is UnlinkedLine {
  return 'reason' in one
}

function findOrderLine(
  header: InvoiceContext,
  invoiceLine: InvoiceLine,
  index: OrderIndex | undefined,
): FoundLine | UnlinkedLine {
  const stranger = index === undefined ? null : otherSupplier(header, invoiceLine, index)
  if (stranger !== null) return stranger
  const orderLine = index?.lines.get(invoiceLine.orderLineNumber ?? noOrder)
  if (index === undefined || orderLine === undefined) return unlinkedBecause(invoiceLine, index)
  const context = contextOf(header, orderLine, index)
  return unitProblem(context, invoiceLine) ?? { ...context, invoiceLine }
}

/** An order line with the receipts and billings that are its own. */
export function orderLineContext(
  header: InvoiceContext,
  order: OrderMatchView,
  orderLine: OrderLine,
): OrderLineContext {
  return contextOf(header, orderLine, indexOf(order))
}

function contextOf(
  header: InvoiceContext,
  orderLine: OrderLine,
  { order, receipts, billings }: OrderIndex,
): OrderLineContext {
  return {
    header,
    order,
    orderLine,
    receipts: receipts.get(orderLine.orderLineNumber) ?? [],
    billings: billings.get(orderLine.orderLineNumber) ?? [],
    sums: noSums(),
  }
}

function unlinkedBecause(invoiceLine: InvoiceLine, index: OrderIndex | undefined): UnlinkedLine {
  const { documentLineNumber, orderNumber, orderLineNumber } = invoiceLine
  const what =
    orderNumber === null
      ? 'names no order'
      : index === undefined
        ? `names order ${orderNumber}, which is not known`
        : `names line ${orderLineNumber ?? '(none)'} of order ${orderNumber}, which has no such line`
  const sentence = `invoice line ${documentLineNumber} ${what}`
  const actualText = `${orderNumber ?? ''} / ${orderLineNumber ?? ''}`
  return { invoiceLine, reason: 'no-order-line', sentence, expectedText: null, actualText }
}

/** What another supplier bills has nothing on the order to be compared with. */
function otherSupplier(
  { invoice }: InvoiceContext,
  invoiceLine: InvoiceLine,
  { order }: OrderIndex,
): UnlinkedLine | null {
  const { supplier } = invoice
  if (order.supplier === supplier) return null
  return {
    invoiceLine,
    reason: 'other-supplier',
    sentence: `order ${order.orderNumber} was placed with supplier ${order.supplier}, and supplier ${supplier} bills it`,
    expectedText: order.supplier,
    actualText: supplier,
  }
}

/** The first unit on the papers of a line that no recorded conversion leads to the order's from. */
function unitProblem(context: OrderLineContext, invoiceLine: InvoiceLine): UnlinkedLine | null {
  const { orderLine, receipts, billings, header } = context
  const to = orderLine.unitOfMeasure
  const { invoiceDate } = header.invoice
  const stated = [
    { unitOfMeasure: invoiceLine.unitOfMeasure, on: invoiceDate },
    ...receipts.map(({ unitOfMeasure, receivedDate: on }) => ({ unitOfMeasure, on })),
    ...billings.map(({ unitOfMeasure }) => ({ unitOfMeasure, on: invoiceDate })),
  ]
  const problem = stated.find(
    ({ unitOfMeasure, on }) => !canConvert(orderLine, unitOfMeasure, to, on),
  )
  if (problem === undefined) return null
  const from = problem.unitOfMeasure
  return {
    invoiceLine,
    reason: 'unit',
    sentence: `no conversion leads from ${from} to ${to} on order line ${orderLine.orderLineNumber}`,
    expectedText: to,
    actualText: from,
  }
}

/** The receipts each order set aside for this invoice; where it set none aside, they are allocated here. */
function allocateLines(header: InvoiceContext, lines: readonly FoundLine[]) {
  const allocations: ReceiptAllocation[] = []
  const remainders: AllocationRemainder[] = []
  for (const order of header.orders) {
    const here = lines.filter((line) => line.order === order)
    if (here.length === 0) continue
    const answer =
      order.allocations.length > 0 ? setAside(order, here) : allocatedHere(header, order, here)
    allocations.push(...answer.allocations)
    remainders.push(...answer.remainders)
  }
  return { allocations, remainders }
}

function allocatedHere(header: InvoiceContext, order: OrderMatchView, lines: readonly FoundLine[]) {
  return allocateReceipts({
    invoice: { ...header.invoice, lines: lines.map(({ invoiceLine }) => invoiceLine) },
    order: { ...order, lines: [...new Set(lines.map(({ orderLine }) => orderLine))] },
    earlier: [],
  })
}

function setAside({ orderNumber, allocations }: OrderMatchView, lines: readonly FoundLine[]) {
  const ofLine = Map.groupBy(allocations, ({ invoiceLineNumber }) => invoiceLineNumber)
  const remainders = lines.flatMap((line): readonly AllocationRemainder[] => {
    const { documentLineNumber: invoiceLineNumber } = line.invoiceLine
    const left = (ofLine.get(invoiceLineNumber) ?? []).reduce(
      (rest, { quantity }) => subtractFigures(rest, readFigure(quantity)),
      quantityOf({ ...line, siblings: [], allocations: [] }),
    )
    if (signOfFigure(left) <= 0) return []
    const { orderLineNumber } = line.orderLine
    return [{ invoiceLineNumber, orderNumber, orderLineNumber, quantity: writeFigure(left) }]
  })
  return { allocations, remainders }
}
