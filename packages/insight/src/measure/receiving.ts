import {
  decimal,
  type Decimal,
  divideDecimals,
  instant,
  multiplyDecimals,
  type OrderLine,
  type OrderState,
  trimDecimal,
} from '@counterfoil/core'
import type { Measurement } from '../measurement.ts'
import { measured, oneIf } from './measure.ts'
import { dimensionsOf, type OrderContext } from './order-context.ts'

type Received = OrderState['facts']['unplaced']['received'][number]

/** Each line of a receipt that was not taken back whole: whether the dock found anything but good goods, and its value. */
export function measureReceiving(context: OrderContext): readonly Measurement[] {
  const { state, order } = context
  const byLine = order.lines.flatMap((line) => {
    const received = state.facts.lines[line.orderLineNumber]?.received ?? []
    return ofReceipts(received).map((one) => measureLine(context, one, line))
  })
  const unordered = ofReceipts(state.facts.unplaced.received)
  return [...byLine, ...unordered.map((one) => measureLine(context, one, undefined))]
}

/** Counts, without those that a reversal of the same receipt and line took back. */
function ofReceipts(received: readonly Received[]): readonly Received[] {
  const reversed = new Set(
    received.flatMap(({ receiptType, reversesReceiptNumber, quantity }) =>
      receiptType === 'reversal' ? [`${reversesReceiptNumber} ${quantity}`] : [],
    ),
  )
  return received.filter(
    ({ receiptType, receiptNumber, quantity }) =>
      receiptType === 'receipt' && !reversed.has(`${receiptNumber} ${quantity}`),
  )
}

function measureLine(
  context: OrderContext,
  received: Received,
  line: OrderLine | undefined,
): Measurement {
  const { state, order } = context
  const isDiscrepant =
    line === undefined || (received.conditions ?? []).some(({ condition }) => condition !== 'good')
  const value = valueOf(received, line)
  return measured({
    metric: 'receiving-discrepancy-rate',
    subject: `${received.receiptNumber}/${received.receiptLineNumber}`,
    at: instant(`${received.receivedDate}T00:00:00Z`),
    dimensions: {
      ...dimensionsOf(context, line, received.scheduleNumber),
      currency: order.currency,
    },
    orderKeys: [state.key],
    figures: {
      lines: decimal(1),
      discrepant: oneIf(isDiscrepant),
      value,
      discrepantValue: isDiscrepant ? value : decimal(0),
    },
  })
}

/** At the order's price; nothing where the goods were counted in another unit than they are priced in. */
function valueOf({ quantity, unitOfMeasure }: Received, line: OrderLine | undefined): Decimal {
  if (line?.price.perUnitOfMeasure !== unitOfMeasure) return decimal(0)
  const { amount, perQuantity } = line.price
  return trimDecimal(divideDecimals(multiplyDecimals(quantity, amount), perQuantity, 4))
}
