import {
  divideDecimals,
  isPositiveDecimal,
  isZeroDecimal,
  multiplyDecimals,
  roundDecimal,
} from '../decimal/decimal-arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import type { Intent } from '../message/intent.ts'
import { type MessageData, messageData } from '../message/message.ts'
import { type Currency, minorUnitsOf } from '../money/currency.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import {
  type ChangedSchedule,
  changedSchedules,
  nameOfOrder,
  type OrderChange,
} from './order-change-told.ts'
import type { OrderState } from './order-state.ts'

/**
 * What follows from goods that come on another day or in another quantity than was expected: planning has new
 * expected receipts, the warehouse another amount of work on another day, customer commitments are looked at again, and
 * finance sees money move. Nobody has to raise it by hand.
 */
export function rippleIntents(change: OrderChange): Intent[] {
  return changedSchedules(change).flatMap((schedule) => {
    const moved = movedOf(schedule)
    return moved === null ? [] : ripple(change.after, moved)
  })
}

/** What is expected of a schedule now, and what was before. */
type Moved = ChangedSchedule & {
  readonly fromDate: string | null
  readonly toDate: string | null
  readonly fromQuantity: Decimal
  readonly toQuantity: Decimal
}

function movedOf(schedule: ChangedSchedule): Moved | null {
  const { was, is } = schedule
  // A new order is no news to those who wrote it; the split of a schedule is.
  if (was === undefined) return null
  if (is.states.closure !== 'open' && was.states.closure !== 'open') return null
  if (is.states.delivery === 'received') return null
  const isSameDay = was.expectedDate === is.expectedDate
  const isSameQuantity = was.expectedQuantity === is.expectedQuantity
  const isGivenUp = was.quantities.cancelled !== is.quantities.cancelled
  if (isSameDay && isSameQuantity && !isGivenUp) return null
  return {
    ...schedule,
    fromDate: was.expectedDate,
    toDate: is.expectedDate,
    fromQuantity: was.expectedQuantity,
    toQuantity: isPositiveDecimal(is.quantities.cancelled)
      ? is.quantities.open
      : is.expectedQuantity,
  }
}

function ripple(state: OrderState, moved: Moved): Intent[] {
  const { order } = state.standing
  const ordered = order?.lines.find(
    ({ orderLineNumber }) => orderLineNumber === moved.line.orderLineNumber,
  )
  if (order === null || ordered === undefined) return []
  const place = `${moved.line.orderLineNumber}/${moved.is.scheduleNumber}`
  const data: MessageData = {
    orderNumber: order.orderNumber,
    orderLineNumber: moved.line.orderLineNumber,
    scheduleNumber: moved.is.scheduleNumber,
    item: messageData(ordered.item),
    unitOfMeasure: ordered.unitOfMeasure,
    expectedDateBefore: moved.fromDate,
    expectedDate: moved.toDate,
    quantityBefore: moved.fromQuantity,
    quantity: moved.toQuantity,
  }
  const amount = valueOf(ordered, moved.toQuantity, order.currency)
  const write = (system: 'planning' | 'wms' | 'finance', record: string, more = {}): Intent => ({
    kind: 'write-back',
    system,
    record: `${record}/${place}`.slice(0, 120),
    expectedVersion: null,
    data: { ...data, ...more },
  })
  const sentence = sentenceOf(ordered, moved)
  const notify = (role: string, topic: string, text: string): Intent => ({
    kind: 'notify',
    role,
    topic,
    subject: nameOfOrder(state).slice(0, 400),
    sentence: text.slice(0, 2000),
  })
  const isDirect = order.orderType === 'drop-ship'
  const atTheDock = [
    write('wms', 'labour-expectation'),
    notify('warehouse', 'labour-expectation-changed', `${sentence}; plan the dock for it`),
  ]
  return [
    write('planning', 'expected-receipts'),
    notify('planning', 'expected-receipt-changed', sentence),
    ...(isDirect ? [] : atTheDock),
    isDirect
      ? notify(
          'customer-service',
          'customer-delivery-changed',
          `${sentence}; tell ${customerOf(order)}`,
        )
      : notify(
          'customer-service',
          'customer-commitments-to-review',
          `${sentence}; look at what customers were promised`,
        ),
    write('finance', 'exposure', { amount, currency: order.currency }),
    notify(
      'finance',
      'exposure-changed',
      `${sentence}; ${amount} ${order.currency} are due with it`,
    ),
  ]
}

/** Whom the goods go to, by the numbers the buyer knows them by. */
function customerOf({ customer }: PurchaseOrder): string {
  if (customer === undefined) return 'the customer'
  const { customerNumber, salesOrderNumber } = customer
  return salesOrderNumber === undefined
    ? `customer ${customerNumber}`
    : `customer ${customerNumber}, who waits for it on sales order ${salesOrderNumber}`
}

function sentenceOf(
  { orderLineNumber, unitOfMeasure }: OrderLine,
  { is, fromDate, toDate, fromQuantity, toQuantity }: Moved,
): string {
  const where = `line ${orderLineNumber}, schedule ${is.scheduleNumber}`
  if (isZeroDecimal(toQuantity)) return `${where}: nothing more is expected`
  const days =
    fromDate === toDate
      ? `expected on ${toDate ?? 'no day yet'}`
      : `expected on ${toDate ?? 'no day yet'} instead of ${fromDate ?? 'no day'}`
  const quantities =
    fromQuantity === toQuantity
      ? `${toQuantity} ${unitOfMeasure}`
      : `${toQuantity} ${unitOfMeasure} instead of ${fromQuantity}`
  return `${where}: ${quantities} are ${days}`
}

/** What goods cost at the ordered price; nothing can be told where they are priced by another unit. */
function valueOf(
  { price, unitOfMeasure }: OrderLine,
  quantity: Decimal,
  currency: Currency,
): Decimal | null {
  if (price.perUnitOfMeasure !== unitOfMeasure) return null
  const places = minorUnitsOf(currency)
  const whole = multiplyDecimals(quantity, price.amount)
  return roundDecimal(divideDecimals(whole, price.perQuantity, places + 4), places)
}
