import type * as z from 'zod'
import { OrderLine } from './order-line.ts'
import { OrderSchedule } from './order-schedule.ts'
import { PurchaseOrder } from './purchase-order.ts'

/** A schedule of 10 pieces wanted on 27 November; give only what matters. */
export function anOrderSchedule(
  schedule: Partial<z.input<typeof OrderSchedule>> = {},
): OrderSchedule {
  return OrderSchedule.parse({
    scheduleNumber: '1',
    quantityOrdered: '10',
    deliverNotBefore: null,
    requestedDate: '2026-11-27',
    shipTo: null,
    ...schedule,
  })
}

/** An order line of 10 pieces at 12.40, with one schedule for all of it; give only what matters. */
export function anOrderLine(line: Partial<z.input<typeof OrderLine>> = {}): OrderLine {
  const quantityOrdered = line.quantityOrdered ?? '10'
  return OrderLine.parse({
    orderLineNumber: '1',
    lineType: 'item',
    item: { buyerItem: 'SKU-1' },
    description: 'hex bolt M8',
    unitOfMeasure: 'EA',
    quantityOrdered,
    price: { amount: '12.40', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
    discountAmount: '0',
    chargesAmount: '0',
    matchTo: 'order',
    deliveryTolerance: { overPercent: '0', underPercent: '0', overUnlimited: false },
    unitConversions: [],
    schedules: [anOrderSchedule({ quantityOrdered })],
    ...line,
  })
}

/** Order 4711 to supplier S100 with one line; give only what matters. */
export function aPurchaseOrder(order: Partial<z.input<typeof PurchaseOrder>> = {}): PurchaseOrder {
  return PurchaseOrder.parse({
    kind: 'purchase-order',
    tenant: 'acme',
    buyerOrganisation: '0001',
    supplier: 'S100',
    documentNumber: '4711',
    revision: 0,
    issuedAt: '2026-11-20T08:00:00Z',
    orderNumber: '4711',
    version: 1,
    orderType: 'standard',
    currency: 'EUR',
    shipTo: 'DC-NORTH',
    lines: [anOrderLine()],
    charges: [],
    plannedCosts: [],
    ...order,
  })
}
