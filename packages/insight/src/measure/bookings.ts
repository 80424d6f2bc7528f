import {
  decimal,
  documentKey,
  instant,
  isZeroDecimal,
  receiptLinesOf,
  subtractDecimals,
  sumDecimals,
} from '@counterfoil/core'
import type { Measurement } from '../measurement.ts'
import { measured, oneIf } from './measure.ts'
import { dimensionsOf, type OrderContext } from './order-context.ts'

/** Each counted line, and whether stock was booked right the first time: nothing of it was reversed or counted again. */
export function measureBookings(context: OrderContext): readonly Measurement[] {
  const { state, order } = context
  return receiptLinesOf(state).flatMap(({ receiptNumber, receiptLineNumber, ...standing }) => {
    const { orderLineNumber, facts } = standing
    const fact = state.facts.lines[orderLineNumber]?.received.find(
      (one) =>
        one.receiptType === 'receipt' &&
        one.receiptNumber === receiptNumber &&
        one.receiptLineNumber === receiptLineNumber,
    )
    if (fact === undefined) return []
    const stamp = documentKey({
      kind: 'receipt',
      supplier: order.supplier,
      documentNumber: fact.receiptNumber,
    })
    const left = sumDecimals([
      facts.quantityAccepted,
      facts.quantityRejected,
      facts.quantityPending,
    ])
    const off = subtractDecimals(facts.quantityCounted, left)
    const isRecounted = (state.facts.documents[stamp]?.revision ?? 0) > 0
    const line = order.lines.find((one) => one.orderLineNumber === orderLineNumber)
    return measured({
      metric: 'inventory-accuracy',
      subject: `${fact.receiptNumber}/${fact.receiptLineNumber}`,
      at: instant(`${fact.receivedDate}T00:00:00Z`),
      dimensions: dimensionsOf(context, line, fact.scheduleNumber),
      orderKeys: [state.key],
      figures: {
        bookings: decimal(1),
        accurate: oneIf(isZeroDecimal(off) && !isRecounted),
        unitsBooked: facts.quantityCounted,
        unitsOff: off,
      },
    })
  })
}
