import type { OrderState } from '@counterfoil/core'
import type { Measurement } from '../measurement.ts'
import { measureBookings } from './bookings.ts'
import { measureCases } from './cases.ts'
import { measureChangeResponses } from './change-responses.ts'
import { measureConfirmations } from './confirmations.ts'
import { measureFulfilment } from './fulfilment.ts'
import { measureArrivals } from './on-time.ts'
import { dimensionsOf, orderContext } from './order-context.ts'
import { measureOrderErrors } from './order-errors.ts'
import { measureReceivingExceptions } from './receiving-exceptions.ts'
import { measureReceiving } from './receiving.ts'
import { measureSupplierResponses } from './supplier-responses.ts'

/** Everything the metrics count of one order. */
export function measureOrder(state: OrderState): readonly Measurement[] {
  const context = orderContext(state)
  if (context === null) return []
  const cases = measureCases(state.desk.cases, ({ subject }) => {
    const line = context.order.lines.find((one) => one.orderLineNumber === subject.line)
    return { dimensions: dimensionsOf(context, line, subject.schedule), orderKeys: [state.key] }
  })
  return [
    ...measureConfirmations(context),
    ...measureChangeResponses(context),
    ...measureReceiving(context),
    ...measureArrivals(context),
    ...measureOrderErrors(context),
    ...measureReceivingExceptions(context),
    ...measureSupplierResponses(context),
    ...measureBookings(context),
    ...measureFulfilment(context),
    ...cases,
  ]
}
