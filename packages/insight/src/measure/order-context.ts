import {
  type BusinessCalendar,
  officeHours,
  type OrderLine,
  type OrderState,
  type PurchaseOrder,
  splitKey,
} from '@counterfoil/core'
import type { Dimensions } from '../measurement.ts'

/** What the measurements of one order have in common. */
export type OrderContext = {
  readonly state: OrderState
  readonly order: PurchaseOrder
  readonly tenant: string
  readonly supplierCalendar: BusinessCalendar
  readonly buyerCalendar: BusinessCalendar
}

/** The order as it stands; null before it was issued, or where it was taken over half-way from another system. */
export function orderContext(state: OrderState): OrderContext | null {
  const { order, versions } = state.standing
  const isOurs = versions[0]?.source === 'issued'
  if (order === null || !isOurs) return null
  const { supplier = officeHours, buyer = officeHours } = state.facts.calendars
  const tenant = splitKey(state.key)[0] ?? ''
  return { state, order, tenant, supplierCalendar: supplier, buyerCalendar: buyer }
}

/** Whose, what and where, of a line or of the order as a whole. */
export function dimensionsOf(
  { order, tenant }: OrderContext,
  line: OrderLine | undefined,
  scheduleNumber?: string,
): Pick<Dimensions, 'tenant' | 'supplier' | 'item' | 'site'> {
  const schedule =
    line?.schedules.find((one) => one.scheduleNumber === scheduleNumber) ?? line?.schedules[0]
  return {
    tenant,
    supplier: order.supplier,
    item: line?.item.buyerItem ?? line?.item.supplierItem ?? null,
    site: schedule?.shipTo ?? order.shipTo ?? null,
  }
}
