import { decimal, type ExceptionCode, type RootCause } from '@counterfoil/core'
import type { Measurement } from '../measurement.ts'
import { measured, oneIf } from './measure.ts'
import { dimensionsOf, type OrderContext } from './order-context.ts'

/** Cases that say something is wrong with the order itself, not with what came of it. */
const ofOrders: ReadonlySet<ExceptionCode> = new Set([
  'MASTER_DATA_MISSING',
  'BLOCKED_SUPPLIER',
  'PRICE_CHANGE',
  'PRICE_OVER',
  'PRICE_UNDER',
  'UOM_CHANGE',
  'STALE_VERSION',
  'CONFLICTING_DOCUMENT',
])
const causedHere: ReadonlySet<RootCause> = new Set(['buyer-error', 'master-data'])

/** Each order that was sent, and whether a case was ever about an error in it. */
export function measureOrderErrors(context: OrderContext): readonly Measurement[] {
  const { state } = context
  const at = state.standing.versions[0]?.issuedAt
  if (at === undefined) return []
  const isErroneous = state.desk.cases.some(({ code, resolution }) => {
    const rootCause = resolution?.rootCause ?? null
    return ofOrders.has(code) || (rootCause !== null && causedHere.has(rootCause))
  })
  return [
    measured({
      metric: 'order-error-rate',
      subject: 'order',
      at,
      dimensions: dimensionsOf(context, undefined),
      orderKeys: [state.key],
      figures: { orders: decimal(1), erroneous: oneIf(isErroneous) },
    }),
  ]
}
