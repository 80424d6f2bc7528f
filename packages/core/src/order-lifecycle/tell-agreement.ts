import type { ReleaseCounted, ReleaseLine } from '../agreement/agreement-messages.ts'
import type { CalendarDate } from '../calendar/calendar-date.ts'
import { type Decimal, NonNegativeDecimal, PositiveDecimal } from '../decimal/decimal.ts'
import { canonicalJson } from '../hash/canonical-json.ts'
import { agreementKey } from '../identity/identity.ts'
import {
  addFigures,
  divideFigures,
  type Figure,
  multiplyFigures,
  negateFigure,
  readFigure,
  roundFigure,
  signOfFigure,
  subtractFigures,
  writeFigure,
  zeroFigure,
} from '../match/figure.ts'
import { isPricedInOtherUnit, unitPriceOf } from '../match/line-price.ts'
import { canConvert, inOrderUnit, inUnit } from '../match/order-unit.ts'
import { minorUnitsOf } from '../money/currency.ts'
import type { Intent } from '../message/intent.ts'
import { messageData } from '../message/message.ts'
import { isFirm } from '../purchase-order/firm-part.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { wayOf } from './billed-portions.ts'
import type { OrderChange } from './order-change-told.ts'
import { noLineFacts } from './order-facts.ts'
import type { OrderState, ScheduleStanding } from './order-state.ts'

/**
 * An agreement is told how its release stands, whole, whenever that changes: what is ordered firmly, received and billed.
 * An agreement the order no longer names is told that it takes nothing of it any more.
 */
export function agreementIntents({ before, after }: OrderChange): Intent[] {
  const { order } = after.standing
  if (order === null) return []
  const was = before.standing.order?.agreementNumber
  const is = order.agreementNumber
  if (was === undefined && is === undefined) return []
  const told: Intent[] = []
  if (was !== undefined && was !== is) told.push(tellRelease(after, order, was, []))
  if (is === undefined) return told
  const lines = releaseLines(after, order)
  const ordered = was === is ? before.standing.order : null
  const known = ordered === null ? null : releaseLines(before, ordered)
  const isNews =
    known === null ||
    ordered?.version !== order.version ||
    // An earlier version that comes later may have been ordered on another day.
    releasedOn(before, order) !== releasedOn(after, order) ||
    canonicalJson(known) !== canonicalJson(lines)
  return isNews ? [...told, tellRelease(after, order, is, lines)] : told
}

function tellRelease(
  state: OrderState,
  order: PurchaseOrder,
  agreementNumber: string,
  lines: readonly ReleaseLine[],
): Intent {
  const { tenant, buyerOrganisation, orderNumber, orderType, supplier, currency } = order
  const { writtenBy } = state.facts
  const data: ReleaseCounted = {
    orderKey: state.key,
    orderNumber,
    orderVersion: order.version,
    orderSequence: state.sequence,
    orderType,
    supplier,
    currency,
    releasedOn: releasedOn(state, order),
    lines: [...lines],
    ...(writtenBy !== undefined && { writtenBy: [...writtenBy] }),
  }
  const key = agreementKey({ tenant, buyerOrganisation, agreementNumber })
  return {
    kind: 'tell',
    to: { kind: 'agreement', key },
    type: 'release.counted',
    data: messageData(data),
  }
}

/** The day it was first ordered: that of the lowest version known. */
function releasedOn(state: OrderState, order: PurchaseOrder): CalendarDate {
  return dayOfIssue(state.standing.versions[0] ?? order)
}

function releaseLines(state: OrderState, order: PurchaseOrder): readonly ReleaseLine[] {
  return order.lines.map((line) => releaseLine(state, order, line))
}

function releaseLine(state: OrderState, order: PurchaseOrder, line: OrderLine): ReleaseLine {
  const { orderLineNumber, agreementLineNumber, item, unitOfMeasure, price } = line
  const standing = state.standing.lines.find((one) => one.orderLineNumber === orderLineNumber)
  const schedules = standing?.schedules ?? []
  const released = sumOf(schedules, (schedule) => releasedOf(schedule, line))
  const sum = (read: (quantities: ScheduleStanding['quantities']) => Decimal) =>
    sumOf(schedules, ({ quantities }) => readFigure(read(quantities)))
  const received = subtractFigures(
    sum((one) => one.received),
    sum((one) => one.returned),
  )
  const invoiced = subtractFigures(
    sum((one) => one.invoiced),
    sum((one) => one.credited),
  )
  return {
    orderLineNumber,
    agreementLineNumber: agreementLineNumber ?? null,
    item,
    unitOfMeasure,
    price,
    quantityReleased: NonNegativeDecimal.parse(writeFigure(released)),
    amountReleased: amountOf(line, released, order),
    quantityReceived: writeFigure(received),
    quantityInvoiced: writeFigure(invoiced),
    amountInvoiced: writeFigure(billedAmount(state, orderLineNumber)),
    ...(order.orderType === 'scheduling-release' && countedOn(state, line, schedules)),
  }
}

/** What of a firm delivery is neither given up nor refused. */
function releasedOf(schedule: ScheduleStanding, line: OrderLine): Figure {
  const ordered = line.schedules.find((one) => one.scheduleNumber === schedule.scheduleNumber)
  if (ordered === undefined || !isFirm(ordered)) return zeroFigure
  const { ordered: quantity, cancelled, rejected } = schedule.quantities
  const given = addFigures(readFigure(cancelled), readFigure(rejected))
  const left = subtractFigures(readFigure(quantity), given)
  return signOfFigure(left) > 0 ? left : zeroFigure
}

/** What the released quantity costs, less its share of the discount, to the digits of the currency; null for unknown weights. */
function amountOf(
  line: OrderLine,
  released: Figure,
  order: PurchaseOrder,
): ReleaseLine['amountReleased'] {
  const on = dayOfIssue(order)
  const quantity = readFigure(line.quantityOrdered)
  const share = divideFigures(released, quantity)
  const { pricingQuantityOrdered, unitOfMeasure } = line
  const to = line.price.perUnitOfMeasure
  let priced: Figure = quantity
  if (isPricedInOtherUnit(line)) {
    if (pricingQuantityOrdered !== undefined) priced = readFigure(pricingQuantityOrdered)
    else if (!canConvert(line, unitOfMeasure, to, on)) return null
    else priced = inUnit(line, to, { quantity: line.quantityOrdered, unitOfMeasure, on })
  }
  const gross = multiplyFigures(priced, unitPriceOf(line))
  const net = subtractFigures(gross, readFigure(line.discountAmount))
  const places = minorUnitsOf(order.currency)
  const amount = roundFigure(multiplyFigures(net, share), places, 'half-up')
  return NonNegativeDecimal.parse(
    writeFigure(signOfFigure(amount) > 0 ? amount : zeroFigure, places),
  )
}

/** Net of what was billed of a line: charges in, discounts and what was given back out. */
function billedAmount({ facts }: OrderState, orderLineNumber: string): Figure {
  let sum = zeroFigure
  for (const { invoiceType, lines } of Object.values(facts.billings)) {
    const way = wayOf(invoiceType)
    const isMoneyOnly = invoiceType === 'subsequent-debit' || invoiceType === 'subsequent-credit'
    if (way === null && !isMoneyOnly) continue
    const isBack = way === 'gives-back' || invoiceType === 'subsequent-credit'
    for (const line of lines) {
      if (line.orderLineNumber !== orderLineNumber) continue
      const charged = addFigures(readFigure(line.amount), readFigure(line.chargesAmount))
      const net = subtractFigures(charged, readFigure(line.discountAmount))
      sum = addFigures(sum, isBack ? negateFigure(net) : net)
    }
  }
  return sum
}

/** What counts the cumulative quantities on: firm deliveries by day, counts by day, and ship notices. */
function countedOn(
  { facts }: OrderState,
  line: OrderLine,
  schedules: readonly ScheduleStanding[],
): Pick<ReleaseLine, 'planned' | 'received' | 'notices'> {
  const known = facts.lines[line.orderLineNumber] ?? noLineFacts
  const planned = schedules.flatMap((schedule) => {
    const quantity = releasedOf(schedule, line)
    if (signOfFigure(quantity) === 0) return []
    return [{ date: schedule.requestedDate, quantity: writeFigure(quantity) }]
  })
  const byDay = new Map<CalendarDate, Figure>()
  for (const { receivedDate: on, receiptType, quantity, unitOfMeasure } of known.received) {
    if (!canConvert(line, unitOfMeasure, line.unitOfMeasure, on)) continue
    const counted = inOrderUnit(line, { quantity, unitOfMeasure, on })
    const signed = receiptType === 'receipt' ? counted : negateFigure(counted)
    byDay.set(on, addFigures(byDay.get(on) ?? zeroFigure, signed))
  }
  const received = [...byDay]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, quantity]) => ({ date, quantity: writeFigure(quantity) }))
  const notices = known.shipped.flatMap((fact) => {
    const { documentNumber, issuedAt, quantityShipped, unitOfMeasure, quantityCumulative } = fact
    const on = dayOfIssue(fact)
    const isStanding = facts.shipments[fact.shipmentKey]?.cancelled === false
    if (!isStanding || !canConvert(line, unitOfMeasure, line.unitOfMeasure, on)) return []
    const inLineUnit = (quantity: Decimal) =>
      writeFigure(inOrderUnit(line, { quantity, unitOfMeasure, on }))
    return [
      {
        documentNumber,
        issuedAt,
        quantity: PositiveDecimal.parse(inLineUnit(quantityShipped)),
        ...(quantityCumulative !== undefined && {
          quantityCumulative: NonNegativeDecimal.parse(inLineUnit(quantityCumulative)),
        }),
      },
    ]
  })
  return { planned, received, notices }
}

function sumOf<Item>(items: readonly Item[], read: (item: Item) => Figure): Figure {
  return items.map(read).reduce(addFigures, zeroFigure)
}
