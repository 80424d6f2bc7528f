import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import { measureText } from '../discrepancy/measure-discrepancy.ts'
import { hashOf } from '../hash/content-hash.ts'
import type { DecisionContext } from '../message/decision.ts'
import { addFigures, type Figure, readFigure, writeFigure, zeroFigure } from '../match/figure.ts'
import { canConvert, inOrderUnit } from '../match/order-unit.ts'
import { firstDay, lastDay } from '../purchase-order/delivery-days.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import {
  type AnnouncedShipment,
  compareShipNotice,
  type LineProgress,
} from '../ship-notice/compare-ship-notice.ts'
import type { ShipNoticeLine } from '../ship-notice/ship-notice.ts'
import { agreement, datesOf } from './agree-document.ts'
import type { AgreedPlace } from './document-agreement.ts'
import { judgeDifference } from './judge-difference.ts'
import type { OrderDecision } from './order-events.ts'
import type { OrderFacts, AnnouncedFact, ShippedFact } from './order-facts.ts'
import type { LineStanding, OrderState } from './order-state.ts'
import { openingNumber } from './record-order.ts'
import { byIssue } from './recording.ts'

type Compared = Extract<OrderDecision, { readonly type: 'shipment.compared' }>

/**
 * The next shipment to be told how its notice fits the order, because it was not told yet or would be told something else
 * now. That holds for goods that are at the gate too: what fits must not depend on which paper came first.
 */
export function nextComparison(state: OrderState, context: DecisionContext): Compared | null {
  const { facts, desk } = state
  for (const [shipmentKey, shipment] of Object.entries(facts.shipments)) {
    if (shipmentKey === openingNumber || shipment.cancelled) continue
    const compared = compareOne(state, { shipmentKey, shipment }, context)
    if (compared !== null && desk.compared[shipmentKey] !== compared.data.answerHash) {
      return withAgreement(state, compared, context)
    }
  }
  return null
}

/** A notice without a difference says what it was held against; one with differences says those. */
function withAgreement(state: OrderState, compared: Compared, context: DecisionContext): Compared {
  const { shipmentKey, discrepancies } = compared.data
  const shipment = state.facts.shipments[shipmentKey]
  if (discrepancies.length > 0 || shipment === undefined) return compared
  const { documentNumber, revision } = shipment
  const places = agreedPlaces(state, { shipmentKey, shipment })
  const agreeing = { kind: 'ship-notice' as const, documentNumber, revision, places }
  const found = agreement(state, agreeing, context)
  return found === null ? compared : { ...compared, data: { ...compared.data, agreement: found } }
}

function agreedPlaces(
  state: OrderState,
  { shipmentKey, shipment }: Shipment,
): readonly AgreedPlace[] {
  const { order } = state.standing
  if (order === null) return []
  const found = shipment.delay?.newEstimatedDate ?? shipment.estimatedDeliveryDate
  return order.lines.flatMap((line) => {
    const own = (state.facts.lines[line.orderLineNumber]?.shipped ?? []).filter(
      (fact) => fact.shipmentKey === shipmentKey,
    )
    if (own.length === 0) return []
    const on = dayOfIssue(order)
    const progress = progressOf(line, { state, shipmentKey, shipment })
    const shipped = own
      .filter(({ unitOfMeasure }) => canConvert(line, unitOfMeasure, line.unitOfMeasure, on))
      .map(({ quantityShipped: quantity, unitOfMeasure }) =>
        inOrderUnit(line, { quantity, unitOfMeasure, on }),
      )
      .reduce(addFigures, progress.quantityAnnounced)
    const place = {
      orderLineNumber: line.orderLineNumber,
      quantityExpected: writeFigure(progress.quantityConfirmed),
      quantityFound: writeFigure(shipped),
      unitOfMeasure: line.unitOfMeasure,
      ...datesOf(progress.promisedDate, found),
    }
    return [place]
  })
}

type Shipment = { readonly shipmentKey: string; readonly shipment: AnnouncedFact }

function compareOne(
  state: OrderState,
  { shipmentKey, shipment }: Shipment,
  context: DecisionContext,
): Compared | null {
  const { facts, standing } = state
  const { order } = standing
  if (order === null) return null
  const shipped = shippedLines(facts, shipmentKey)
  const named = new Set(shipped.map(({ place }) => place))
  const progress = Object.fromEntries(
    order.lines
      .filter((line) => named.has(line.orderLineNumber))
      .map((line) => [line.orderLineNumber, progressOf(line, { state, shipmentKey, shipment })]),
  )
  const { shipDate, revision } = shipment
  const documentNumber = shipment.documentNumber as AnnouncedShipment['documentNumber']
  const estimatedDeliveryDate = shipment.delay?.newEstimatedDate ?? shipment.estimatedDeliveryDate
  const lines = shipped.map(({ fact }) => noticeLine(fact))
  const discrepancies = [
    ...compareShipNotice({
      order,
      shipment: { documentNumber, shipDate, estimatedDeliveryDate, lines },
      progress,
    }),
    ...containersTwice(state, { shipmentKey, shipment }),
  ]
  const aligned = discrepancies.every(
    (discrepancy) => judgeDifference(state, discrepancy, context).judgement !== 'outside',
  )
  const answer = { revision, aligned, discrepancies }
  return {
    type: 'shipment.compared',
    data: { shipmentKey, ...answer, answerHash: hashOf(answer) },
  }
}

/** A container code stands for one pallet or carton: two ship notices that name it cannot both be right (MODEL §3.4). */
function containersTwice(
  { facts, standing }: OrderState,
  { shipmentKey, shipment }: Shipment,
): readonly Discrepancy[] {
  const { documentNumber, containers = [] } = shipment
  if (containers.length === 0) return []
  const before = new Map<string, string>()
  for (const [key, other] of Object.entries(facts.shipments)) {
    if (key === shipmentKey || other.cancelled || byIssue(other, shipment) >= 0) continue
    for (const container of other.containers ?? []) before.set(container, other.documentNumber)
  }
  const place = {
    documentNumber,
    documentLineNumber: null,
    orderNumber: standing.order?.orderNumber ?? null,
    orderLineNumber: null,
    scheduleNumber: null,
  }
  return containers.flatMap((container) => {
    const notice = before.get(container)
    if (notice === undefined) return []
    const actual = `container ${container} is on ship notice ${notice} too`
    return [measureText('duplicate-pack', place, { expected: null, actual })]
  })
}

/** What a shipment announces, with the order line each was found to be for; null where none was. */
function shippedLines({ lines, unplaced }: OrderFacts, shipmentKey: string) {
  const found: { readonly place: string | null; readonly fact: ShippedFact }[] = []
  const add = (place: string | null, { shipped }: OrderFacts['unplaced']) => {
    for (const fact of shipped) {
      if (fact.shipmentKey === shipmentKey) found.push({ place, fact })
    }
  }
  for (const [place, line] of Object.entries(lines)) add(place, line)
  add(null, unplaced)
  return found
}

function noticeLine(fact: ShippedFact): ShipNoticeLine {
  return { ...fact, lots: fact.lots ?? [] } as unknown as ShipNoticeLine
}

// A notice of thousands of lines asks for each of them.
const standings = new WeakMap<OrderState['standing'], ReadonlyMap<string, LineStanding>>()

function standingsOf(standing: OrderState['standing']): ReadonlyMap<string, LineStanding> {
  const known = standings.get(standing)
  if (known !== undefined) return known
  const index = new Map(standing.lines.map((line) => [line.orderLineNumber, line]))
  standings.set(standing, index)
  return index
}

/** How far a line was when the notice was written: what is promised, and what notices written before it announced. */
function progressOf(
  line: OrderLine,
  { state, shipmentKey, shipment }: Shipment & { readonly state: OrderState },
): LineProgress {
  const standing = standingsOf(state.standing).get(line.orderLineNumber)
  const dates = (standing?.schedules ?? []).map(
    ({ promisedDate, requestedDate }) => promisedDate ?? requestedDate,
  )
  const earliest = line.schedules.map(({ deliverNotBefore }) => deliverNotBefore)
  return {
    quantityConfirmed: confirmedOf(line, standing),
    quantityAnnounced: announcedBefore(line, { state, shipmentKey, shipment }),
    promisedDate: lastDay(dates),
    deliverNotBefore: firstDay(earliest),
    isClosed:
      line.finalDelivery === true ||
      standing?.schedules.every(({ states }) => closed.has(states.closure)) === true,
  }
}

const closed: ReadonlySet<string> = new Set(['cancelled', 'short-closed', 'refused'])

/** What is promised; of a schedule the supplier has not answered, what is ordered. */
function confirmedOf(line: OrderLine, standing: LineStanding | undefined): Figure {
  if (standing === undefined) return readFigure(line.quantityOrdered)
  return standing.schedules
    .map(({ answeredBy, quantities }) =>
      readFigure(answeredBy === null ? quantities.ordered : quantities.confirmed),
    )
    .reduce(addFigures, zeroFigure)
}

function announcedBefore(
  line: OrderLine,
  { state: { facts, standing }, shipmentKey, shipment }: Shipment & { readonly state: OrderState },
): Figure {
  const on = standing.order === null ? null : dayOfIssue(standing.order)
  let sum = zeroFigure
  for (const fact of facts.lines[line.orderLineNumber]?.shipped ?? []) {
    const other = facts.shipments[fact.shipmentKey]
    const isBefore =
      fact.shipmentKey !== shipmentKey &&
      other?.cancelled === false &&
      (fact.shipmentKey === openingNumber || byIssue(other, shipment) < 0)
    const { unitOfMeasure, quantityShipped: quantity } = fact
    if (!isBefore || on === null || !canConvert(line, unitOfMeasure, line.unitOfMeasure, on)) {
      continue
    }
    sum = addFigures(sum, inOrderUnit(line, { quantity, unitOfMeasure, on }))
  }
  return sum
}
