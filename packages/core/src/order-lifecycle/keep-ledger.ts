import { canonicalJson } from '../hash/canonical-json.ts'
import { hashOf } from '../hash/content-hash.ts'
import { allocateReceipts } from '../match/allocate-receipts.ts'
import {
  addFigures,
  compareFigures,
  negateFigure,
  readFigure,
  signOfFigure,
  writeFigure,
  zeroFigure,
} from '../match/figure.ts'
import { isAboutInvoice } from '../match/credited-billings.ts'
import { billedBefore, isCrediting, receivedOf } from '../match/order-line-ledger.ts'
import type { BillingFact, ReceiptAllocation, ReceiptFact } from '../match/match-input.ts'
import { canConvert, inOrderUnit } from '../match/order-unit.ts'
import { findOrderLine } from '../purchase-order/find-order-line.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { InvoiceLine } from '../invoice/invoice.ts'
import { wayOf } from './billed-portions.ts'
import { isBefore } from './invoices-in-turn.ts'
import { prepaymentFor } from './order-prepayment.ts'
import type { AllocationRequested } from './order-events.ts'
import type { AllocationEntry, OrderFacts } from './order-facts.ts'
import {
  allocatedBefore,
  awaitingOn,
  billingsBefore,
  dayOfQuestion,
  type Ledger,
  receiptFactsOf,
} from './view-ledger.ts'

/**
 * Sets receipts aside for an invoice that asks: what no invoice before it has. What it takes from invoices after it, those
 * are told to ask again for.
 */
export function answerAllocation(ledger: Ledger, asked: AllocationRequested): OrderFacts {
  const { facts, order } = ledger
  const billable = linesBillableBy(order, asked)
  const lines = asked.lines.map((line) => ({
    ...line,
    meantLine: lineMeantBy(billable, line, asked.invoiceDate)?.orderLineNumber ?? null,
  }))
  const numbers = lines.flatMap(({ meantLine }) => meantLine ?? [])
  const { invoiceKey, attempt, invoiceNumber, invoiceType, correctsInvoiceNumber } = asked
  const bare: AllocationEntry = {
    attempt,
    ...(asked.supplier !== undefined && { supplier: asked.supplier }),
    invoiceNumber,
    invoiceType,
    ...(correctsInvoiceNumber === undefined ? {} : { correctsInvoiceNumber }),
    invoiceDate: dayOfQuestion(order, asked.invoiceDate),
    ...(asked.enteredBy !== undefined && { enteredBy: asked.enteredBy }),
    lines,
    orderLineNumbers: [...new Set(numbers)],
    allocations: [],
    uncovered: false,
    situation: '',
    basis: '',
    reopened: false,
  }
  const known = { ...facts, ledger: { ...facts.ledger, [invoiceKey]: bare } }
  const cover = coverInvoice({ ...ledger, facts: known }, invoiceKey, bare)
  const entry = { ...bare, ...cover }
  const answered = { ...known, ledger: { ...known.ledger, [invoiceKey]: entry } }
  const before = facts.ledger[invoiceKey]
  if (before !== undefined && isSameClaim(before, entry)) return answered
  return reviewLedger({ ...ledger, facts: answered }, { kind: 'after', invoiceKey })
}

/** An invoice that asks the same again and is answered what was set aside for it takes nothing from the others. */
function isSameClaim(before: AllocationEntry, after: AllocationEntry): boolean {
  const claimOf = (entry: AllocationEntry) =>
    JSON.stringify({ ...entry, attempt: 0, reopened: false })
  return claimOf(before) === claimOf(after)
}

/** Nobody but the supplier of an order bills it. */
function linesBillableBy(
  order: Ledger['order'],
  { supplier }: { readonly supplier?: string | undefined },
): readonly OrderLine[] {
  return supplier === undefined || supplier === order.supplier ? order.lines : []
}

/** The order line an invoice line means: the one it names, else the only one its article and quantity lead to. */
function lineMeantBy(
  lines: readonly OrderLine[],
  { orderLineNumber, item, quantity: value, unitOfMeasure }: AllocationRequested['lines'][number],
  on: AllocationRequested['invoiceDate'],
): OrderLine | null {
  const quantity = { value, unitOfMeasure }
  return findOrderLine(lines, { orderLineNumber, item, on, quantity }).line
}

type Cover = Pick<AllocationEntry, 'allocations' | 'uncovered' | 'situation' | 'basis'>

function coverInvoice(ledger: Ledger, invoiceKey: string, entry: AllocationEntry): Cover {
  const { facts, order } = ledger
  const allocations: ReceiptAllocation[] = []
  let uncovered = false
  const basis: unknown[] = []
  const billed = new Set(entry.orderLineNumbers)
  const linesAsked = Map.groupBy(entry.lines, ({ meantLine }) => meantLine)
  for (const line of order.lines) {
    const { orderLineNumber } = line
    if (!billed.has(orderLineNumber)) continue
    const receipts = convertibleReceipts(line, ledger)
    const billings = billingsBefore(facts, invoiceKey, orderLineNumber).filter(
      ({ unitOfMeasure }) => canConvert(line, unitOfMeasure, line.unitOfMeasure, entry.invoiceDate),
    )
    const { invoiceType, invoiceDate } = entry
    const asked = invoiceLines(ledger, line, {
      ...entry,
      lines: linesAsked.get(orderLineNumber) ?? [],
    })
    const found = allocateReceipts({
      invoice: { invoiceType, invoiceDate, lines: asked },
      order: {
        orderNumber: order.orderNumber,
        lines: [line],
        receipts,
        billings: [...billings],
      },
      earlier: allocatedBefore(facts, invoiceKey, orderLineNumber),
    })
    allocations.push(...found.allocations)
    uncovered ||= found.remainders.length > 0
    const used = found.allocations.map((one) => {
      const receipt = receipts.find((counted) => isOfReceipt(one, counted))
      const { receiptNumber, receiptLineNumber, quantity } = one
      const { quantityAccepted, inspection, pricingQuantity, quantityRemitted } = receipt ?? {}
      const counted = [receiptNumber, receiptLineNumber, quantity, quantityAccepted, inspection]
      const weight = typeof pricingQuantity === 'string' ? [pricingQuantity] : []
      const remitted = quantityRemitted === undefined ? [] : ['remitted', quantityRemitted]
      return [...counted, ...weight, ...remitted]
    })
    const short = found.remainders.map(({ quantity }) => quantity)
    const sums = isCrediting(invoiceType)
      ? billedByInvoice(line, billings, { ...entry, asked })
      : billedSums(billings)
    basis.push([termsOf(line), used, short, awaitingOn(line, ledger), sums])
  }
  const prepayment = prepaymentFor(ledger, invoiceKey)
  if (prepayment !== undefined) basis.push(['prepayment', prepayment])
  const situation = uncovered ? situationOf(ledger, entry) : ''
  return { allocations, uncovered, situation, basis: JSON.stringify([situation, ...basis]) }
}

/** Whether anything came, went back, was announced and missed, or is with quality control: what is short is short of that. */
function situationOf(ledger: Ledger, { orderLineNumbers }: AllocationEntry): string {
  const billed = new Set(orderLineNumbers)
  return ledger.order.lines
    .filter(({ orderLineNumber }) => billed.has(orderLineNumber))
    .map((line) => lineSituation(line, ledger))
    .join('/')
}

function lineSituation(line: OrderLine, ledger: Ledger): string {
  const sums = receivedOf(line, convertibleReceipts(line, ledger))
  return [
    signOfFigure(sums.received),
    signOfFigure(sums.returned),
    compareFigures(sums.claimed, sums.received),
    compareFigures(sums.accepted, sums.received),
    sums.isInspectionPending,
  ].join()
}

function convertibleReceipts(line: OrderLine, ledger: Ledger): ReceiptFact[] {
  return receiptFactsOf(line, ledger).filter(({ unitOfMeasure, receivedDate }) =>
    canConvert(line, unitOfMeasure, line.unitOfMeasure, receivedDate),
  )
}

// A line is the same object until another version comes, and is asked about with every document.
const terms = new WeakMap<OrderLine, string>()

function termsOf(line: OrderLine): string {
  const known = terms.get(line)
  if (known !== undefined) return known
  const hash = hashOf(line)
  terms.set(line, hash)
  return hash
}

/** What was billed before, in all: which invoices did is no matter. */
function billedSums(billings: readonly BillingFact[]): readonly string[] {
  if (billings.length === 0) return []
  return (['quantity', 'amount', 'chargesAmount', 'discountAmount'] as const).map((name) =>
    writeFigure(
      billings
        .map(({ invoiceType, [name]: figure }) =>
          wayOf(invoiceType) === 'gives-back'
            ? negateFigure(readFigure(figure))
            : readFigure(figure),
        )
        .reduce(addFigures, zeroFigure),
    ),
  )
}

/**
 * A credit is held against the invoice it names, so which invoice billed what matters; the rest of the line matters only
 * where it leaves less than that invoice does, or less than is given back.
 */
function billedByInvoice(
  line: OrderLine,
  billings: readonly BillingFact[],
  credit: AllocationEntry & { readonly asked: readonly InvoiceLine[] },
): readonly string[] {
  const { invoiceType, invoiceDate, asked } = credit
  const named = invoiceType === 'credit' ? credit.correctsInvoiceNumber : undefined
  const own = named === undefined ? billings : billings.filter((one) => isAboutInvoice(one, named))
  const listed = own.map((billing) => canonicalJson(billing)).toSorted()
  if (named === undefined) return listed
  const whole = billedBefore(line, billings, 'net', invoiceDate)
  const ofInvoice = billedBefore(line, own, 'net', invoiceDate)
  const quantity = asked
    .map((one) => inOrderUnit(line, { ...one, on: invoiceDate }))
    .reduce(addFigures, zeroFigure)
  const isEnough =
    compareFigures(whole.quantity, quantity) >= 0 &&
    compareFigures(whole.quantity, ofInvoice.quantity) >= 0 &&
    compareFigures(whole.netAmount, ofInvoice.netAmount) >= 0
  return isEnough ? listed : [...listed, ...billedSums(billings)]
}

function isOfReceipt(
  allocation: ReceiptAllocation,
  receipt: { readonly receiptNumber: string; readonly receiptLineNumber: string },
): boolean {
  return (
    allocation.receiptNumber === receipt.receiptNumber &&
    allocation.receiptLineNumber === receipt.receiptLineNumber
  )
}

/** The asked lines as the allocation takes them; those in a unit nobody can convert are for the match to hold. */
function invoiceLines(
  { order }: Ledger,
  line: OrderLine,
  { lines, invoiceDate }: AllocationEntry,
): InvoiceLine[] {
  return lines
    .filter(({ meantLine }) => meantLine === line.orderLineNumber)
    .filter(({ unitOfMeasure }) => canConvert(line, unitOfMeasure, line.unitOfMeasure, invoiceDate))
    .map(
      ({ invoiceLineNumber, receiptNumbers, shipNoticeNumber, meantLine, ...asked }) =>
        ({
          ...asked,
          orderLineNumber: meantLine,
          documentLineNumber: invoiceLineNumber,
          orderNumber: order.orderNumber,
          receiptNumbers,
          ...(shipNoticeNumber !== null && { shipNoticeNumber }),
        }) as unknown as InvoiceLine,
    )
}

/** Which invoices may have to ask again: all that were answered, only those short of goods, or those after another. */
export type LedgerReview =
  | { readonly kind: 'all' | 'uncovered'; readonly lines: 'all' | readonly string[] }
  | { readonly kind: 'after'; readonly invoiceKey: string }

/**
 * Works out anew what every invoice concerned would be answered today, each in its turn, and marks those whose answer would
 * be another, so that they ask again: goods came or went, the order or a case changed, or an invoice that goes before them
 * took what was theirs. What is set aside for an invoice is its own from then on, also before it has asked again.
 */
export function reviewLedger(ledger: Ledger, review: LedgerReview): OrderFacts {
  const exhausted = new Set<string>()
  let { facts } = ledger
  for (const invoiceKey of inTurn(facts)) {
    const entry = facts.ledger[invoiceKey]
    if (entry === undefined || !isConcerned(facts, invoiceKey, entry, review)) continue
    const isHopeless = entry.orderLineNumbers.every((line) => exhausted.has(line))
    const isAsBefore = isHopeless && entry.situation === situationOf(ledger, entry)
    if (review.kind === 'uncovered' && isAsBefore) continue
    const cover = coverInvoice({ ...ledger, facts }, invoiceKey, entry)
    // Whoever takes any goods and is still short leaves none to those after it.
    if (cover.uncovered && takesAnyGoods(entry, ledger)) {
      for (const line of entry.orderLineNumbers) exhausted.add(line)
    }
    if (cover.basis === entry.basis && !findsMore(entry, ledger)) continue
    const reopened = { ...entry, ...cover, reopened: true }
    facts = { ...facts, ledger: { ...facts.ledger, [invoiceKey]: reopened } }
  }
  return facts
}

/** A line that meant nothing in the order before means one of its lines now. */
function findsMore(entry: AllocationEntry, { order }: Ledger): boolean {
  const billable = linesBillableBy(order, entry)
  return entry.lines.some(
    (line) => line.meantLine === null && lineMeantBy(billable, line, entry.invoiceDate) !== null,
  )
}

function takesAnyGoods({ lines, orderLineNumbers }: AllocationEntry, { order }: Ledger): boolean {
  if (orderLineNumbers.length !== 1) return false
  const line = order.lines.find((one) => orderLineNumbers.includes(one.orderLineNumber))
  const isBound = lines.some(({ receiptNumbers }) => receiptNumbers.length > 0)
  return line?.matchTo === 'order' || !isBound
}

function inTurn(facts: OrderFacts): readonly string[] {
  const keys = Object.keys(facts.ledger)
  return keys.length < 2 ? keys : keys.toSorted((a, b) => (isBefore(facts, a, b) ? -1 : 1))
}

function isConcerned(
  facts: OrderFacts,
  invoiceKey: string,
  entry: AllocationEntry,
  review: LedgerReview,
): boolean {
  if (review.kind === 'after') {
    const { invoiceKey: other } = review
    if (invoiceKey === other) return false
    // What gives something back is held against every bill, also one that was written later.
    if (isCrediting(entry.invoiceType)) return true
    const type = facts.ledger[other]?.invoiceType ?? facts.billings[other]?.invoiceType
    const isGivingBack = type === undefined || isCrediting(type)
    return isGivingBack || isBefore(facts, other, invoiceKey)
  }
  if (review.kind === 'uncovered' && !entry.uncovered) return false
  const { lines } = review
  if (lines === 'all') return true
  const concerned = new Set(lines)
  return entry.orderLineNumbers.some((line) => concerned.has(line))
}
