import {
  type BusinessCalendar,
  isZeroDecimal,
  officeHours,
  type OrderLine,
  type OrderState,
  type PurchaseOrder,
  type ReceiptLineStanding,
  receiptLinesOf,
  splitKey,
  sumDecimals,
} from '@counterfoil/core'
import type { Dimensions } from '../measurement.ts'
import { itemNumber } from './measure.ts'

/** What the measurements of one order have in common. */
export type OrderContext = {
  readonly state: OrderState
  readonly order: PurchaseOrder
  readonly tenant: string
  readonly supplierCalendar: BusinessCalendar
  readonly buyerCalendar: BusinessCalendar
  /** What was counted and is not taken back, line by line, in the order lines' units. */
  readonly counts: readonly OrderCount[]
}

type ReceivedFact = OrderState['facts']['unplaced']['received'][number]

/** One counted line after reversals, and what the dock wrote down of it. */
export type OrderCount = { readonly standing: ReceiptLineStanding; readonly fact: ReceivedFact }

/** The order as it stands; null before it was issued, or where it was taken over half-way from another system. */
export function orderContext(state: OrderState): OrderContext | null {
  const { order, versions } = state.standing
  const isOurs = versions[0]?.source === 'issued'
  if (order === null || !isOurs) return null
  const { supplier = officeHours, buyer = officeHours } = state.facts.calendars
  const tenant = splitKey(state.key)[0] ?? ''
  const counts = countsOf(state)
  return { state, order, tenant, supplierCalendar: supplier, buyerCalendar: buyer, counts }
}

function countsOf(state: OrderState): readonly OrderCount[] {
  return receiptLinesOf(state).flatMap((standing) => {
    const { quantityAccepted, quantityRejected, quantityPending } = standing.facts
    const left = sumDecimals([quantityAccepted, quantityRejected, quantityPending])
    const fact = state.facts.lines[standing.orderLineNumber]?.received.find(
      ({ receiptType, receiptNumber, receiptLineNumber }) =>
        receiptType === 'receipt' &&
        receiptNumber === standing.receiptNumber &&
        receiptLineNumber === standing.receiptLineNumber,
    )
    return fact === undefined || isZeroDecimal(left) ? [] : [{ standing, fact }]
  })
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
    item: itemNumber(line?.item),
    site: schedule?.shipTo ?? order.shipTo ?? null,
  }
}
