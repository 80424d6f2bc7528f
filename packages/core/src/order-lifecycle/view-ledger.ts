import type {
  ReceiptFact,
  BillingFact,
  OrderMatchView,
  ReceiptAllocation,
} from '../match/match-input.ts'
import {
  addFigures,
  compareFigures,
  type Figure,
  percentOfFigure,
  readFigure,
  signOfFigure,
  writeFigure,
  zeroFigure,
} from '../match/figure.ts'
import { isCrediting } from '../match/order-line-ledger.ts'
import { allowanceOf } from '../match/order-allowance.ts'
import { canConvert, inOrderUnit } from '../match/order-unit.ts'
import type { NonNegativeDecimal } from '../decimal/decimal.ts'
import { agreementKey } from '../identity/identity.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import { firmPart } from '../purchase-order/firm-part.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { parseExact } from '../decimal/exact.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { refusedForGood } from './count-receipts.ts'
import { isBefore } from './invoices-in-turn.ts'
import { prepaymentFor } from './order-prepayment.ts'
import type {
  AllocationEntry,
  BillingEntry,
  LineFacts,
  OrderFacts,
  ReceivedFact,
} from './order-facts.ts'
import { dutiesOfOrder } from './order-duties.ts'
import type { OrderDesk } from './order-state.ts'

/** What an invoice is answered from: the order as it stands and its ledger. */
export type Ledger = {
  readonly facts: OrderFacts
  readonly desk: OrderDesk
  readonly order: PurchaseOrder
}

/** The order as an invoice sees it: the lines it bills, what was received, and what was billed before it. */
export function viewForInvoice(
  ledger: Ledger,
  invoiceKey: string,
  entry: Pick<AllocationEntry, 'orderLineNumbers' | 'allocations'>,
): OrderMatchView {
  const { order, facts } = ledger
  const duties = dutiesOfOrder(facts)
  const billed = new Set(entry.orderLineNumbers)
  const lines = order.lines.filter(({ orderLineNumber }) => billed.has(orderLineNumber))
  const prepayment = prepaymentFor(ledger, invoiceKey)
  return {
    orderNumber: order.orderNumber,
    orderVersion: order.version,
    supplier: order.supplier,
    orderType: order.orderType,
    currency: order.currency,
    exchangeRate: order.exchangeRate ?? null,
    matchLevel: order.matchLevel,
    attributes: { ...order.attributes },
    // What is planned or forecast is not ordered yet: nothing of it can be billed.
    lines: lines.flatMap((line) => firmPart(line) ?? []),
    charges: [...order.charges],
    plannedCosts: [...order.plannedCosts],
    ...allowanceOf(order),
    ...(prepayment === undefined ? {} : { prepayment }),
    expectedTotals: order.expectedTotals ?? null,
    receipts: lines.flatMap((line) => receiptFactsOf(line, ledger)),
    billings: lines.flatMap(({ orderLineNumber }) =>
      billingsBefore(facts, invoiceKey, orderLineNumber),
    ),
    allocations: [...entry.allocations],
    awaitingResolution: lines.flatMap((line) => awaitingOn(line, ledger)),
    ...(duties.length > 0 && { duties: [...duties] }),
  }
}

/** The open cases of a line that keep invoices waiting: of its receiving, and of the agreement it goes beyond. */
export function awaitingOn(
  { orderLineNumber }: OrderLine,
  { desk, facts, order }: Ledger,
): OrderMatchView['awaitingResolution'] {
  const own = desk.cases
    .filter(
      (one) => one.route.blocksMatching && one.subject.line === orderLineNumber && isOpenCase(one),
    )
    .map(({ exceptionId }) => exceptionId)
  const exceptionIds = [...own, ...stoppedByAgreement(facts, order, orderLineNumber)]
  return exceptionIds.length === 0 ? [] : [{ orderLineNumber, exceptionIds }]
}

/** The cases of the agreement the order names now; what another one said of it no longer counts. */
function stoppedByAgreement(
  { agreement }: OrderFacts,
  { tenant, buyerOrganisation, agreementNumber }: PurchaseOrder,
  orderLineNumber: string,
): readonly string[] {
  if (agreement === undefined || agreementNumber === undefined) return []
  const key = agreementKey({ tenant, buyerOrganisation, agreementNumber })
  if (agreement.agreementKey !== key) return []
  return agreement.stopped
    .filter((one) => one.orderLineNumber === orderLineNumber)
    .flatMap(({ exceptionIds }) => exceptionIds)
}

/** What the dock counted of a line, as the match sees it. */
export function receiptFactsOf(line: OrderLine, { facts, order }: Ledger): readonly ReceiptFact[] {
  const known = facts.lines[line.orderLineNumber]
  if (known === undefined) return []
  const { shipments } = facts
  const before = views.get(known)
  if (before?.line === line && before.shipments === shipments) return before.receipts
  const announced = new Set<string>()
  // Consignment goods are the supplier's until they are used: their coming is no reason to pay.
  const owed = order.orderType === 'consignment' ? (known.consumed ?? []) : known.received
  const receipts = owed.map((fact) => receiptFactOf({ line, fact, facts }, announced))
  views.set(known, { line, shipments, receipts })
  return receipts
}

// Asked for by every invoice of a line, and the same until something is counted, announced or inspected.
const views = new WeakMap<
  LineFacts,
  {
    readonly line: OrderLine
    readonly shipments: OrderFacts['shipments']
    readonly receipts: readonly ReceiptFact[]
  }
>()

function receiptFactOf(
  {
    line,
    fact,
    facts,
  }: { readonly line: OrderLine; readonly fact: ReceivedFact; readonly facts: OrderFacts },
  announced: Set<string>,
): ReceiptFact {
  const inspected = facts.lines[line.orderLineNumber]?.inspected ?? []
  return {
    receiptNumber: fact.receiptNumber,
    receiptLineNumber: fact.receiptLineNumber,
    receiptType: fact.receiptType,
    reversesReceiptNumber: fact.reversesReceiptNumber ?? null,
    orderLineNumber: line.orderLineNumber,
    receivedDate: fact.receivedDate,
    quantity: fact.quantity,
    unitOfMeasure: fact.unitOfMeasure,
    pricingQuantity: fact.pricingQuantity ?? null,
    ...qualityOf(line, fact, inspected),
    shipNoticeNumber: fact.shipNoticeNumber ?? null,
    quantityOnShipNotice: announcedOf(line, fact, facts, announced),
  }
}

/** Of several counts of one announced line the first carries what was announced, so that it adds up once. */
function announcedOf(
  line: OrderLine,
  { shipNoticeNumber, unitOfMeasure, receivedDate: on }: ReceivedFact,
  facts: OrderFacts,
  announced: Set<string>,
): NonNegativeDecimal | null {
  if (shipNoticeNumber === undefined) return null
  const shipped = (facts.lines[line.orderLineNumber]?.shipped ?? []).filter(
    ({ documentNumber, shipmentKey }) =>
      documentNumber === shipNoticeNumber && facts.shipments[shipmentKey]?.cancelled === false,
  )
  if (shipped.length === 0) return null
  if (announced.has(shipNoticeNumber)) return writeFigure(zeroFigure)
  let sum = zeroFigure
  for (const { quantityShipped: quantity, unitOfMeasure: from } of shipped) {
    if (!canConvert(line, from, line.unitOfMeasure, on)) return null
    sum = addFigures(sum, inOrderUnit(line, { quantity, unitOfMeasure: from, on }))
  }
  // The count states its own unit; where that is not the order's, only the order's own can be told.
  if (unitOfMeasure !== line.unitOfMeasure) return null
  announced.add(shipNoticeNumber)
  return writeFigure(sum)
}

type Quality = Pick<
  ReceiptFact,
  'quantityAccepted' | 'quantityRejected' | 'inspection' | 'quantityRemitted'
>

function qualityOf(
  line: OrderLine,
  fact: ReceivedFact,
  inspected: OrderFacts['unplaced']['inspected'],
): Quality {
  const decisions = inspected.filter(
    ({ receiptNumber, receiptLineNumber }) =>
      receiptNumber === fact.receiptNumber && receiptLineNumber === fact.receiptLineNumber,
  )
  if (decisions.length > 0) return inspectedQuality(line, fact, decisions)
  const { quantityAccepted = null, quantityRejected = null, disposition } = fact
  if (disposition === 'inspection') {
    const isDecided =
      quantityAccepted !== null &&
      quantityRejected !== null &&
      compareFigures(
        addFigures(readFigure(quantityAccepted), readFigure(quantityRejected)),
        readFigure(fact.quantity),
      ) >= 0
    return { quantityAccepted, quantityRejected, inspection: isDecided ? 'decided' : 'pending' }
  }
  const inspection = quantityAccepted === null ? 'none' : 'decided'
  return { quantityAccepted, quantityRejected, inspection }
}

/** Inspections speak in the order line's unit; in another unit of count only their progress can be told. */
function inspectedQuality(
  line: OrderLine,
  fact: ReceivedFact,
  decisions: OrderFacts['unplaced']['inspected'],
): Quality {
  const sumOf = (read: (one: (typeof decisions)[number]) => NonNegativeDecimal): Figure =>
    decisions.map((one) => readFigure(read(one))).reduce(addFigures, zeroFigure)
  const accepted = sumOf(({ quantityAccepted }) => quantityAccepted)
  const rejected = decisions.map(refusedForGood).reduce(addFigures, zeroFigure)
  const on = fact.receivedDate
  if (!canConvert(line, fact.unitOfMeasure, line.unitOfMeasure, on)) {
    return { quantityAccepted: null, quantityRejected: null, inspection: 'pending' }
  }
  const { quantity, unitOfMeasure } = fact
  const counted = inOrderUnit(line, { quantity, unitOfMeasure, on })
  const isDone = compareFigures(addFigures(accepted, rejected), counted) >= 0
  const isSameUnit = unitOfMeasure === line.unitOfMeasure
  return {
    quantityAccepted: isSameUnit ? writeFigure(accepted) : null,
    quantityRejected: isSameUnit ? writeFigure(rejected) : null,
    inspection: isDone ? 'decided' : 'pending',
    ...(isSameUnit ? remittedOf(decisions) : {}),
  }
}

/** What is not to be paid of the accepted goods: 20 accepted at 15 % less are worth 3 less. */
function remittedOf(
  decisions: OrderFacts['unplaced']['inspected'],
): Pick<ReceiptFact, 'quantityRemitted'> {
  let remitted = zeroFigure
  for (const { quantityAccepted, priceReductionPercent } of decisions) {
    if (priceReductionPercent === undefined) continue
    const share = percentOfFigure(readFigure(quantityAccepted), parseExact(priceReductionPercent))
    remitted = addFigures(remitted, share)
  }
  return signOfFigure(remitted) > 0 ? { quantityRemitted: writeFigure(remitted) } : {}
}

/**
 * What was billed of a line before an invoice. Invoices come in any order, so "before" is by what is written on them: what
 * is booked first, then by day and number. What gives something back counts for every bill, and every bill for it.
 */
export function billingsBefore(
  facts: OrderFacts,
  invoiceKey: string,
  orderLineNumber: string,
): readonly BillingFact[] {
  const own = facts.ledger[invoiceKey]
  const isGivingBack = own !== undefined && isCrediting(own.invoiceType)
  const found: BillingFact[] = []
  for (const [key, billing] of Object.entries(facts.billings)) {
    if (key === invoiceKey) continue
    const lines = billedOn(billing, orderLineNumber)
    if (lines.length === 0) continue
    const isOtherWay = isCrediting(billing.invoiceType) !== isGivingBack
    if (!isOtherWay && !isBefore(facts, key, invoiceKey)) continue
    const { invoiceNumber, invoiceType, correctsInvoiceNumber, totalAmount } = billing
    const of = {
      invoiceNumber,
      invoiceType,
      ...(correctsInvoiceNumber === undefined ? {} : { correctsInvoiceNumber }),
      ...(totalAmount === undefined ? {} : { totalAmount }),
    }
    found.push(...lines.map((line) => ({ ...of, ...line })))
  }
  return found
}

// An invoice of thousands of lines is asked about by each line of its order, and stays as it is.
const billedLines = new WeakMap<BillingEntry, ReadonlyMap<string, BillingEntry['lines']>>()

/** What an invoice bills of one order line. */
export function billedOn(billing: BillingEntry, orderLineNumber: string): BillingEntry['lines'] {
  const known = billedLines.get(billing)
  if (known !== undefined) return known.get(orderLineNumber) ?? []
  const index = Map.groupBy(billing.lines, (line) => line.orderLineNumber)
  billedLines.set(billing, index)
  return index.get(orderLineNumber) ?? []
}

// The same of what was set aside for it.
const setAsideFor = new WeakMap<AllocationEntry, ReadonlyMap<string, ReceiptAllocation[]>>()

function setAsideOn(entry: AllocationEntry, orderLineNumber: string): readonly ReceiptAllocation[] {
  const known = setAsideFor.get(entry)
  if (known !== undefined) return known.get(orderLineNumber) ?? []
  const index = Map.groupBy(entry.allocations, (allocation) => allocation.orderLineNumber)
  setAsideFor.set(entry, index)
  return index.get(orderLineNumber) ?? []
}

/** Receipts set aside for the invoices that come before one. */
export function allocatedBefore(
  facts: OrderFacts,
  invoiceKey: string,
  orderLineNumber: string,
): readonly ReceiptAllocation[] {
  const found: ReceiptAllocation[] = []
  for (const [key, entry] of Object.entries(facts.ledger)) {
    if (key === invoiceKey || facts.billings[key]?.credited === true) continue
    const setAside = setAsideOn(entry, orderLineNumber)
    if (setAside.length === 0 || !isBefore(facts, key, invoiceKey)) continue
    found.push(...setAside)
  }
  return found
}

/** The day a question without one is taken to be of: the order's. */
export function dayOfQuestion(order: PurchaseOrder, invoiceDate: string | undefined) {
  return (invoiceDate ?? dayOfIssue(order)) as ReceivedFact['receivedDate']
}
