import {
  absoluteDecimal,
  currentNotice,
  decimal,
  type Decimal,
  equalDecimals,
  isZeroDecimal,
  maxDecimal,
  orderKey,
  type ShipmentState,
  type ShipNotice,
  subtractDecimals,
  sumDecimals,
} from '@counterfoil/core'
import type { Measurement } from '../measurement.ts'
import { measureCases } from './cases.ts'
import { itemNumber, measured, oneIf } from './measure.ts'

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
    const counts = standingCounts(counted.get(subject) ?? [])
    const units = new Set([...lines, ...counts].map(({ unitOfMeasure }) => unitOfMeasure))
    if (line === undefined || counts.length === 0 || units.size > 1) return []
    const shipped = sumDecimals(lines.map(({ quantityShipped }) => quantityShipped))
    const received = sumDecimals(counts.map(({ quantity }) => quantity))
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
        item: itemNumber(line.item),
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

type Count = Pick<ShipmentState['facts']['counts'][string], 'unitOfMeasure' | 'conditions'> & {
  readonly quantity: Decimal
}

/** What is left of the counts: a reversal takes back the last count of as much, else the last there is. Returns did come. */
function standingCounts(
  told: readonly ShipmentState['facts']['counts'][string][],
): readonly Count[] {
  let counts: readonly Count[] = told.filter(({ receiptType }) => receiptType === 'receipt')
  for (const reversal of told.filter(({ receiptType }) => receiptType === 'reversal')) {
    const same = counts.findLastIndex((one) => equalDecimals(one.quantity, reversal.quantity))
    const index = same < 0 ? counts.length - 1 : same
    const left = counts.map((one, place) =>
      place === index
        ? { ...one, quantity: maxDecimal(none, subtractDecimals(one.quantity, reversal.quantity)) }
        : one,
    )
    counts = left.filter(({ quantity }) => !isZeroDecimal(quantity))
  }
  return counts
}

const none = decimal(0)

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
