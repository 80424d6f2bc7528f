import { instant } from '../calendar/instant.ts'
import { localDateOf } from '../calendar/time-zone.ts'
import { PositiveDecimal } from '../decimal/decimal.ts'
import { sha256Hex } from '../hash/content-hash.ts'
import { joinKey } from '../identity/identity.ts'
import { Invoice } from '../invoice/invoice.ts'
import {
  addFigures,
  divideFigures,
  type Figure,
  isZeroFigure,
  minFigure,
  multiplyFigures,
  readFigure,
  roundFigure,
  signOfFigure,
  subtractFigures,
  writeFigure,
  zeroFigure,
} from '../match/figure.ts'
import { isPricedInOtherUnit, unitPriceOf } from '../match/line-price.ts'
import { canConvert, inUnit } from '../match/order-unit.ts'
import { minorUnitsOf } from '../money/currency.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { withOwnTaxes } from './own-taxes.ts'
import { billedPortions } from './billed-portions.ts'
import { type CountedLine, countedLines } from './count-receipts.ts'
import { noLineFacts, type OrderFacts } from './order-facts.ts'
import type { GoodsBilled, OwnBilling } from './own-billing.ts'
import { buyerCalendarOf, type OrderState } from './order-state.ts'

/**
 * The next bill the buyer writes itself for what was counted at the ordered price, or of consignment goods for what was used;
 * null where all is billed. Each receipt line is owed what quality accepted of it and was not taken back; what was billed of it
 * before is in the books, so a repeat bills nothing, a recount only what is more, and a reversal or return gives back at the
 * amounts that were billed.
 */
export function nextOwnBill(
  { facts, desk, standing }: OrderState,
  now: string,
): GoodsBilled | null {
  const { order } = standing
  if (order === null || desk.conduct?.selfBilling !== true) return null
  const issued = desk.ownBillings ?? []
  const owed = order.lines.flatMap((line) => {
    const known = facts.lines[line.orderLineNumber] ?? noLineFacts
    const { received, inspected, consumed = [] } = known
    const counted =
      order.orderType === 'consignment'
        ? { received: consumed, inspected: [] }
        : { received, inspected }
    let elsewhere = billedElsewhere(line, facts.billings, issued)
    return countedLines(line, counted).map((count) => {
      const goods = owedOf(count)
      const covered = minFigure(goods, elsewhere)
      elsewhere = subtractFigures(elsewhere, covered)
      return changeOf(line, count, { order, issued, owed: subtractFigures(goods, covered) })
    })
  })
  const vanished = vanishedOf(issued, owed)
  const changes = [...owed, ...vanished].filter(({ quantity }) => !isZeroFigure(quantity))
  const [first] = changes
  if (first === undefined) return null
  const isBilling = signOfFigure(first.quantity) > 0
  const lines = changes.filter(
    ({ receiptNumber, quantity }) =>
      receiptNumber === first.receiptNumber && signOfFigure(quantity) > 0 === isBilling,
  )
  const { timeZone } = buyerCalendarOf(facts)
  const day = localDateOf(instant(now), timeZone)
  const bill = billOf(lines, { order, issued, isBilling, now, day })
  return { ...bill, document: withOwnTaxes(bill.document, order, desk.conduct) }
}

/** What of a receipt line is owed beyond what was billed of it; negative where something is to be given back. */
type Change = {
  readonly receiptNumber: string
  readonly receiptLineNumber: string
  readonly orderLineNumber: string
  readonly quantity: Figure
  readonly amount: Figure
  readonly discount: Figure
}

type Billing = { readonly order: PurchaseOrder; readonly issued: readonly OwnBilling[] }

function changeOf(
  line: OrderLine,
  count: CountedLine,
  { order, issued, owed }: Billing & { readonly owed: Figure },
): Change {
  const { receiptNumber, receiptLineNumber } = count.fact
  const place = { receiptNumber, receiptLineNumber, orderLineNumber: line.orderLineNumber }
  const billed = billedOf(issued, place)
  const quantity = subtractFigures(owed, billed.quantity)
  if (signOfFigure(quantity) < 0) return { ...place, ...partOf(billed, quantity, order) }
  const priced = pricedOf(line, count, quantity)
  // Nobody knows what it weighs, so nobody knows what it costs: it is left for a person to bill.
  if (priced === null) return { ...place, ...nothing }
  const places = minorUnitsOf(order.currency)
  const round = (figure: Figure) => roundFigure(figure, places, 'half-up')
  const share = divideFigures(quantity, readFigure(line.quantityOrdered))
  return {
    ...place,
    quantity,
    amount: round(multiplyFigures(priced, unitPriceOf(line))),
    discount: round(multiplyFigures(readFigure(line.discountAmount), share)),
  }
}

const nothing = { quantity: zeroFigure, amount: zeroFigure, discount: zeroFigure }

/** What the supplier billed of a line and finance entered, before self-billing was agreed or against it: it is not owed again. */
function billedElsewhere(
  line: OrderLine,
  billings: OrderFacts['billings'],
  issued: readonly OwnBilling[],
): Figure {
  const own = new Set(issued.map(({ documentNumber }) => documentNumber))
  const others = Object.entries(billings).filter(
    ([, { status, invoiceNumber }]) => status === 'posted' && !own.has(invoiceNumber),
  )
  const { invoiced, credited } = billedPortions(line, {
    billings: Object.fromEntries(others),
    issued: null,
  })
  const sum = (portions: typeof invoiced) =>
    portions.map(({ quantity }) => quantity).reduce(addFigures, zeroFigure)
  const net = subtractFigures(sum(invoiced), sum(credited))
  return signOfFigure(net) > 0 ? net : zeroFigure
}

/** Accepted, and still here: what is refused or sent back is owed to nobody. */
function owedOf({ accepted, rejected, pending, returned }: CountedLine): Figure {
  const kept = subtractFigures(addFigures(addFigures(accepted, rejected), pending), returned)
  const owed = minFigure(accepted, kept)
  return signOfFigure(owed) > 0 ? owed : zeroFigure
}

/** In the unit of the price: as weighed at the dock, else converted; null where neither is known. */
function pricedOf(
  line: OrderLine,
  { fact, counted }: CountedLine,
  quantity: Figure,
): Figure | null {
  if (!isPricedInOtherUnit(line)) return quantity
  if (fact.pricingQuantity !== undefined && !isZeroFigure(counted)) {
    const weight = readFigure(fact.pricingQuantity)
    return divideFigures(multiplyFigures(weight, quantity), counted)
  }
  const { unitOfMeasure } = line
  const to = line.price.perUnitOfMeasure
  const on = fact.receivedDate
  if (!canConvert(line, unitOfMeasure, to, on)) return null
  const one = inUnit(line, to, { quantity: PositiveDecimal.parse('1'), unitOfMeasure, on })
  return multiplyFigures(one, quantity)
}

type Billed = Pick<Change, 'quantity' | 'amount' | 'discount'>

function billedOf(
  issued: readonly OwnBilling[],
  place: Pick<Change, 'receiptNumber' | 'receiptLineNumber' | 'orderLineNumber'>,
): Billed {
  let billed: Billed = nothing
  for (const { receiptNumber, invoiceType, lines } of issued) {
    if (receiptNumber !== place.receiptNumber) continue
    const add = invoiceType === 'credit' ? subtractFigures : addFigures
    for (const line of lines) {
      const isSame =
        line.receiptLineNumber === place.receiptLineNumber &&
        line.orderLineNumber === place.orderLineNumber
      if (!isSame) continue
      billed = {
        quantity: add(billed.quantity, readFigure(line.quantity)),
        amount: add(billed.amount, readFigure(line.amount)),
        discount: add(billed.discount, readFigure(line.discountAmount)),
      }
    }
  }
  return billed
}

/** What is given back of what was billed, in proportion: all of it is given back to the cent. */
function partOf(billed: Billed, quantity: Figure, { currency }: PurchaseOrder): Billed {
  const share = divideFigures(quantity, billed.quantity)
  const places = minorUnitsOf(currency)
  const part = (figure: Figure) => roundFigure(multiplyFigures(figure, share), places, 'half-up')
  return { quantity, amount: part(billed.amount), discount: part(billed.discount) }
}

/** Lines of a receipt that a recount no longer has: all that was billed of them is given back. */
function vanishedOf(issued: readonly OwnBilling[], owed: readonly Change[]): readonly Change[] {
  const counted = new Set(owed.map(placeOf))
  const billed = issued.flatMap(({ receiptNumber, lines }) =>
    lines.map(({ orderLineNumber, receiptLineNumber }) => ({
      receiptNumber,
      receiptLineNumber,
      orderLineNumber,
    })),
  )
  const gone = new Map(billed.map((place) => [placeOf(place), place]))
  return [...gone].flatMap(([key, place]) => {
    if (counted.has(key)) return []
    const { quantity, amount, discount } = billedOf(issued, place)
    return [{ ...place, quantity: back(quantity), amount: back(amount), discount: back(discount) }]
  })
}

const back = (figure: Figure): Figure => subtractFigures(zeroFigure, figure)

function placeOf(place: Pick<Change, 'receiptNumber' | 'receiptLineNumber' | 'orderLineNumber'>) {
  const { receiptNumber, receiptLineNumber, orderLineNumber } = place
  return joinKey([receiptNumber, receiptLineNumber, orderLineNumber])
}

function billOf(
  changes: readonly Change[],
  {
    order,
    issued,
    isBilling,
    now,
    day,
  }: Billing & { readonly isBilling: boolean; readonly now: string; readonly day: string },
): GoodsBilled {
  const [{ receiptNumber } = { receiptNumber: '' }] = changes
  const own = issued.filter((bill) => bill.receiptNumber === receiptNumber)
  const corrected = own.findLast(({ invoiceType }) => invoiceType === 'self-billed')
  const places = minorUnitsOf(order.currency)
  const plain = (figure: Figure): Figure => (signOfFigure(figure) < 0 ? back(figure) : figure)
  const lines = changes.map((change, index) => {
    const ordered = order.lines.find((line) => line.orderLineNumber === change.orderLineNumber)
    return {
      documentLineNumber: String(index + 1),
      orderNumber: order.orderNumber,
      orderLineNumber: change.orderLineNumber,
      receiptNumbers: [receiptNumber],
      item: ordered?.item ?? {},
      quantity: writeFigure(plain(change.quantity)),
      unitOfMeasure: ordered?.unitOfMeasure ?? 'EA',
      ...(ordered !== undefined && { price: ordered.price }),
      amount: writeFigure(plain(change.amount), places),
      chargesAmount: '0',
      discountAmount: writeFigure(plain(change.discount), places),
    }
  })
  const total = changes
    .map(({ amount, discount }) => subtractFigures(plain(amount), plain(discount)))
    .reduce(addFigures, zeroFigure)
  const document = Invoice.parse({
    kind: 'invoice',
    tenant: order.tenant,
    buyerOrganisation: order.buyerOrganisation,
    supplier: order.supplier,
    documentNumber: numberOf(order.orderNumber, receiptNumber, own.length + 1),
    revision: 0,
    issuedAt: now,
    invoiceType: isBilling ? 'self-billed' : 'credit',
    invoiceDate: day,
    entryDate: day,
    dueDate: null,
    ...(order.paymentTerms !== undefined && { paymentTerms: order.paymentTerms }),
    currency: order.currency,
    ...(!isBilling &&
      corrected !== undefined && { correctsInvoiceNumber: corrected.documentNumber }),
    lines,
    charges: [],
    taxes: [],
    allowancesAmount: '0',
    totalAmount: writeFigure(total, places),
  })
  const receiptLines = changes.map(({ receiptLineNumber }) => receiptLineNumber)
  return { document, receiptNumber, receiptLines }
}

/** The number of the n-th bill of a receipt: the same bill has the same number, however often it is written. */
function numberOf(orderNumber: string, receiptNumber: string, ordinal: number): string {
  const number = `SB-${orderNumber}-${receiptNumber}${ordinal === 1 ? '' : `-${ordinal}`}`
  return number.length <= numberLengthMax ? number : `SB-${sha256Hex(number).slice(0, 40)}`
}

const numberLengthMax = 80
