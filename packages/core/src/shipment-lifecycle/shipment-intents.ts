import { canonicalJson } from '../hash/canonical-json.ts'
import { orderKey } from '../identity/identity.ts'
import type { Intent } from '../message/intent.ts'
import { messageData } from '../message/message.ts'
import type { ShipNotice } from '../ship-notice/ship-notice.ts'
import {
  announcedOrders,
  arrivedAt,
  currentNotice,
  latestEstimate,
  noticeRevision,
} from './current-shipment.ts'
import type { ShipmentFact } from './shipment-fact.ts'
import { shipmentNotices } from './shipment-notices.ts'
import type { ShipmentFacts } from './shipment-state.ts'

/** An event of a shipment and the facts before and after it. */
export type ShipmentChange = {
  readonly before: ShipmentFacts
  readonly after: ShipmentFacts
  readonly fact: ShipmentFact
}

/** What the world is told or asked because of one event: the orders, people, the supplier and clocks. */
export function shipmentIntents(change: ShipmentChange): readonly Intent[] {
  return [
    ...announcements(change),
    ...arrivals(change),
    ...delays(change),
    ...shipmentNotices(change),
    ...clocks(change.fact),
  ]
}

/** Every order is told its own lines, and once more when they change; one that has none left is told so. */
function announcements({ before, after }: ShipmentChange): readonly Intent[] {
  const notice = currentNotice(after)
  if (notice === null) return []
  const was = announcedTo(before)
  const is = announcedTo(after)
  const dropped = Object.keys(was)
    .filter((orderNumber) => is[orderNumber] === undefined)
    .map((orderNumber) =>
      tellOrder(
        notice,
        orderNumber,
        'shipment.announced',
        announcement(after, notice, orderNumber),
      ),
    )
  const told = Object.entries(is)
    .filter(([orderNumber, data]) => isNews(was[orderNumber], data))
    .map(([orderNumber, data]) => tellOrder(notice, orderNumber, 'shipment.announced', data))
  return [...told, ...dropped]
}

function announcedTo(facts: ShipmentFacts): Readonly<Record<string, object>> {
  const notice = currentNotice(facts)
  if (notice === null) return {}
  const orders = announcedOrders(notice)
  return Object.fromEntries(orders.map((order) => [order, announcement(facts, notice, order)]))
}

function announcement(facts: ShipmentFacts, notice: ShipNotice, orderNumber: string): object {
  const { documentNumber, issuedAt, purpose, shipDate, estimatedDeliveryDate } = notice
  const containers = notice.packs.flatMap(({ sscc }) => sscc ?? [])
  return {
    shipmentKey: facts.shipmentKey,
    documentNumber,
    revision: noticeRevision(facts),
    issuedAt,
    purpose,
    shipDate,
    estimatedDeliveryDate,
    ...(containers.length > 0 && { containers }),
    lines: notice.lines.filter((line) => line.orderNumber === orderNumber),
  }
}

/** Each order is told when the goods came, after it was told that they would. */
function arrivals({ before, after }: ShipmentChange): readonly Intent[] {
  const at = arrivedAt(after)
  if (at === null) return []
  return newsByOrder({ before, after }, (facts) => {
    const arrived = arrivedAt(facts)
    return arrived === null ? null : { arrivedAt: arrived }
  }).map(({ notice, orderNumber }) =>
    tellOrder(notice, orderNumber, 'shipment.arrived', {
      shipmentKey: after.shipmentKey,
      arrivedAt: at,
    }),
  )
}

/** Each order is told the last word on the day the goods will come, once somebody reported another than the notice. */
function delays({ before, after }: ShipmentChange): readonly Intent[] {
  const estimate = latestEstimate(after)
  if (estimate === null) return []
  const { reportedAt, date: newEstimatedDate } = estimate
  return newsByOrder({ before, after }, latestEstimate).map(({ notice, orderNumber }) =>
    tellOrder(notice, orderNumber, 'shipment.delayed', {
      shipmentKey: after.shipmentKey,
      reportedAt,
      newEstimatedDate,
    }),
  )
}

/** The orders that have not heard what holds now: because it changed, or because they were not in the notice before. */
function newsByOrder(
  { before, after }: Pick<ShipmentChange, 'before' | 'after'>,
  readNews: (facts: ShipmentFacts) => object | null,
): readonly { readonly notice: ShipNotice; readonly orderNumber: string }[] {
  const notice = currentNotice(after)
  if (notice === null) return []
  const known = currentNotice(before)
  const heard = new Set<string>(known === null ? [] : announcedOrders(known))
  const isChanged = isNews(readNews(before) ?? undefined, readNews(after) ?? {})
  return announcedOrders(notice)
    .filter((orderNumber) => isChanged || !heard.has(orderNumber))
    .map((orderNumber) => ({ notice, orderNumber }))
}

function isNews(was: object | undefined, is: object): boolean {
  return was === undefined || canonicalJson(was) !== canonicalJson(is)
}

function tellOrder(notice: ShipNotice, orderNumber: string, type: string, data: object): Intent {
  const { tenant, buyerOrganisation } = notice
  const key = orderKey({ tenant, buyerOrganisation, orderNumber })
  return { kind: 'tell', to: { kind: 'order', key }, type, data: messageData(data) }
}

function clocks(fact: ShipmentFact): readonly Intent[] {
  if (fact.type === 'wait.started') {
    const { timerId, type, dueAt, data } = fact.data
    return [{ kind: 'arm-timer', timerId, type, dueAt, data }]
  }
  return fact.type === 'wait.ended' ? [{ kind: 'cancel-timer', timerId: fact.data.timerId }] : []
}
