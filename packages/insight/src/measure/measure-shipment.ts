import {
  absoluteDecimal,
  currentNotice,
  decimal,
  type Decimal,
  isZeroDecimal,
  negateDecimal,
  orderKey,
  type ShipmentState,
  type ShipNotice,
  subtractDecimals,
  sumDecimals,
} from '@counterfoil/core'
import type { Measurement } from '../measurement.ts'
import { measureCases } from './cases.ts'
import { measured, oneIf } from './measure.ts'

/**
 * Everything the metrics count of one shipment: each of its lines against what the dock counted, once something of the line
 * was counted, and the notice against each order, as the order found it. A notice that was withdrawn counts for nothing.
 */
export function measureShipment(state: ShipmentState): readonly Measurement[] {
  const notice = currentNotice(state.facts)
  if (notice === null) return []
  const place = {
    dimensions: { tenant: notice.tenant, supplier: notice.supplier, site: notice.shipTo },
    orderKeys: ordersOf(notice),
  }
  const cases = measureCases(state.facts.cases, () => place)
  if (notice.purpose === 'cancel') return cases
  return [...receivedLines(state, notice), ...asOrdered(state, notice), ...cases]
}

function ordersOf(notice: ShipNotice): readonly string[] {
  const numbers = new Set(notice.lines.map(({ orderNumber }) => orderNumber))
  return [...numbers].map((orderNumber) => orderKey({ ...notice, orderNumber }))
}

function receivedLines({ facts }: ShipmentState, notice: ShipNotice): readonly Measurement[] {
  const announced = Map.groupBy(
    notice.lines,
    ({ orderNumber, orderLineNumber }) => `${orderNumber}/${orderLineNumber ?? ''}`,
  )
  const counted = Map.groupBy(
    Object.values(facts.counts),
    ({ orderNumber, orderLineNumber }) => `${orderNumber}/${orderLineNumber ?? ''}`,
  )
  return [...announced].flatMap(([subject, lines]) => {
    const [line] = lines
    const counts = (counted.get(subject) ?? []).filter(
      ({ receiptType }) => receiptType !== 'return',
    )
    const units = new Set([...lines, ...counts].map(({ unitOfMeasure }) => unitOfMeasure))
    if (line === undefined || counts.length === 0 || units.size > 1) return []
    const shipped = sumDecimals(lines.map(({ quantityShipped }) => quantityShipped))
    const received = sumDecimals(counts.map(quantityOf))
    const off = absoluteDecimal(subtractDecimals(shipped, received))
    const isAsFound = counts.every(({ conditions }) =>
      conditions.every(({ condition }) => condition === 'good'),
    )
    return measured({
      metric: 'ship-notice-accuracy',
      subject,
      at: notice.issuedAt,
      dimensions: {
        tenant: notice.tenant,
        supplier: notice.supplier,
        item: line.item.buyerItem ?? line.item.supplierItem ?? null,
        site: notice.shipTo,
        variant: 'as-received',
      },
      orderKeys: [orderKey({ ...notice, orderNumber: line.orderNumber })],
      figures: {
        counted: decimal(1),
        accurate: oneIf(isZeroDecimal(off) && isAsFound),
        unitsShipped: shipped,
        unitsOff: off,
      },
    })
  })
}

function quantityOf({ receiptType, quantity }: ShipmentState['facts']['counts'][string]): Decimal {
  return receiptType === 'reversal' ? negateDecimal(quantity) : quantity
}

function asOrdered({ facts }: ShipmentState, notice: ShipNotice): readonly Measurement[] {
  return Object.entries(facts.comparisons).map(([orderNumber, { aligned }]) =>
    measured({
      metric: 'ship-notice-accuracy',
      subject: orderNumber,
      at: notice.issuedAt,
      dimensions: {
        tenant: notice.tenant,
        supplier: notice.supplier,
        site: notice.shipTo,
        variant: 'as-ordered',
      },
      orderKeys: [orderKey({ ...notice, orderNumber })],
      figures: { counted: decimal(1), accurate: oneIf(aligned) },
    }),
  )
}
