import {
  type CalendarDate,
  type Decimal,
  decimal,
  divideExact,
  formatExact,
  isPositiveDecimal,
  type ItemIdentifiers,
  minDecimal,
  minorUnitsOf,
  type Money,
  multiplyExact,
  type OrderLine,
  orderStatus,
  type OrderState,
  parseExact,
  type PurchaseOrder,
} from '@counterfoil/core'
import { type Disruption, isInWindow, type Struck } from './disruption.ts'
import { openCasesOf } from './open-cases.ts'
import type { TouchedOrder, TouchedSchedule } from './touched.ts'
import { waitingApprovals } from './waiting-approvals.ts'

/** What a disruption touches of an order; null where all of it comes as expected, or nothing is to come any more. */
export function touchOrder(
  state: OrderState,
  { disruption, today }: { readonly disruption: Disruption; readonly today: CalendarDate },
): TouchedOrder | null {
  const order = state.standing.order ?? state.facts.draft
  if (order === null || isOver(state)) return null
  const schedules = openSchedules(state, order).filter(
    (schedule) =>
      isStruck(disruption.what, order, schedule) &&
      isInWindow(disruption, { day: schedule.expected, today }),
  )
  if (schedules.length === 0) return null
  return {
    kind: 'order',
    reference: { kind: 'order', key: state.key },
    version: state.sequence,
    buyerOrganisation: order.buyerOrganisation,
    supplier: order.supplier,
    state: orderStatus(state),
    openCases: openCasesOf(state.desk.cases),
    orderNumber: order.orderNumber,
    isDraft: state.standing.order === null,
    approvals: state.facts.issued === null ? waitingApprovals(state.facts.approvals ?? []) : [],
    schedules,
  }
}

function isOver({ standing: { states } }: OrderState): boolean {
  return states.completion !== 'open' || states.cancellation === 'cancelled'
}

function openSchedules(state: OrderState, order: PurchaseOrder): TouchedSchedule[] {
  return order.lines.flatMap((line) =>
    line.schedules.flatMap((schedule) => {
      const { scheduleNumber, requestedDate, quantityOrdered } = schedule
      const standing = state.standing.lines
        .find(({ orderLineNumber }) => orderLineNumber === line.orderLineNumber)
        ?.schedules.find((one) => one.scheduleNumber === scheduleNumber)
      const isClosed = standing !== undefined && standing.states.closure !== 'open'
      const open = standing?.quantities.open ?? quantityOrdered
      const refused = standing?.quantities.rejected ?? nothing
      if (isClosed || !(isPositiveDecimal(open) || isPositiveDecimal(refused))) return []
      // What was split off or answered later may say more than is open.
      const unconfirmed = minDecimal(open, standing?.quantities.awaiting ?? quantityOrdered)
      return [
        {
          orderLineNumber: line.orderLineNumber,
          scheduleNumber,
          item: line.item,
          unitOfMeasure: line.unitOfMeasure,
          shipTo: schedule.shipTo ?? order.shipTo,
          customer: customerOf(order, line, schedule.shipTo),
          needBy: requestedDate,
          expected: standing?.expectedDate ?? requestedDate,
          open,
          inTransit: minDecimal(open, standing?.quantities.inTransit ?? nothing),
          unconfirmed,
          refused,
          openValue: costOf(open, line, order),
          unconfirmedValue: costOf(unconfirmed, line, order),
        },
      ]
    }),
  )
}

const nothing = decimal('0')

function customerOf(order: PurchaseOrder, line: OrderLine, shipTo: string | null): string | null {
  const named = line.attributes?.['customer'] ?? order.attributes?.['customer']
  if (named !== undefined) return named
  return order.orderType === 'drop-ship' ? (shipTo ?? order.shipTo) : null
}

/** Goods priced by another unit than they are ordered in cost the part of what was expected for all of them. */
function costOf(quantity: Decimal, line: OrderLine, { currency }: PurchaseOrder): Money | null {
  const { price, unitOfMeasure, pricingQuantityOrdered, quantityOrdered } = line
  const isPricedAsOrdered = price.perUnitOfMeasure === unitOfMeasure
  if (!isPricedAsOrdered && pricingQuantityOrdered === undefined) return null
  const whole = multiplyExact(parseExact(quantity), parseExact(price.amount))
  const per = parseExact(price.perQuantity)
  const cost = isPricedAsOrdered
    ? divideExact(whole, per, minorUnitsOf(currency))
    : divideExact(
        multiplyExact(whole, parseExact(pricingQuantityOrdered ?? nothing)),
        multiplyExact(per, parseExact(quantityOrdered)),
        minorUnitsOf(currency),
      )
  return { amount: formatExact(cost), currency }
}

function isStruck(what: Struck, order: PurchaseOrder, schedule: TouchedSchedule): boolean {
  switch (what.kind) {
    case 'supplier':
      return order.supplier === what.supplier
    case 'site':
      return schedule.shipTo === what.site
    case 'item':
      return isCalled(schedule.item, what.item)
    case 'lane':
      return order.supplier === what.from && schedule.shipTo === what.to
  }
}

/** Whether an article is known by a number, whoever gave it. */
export function isCalled(item: ItemIdentifiers, number: string): boolean {
  const { buyerItem, supplierItem, otherSupplierItems = [], gtin, manufacturerItem } = item
  return [buyerItem, supplierItem, gtin, manufacturerItem, ...otherSupplierItems].some(
    (one) => one === number,
  )
}
