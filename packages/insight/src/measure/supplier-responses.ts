import type { Measurement } from '../measurement.ts'
import { measureChangeResponses } from './change-responses.ts'
import { measureConfirmations } from './confirmations.ts'
import type { OrderContext } from './order-context.ts'

/** Everything a supplier was asked, and how long it took to answer: the order, and each later version of it. */
export function measureSupplierResponses(context: OrderContext): readonly Measurement[] {
  const changes = measureChangeResponses(context).filter(
    ({ dimensions }) => dimensions.variant === 'buyer',
  )
  return [
    ...measureConfirmations(context).map((one) => asked(one, 'order')),
    ...changes.map((one) => asked(one, 'change')),
  ]
}

function asked(measurement: Measurement, variant: 'order' | 'change'): Measurement {
  const { hours } = measurement.figures
  return {
    ...measurement,
    metric: 'supplier-response-time',
    dimensions: { ...measurement.dimensions, variant },
    figures: hours === undefined ? {} : { hours },
  }
}
