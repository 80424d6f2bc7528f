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

/** Each counted line of which something is left after reversals: whether the dock found any but good goods, and its value. */
export function measureReceiving(context: OrderContext): readonly Measurement[] {
  const { state, order, counts } = context
  const ordered = counts.map(({ fact, standing }) =>
    measureLine(
      context,
      fact,
      order.lines.find((line) => line.orderLineNumber === standing.orderLineNumber),
    ),
  )
  const unordered = state.facts.unplaced.received.filter(
    ({ receiptType }) => receiptType === 'receipt',
  )
  return [...ordered, ...unordered.map((fact) => measureLine(context, fact, undefined))]
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
