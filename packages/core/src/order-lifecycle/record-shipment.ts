import { contentHashOf } from '../document/document-content-hash.ts'
import { compareInstants, type Instant } from '../calendar/instant.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { ShipmentAnnounced, ShipmentArrived, ShipmentDelayed } from './order-events.ts'
import type { OrderFacts, AnnouncedFact, ShippedFact } from './order-facts.ts'
import { byShipment, clueOfShipped, lineNumberOf } from './place-facts.ts'
import { addLineFacts, insertFact, mapLineFacts, type Recording } from './recording.ts'

/**
 * Records what a shipment says is on its way. The shipment counts its own words, so the highest revision is its last; a
 * withdrawn notice ships nothing.
 */
export function recordShipment(
  facts: OrderFacts,
  announced: ShipmentAnnounced,
  lines: readonly OrderLine[],
): Recording {
  const { shipmentKey, documentNumber, purpose } = announced
  const known = facts.shipments[shipmentKey]
  const contentHash = contentHashOf(announced)
  if (known !== undefined && !isLaterWord(announced, contentHash, known)) {
    const sentence = `ship notice ${documentNumber} is known, or a later word of it`
    return { kind: 'duplicate', sentence }
  }
  const { containers: _, ...before } = known ?? {}
  const head: AnnouncedFact = {
    ...before,
    documentNumber,
    revision: announced.revision,
    issuedAt: announced.issuedAt,
    contentHash,
    cancelled: purpose === 'cancel',
    shipDate: announced.shipDate,
    estimatedDeliveryDate: announced.estimatedDeliveryDate,
    ...(announced.containers !== undefined && { containers: announced.containers }),
  }
  const added = (purpose === 'cancel' ? [] : announced.lines).map((line) => {
    const fact = shippedFactOf(announced, line)
    return { fact, place: lineNumberOf(lines, clueOfShipped(fact)) }
  })
  const emptied = withShipment(withoutShipped(facts, shipmentKey), shipmentKey, head)
  const next = addLineFacts(emptied, added, (known, fact) => ({
    ...known,
    shipped: insertFact(known.shipped, fact, byShipment),
  }))
  return { kind: 'recorded', facts: next, touched: 'all' }
}

function isLaterWord(
  { revision }: ShipmentAnnounced,
  contentHash: string,
  known: AnnouncedFact,
): boolean {
  if (revision !== known.revision) return revision > known.revision
  // Two words under one count: whichever came first, the same one stands.
  return contentHash > known.contentHash
}

function shippedFactOf(
  { shipmentKey, documentNumber, issuedAt }: ShipmentAnnounced,
  line: ShipmentAnnounced['lines'][number],
): ShippedFact {
  return {
    shipmentKey,
    documentNumber,
    issuedAt,
    documentLineNumber: line.documentLineNumber,
    orderLineNumber: line.orderLineNumber,
    ...(line.scheduleNumber !== undefined && { scheduleNumber: line.scheduleNumber }),
    item: line.item,
    quantityShipped: line.quantityShipped,
    unitOfMeasure: line.unitOfMeasure,
    ...(line.lots.length > 0 && { lots: line.lots }),
    ...(line.quantityCumulative !== undefined && { quantityCumulative: line.quantityCumulative }),
  }
}

function withShipment(facts: OrderFacts, shipmentKey: string, head: AnnouncedFact): OrderFacts {
  return { ...facts, shipments: { ...facts.shipments, [shipmentKey]: head } }
}

function withoutShipped(facts: OrderFacts, shipmentKey: string): OrderFacts {
  if (facts.shipments[shipmentKey] === undefined) return facts
  return mapLineFacts(facts, (line) => ({
    ...line,
    shipped: line.shipped.filter((fact) => fact.shipmentKey !== shipmentKey),
  }))
}

/** Records that a shipment is at the gate: the earliest report counts. It waits for the shipment to be announced. */
export function recordArrival(facts: OrderFacts, arrived: ShipmentArrived): Recording {
  const known = facts.shipments[arrived.shipmentKey]
  if (known === undefined) return notAnnounced(arrived.shipmentKey)
  const isKnown =
    known.arrivedAt !== undefined && compareInstants(known.arrivedAt, arrived.arrivedAt) <= 0
  if (isKnown)
    return { kind: 'duplicate', sentence: `shipment ${known.documentNumber} had arrived` }
  const next = withShipment(facts, arrived.shipmentKey, { ...known, arrivedAt: arrived.arrivedAt })
  return { kind: 'recorded', facts: next, touched: linesOf(facts, arrived.shipmentKey) }
}

/** Records that a shipment comes on another day than announced: of several reports the latest counts. */
export function recordDelay(facts: OrderFacts, delayed: ShipmentDelayed, at: Instant): Recording {
  const known = facts.shipments[delayed.shipmentKey]
  if (known === undefined) return notAnnounced(delayed.shipmentKey)
  const { newEstimatedDate } = delayed
  const reportedAt = delayed.reportedAt ?? at
  const before = known.delay
  const isOlder =
    before !== undefined &&
    (compareInstants(before.reportedAt, reportedAt) > 0 ||
      (compareInstants(before.reportedAt, reportedAt) === 0 &&
        before.newEstimatedDate >= newEstimatedDate))
  if (isOlder) return { kind: 'duplicate', sentence: 'a later report of the delay is known' }
  const head = { ...known, delay: { reportedAt, newEstimatedDate } }
  return {
    kind: 'recorded',
    facts: withShipment(facts, delayed.shipmentKey, head),
    touched: linesOf(facts, delayed.shipmentKey),
  }
}

function notAnnounced(shipmentKey: string): Recording {
  const sentence = `shipment ${shipmentKey} has not been announced to this order`
  return { kind: 'parked', reason: 'shipment-not-announced', sentence }
}

function linesOf(facts: OrderFacts, shipmentKey: string): readonly string[] {
  return Object.entries(facts.lines)
    .filter(([, line]) => line.shipped.some((fact) => fact.shipmentKey === shipmentKey))
    .map(([number]) => number)
}
