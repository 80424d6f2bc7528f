import { compareInstants, decimal, isZeroDecimal } from '@counterfoil/core'
import type { Measurement } from '../measurement.ts'
import { measured, oneIf } from './measure.ts'
import { measureArrivals } from './on-time.ts'
import { dimensionsOf, type OrderContext } from './order-context.ts'

/** The order as a whole: whether all of it had come by the days first asked for. */
export function measureFulfilment(context: OrderContext): readonly Measurement[] {
  const schedules = measureArrivals(context).filter(
    ({ metric, dimensions }) =>
      metric === 'on-time-inbound' && dimensions.variant === 'original-request',
  )
  const last = schedules.toSorted((one, other) => compareInstants(one.at, other.at)).at(-1)
  if (last === undefined) return []
  const awaited = schedules.flatMap(({ countsFrom }) => countsFrom ?? [])
  const countsFrom = awaited.toSorted(compareInstants).at(-1)
  const all = (figure: 'onTime' | 'inFull') =>
    schedules.every(({ figures }) => !isZeroDecimal(figures[figure] ?? decimal(0)))
  return [
    measured({
      metric: 'on-time-fulfilment',
      subject: 'order',
      at: last.at,
      dimensions: dimensionsOf(context, undefined),
      orderKeys: [context.state.key],
      figures: {
        orders: decimal(1),
        onTime: oneIf(all('onTime')),
        complete: oneIf(all('inFull')),
      },
      ...(countsFrom !== undefined && { countsFrom }),
    }),
  ]
}
